package dev.gatehouse.policy;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A message's words with placeholders, taken apart once; two opening braces are one in the text. Immutable and thread-safe. */
final class Template {
    static final String ACCOUNT = "account";
    static final String PROJECT = "project";
    static final String ORGANIZATION = "organization";
    static final String ACTION = "action";
    static final String LINK = "link";
    static final String ENFORCED_FROM = "enforced-from";
    static final String WAIT_UNTIL = "wait-until";

    private static final Set<String> NAMES =
            Set.of(ACCOUNT, PROJECT, ORGANIZATION, ACTION, LINK, ENFORCED_FROM, WAIT_UNTIL);
    private static final int LONGEST = 100;

    private final String source;
    private final List<Part> parts;
    private final Set<String> names;

    /** Words, or the name of a placeholder. */
    private record Part(String text, boolean isName) {}

    private Template(String source, List<Part> parts) {
        this.source = source;
        this.parts = List.copyOf(parts);
        Set<String> used = new LinkedHashSet<>();
        for (Part part : parts) {
            if (part.isName) {
                used.add(part.text);
            }
        }
        this.names = java.util.Collections.unmodifiableSet(used);
    }

    /** Takes the words apart; braces around what is no placeholder stay as they are. */
    static Template of(String source) {
        List<Part> parts = new ArrayList<>();
        StringBuilder words = new StringBuilder();
        int i = 0;
        while (i < source.length()) {
            char c = source.charAt(i);
            int end = c == '{' ? source.indexOf('}', i) : -1;
            if (source.startsWith("{{", i)) {
                words.append('{');
                i += 2;
            } else if (end > 0 && NAMES.contains(source.substring(i + 1, end))) {
                if (words.length() > 0) {
                    parts.add(new Part(words.toString(), false));
                    words.setLength(0);
                }
                parts.add(new Part(source.substring(i + 1, end), true));
                i = end + 1;
            } else {
                words.append(c);
                i++;
            }
        }
        if (words.length() > 0) {
            parts.add(new Part(words.toString(), false));
        }
        return new Template(source, parts);
    }

    String source() {
        return source;
    }

    /** The placeholders in the order of their first use. */
    Set<String> names() {
        return names;
    }

    /** Whether the text is the same for everybody who is about to do the same action. */
    boolean namesNobody() {
        return !uses(ACCOUNT) && !uses(PROJECT) && !uses(ORGANIZATION) && !uses(WAIT_UNTIL);
    }

    boolean uses(String name) {
        return names.contains(name);
    }

    /** The text; a value that is {@code null} prints as the word for its kind, a long one is cut. */
    String fill(Function<String, @Nullable String> values) {
        StringBuilder text = new StringBuilder(source.length() + 48);
        for (Part part : parts) {
            text.append(part.isName ? shown(part.text, values.apply(part.text)) : part.text);
        }
        return text.toString();
    }

    /** What a placeholder prints as. */
    static String shown(String name, @Nullable String value) {
        if (value == null) {
            return switch (name) {
                case ENFORCED_FROM, WAIT_UNTIL -> "date";
                default -> name;
            };
        }
        if (value.length() <= LONGEST) {
            return value;
        }
        return value.substring(0, Character.isHighSurrogate(value.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST);
    }

    @Override
    public String toString() {
        return source;
    }
}
