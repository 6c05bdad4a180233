package dev.gatehouse.policy.document;

import dev.gatehouse.policy.rule.Finding;
import java.util.List;
import java.util.Map;

/**
 * Tells findings that only repeat another one: where a part could not be read, the definition lacks it.
 *
 * <p>Each code of a definition's checks that a missing part can bring about is listed with the keys, below its path, whose
 * absence does so. All others are told in any case, so that one fault hides no other.
 */
final class Echoes {
    private static final Map<String, List<String>> KEYS = Map.of(
            "P04", List.of(""),
            "P05", List.of(""),
            "P07", List.of("requirement"),
            "P11", List.of(".actions", ".except"),
            "P12", List.of(".actions", ".except"),
            "P33", List.of(".mode", ".from", ".windows", ".tentative"),
            "P36", List.of(".message", ".notice", ".phases"));

    private Echoes() {}

    static boolean isEcho(Finding finding, String path, Problems problems) {
        if (finding.code().equals("P21")) {
            return problems.isBroken("");
        }
        String base = path;
        if (!finding.code().equals("P36")
                && KEYS.getOrDefault(finding.code(), List.of()).stream().anyMatch(key -> key.startsWith("."))) {
            // Told at one of its keys, and brought about by others beside it.
            base = path.substring(0, path.lastIndexOf('.'));
        }
        for (String key : KEYS.getOrDefault(finding.code(), List.of())) {
            if (problems.isBroken(base + key)) {
                return true;
            }
        }
        return false;
    }
}
