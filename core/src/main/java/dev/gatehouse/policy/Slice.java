package dev.gatehouse.policy;

import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.CredentialKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A span of time in which no date changes anything, with the plans that were asked for so far. A plan is made when it is first
 * needed; two threads may make the same one. Thread-safe.
 */
final class Slice {
    private final long from;
    private final int fromNano;
    private final long until;
    private final int untilNano;
    private final List<Line> lines;
    private final Plan[] plans;

    /**
     * A slice.
     *
     * @param from its first instant
     * @param until the first instant after it
     */
    Slice(Instant from, Instant until, List<Rule> rules, int actions) {
        this.from = from.getEpochSecond();
        this.fromNano = from.getNano();
        this.until = until.getEpochSecond();
        this.untilNano = until.getNano();
        List<Line> inForce = new ArrayList<>();
        for (Rule rule : rules) {
            Line.of(rule, from).ifPresent(inForce::add);
        }
        this.lines = List.copyOf(inForce);
        this.plans = new Plan[actions * KINDS];
    }

    private static final int KINDS = CredentialKind.values().length;

    boolean contains(long second, int nano) {
        return (second > from || (second == from && nano >= fromNano))
                && (second < until || (second == until && nano < untilNano));
    }

    @SuppressWarnings("EnumOrdinal") // The places mean something to this object alone.
    Plan plan(Action action, int index, CredentialKind kind, Setting setting) {
        int place = index * KINDS + kind.ordinal();
        Plan plan = plans[place];
        if (plan == null) {
            plan = Plan.of(lines, action, kind, setting);
            plans[place] = plan;
        }
        return plan;
    }
}
