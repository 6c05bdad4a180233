package dev.gatehouse.policy.document;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The small parts of TOML text. */
final class TomlText {
    private static final Pattern BARE = Pattern.compile("[A-Za-z0-9_-]+");
    private static final double WHOLE = 0x1p53;

    private TomlText() {}

    static String string(String value) {
        StringBuilder text = new StringBuilder(value.length() + 2).append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    if (c < ' ' || (c >= 0x7f && c < 0xa0) || c == '\u2028' || c == '\u2029' || c == '\uFEFF') {
                        text.append(String.format(Locale.ROOT, "\\u%04X", (int) c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        return text.append('"').toString();
    }

    /** A key, or several joined with dots, with quotes only where they are needed. */
    static String key(String dotted) {
        return java.util.Arrays.stream(dotted.split("\\.", -1))
                .map(part -> BARE.matcher(part).matches() ? part : string(part))
                .collect(Collectors.joining("."));
    }

    static String strings(Collection<String> values) {
        return array(values, TomlText::string);
    }

    static <T> String array(Collection<T> values, Function<T, String> write) {
        return values.stream().map(write).collect(Collectors.joining(", ", "[", "]"));
    }

    /** One value as itself, several as an array. */
    static String oneOrMore(List<String> values) {
        return values.size() == 1 ? string(values.get(0)) : strings(values);
    }

    static String instant(Instant instant) {
        return instant.toString();
    }

    static String duration(Duration duration) {
        boolean days = duration.equals(Duration.ofDays(duration.toDays()));
        return string(days ? "P" + duration.toDays() + "D" : duration.toString());
    }

    static String number(double value) {
        boolean whole = value == Math.rint(value) && Math.abs(value) <= WHOLE && !(value == 0 && 1 / value < 0);
        return whole ? String.valueOf((long) value) : String.valueOf(value);
    }

    /** A table in one line. */
    static final class Inline {
        private final StringBuilder text = new StringBuilder();

        Inline add(String key, String value) {
            text.append(text.length() == 0 ? "" : ", ")
                    .append(key)
                    .append(" = ")
                    .append(value);
            return this;
        }

        @Override
        public String toString() {
            return "{ " + text + " }";
        }
    }
}
