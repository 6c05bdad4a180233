package dev.gatehouse.example.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The bytes of the files on disk, by their SHA-256, so that a name never decides where something is written. */
public final class FileStore {
    private final Path directory;

    /** A store in this directory, which is made if it is missing. */
    public FileStore(Path directory) {
        this.directory = directory;
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the directory of the files", e);
        }
    }

    /** A new empty file in this store for bytes whose digest is not known yet. */
    public Path newTemporaryFile() throws IOException {
        return Files.createTempFile(directory, "upload-", ".part");
    }

    /** Gives the bytes of a temporary file their place; the same bytes may be stored twice. */
    public void keep(Path temporary, String sha256) throws IOException {
        Path place = place(sha256);
        Files.createDirectories(place.getParent());
        Files.move(temporary, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Where the bytes with this digest are. */
    public Path path(String sha256) {
        return place(sha256);
    }

    private Path place(String sha256) {
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("sha256: not a digest");
        }
        return directory.resolve(sha256.substring(0, 2)).resolve(sha256);
    }
}
