package dev.gatehouse.policy.document;

import dev.gatehouse.policy.rule.Finding;
import dev.gatehouse.policy.rule.InvalidPolicyException;
import dev.gatehouse.policy.rule.Phase;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.Requirement;
import dev.gatehouse.policy.rule.Vocabulary.Section;
import java.util.List;
import java.util.Map;

/** Writes a definition as a document: the same definition always as the same text. */
final class PolicyWriter {
    private final StringBuilder out = new StringBuilder();

    String write(PolicyDefinition definition) {
        List<Finding> errors = definition.findings().stream()
                .filter(f -> f.severity() == Finding.Severity.ERROR)
                .toList();
        if (!errors.isEmpty()) {
            throw new InvalidPolicyException(errors);
        }
        line("gatehouse-policy", String.valueOf(DocumentReader.FORMAT));
        line("name", TomlText.string(definition.name()));
        line("revision", String.valueOf(definition.revision()));
        definition.reviewed().ifPresent(day -> line("reviewed", day.toString()));
        if (!definition.lineage().isEmpty() || !definition.dropped().isEmpty()) {
            line("lineage", TomlText.strings(definition.lineage()));
        }
        if (!definition.dropped().isEmpty()) {
            line("drop", TomlText.strings(definition.dropped()));
        }
        if (!definition.ungated().isEmpty()) {
            line("ungated", TomlText.strings(definition.ungated()));
        }
        for (Section section : Section.values()) {
            vocabulary(section, definition.vocabulary().of(section));
        }
        definition.requirements().forEach(this::requirement);
        return out.toString();
    }

    private void vocabulary(Section section, Map<String, String> names) {
        if (!names.isEmpty()) {
            out.append("\n[vocabulary.").append(section.key()).append("]\n");
            names.forEach((name, meaning) -> line(TomlText.key(name), TomlText.string(meaning)));
        }
    }

    private void requirement(Requirement requirement) {
        out.append("\n[requirement.").append(TomlText.key(requirement.id())).append("]\n");
        line("actions", TomlText.strings(requirement.actions()));
        if (!requirement.except().isEmpty()) {
            line("except", TomlText.strings(requirement.except()));
        }
        if (!requirement.when().isEmpty()) {
            line("when", ConditionText.of(requirement.when()));
        }
        if (!requirement.unless().isEmpty()) {
            line("unless", ConditionText.of(requirement.unless()));
        }
        line("demand", ConditionText.of(requirement.demand()));
        requirement.remedy().ifPresent(remedy -> line("remedy", TomlText.string(remedy.id())));
        requirement.message().ifPresent(text -> line("message", TomlText.string(text)));
        requirement.notice().ifPresent(text -> line("notice", TomlText.string(text)));
        if (!requirement.phases().isEmpty()) {
            out.append("phases = [\n");
            requirement
                    .phases()
                    .forEach(phase -> out.append("  ").append(phase(phase)).append(",\n"));
            out.append("]\n");
        }
    }

    private static String phase(Phase phase) {
        TomlText.Inline table =
                new TomlText.Inline().add("mode", TomlText.string(phase.mode().id()));
        phase.from().ifPresent(from -> table.add("from", TomlText.instant(from)));
        phase.until().ifPresent(until -> table.add("until", TomlText.instant(until)));
        if (!phase.windows().isEmpty()) {
            table.add(
                    "windows",
                    TomlText.array(
                            phase.windows(),
                            window -> new TomlText.Inline()
                                    .add("from", TomlText.instant(window.from()))
                                    .add("for", TomlText.duration(window.length()))
                                    .toString()));
        }
        if (!phase.when().isEmpty()) {
            table.add("when", ConditionText.of(phase.when()));
        }
        if (!phase.unless().isEmpty()) {
            table.add("unless", ConditionText.of(phase.unless()));
        }
        phase.share().ifPresent(share -> table.add("share", share.toPlainString()));
        phase.switchName().ifPresent(name -> table.add("switch", TomlText.string(name)));
        if (phase.tentative()) {
            table.add("tentative", "true");
        }
        return table.toString();
    }

    private void line(String key, String value) {
        out.append(key).append(" = ").append(value).append('\n');
    }
}
