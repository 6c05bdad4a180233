package dev.gatehouse.policy;

import dev.gatehouse.policy.rule.Remedy;
import java.util.List;

/**
 * One way out of a refusal: the steps to take, by stage. Immutable and thread-safe.
 *
 * @param steps at least one, each once, sorted by stage
 */
public record Way(List<Remedy> steps) {
    public Way {
        steps = List.copyOf(steps);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("steps: empty");
        }
    }

    public static Way of(Remedy... steps) {
        return new Way(List.of(steps));
    }

    /** The step to take first. */
    public Remedy first() {
        return steps.get(0);
    }

    /** The steps in the words of the policy language. */
    @Override
    public String toString() {
        return steps.stream().map(Remedy::id).toList().toString();
    }
}
