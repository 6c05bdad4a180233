package dev.gatehouse.internal;

/** Writes text that others chose into one line of a log, so that it can neither break the line nor turn its direction. */
public final class LogText {
    private LogText() {}

    /**
     * The text in double quotes: quotes and backslashes get a backslash; control, format (all bidirectional ones),
     * separator and unassigned characters and lone surrogates become <code>&#92;u{hex}</code>.
     */
    public static String quoted(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('"');
        text.codePoints().forEach(c -> append(out, c));
        return out.append('"').toString();
    }

    /** The text without quotes around it and inside it as they are; what is not visible becomes <code>&#92;u{hex}</code>. */
    public static String oneLine(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> appendVisible(out, c));
        return out.toString();
    }

    private static void append(StringBuilder out, int c) {
        if (c == '"' || c == '\\') {
            out.append('\\').append((char) c);
        } else {
            appendVisible(out, c);
        }
    }

    private static void appendVisible(StringBuilder out, int c) {
        if (c == ' ' || isVisible(c)) {
            out.appendCodePoint(c);
        } else {
            out.append("\\u{").append(Integer.toHexString(c)).append('}');
        }
    }

    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
