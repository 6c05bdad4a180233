package dev.gatehouse.token;

import java.util.List;

/** Texts of caveats: the JSON that tokens carry, and values within messages. */
final class CaveatText {
    private static final int MAX_VALUE = 100;

    private CaveatText() {}

    /** The text, cut at 100 UTF-16 units. */
    static String cut(String value) {
        if (value.length() <= MAX_VALUE) {
            return value;
        }
        int end = Character.isHighSurrogate(value.charAt(MAX_VALUE - 2)) ? MAX_VALUE - 2 : MAX_VALUE - 1;
        return value.substring(0, end) + '\u2026';
    }

    static String array(int tag, String field) {
        return quote(
                        new StringBuilder(field.length() + 16)
                                .append('[')
                                .append(tag)
                                .append(','),
                        field)
                .append(']')
                .toString();
    }

    static String array(int tag, List<String> field) {
        StringBuilder out = new StringBuilder(64).append('[').append(tag).append(",[");
        for (int i = 0; i < field.size(); i++) {
            quote(i == 0 ? out : out.append(','), field.get(i));
        }
        return out.append("]]").toString();
    }

    /** A JSON string in visible ASCII, as Python's {@code json.dumps} writes it save for control characters, all in the long form. */
    static StringBuilder quote(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c >= ' ' && c <= '~') {
                out.append(c);
            } else {
                out.append("\\u").append(String.format(java.util.Locale.ROOT, "%04x", (int) c));
            }
        }
        return out.append('"');
    }
}
