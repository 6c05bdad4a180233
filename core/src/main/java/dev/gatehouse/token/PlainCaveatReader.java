package dev.gatehouse.token;

import dev.gatehouse.internal.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the caveats that nearly all tokens carry: a compact JSON array of whole numbers, texts and lists of texts, the texts in
 * visible ASCII without escapes. It reads all of it or nothing; the rest is for {@link StrictJson}.
 */
final class PlainCaveatReader {
    private static final int MAX_DIGITS = 18;

    private final byte[] bytes;
    private final int to;
    private int at;

    private PlainCaveatReader(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.at = from;
        this.to = to;
    }

    /** The array, or null if it is anything else. */
    static @Nullable List<Object> read(byte[] bytes, int from, int to) {
        return new PlainCaveatReader(bytes, from, to).array();
    }

    private @Nullable List<Object> array() {
        if (!skip('[')) {
            return null;
        }
        List<Object> values = new ArrayList<>(4);
        do {
            Object value = value();
            if (value == null) {
                return null;
            }
            values.add(value);
        } while (skip(','));
        return skip(']') && at == to ? values : null;
    }

    private @Nullable Object value() {
        int c = at < to ? bytes[at] : -1;
        return c == '"' ? text() : c == '[' ? texts() : number();
    }

    private @Nullable List<String> texts() {
        at++;
        List<String> texts = new ArrayList<>(2);
        if (skip(']')) {
            return texts;
        }
        do {
            String text = text();
            if (text == null) {
                return null;
            }
            texts.add(text);
        } while (skip(','));
        return skip(']') ? texts : null;
    }

    private @Nullable String text() {
        if (!skip('"')) {
            return null;
        }
        int start = at;
        while (at < to) {
            byte c = bytes[at];
            if (c == '"') {
                String text = new String(bytes, start, at - start, StandardCharsets.ISO_8859_1);
                at++;
                return text;
            }
            if (c < ' ' || c > '~' || c == '\\') {
                return null;
            }
            at++;
        }
        return null;
    }

    private @Nullable Long number() {
        boolean negative = skip('-');
        int start = at;
        long value = 0;
        // A digit more is no separator: then the array is left to the other reader.
        while (at < to && bytes[at] >= '0' && bytes[at] <= '9' && at - start < MAX_DIGITS) {
            value = 10 * value + (bytes[at++] - '0');
        }
        int digits = at - start;
        if (digits == 0 || (digits > 1 && bytes[start] == '0')) {
            return null;
        }
        return negative ? -value : value;
    }

    private boolean skip(char c) {
        if (at < to && bytes[at] == c) {
            at++;
            return true;
        }
        return false;
    }
}
