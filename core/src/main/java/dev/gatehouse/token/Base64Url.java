package dev.gatehouse.token;

import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Base64url without padding, one text for each sequence of bytes (RFC 4648, 3.5 and 5).
 *
 * <p>The JDK's decoder takes padding and any bits in the unused end of the last character; here both are refused.
 */
final class Base64Url {
    private static final byte[] VALUES = new byte[128];

    static {
        Arrays.fill(VALUES, (byte) -1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        for (int i = 0; i < alphabet.length(); i++) {
            VALUES[alphabet.charAt(i)] = (byte) i;
        }
    }

    private Base64Url() {}

    static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The bytes of the text from an offset to its end, or null if it is not canonical. */
    static byte @Nullable [] decode(String text, int from) {
        int chars = text.length() - from;
        if (chars % 4 == 1) {
            return null;
        }
        byte[] out = new byte[chars * 6 / 8];
        int at = 0;
        int i = from;
        for (int whole = from + chars / 4 * 4; i < whole; i += 4) {
            int quad = (value(text.charAt(i)) << 18)
                    | (value(text.charAt(i + 1)) << 12)
                    | (value(text.charAt(i + 2)) << 6)
                    | value(text.charAt(i + 3));
            if (quad < 0) {
                return null;
            }
            out[at++] = (byte) (quad >> 16);
            out[at++] = (byte) (quad >> 8);
            out[at++] = (byte) quad;
        }
        if (i == text.length()) {
            return out;
        }
        int left = text.length() - i;
        int bits = (value(text.charAt(i)) << 12)
                | (value(text.charAt(i + 1)) << 6)
                | (left == 3 ? value(text.charAt(i + 2)) : 0);
        int unused = left == 3 ? 0b11 : 0b1111_000000;
        if (bits < 0 || (bits & unused) != 0) {
            return null;
        }
        out[at++] = (byte) (bits >> 10);
        if (left == 3) {
            out[at] = (byte) (bits >> 2);
        }
        return out;
    }

    /** The value of a character; for one outside the alphabet a number that stays negative when shifted and joined. */
    private static int value(char c) {
        return c < 128 ? VALUES[c] : -1;
    }
}
