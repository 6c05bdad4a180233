package dev.gatehouse.policy.document;

import dev.gatehouse.policy.rule.Finding;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells findings that only repeat another one: where a part could not be read, the definition lacks it.
 *
 * <p>Each code that a missing part can bring about is listed with the parts that do so; whatever cannot be an echo is told,
 * so that one fault hides no other.
 */
final class Echoes {
    /** The rest of a path, after that of the finding or of the table in which it was found. */
    private static final Map<String, Pattern> BELOW = Map.of(
            "P04", Pattern.compile(".*"),
            "P05", Pattern.compile(".*"),
            "P36", Pattern.compile("\\.(message|notice|phases(\\[\\d+](\\.mode)?)?)"));

    private static final Map<String, Pattern> BESIDE = Map.of(
            "P11", Pattern.compile("\\.(actions|except)(\\[\\d+])?"),
            "P12", Pattern.compile("\\.(actions|except)(\\[\\d+])?"),
            "P33", Pattern.compile("\\.(mode|from|windows.*|tentative)"));

    private static final Map<String, Pattern> ANYWHERE = Map.of(
            "P07", Pattern.compile("requirement(\\..*)?"),
            "P10", Pattern.compile("vocabulary(\\.actions)?"),
            "P20", Pattern.compile("vocabulary(\\.[a-z]+)?"),
            "P21", Pattern.compile(".*"));

    private Echoes() {}

    /** Whether the finding, at this path of the document, follows from what could not be read. */
    static boolean isEcho(Finding finding, String path, Problems problems) {
        String code = finding.code();
        if (!BELOW.containsKey(code) && !BESIDE.containsKey(code) && !ANYWHERE.containsKey(code)) {
            return false;
        }
        String table = path.substring(0, Math.max(0, path.lastIndexOf('.')));
        return problems.anyBroken(broken -> (!broken.isEmpty() && Locations.isAtOrBelow(path, broken))
                || follows(BELOW.get(code), path, broken)
                || follows(BESIDE.get(code), table, broken)
                || follows(ANYWHERE.get(code), "", broken));
    }

    private static boolean follows(@Nullable Pattern parts, String base, String broken) {
        return parts != null
                && Locations.isAtOrBelow(broken, base)
                && parts.matcher(broken.substring(base.length())).matches();
    }
}
