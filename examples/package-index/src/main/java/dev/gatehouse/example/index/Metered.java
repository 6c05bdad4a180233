package dev.gatehouse.example.index;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Gives what another stream gives, up to an allowance: libraries that read for us hold and skip whatever a stranger has packed. */
final class Metered extends FilterInputStream {
    private final String complaint;
    private long left;

    /**
     * A meter that allows nothing yet.
     *
     * @param complaint for the client, if more is read than is allowed
     */
    Metered(InputStream in, String complaint) {
        super(in);
        this.complaint = complaint;
    }

    /** Stops whatever reads on although its allowance is spent. */
    static final class SpentException extends IOException {
        private static final long serialVersionUID = 1L;

        private final UploadProblem problem;

        SpentException(UploadProblem problem) {
            super(problem);
            this.problem = problem;
        }

        UploadProblem problem() {
            return problem;
        }
    }

    /** Allows this many bytes from here on; what is left of an earlier allowance is forgotten. */
    void allow(long bytes) {
        left = bytes;
    }

    /** What is left of the allowance. */
    long left() {
        return left;
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        spend(read < 0 ? 0 : 1);
        return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        spend(Math.max(0, read));
        return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
        long skipped = super.skip(bytes);
        spend(skipped);
        return skipped;
    }

    private void spend(long bytes) throws SpentException {
        if (bytes > left) {
            throw new SpentException(new UploadProblem(complaint));
        }
        left -= bytes;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
