package dev.gatehouse.policy.rule;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Thrown when a policy has errors; holds every finding, not only the first. */
public final class InvalidPolicyException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient List<Finding> findings;

    /**
     * An exception for these findings; its message names the errors first, then the warnings and notes.
     *
     * @param findings at least one error
     */
    public InvalidPolicyException(List<Finding> findings) {
        super(findings.stream()
                .sorted(Comparator.comparing(Finding::severity))
                .map(Finding::toString)
                .collect(Collectors.joining("\n")));
        this.findings = List.copyOf(findings);
    }

    /** Every finding, in the order of the policy. */
    public List<Finding> findings() {
        return findings;
    }
}
