package dev.gatehouse.example.index;

/** Thrown when an upload is not what it should be; the message is for the client. */
public final class UploadProblem extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    UploadProblem(String message) {
        this(400, message);
    }

    UploadProblem(int status, String message) {
        super(message);
        this.status = status;
    }

    /** The HTTP status, 400 unless something else fits better. */
    public int status() {
        return status;
    }
}
