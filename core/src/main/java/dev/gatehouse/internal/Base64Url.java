package dev.gatehouse.internal;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Base64url without padding, one text for each sequence of bytes (RFC 4648, 3.5 and 5).
 *
 * <p>The JDK's decoder takes padding and any bits in the unused end of the last character; here both are refused.
 */
public final class Base64Url {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private Base64Url() {}

    /** The text of the bytes. */
    public static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The bytes of the text from an offset to its end, or null if it is not canonical. */
    public static byte @Nullable [] decode(String text, int from) {
        int left = (text.length() - from) % 4;
        int unused = left == 2 ? 0b1111 : left == 3 ? 0b11 : 0;
        // A padding character has no value, so that it fails here too; within the text the JDK refuses it.
        if (text.length() > from && (valueOf(text.charAt(text.length() - 1)) & (unused | ~0b11_1111)) != 0) {
            return null;
        }
        try {
            return Base64.getUrlDecoder().decode(text.substring(from));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The value of a character, -1 if it has none. */
    private static int valueOf(char c) {
        return ALPHABET.indexOf(c);
    }
}
