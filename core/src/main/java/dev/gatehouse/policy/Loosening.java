package dev.gatehouse.policy;

import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.Condition;
import dev.gatehouse.policy.rule.Mode;
import dev.gatehouse.policy.rule.Phase;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.Requirement;
import dev.gatehouse.policy.rule.Window;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a new policy has that is not provably as strict as the old one. It compares the forms of rules, never facts: what it
 * cannot prove it calls looser. Rules that are over do not count, nor do texts and remedies.
 */
final class Loosening {
    private final PolicyDefinition before;
    private final PolicyDefinition after;
    private final Instant now;
    private final List<String> looser = new ArrayList<>();

    private Loosening(PolicyDefinition before, PolicyDefinition after, Instant now) {
        this.before = before;
        this.after = after;
        this.now = now;
    }

    static List<String> between(PolicyDefinition before, PolicyDefinition after, Instant now) {
        Loosening loosening = new Loosening(before, after, now);
        loosening.compareActions();
        before.requirements().forEach(loosening::compare);
        return List.copyOf(loosening.looser);
    }

    private void compareActions() {
        Set<Action> opened = new HashSet<>(after.vocabulary().actions());
        opened.removeAll(before.vocabulary().actions());
        opened.stream()
                .map(Action::id)
                .sorted()
                .forEach(id -> looser.add("action '" + id + "' was refused as unmapped"));
    }

    private void compare(Requirement old) {
        List<Phase> living = living(old);
        if (living.isEmpty()) {
            return;
        }
        String who = "'" + old.id() + "' ";
        Requirement next = after.requirement(old.id()).orElse(null);
        if (next == null) {
            looser.add(who + "is gone");
            return;
        }
        Set<Action> lost = new HashSet<>(before.vocabulary().gatedBy(old));
        lost.removeAll(after.vocabulary().gatedBy(next));
        lost.retainAll(after.vocabulary().actions());
        lost.stream().map(Action::id).sorted().forEach(id -> looser.add(who + "no longer gates " + id));
        if (!Implication.implies(old.when(), next.when())) {
            looser.add(who + "binds under other conditions: " + next.when());
        }
        if (!exemptsNoMore(old.unless(), next.unless())) {
            looser.add(who + "exempts under other conditions: " + next.unless());
        }
        if (!Implication.implies(next.demand(), old.demand())) {
            looser.add(who + "demands something else: " + next.demand());
        }
        for (Phase phase : living) {
            if (living(next).stream().noneMatch(other -> covers(other, phase))) {
                looser.add(who + "has no phase that covers: " + phase);
            }
        }
    }

    private static boolean exemptsNoMore(Condition old, Condition next) {
        return next.isEmpty() || (!old.isEmpty() && Implication.implies(next, old));
    }

    /** The phases above announce that are on or to come. */
    private List<Phase> living(Requirement requirement) {
        List<Phase> phases = requirement.phases().isEmpty()
                ? List.of(Phase.builder(Mode.ENFORCE).build())
                : requirement.phases();
        return phases.stream()
                .filter(phase -> !phase.tentative() && phase.mode() != Mode.ANNOUNCE && !isOver(phase))
                .toList();
    }

    private boolean isOver(Phase phase) {
        return phase.windows().isEmpty()
                ? phase.until().filter(until -> !until.isAfter(now)).isPresent()
                : phase.windows().stream().noneMatch(window -> window.until().isAfter(now));
    }

    private boolean covers(Phase next, Phase old) {
        return next.mode().compareTo(old.mode()) >= 0
                && coversTime(next, old)
                && Implication.implies(old.when(), next.when())
                && exemptsNoMore(old.unless(), next.unless())
                && (next.switchName().isEmpty() || next.switchName().equals(old.switchName()))
                && percent(next).compareTo(percent(old)) >= 0;
    }

    private static BigDecimal percent(Phase phase) {
        return phase.share().orElse(BigDecimal.valueOf(100));
    }

    private boolean coversTime(Phase next, Phase old) {
        if (old.windows().isEmpty()) {
            return covers(next, start(old), old.until().orElse(Instant.MAX));
        }
        for (Window window : old.windows()) {
            if (window.until().isAfter(now) && !covers(next, window.from(), window.until())) {
                return false;
            }
        }
        return true;
    }

    /** Whether one span of the phase holds all of this one that is still to come. */
    private boolean covers(Phase phase, Instant from, Instant until) {
        Instant first = from.isBefore(now) ? now : from;
        if (phase.windows().isEmpty()) {
            return !start(phase).isAfter(first)
                    && !phase.until().orElse(Instant.MAX).isBefore(until);
        }
        return phase.windows().stream()
                .anyMatch(window ->
                        !window.from().isAfter(first) && !window.until().isBefore(until));
    }

    private static Instant start(Phase phase) {
        return phase.from().orElse(Instant.MIN);
    }
}
