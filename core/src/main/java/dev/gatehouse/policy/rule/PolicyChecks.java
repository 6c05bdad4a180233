package dev.gatehouse.policy.rule;

import java.util.ArrayList;
import java.util.List;

/** The checks of a definition's form; whether somebody is locked out is checked by the engine. */
final class PolicyChecks {
    private final List<Finding> findings = new ArrayList<>();

    private PolicyChecks() {}

    static List<Finding> of(PolicyDefinition definition) {
        PolicyChecks checks = new PolicyChecks();
        if (definition.requirements().isEmpty()) {
            checks.findings.add(Finding.error("P07", "", "the policy has no requirement"));
        }
        return List.copyOf(checks.findings);
    }
}
