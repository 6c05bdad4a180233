package dev.gatehouse.example.index;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A source archive, read as far as its metadata. A few bytes of gzip stand for a thousand times as many, and the reader of the archive
 * holds names and attributes whole, however long they say they are: both are metered.
 */
final class SourceArchive {
    /**
     * The most bytes that are unpacked, of headers and contents together. Source text shrinks to a fifth or so, so that this is twice
     * what the largest upload unpacks to; zeros would be a hundred times more, and minutes of a transaction.
     */
    static final long MOST_UNPACKED = 1L << 30;

    /** The most bytes around the header of one entry: many times the longest path and the attributes that file systems keep. */
    static final int LONGEST_HEADER = 64 * 1024;

    /** The most bytes around all headers: enough for the most entries with attributes, and read byte by byte in seconds. */
    private static final long MOST_IN_HEADERS = 128L << 20;

    /** The most attributes of one entry that the reader has no name for; those for all entries are held and copied to each. */
    private static final int MOST_ATTRIBUTES = 100;

    private final Metered part;
    private final TarArchiveInputStream tar;
    private long inHeaders;

    private SourceArchive(InputStream unpacked) {
        Metered all = new Metered(unpacked, "Invalid distribution file: it unpacks to more than 1 GiB.");
        all.allow(MOST_UNPACKED);
        part = new Metered(all, "Invalid distribution file: the header of an entry is longer than 64 KiB.");
        tar = new TarArchiveInputStream(part);
    }

    /** The metadata of the archive in this file, if it has any. */
    static Optional<String> metadata(Path content) throws IOException, UploadProblem {
        try (Metered raw = new Metered(
                Files.newInputStream(content), "Invalid distribution file: its gzip header is longer than 64 KiB.")) {
            raw.allow(LONGEST_HEADER);
            try (InputStream unpacked = new BufferedInputStream(new GzipCompressorInputStream(raw))) {
                raw.allow(Long.MAX_VALUE);
                return metadata(unpacked);
            }
        }
    }

    /** The metadata of the archive that this stream unpacks, if it has any. */
    static Optional<String> metadata(InputStream unpacked) throws IOException, UploadProblem {
        return new SourceArchive(unpacked).metadata();
    }

    private Optional<String> metadata() throws IOException, UploadProblem {
        int seen = 0;
        for (TarArchiveEntry entry = next(); entry != null; entry = next()) {
            if (++seen > Artefact.MOST_ENTRIES) {
                throw new UploadProblem("Invalid distribution file: too many entries.");
            }
            String name = entry.getName();
            if (entry.isFile() && name.endsWith("/PKG-INFO") && name.indexOf('/') == name.lastIndexOf('/')) {
                return Optional.of(Artefact.bounded(tar));
            }
            // The whole of it, while much may be read: nothing of it is left to skip where a header is expected.
            tar.skip(Long.MAX_VALUE);
        }
        return Optional.empty();
    }

    private @Nullable TarArchiveEntry next() throws IOException, UploadProblem {
        part.allow(LONGEST_HEADER);
        TarArchiveEntry entry = tar.getNextEntry();
        inHeaders += LONGEST_HEADER - part.left();
        part.allow(Long.MAX_VALUE);
        if (entry == null) {
            return null;
        }
        if (inHeaders > MOST_IN_HEADERS) {
            throw new UploadProblem("Invalid distribution file: the headers of its entries are longer than 128 MiB.");
        }
        // A hole takes no byte of the archive, but as long to read as its author likes.
        if (entry.isSparse()) {
            throw new UploadProblem("Invalid distribution file: a file in it has holes.");
        }
        int parts =
                entry.getSparseHeaders() == null ? 0 : entry.getSparseHeaders().size();
        if (entry.getExtraPaxHeaders().size() + parts > MOST_ATTRIBUTES) {
            throw new UploadProblem("Invalid distribution file: too many attributes.");
        }
        return entry;
    }
}
