package dev.gatehouse.policy;

import dev.gatehouse.policy.rule.Bounds;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Bounds of an age, tested without making a {@link Duration}. Immutable and thread-safe; equal by its bounds. */
record AgeTest(
        Bounds<Duration> bounds,
        @Nullable Duration over,
        @Nullable Duration atLeast,
        @Nullable Duration below,
        @Nullable Duration atMost) {

    static AgeTest of(Bounds<Duration> bounds) {
        return new AgeTest(
                bounds,
                bounds.over().orElse(null),
                bounds.atLeast().orElse(null),
                bounds.below().orElse(null),
                bounds.atMost().orElse(null));
    }

    boolean admits(long seconds, int nanos) {
        return (over == null || compare(seconds, nanos, over) > 0)
                && (atLeast == null || compare(seconds, nanos, atLeast) >= 0)
                && (below == null || compare(seconds, nanos, below) < 0)
                && (atMost == null || compare(seconds, nanos, atMost) <= 0)
                && (bounds.oneOf().isEmpty() || bounds.oneOf().contains(Duration.ofSeconds(seconds, nanos)));
    }

    private static int compare(long seconds, int nanos, Duration bound) {
        return Times.compare(seconds, nanos, bound.getSeconds(), bound.getNano());
    }
}
