package dev.gatehouse.policy;

import dev.gatehouse.policy.rule.Finding;
import java.util.List;
import java.util.Objects;

/** What came of putting another policy in force: all of it, or nothing. Immutable and thread-safe. */
public sealed interface Reload permits Reload.Reloaded, Reload.Rejected, Reload.Looser {

    /** Whether the new policy is in force; if not, the old one is. */
    default boolean isInForce() {
        return this instanceof Reloaded;
    }

    /**
     * The new policy is in force.
     *
     * @param change what changed
     * @param warnings what is remarkable about the new policy
     */
    record Reloaded(PolicyChange change, List<Finding> warnings) implements Reload {
        public Reloaded {
            Objects.requireNonNull(change, "change");
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * The new policy has errors; the old one stays in force.
     *
     * @param findings every finding, at least one an error
     */
    record Rejected(List<Finding> findings) implements Reload {
        public Rejected {
            findings = List.copyOf(findings);
        }
    }

    /**
     * The new policy is looser and nobody allowed that; the old one stays in force.
     *
     * @param change what would change
     */
    record Looser(PolicyChange change) implements Reload {
        public Looser {
            Objects.requireNonNull(change, "change");
        }
    }
}
