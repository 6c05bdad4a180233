package dev.gatehouse.internal;

import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Base64url without padding, one text for each sequence of bytes (RFC 4648, 3.5 and 5).
 *
 * <p>The JDK's decoder takes padding and any bits in the unused end of the last character; here both are refused.
 */
public final class Base64Url {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private static final byte[] VALUES = new byte[128];

    static {
        Arrays.fill(VALUES, (byte) -1);
        for (int i = 0; i < ALPHABET.length(); i++) {
            VALUES[ALPHABET.charAt(i)] = (byte) i;
        }
    }

    private Base64Url() {}

    /** The text of the bytes. */
    public static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Whether the text from an offset to its end is canonical, so that {@link #decode} has an answer. */
    public static boolean isCanonical(String text, int from) {
        int left = (text.length() - from) % 4;
        int last = 0;
        for (int i = from; i < text.length(); i++) {
            last = valueOf(text.charAt(i));
            if (last < 0) {
                return false;
            }
        }
        return left != 1 && (last & unused(left)) == 0;
    }

    /** The bytes of the text from an offset to its end, or null if it is not canonical. */
    public static byte @Nullable [] decode(String text, int from) {
        int unused = unused((text.length() - from) % 4);
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

    /** The bits of the last character that belong to no byte, where so many characters are left after groups of four. */
    private static int unused(int left) {
        return left == 2 ? 0b1111 : left == 3 ? 0b11 : 0;
    }

    /** The value of a character, -1 if it has none. */
    private static int valueOf(char c) {
        return c < VALUES.length ? VALUES[c] : -1;
    }
}
