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

    @Nullable
    CustomCondition condition(String id) {
        return conditions.get(id);
    }
}
