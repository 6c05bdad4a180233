package dev.gatehouse.policy;

import dev.gatehouse.policy.Asks.Probe;
import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.Condition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the steps of a program: conditions become tests and jumps, as a compiler does with {@code &&} and {@code ||}. */
final class Steps {
    private final Asker asker;
    private final Bits bits;
    private final List<Step> steps = new ArrayList<>();
    private final List<Integer> places = new ArrayList<>();

    Steps(Asker asker, Bits bits) {
        this.asker = asker;
        this.bits = bits;
    }

    /** A place to jump to, not yet known. */
    int label() {
        places.add(-1);
        return places.size() - 1;
    }

    /** The label is here. */
    void here(int label) {
        places.set(label, steps.size());
    }

    void jump(int label) {
        steps.add(new Step(0, 0, 0, 0, 0, label, label));
    }

    /** Reads these facts, takes the exit, goes on at the label. */
    void exit(long facts, long exit, int next) {
        steps.add(new Step(facts, 0, 0, 0, exit, next, next));
    }

    void probe(Probe probe, boolean unknown, int yes, int no) {
        test(List.of(probe), unknown, yes, no);
    }

    /** Whether the condition is settled by some bits that must all be set. */
    boolean isPlain(Condition condition) {
        return condition.anyOf().isEmpty()
                && condition.atoms().stream().map(asker::of).noneMatch(asks -> asks.never() || asks.unknown());
    }

    /** Whether the condition fails whatever the facts are, and none is read to find out. */
    boolean isUnmeetable(Condition condition) {
        return condition.anyOf().isEmpty()
                && condition.atoms().stream()
                        .map(asker::of)
                        .filter(asks -> !asks.probes().isEmpty() || asks.never() || asks.unknown())
                        .findFirst()
                        .filter(asks -> asks.never() || asks.unknown())
                        .isPresent();
    }

    /** What is read first of a condition that may hold although something is unknown; empty if it holds without. */
    List<Probe> firstRead(Condition condition) {
        return condition.atoms().stream()
                .map(asker::of)
                .takeWhile(asks -> !asks.never())
                .map(Asks::probes)
                .filter(probes -> !probes.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    void test(List<Probe> probes, boolean unknown, int yes, int no) {
        steps.add(new Step(bits.facts(probes), bits.mask(probes), 0, unknown ? -1L : 0, 0, yes, no));
    }

    /** Goes to {@code yes} if all of some probes are true and all of others are false. */
    void allAndNone(List<Probe> all, List<Probe> none, int yes, int no) {
        steps.add(new Step(bits.facts(all) | bits.facts(none), bits.mask(all), bits.mask(none), 0, 0, yes, no));
    }

    /** Goes to {@code yes} if the condition holds, otherwise to {@code no}; an empty one holds. */
    void condition(Condition condition, boolean unknown, int yes, int no) {
        for (Atom atom : condition.atoms()) {
            Asks asks = asker.of(atom);
            if (asks.never() || (asks.unknown() && !unknown)) {
                jump(no);
                return;
            }
            for (List<Probe> ofOneFact : byFact(asks.probes())) {
                int next = label();
                test(ofOneFact, unknown, next, no);
                here(next);
            }
        }
        if (condition.anyOf().isEmpty()) {
            jump(yes);
            return;
        }
        for (Condition alternative : condition.anyOf()) {
            int other = label();
            condition(alternative, unknown, yes, other);
            here(other);
        }
        jump(no);
    }

    private static Iterable<List<Probe>> byFact(List<Probe> probes) {
        Map<FactKey, List<Probe>> groups = new LinkedHashMap<>();
        for (Probe probe : probes) {
            groups.computeIfAbsent(probe.fact(), key -> new ArrayList<>()).add(probe);
        }
        return groups.values();
    }

    /** The steps with labels resolved; the place after the last step is the end. */
    Step[] finish() {
        Step[] done = new Step[steps.size()];
        for (int i = 0; i < done.length; i++) {
            Step step = steps.get(i);
            done[i] = new Step(
                    step.facts(),
                    step.mask(),
                    step.none(),
                    step.unknownCounts(),
                    step.exit(),
                    target(step.yes()),
                    target(step.no()));
        }
        return done;
    }

    /** Follows jumps that neither test nor exit. */
    private int target(int label) {
        int place = places.get(label);
        while (place < steps.size()) {
            Step step = steps.get(place);
            if (step.facts() != 0 || step.exit() != 0) {
                return place;
            }
            place = places.get(step.yes());
        }
        return place;
    }
}
