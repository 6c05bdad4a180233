package dev.gatehouse.policy;

import dev.gatehouse.policy.rule.Mode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The whole trace of one decision: every requirement, bound or not and why, met or not and why. Immutable; thread-safe.
 *
 * @param at the instant of the decision
 * @param decision the decision itself, as {@code decide} gives it for the same facts
 * @param lines one for each requirement of the policy, by id
 */
public record Explanation(Instant at, Decision decision, List<Line> lines) {
    public Explanation {
        lines = List.copyOf(lines);
    }

    /** How a requirement took part. */
    public enum Outcome {
        /** The action is not among its actions. */
        OTHER_ACTION,
        /** No phase above announce is active. */
        NOT_IN_FORCE,
        /** {@code when} does not hold or {@code unless} does. */
        NOT_BOUND,
        MET,
        /** Not met, and lifted by a waiver. */
        WAIVED,
        /** Not met. */
        UNMET
    }

    /** What an atom came to. */
    public enum Truth {
        TRUE,
        FALSE,
        UNKNOWN,
        ABSENT
    }

    /**
     * One requirement.
     *
     * @param requirement its id
     * @param outcome how it took part
     * @param mode the strongest active mode; empty if no phase is active
     * @param phases why each phase is active or not
     * @param atoms every atom of {@code when}, {@code unless} and {@code demand}
     * @param ways the ways out, if not met
     * @param waiver the waiver that lifts it, if one does
     * @param nextChange the next instant at which time alone may change this line
     */
    public record Line(
            String requirement,
            Outcome outcome,
            Optional<Mode> mode,
            List<PhaseTrace> phases,
            List<AtomTrace> atoms,
            List<Way> ways,
            Optional<Waiver> waiver,
            Optional<Instant> nextChange) {
        public Line {
            phases = List.copyOf(phases);
            atoms = List.copyOf(atoms);
            ways = List.copyOf(ways);
        }
    }

    /**
     * One phase.
     *
     * @param phase the phase as the policy has it
     * @param active whether it counts now
     * @param why the reason in words: not begun, over, switch off, outside its cohort or share, tentative
     */
    public record PhaseTrace(String phase, boolean active, String why) {}

    /**
     * One atom.
     *
     * @param part {@code when}, {@code unless} or {@code demand}, with the alternative's number in an any-of
     * @param atom what was asked
     * @param value what the host said
     * @param truth what it came to
     */
    public record AtomTrace(String part, String atom, String value, Truth truth) {}
}
