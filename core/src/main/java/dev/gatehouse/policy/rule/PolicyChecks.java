package dev.gatehouse.policy.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The checks of a definition's form, part by part; whether somebody is locked out is checked by the engine. */
final class PolicyChecks {
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]*");

    private final PolicyDefinition definition;
    private final List<Finding> findings = new ArrayList<>();

    private PolicyChecks(PolicyDefinition definition) {
        this.definition = definition;
    }

    static List<Finding> of(PolicyDefinition definition) {
        PolicyChecks checks = new PolicyChecks(definition);
        checks.run();
        return List.copyOf(checks.findings);
    }

    private void run() {
        Vocabulary vocabulary = definition.vocabulary();
        NameChecks names = new NameChecks(vocabulary, findings);
        id(definition.name(), "name");
        if (definition.revision() < 1) {
            findings.add(Finding.error(
                    "P04", "revision", "'revision' needs a whole number above zero, found " + definition.revision()));
        }
        for (String group : definition.ungated()) {
            ActionChecks.known(vocabulary, group, "ungated", findings);
        }
        names.declared();
        if (definition.requirements().isEmpty()) {
            findings.add(Finding.error("P07", "", "the policy has no requirement"));
        }
        for (Requirement requirement : definition.requirements()) {
            requirement(requirement, vocabulary, names);
        }
        names.unused();
    }

    private void requirement(Requirement requirement, Vocabulary vocabulary, NameChecks names) {
        String path = "requirement." + requirement.id();
        id(requirement.id(), path);
        new ActionChecks(vocabulary, findings).check(requirement, path);
        ConditionChecks conditions = new ConditionChecks(vocabulary.gatedBy(requirement), names, findings);
        conditions.check(requirement.when(), path + ".when", false);
        conditions.check(requirement.unless(), path + ".unless", false);
        if (requirement.demand().isEmpty()) {
            missing(requirement, path, "demand");
        }
        conditions.check(requirement.demand(), path + ".demand", true);
        TextChecks.check(requirement, path, findings);
        PhaseChecks phases = new PhaseChecks(conditions, names, findings);
        for (int i = 0; i < requirement.phases().size(); i++) {
            phases.check(requirement.phases().get(i), path + ".phases[" + i + "]");
        }
        if (requirement.actions().isEmpty()) {
            missing(requirement, path, "actions");
        }
    }

    private void missing(Requirement requirement, String path, String key) {
        findings.add(Finding.error(
                "P05", path + "." + key, "'" + key + "' is missing from requirement '" + requirement.id() + "'"));
    }

    private void id(String id, String path) {
        if (!ID.matcher(id).matches()) {
            findings.add(notAnId(id, path));
        }
    }

    static Finding notAnId(String id, String path) {
        return Finding.error(
                "P06", path, "'" + id + "' is not an id: lower-case letters, digits and '-', starting with a letter");
    }
}
