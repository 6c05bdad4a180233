package dev.gatehouse.example.index;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Versions as PEP 440 compares them: {@code 1.0}, {@code v1.0.0} and {@code 01.00} are one release, as {@code 1.0-alpha.1} and
 * {@code 1.0a1} are. Whoever installs sees one, so that a release may not be asked for by another spelling of its version.
 */
final class Versions {
    /** What the column of a version holds. */
    private static final int LONGEST = 200;

    private static final Pattern VERSION = Pattern.compile("v?(?:(?<epoch>[0-9]+)!)?(?<release>[0-9]+(?:\\.[0-9]+)*)"
            + "(?:[-_.]?(?<pre>alpha|beta|preview|pre|rc|a|b|c)[-_.]?(?<prenumber>[0-9]*))?"
            + "(?:-(?<implicit>[0-9]+)|[-_.]?(?<post>post|rev|r)[-_.]?(?<postnumber>[0-9]*))?"
            + "(?:[-_.]?(?<dev>dev)[-_.]?(?<devnumber>[0-9]*))?"
            + "(?:\\+(?<local>[a-z0-9]+(?:[-_.][a-z0-9]+)*))?");
    private static final Pattern TRAILING_ZEROS = Pattern.compile("(?:\\.0)+$");
    private static final Pattern LEADING_ZEROS = Pattern.compile("(?<![a-z0-9])0+(?=[0-9]+(?![a-z0-9]))");
    private static final Pattern SEPARATORS = Pattern.compile("[-_]");

    private Versions() {}

    /** Whether the text is a version, in any spelling that PEP 440 allows and of at most 200 characters. */
    static boolean isVersion(String text) {
        return text.length() <= LONGEST && VERSION.matcher(lower(text)).matches();
    }

    /** Whether two spellings are of one version. What is no version, as in an old row, is only like itself. */
    static boolean same(String one, String other) {
        return canonical(one).equals(canonical(other));
    }

    private static String canonical(String text) {
        String lower = lower(text.strip());
        Matcher version = VERSION.matcher(lower);
        if (lower.length() > LONGEST || !version.matches()) {
            return lower;
        }
        StringBuilder out = new StringBuilder();
        String epoch = number(version.group("epoch"));
        if (!epoch.equals("0")) {
            out.append(epoch).append('!');
        }
        out.append(TRAILING_ZEROS.matcher(plain(version.group("release"))).replaceFirst(""));
        if (version.group("pre") != null) {
            out.append(kind(version.group("pre"))).append(number(version.group("prenumber")));
        }
        if (version.group("implicit") != null) {
            out.append(".post").append(number(version.group("implicit")));
        } else if (version.group("post") != null) {
            out.append(".post").append(number(version.group("postnumber")));
        }
        if (version.group("dev") != null) {
            out.append(".dev").append(number(version.group("devnumber")));
        }
        if (version.group("local") != null) {
            out.append('+')
                    .append(plain(SEPARATORS.matcher(version.group("local")).replaceAll(".")));
        }
        return out.toString();
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static String kind(String pre) {
        return switch (pre) {
            case "a", "alpha" -> "a";
            case "b", "beta" -> "b";
            default -> "rc";
        };
    }

    private static String number(@Nullable String digits) {
        return digits == null || digits.isEmpty() ? "0" : plain(digits);
    }

    /** Numbers between dots without leading zeros. */
    private static String plain(String numbers) {
        return LEADING_ZEROS.matcher(numbers).replaceAll("");
    }
}
