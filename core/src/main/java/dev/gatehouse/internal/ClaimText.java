package dev.gatehouse.internal;

import java.util.Collection;
import java.util.stream.Collectors;

/** Writes values that strangers chose into messages: cut at 100 characters, quoted, with nothing invisible. */
public final class ClaimText {
    public static final int MAX = 100;

    private ClaimText() {}

    public static String of(String value) {
        return LogText.quoted(cut(value, MAX));
    }

    public static String list(Collection<String> values) {
        return values.stream().sorted().map(ClaimText::of).collect(Collectors.joining(", ", "[", "]"));
    }

    /** The first characters, never half of one. */
    public static String cut(String value, int max) {
        if (value.length() <= max) {
            return value;
        }
        return value.substring(0, Character.isHighSurrogate(value.charAt(max - 1)) ? max - 1 : max);
    }

    /** For a record: one line without anything invisible, bounded. */
    public static String record(String value, int max) {
        return cut(LogText.oneLine(cut(value, max)), max);
    }
}
