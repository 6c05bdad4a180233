package dev.gatehouse.policy.rule;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** P36 and P37: texts that are missing, and placeholders that nobody fills in. */
final class TextChecks {
    private static final Set<String> PLACEHOLDERS =
            Set.of("account", "project", "organization", "action", "link", "enforced-from", "wait-until");
    private static final int SHOWN = 40;

    private TextChecks() {}

    static void check(Requirement requirement, String path, List<Finding> findings) {
        boolean enforces = requirement.phases().isEmpty() || has(requirement, Mode.ENFORCE);
        if (enforces && isBlank(requirement.message())) {
            findings.add(Finding.error("P36", path, "'" + requirement.id() + "' enforces but has no message"));
        }
        if (has(requirement, Mode.WARN) && isBlank(requirement.notice())) {
            findings.add(Finding.error("P36", path, "'" + requirement.id() + "' warns but has no notice"));
        }
        requirement.message().ifPresent(text -> placeholders(text, path + ".message", findings));
        requirement.notice().ifPresent(text -> placeholders(text, path + ".notice", findings));
    }

    /** A tentative phase counts: the text is needed on the day on which a person removes the word. */
    private static boolean has(Requirement requirement, Mode mode) {
        return requirement.phases().stream().anyMatch(phase -> phase.mode() == mode);
    }

    private static boolean isBlank(Optional<String> text) {
        return text.isEmpty() || text.get().isBlank();
    }

    private static void placeholders(String template, String path, List<Finding> findings) {
        int at = template.indexOf('{');
        while (at >= 0) {
            if (template.startsWith("{{", at)) {
                at = template.indexOf('{', at + 2);
                continue;
            }
            int end = template.indexOf('}', at);
            String name = template.substring(at + 1, end < 0 ? template.length() : end);
            if (end < 0 || !PLACEHOLDERS.contains(name)) {
                String shown = name.length() > SHOWN ? name.substring(0, SHOWN) : name;
                String wrong = end < 0 ? "'{" + shown + "' has no '}'" : "unknown placeholder '{" + shown + "}'";
                findings.add(Finding.error("P37", path, wrong));
            }
            at = end < 0 ? -1 : template.indexOf('{', end);
        }
    }
}
