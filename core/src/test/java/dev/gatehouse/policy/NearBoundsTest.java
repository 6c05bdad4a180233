package dev.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.policy.rule.Bounds;
import dev.gatehouse.policy.rule.InstantBounds;
import dev.gatehouse.policy.rule.MetricTest;
import dev.gatehouse.policy.rule.ThingTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The values that a search for dead ends tries: those between which some bound lies. */
class NearBoundsTest {
    private static final Instant DAY = Instant.parse("2024-01-01T00:00:00Z");
    private static final Duration WEEK = Duration.ofDays(7);

    @Test
    void around_eachBound_isItAndItsNeighbours() {
        Double[] ten = {Math.nextDown(10.0), 10.0, Math.nextUp(10.0)};

        for (Bounds<Double> bounds :
                List.of(Bounds.over(10.0), Bounds.atLeast(10.0), Bounds.below(10.0), Bounds.atMost(10.0))) {
            assertThat(NearBounds.around(bounds)).as("%s", bounds).containsExactly(ten);
        }
        assertThat(NearBounds.around(Bounds.oneOf(List.of(5.0, 10.0))))
                .containsExactly(Math.nextDown(5.0), 5.0, Math.nextUp(5.0), ten[0], ten[1], ten[2]);
        assertThat(NearBounds.around(Bounds.none())).isEmpty();
    }

    @Test
    void lengths_eachBound_isItAndItsNeighbours() {
        assertThat(NearBounds.lengths(Bounds.atMost(WEEK)))
                .containsExactly(WEEK.minusNanos(1), WEEK, WEEK.plusNanos(1));
        assertThat(NearBounds.lengths(Bounds.none())).isEmpty();
    }

    @Test
    void passing_anyTestThatCanBePassed_passesIt() {
        for (ThingTest test : List.of(
                ThingTest.any(),
                ThingTest.flag("a", "b"),
                ThingTest.flag("a").andAllFlags(List.of("b", "c")),
                ThingTest.any().andCreated(InstantBounds.since(DAY)),
                ThingTest.any().andCreated(InstantBounds.before(DAY)),
                ThingTest.any().andCreated(InstantBounds.since(DAY).andBefore(DAY.plusNanos(1))),
                ThingTest.any().andAge(Bounds.over(WEEK)),
                ThingTest.any().andAge(Bounds.below(WEEK)),
                ThingTest.any().andAge(Bounds.oneOf(List.of(WEEK))),
                ThingTest.metric("m", Bounds.over(5.0)),
                ThingTest.metric("m", Bounds.below(5.0)),
                ThingTest.metric("m", Bounds.over(5.0)).andMetric(new MetricTest("m", Bounds.below(5.1))),
                ThingTest.metric("m", Bounds.atLeast(5.0)).andMetric(new MetricTest("m", Bounds.atMost(5.0))),
                ThingTest.metric("m", Bounds.over(5.0)).andMetric(new MetricTest("n", Bounds.below(5.0))))) {
            assertThat(passes(test, NearBounds.passing(test))).as("%s", test).isTrue();
        }
    }

    @Test
    void passing_oneOfSomeFlags_hasOnlyTheFirst() {
        assertThat(NearBounds.passing(ThingTest.flag("a", "b")).flags().value()).containsExactly("a");
    }

    private static boolean passes(ThingTest test, ThingFacts thing) {
        Fact<Duration> age = thing instanceof ThingValues values ? values.ageOrNull() : null;
        boolean flags = test.anyFlag().isEmpty()
                || test.anyFlag().stream().anyMatch(thing.flags().value()::contains);
        return flags
                && thing.flags().value().containsAll(test.allFlags())
                && test.created().admits(thing.created().value())
                && (test.age().isNone() || (age != null && test.age().admits(age.value())))
                && test.metrics().stream()
                        .allMatch(
                                m -> m.bounds().admits(thing.metric(m.metric()).value()));
    }
}
