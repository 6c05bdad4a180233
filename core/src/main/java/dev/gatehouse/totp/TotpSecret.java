package dev.gatehouse.totp;

import com.google.common.base.Ascii;
import com.google.common.base.CharMatcher;
import com.google.common.io.BaseEncoding;
import dev.gatehouse.secret.SecretBytes;
import java.security.SecureRandom;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The secret that an authenticator app and the server share.
 *
 * <p>New ones have the size of the hash, 160 bits by default. Imported ones may have 80 to 1024 bits: 80 is what many sites
 * hand out, though RFC 4226 asks for 128. The text form is Base32 (RFC 4648, 6), unpadded, in upper case.
 *
 * <p>Immutable and thread-safe; compared in constant time; never in {@code toString}.
 */
public final class TotpSecret {
    /** Smallest secret in bytes. */
    public static final int MIN_BYTES = 10;

    /** Largest secret in bytes. */
    public static final int MAX_BYTES = 128;

    private static final int MAX_TEXT = 512;
    private static final int MAX_PADDING = 6;
    private static final BaseEncoding BASE32 = BaseEncoding.base32().omitPadding();
    private static final CharMatcher ALPHABET = CharMatcher.inRange('A', 'Z').or(CharMatcher.inRange('2', '7'));

    private final SecretBytes bytes;

    private TotpSecret(SecretBytes bytes) {
        this.bytes = bytes;
    }

    /** A fresh secret of the size that the parameters ask for. */
    public static TotpSecret generate(TotpParameters parameters, SecureRandom random) {
        return of(SecretBytes.random(parameters.secretBytes(), random));
    }

    /**
     * These bytes as a secret.
     *
     * @throws IllegalArgumentException if there are less than {@value #MIN_BYTES} or more than {@value #MAX_BYTES}
     */
    public static TotpSecret of(SecretBytes bytes) {
        int size = Objects.requireNonNull(bytes, "bytes").size();
        if (size < MIN_BYTES || size > MAX_BYTES) {
            throw new IllegalArgumentException("bytes: " + MIN_BYTES + " to " + MAX_BYTES + ", not " + size);
        }
        return new TotpSecret(bytes);
    }

    /**
     * Reads Base32 in either case, with white space anywhere and with or without padding at the end, as sites show it.
     *
     * <p>Accepts {@code jbsw y3dp ehpk 3pxp}. Refuses {@code JBSWY3DPEHPK3PX0}: a character outside the alphabet ({@code 0},
     * {@code 1}, {@code 8}, {@code 9} among them) is never dropped, because the rest would be another secret. Refuses a
     * length that no bytes have, and bits in the last character that belong to no byte (RFC 4648, 3.5).
     *
     * @throws IllegalArgumentException if the text is none of this, or holds a secret out of bounds; the message does not
     *     repeat the text
     */
    public static TotpSecret fromBase32(String text) {
        return read(text, false);
    }

    /**
     * Reads what {@link #fromBase32} reads, and ignores bits in the last character that belong to no byte.
     *
     * <p>Some sites made secrets by drawing random characters, which leaves such bits; the apps ignored them, and so must
     * an import of these secrets.
     *
     * @throws IllegalArgumentException as {@link #fromBase32}, but for those bits
     */
    public static TotpSecret fromBase32IgnoringTrailingBits(String text) {
        return read(text, true);
    }

    private static TotpSecret read(String text, boolean ignoringTrailingBits) {
        if (text.length() > MAX_TEXT) {
            throw new IllegalArgumentException("text: longer than " + MAX_TEXT + " characters");
        }
        String dense = Ascii.toUpperCase(WhiteSpace.removedFrom(text));
        String bare = CharMatcher.is('=').trimTrailingFrom(dense);
        if (dense.length() - bare.length() > MAX_PADDING || !ALPHABET.matchesAllOf(bare)) {
            throw new IllegalArgumentException("text: not Base32");
        }
        byte[] bytes;
        try {
            bytes = BASE32.decode(bare);
        } catch (IllegalArgumentException e) {
            // The decoder's own message would show a character of the secret.
            throw new IllegalArgumentException("text: not a length that Base32 has");
        }
        if (!ignoringTrailingBits && !BASE32.encode(bytes).equals(bare)) {
            throw new IllegalArgumentException("text: the last character has bits that belong to no byte");
        }
        if (bytes.length < MIN_BYTES || bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "text: a secret of " + bytes.length + " bytes, not of " + MIN_BYTES + " to " + MAX_BYTES);
        }
        return of(SecretBytes.copyOf(bytes));
    }

    /** The secret as Base32, unpadded and in upper case; what a person types or an app scans. */
    public String base32() {
        return BASE32.encode(bytes.toByteArray());
    }

    /** {@link #base32} in groups of four, for reading aloud and typing. */
    public String base32InGroups() {
        String dense = base32();
        StringBuilder text = new StringBuilder(dense.length() + dense.length() / 4);
        for (int i = 0; i < dense.length(); i++) {
            if (i > 0 && i % 4 == 0) {
                text.append(' ');
            }
            text.append(dense.charAt(i));
        }
        return text.toString();
    }

    public SecretBytes bytes() {
        return bytes;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TotpSecret that && bytes.equals(that.bytes);
    }

    @Override
    public int hashCode() {
        return bytes.hashCode();
    }

    @Override
    public String toString() {
        return "TotpSecret[" + bytes.size() + " bytes]";
    }
}
