package dev.gatehouse.policy;

import dev.gatehouse.policy.rule.Finding;
import dev.gatehouse.policy.rule.PolicyDefinition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What is wrong or remarkable about a definition by its meaning (P32, P40 to P49), for a definition whose form is sound.
 *
 * <p>Deterministic and bounded: the same definition, names and instant give the same findings in the same order.
 */
final class PolicyAnalysis {
    private PolicyAnalysis() {}

    /**
     * All findings.
     *
     * @param supplied the names that the host supplies
     * @param now what is over by now is history, not a fault
     */
    static List<Finding> findings(PolicyDefinition definition, Supplied supplied, Instant now) {
        List<Finding> findings = new ArrayList<>();
        new PhaseFindings(definition, now, findings).check();
        new DemandFindings(definition, now, findings).check();
        UnsuppliedNames.check(definition, supplied, findings);
        new DeadEnds(definition, now, findings).check();
        return List.copyOf(findings);
    }
}
