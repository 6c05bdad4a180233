package dev.gatehouse.secret;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that must not be shown: a shared secret, a root key, a sealing key.
 *
 * <p>Copied on the way in and out, compared in constant time, never in a text. Immutable and thread-safe. The bytes stay
 * in memory until they are collected; no attempt is made to wipe them, because a moving collector has copied them already.
 */
public final class SecretBytes {
    private final byte[] bytes;

    private SecretBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A copy of these bytes; the caller may wipe its own afterwards. */
    public static SecretBytes copyOf(byte[] bytes) {
        return new SecretBytes(Objects.requireNonNull(bytes, "bytes").clone());
    }

    /**
     * Fresh random bytes.
     *
     * @param size number of bytes, 1 to 1024
     * @throws IllegalArgumentException if the size is out of bounds
     */
    public static SecretBytes random(int size, SecureRandom random) {
        if (size < 1 || size > 1024) {
            throw new IllegalArgumentException("size: 1 to 1024, not " + size);
        }
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return new SecretBytes(bytes);
    }

    public int size() {
        return bytes.length;
    }

    /** A copy of the bytes, for the one call that needs them. */
    public byte[] toByteArray() {
        return bytes.clone();
    }

    /** Whether both hold the same bytes; takes as long wherever they differ. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SecretBytes that && MessageDigest.isEqual(bytes, that.bytes);
    }

    /** A hash of the size alone: a hash of the bytes would tell something of them. */
    @Override
    public int hashCode() {
        return bytes.length;
    }

    @Override
    public String toString() {
        return "SecretBytes[" + bytes.length + " bytes]";
    }
}
