package dev.gatehouse.example.index;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a project as its owner writes it; two names are the same project if they are normalized alike (PEP 503).
 *
 * @param display the name as written
 * @param normalized lower case, runs of {@code - _ .} as one {@code -}
 */
public record ProjectName(String display, String normalized) {
    private static final int LONGEST = 200;
    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?");
    private static final Pattern SEPARATORS = Pattern.compile("[-_.]+");

    /** The name, or empty if the text is not a valid one. */
    public static Optional<ProjectName> of(String text) {
        if (text.length() > LONGEST || !VALID.matcher(text).matches()) {
            return Optional.empty();
        }
        return Optional.of(new ProjectName(text, normalize(text)));
    }

    static String normalize(String text) {
        return SEPARATORS.matcher(text).replaceAll("-").toLowerCase(Locale.ROOT);
    }
}
