package dev.gatehouse.policy;

import dev.gatehouse.policy.rule.Vocabulary;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a policy was built with beside its definition. Immutable. */
record Setting(
        Supplied supplied,
        PolicyControls controls,
        Map<String, CustomCondition> conditions,
        Share share,
        Duration skew,
        Duration longestWaiver) {
    static final Duration LONGEST_WAIVER = Duration.ofDays(30);

    /** What was allowed beyond the defaults, for {@code toString}. */
    String loosenings() {
        return longestWaiver.equals(LONGEST_WAIVER) ? "" : " LOOSENED: waivers up to " + longestWaiver;
    }

    /** Whether a flag of a thing is known to the host; an unsupplied one is unknown in every request. */
    boolean hasFlag(String owner, String flag) {
        return supplied.has(Vocabulary.Section.FLAGS, owner + "." + flag);
    }

    boolean hasMetric(String owner, String metric) {
        return supplied.has(Vocabulary.Section.METRICS, owner + "." + metric);
    }

    boolean hasLabel(String kind, String label) {
        return supplied.has(Vocabulary.Section.LABELS, kind + "." + label);
    }

    boolean hasEvent(String event) {
        return supplied.has(Vocabulary.Section.EVENTS, event);
    }

    /** What the host supplies, with the conditions it gave and the switches it stated. */
    Supplied known(Vocabulary vocabulary) {
        Supplied known = supplied;
        for (String id : conditions.keySet()) {
            known = known.and(Vocabulary.Section.FLAGS, "host." + id);
        }
        for (String name : vocabulary.of(Vocabulary.Section.SWITCHES).keySet()) {
            known = known.and(Vocabulary.Section.SWITCHES, name);
        }
        for (String id : vocabulary.of(Vocabulary.Section.ACTIONS).keySet()) {
            known = known.and(Vocabulary.Section.ACTIONS, id);
        }
        return known;
    }

    @Nullable
    CustomCondition condition(String id) {
        return conditions.get(id);
    }
}
