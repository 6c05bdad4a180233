package dev.gatehouse.example;

import dev.gatehouse.secret.KeyRing;
import dev.gatehouse.secret.SecretBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;

/**
 * The key that seals secrets in the database: a file beside it, for its owner only. A real index takes the key from a key store of
 * its own, so that a copy of the data directory opens nothing.
 */
final class Keys {
    private static final String FILE = "sealing.key";
    private static final String KEY_ID = "file-1";

    private Keys() {}

    static KeyRing load(Path data, SecureRandom random) {
        Path file = data.resolve(FILE);
        try {
            if (Files.notExists(file)) {
                byte[] key = new byte[KeyRing.KEY_BYTES];
                random.nextBytes(key);
                Path fresh = Files.createTempFile(data, FILE, ".new");
                if (fresh.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                    Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
                }
                Files.write(fresh, key);
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            }
            return KeyRing.sealingWith(KEY_ID, SecretBytes.copyOf(Files.readAllBytes(file)))
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the sealing key", e);
        }
    }
}
