package dev.gatehouse.webauthn;

import dev.gatehouse.internal.Base64Url;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The random bytes that one ceremony is bound to (WebAuthn Level 3, 13.4.3).
 *
 * <p>New ones have {@value #BYTES} bytes. Immutable and thread-safe; compared in constant time; never in {@code toString}.
 */
public final class Challenge {
    /** Size of a new challenge in bytes. */
    public static final int BYTES = 32;

    /** Smallest challenge that is read. */
    public static final int MIN_BYTES = 16;

    /** Largest challenge that is read. */
    public static final int MAX_BYTES = 64;

    private final byte[] bytes;

    private Challenge(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A fresh challenge. */
    public static Challenge generate(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new Challenge(bytes);
    }

    /** The challenge with a {@link #text}, or empty if the text is none of {@value #MIN_BYTES} to {@value #MAX_BYTES} bytes. */
    public static Optional<Challenge> read(String text) {
        byte[] bytes = Base64Url.decode(text, 0);
        return bytes == null || bytes.length < MIN_BYTES || bytes.length > MAX_BYTES
                ? Optional.empty()
                : Optional.of(new Challenge(bytes));
    }

    /** A challenge of any size: published vectors have shorter and longer ones. */
    static Challenge ofAnySize(byte[] bytes) {
        return new Challenge(bytes.clone());
    }

    /** The challenge in base64url without padding, as the options of a ceremony hold it. */
    public String text() {
        return Base64Url.encode(bytes);
    }

    /** Whether this is its {@link #text}, in a time that depends on the length alone. */
    boolean hasText(String other) {
        return MessageDigest.isEqual(
                text().getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.UTF_8));
    }

    byte[] bytes() {
        return bytes;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Challenge that && MessageDigest.isEqual(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "Challenge[hidden]";
    }
}
