package dev.gatehouse.policy;

import dev.gatehouse.policy.Asked.Truth;
import dev.gatehouse.policy.PlainInterpreter.Fault;
import dev.gatehouse.policy.rule.Bounds;
import dev.gatehouse.policy.rule.InstantBounds;
import dev.gatehouse.policy.rule.MetricTest;
import dev.gatehouse.policy.rule.ThingTest;
import dev.gatehouse.policy.rule.Vocabulary.Section;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** One account, project, organization or release under a test, and whether its facts may be absent. */
record Thing(String noun, ThingFacts facts, boolean mayBeAbsent) {

    Truth passes(Asked asked, ThingTest test) {
        List<Truth> all = new ArrayList<>();
        if (facts instanceof AccountFacts account) {
            within(all, asked.absentOnlyIf(mayBeAbsent, account.registered()), test.registered());
        }
        within(all, asked.absentOnlyIf(mayBeAbsent, facts.created()), test.created());
        if (!test.age().isNone()) {
            all.add(keeps(asked, asked.absentOnlyIf(mayBeAbsent, facts.age(asked.now())), test.age()));
        }
        flags(asked, all, noun, asked.absentOnlyIf(mayBeAbsent, facts.flags()), test.anyFlag(), test.allFlags());
        for (MetricTest metric : test.metrics()) {
            Fact<Double> value = asked.absentOnlyIf(mayBeAbsent, facts.metric(metric.metric()));
            if (value.isAbsent()) {
                all.add(Truth.ABSENT);
            } else if (!asked.setup().supplied().has(Section.METRICS, noun + "." + metric.metric())
                    || !value.isKnown()
                    || value.value().isNaN()) {
                all.add(Truth.UNKNOWN);
            } else {
                all.add(Asked.of(keepsNumber(asked, value.value(), metric.bounds())));
            }
        }
        return Asked.and(all);
    }

    private static void within(List<Truth> all, Fact<Instant> fact, InstantBounds span) {
        if (!span.isNone()) {
            all.add(fact.isKnown() ? Asked.of(span.admits(fact.value())) : Asked.notKnown(fact));
        }
    }

    static <T extends Comparable<T>> Truth keeps(Asked asked, Fact<T> fact, Bounds<T> bounds) {
        if (!fact.isKnown()) {
            return Asked.notKnown(fact);
        }
        T value = fact.value();
        boolean exclusive = asked.faults().contains(Fault.BOUND_AT_MOST_IS_EXCLUSIVE);
        return Asked.of(bounds.over().map(b -> value.compareTo(b) > 0).orElse(true)
                && bounds.atLeast().map(b -> value.compareTo(b) >= 0).orElse(true)
                && bounds.below().map(b -> value.compareTo(b) < 0).orElse(true)
                && bounds.atMost()
                        .map(b -> exclusive ? value.compareTo(b) < 0 : value.compareTo(b) <= 0)
                        .orElse(true)
                && (bounds.oneOf().isEmpty() || bounds.oneOf().contains(value)));
    }

    /** As numbers, so that zero with a sign is zero. */
    private static boolean keepsNumber(Asked asked, double value, Bounds<Double> bounds) {
        boolean exclusive = asked.faults().contains(Fault.BOUND_AT_MOST_IS_EXCLUSIVE);
        return bounds.over().map(b -> value > b).orElse(true)
                && bounds.atLeast().map(b -> value >= b).orElse(true)
                && bounds.below().map(b -> value < b).orElse(true)
                && bounds.atMost().map(b -> exclusive ? value < b : value <= b).orElse(true)
                && (bounds.oneOf().isEmpty() || bounds.oneOf().stream().anyMatch(b -> b == value));
    }

    static void flags(
            Asked asked, List<Truth> all, String noun, Fact<Set<String>> set, List<String> anyOf, List<String> allOf) {
        if (!anyOf.isEmpty()) {
            all.add(Asked.or(
                    anyOf.stream().map(name -> flag(asked, noun, set, name)).toList()));
        }
        allOf.forEach(name -> all.add(flag(asked, noun, set, name)));
    }

    private static Truth flag(Asked asked, String noun, Fact<Set<String>> set, String name) {
        if (set.isAbsent()) {
            return Truth.ABSENT;
        }
        if (!asked.setup().supplied().has(Section.FLAGS, noun + "." + name)) {
            return asked.faults().contains(Fault.UNSUPPLIED_FLAG_IS_FALSE) ? Truth.FALSE : Truth.UNKNOWN;
        }
        return set.isKnown() ? Asked.of(set.value().contains(name)) : Truth.UNKNOWN;
    }
}
