package dev.gatehouse.internal;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Base64 with padding, one text for each sequence of bytes (RFC 4648, 3.5 and 4).
 *
 * <p>The JDK's decoder takes texts without their padding and any bits in the unused end of the last character; here both are refused.
 */
public final class Base64Text {
    private Base64Text() {}

    /** The bytes of a text, or null if it is not canonical. */
    public static byte @Nullable [] decode(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            return Base64.getEncoder().encodeToString(bytes).equals(text) ? bytes : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
