package dev.gatehouse.policy.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoundsTest {
    @Test
    void admits_atTheBound_isExact() {
        assertThat(Bounds.over(10.0).admits(10.0)).isFalse();
        assertThat(Bounds.over(10.0).admits(Math.nextUp(10.0))).isTrue();
        assertThat(Bounds.atLeast(10.0).admits(10.0)).isTrue();
        assertThat(Bounds.atLeast(10.0).admits(Math.nextDown(10.0))).isFalse();
        assertThat(Bounds.below(Duration.ofDays(1)).admits(Duration.ofDays(1))).isFalse();
        assertThat(Bounds.below(Duration.ofDays(1)).admits(Duration.ofDays(1).minusNanos(1)))
                .isTrue();
        assertThat(Bounds.atMost(Duration.ofDays(1)).admits(Duration.ofDays(1))).isTrue();
        assertThat(Bounds.atMost(Duration.ofDays(1)).admits(Duration.ofDays(1).plusNanos(1)))
                .isFalse();
    }

    @Test
    void admits_aZeroWithASign_isZero() {
        assertThat(Bounds.atLeast(0.0).admits(-0.0)).isTrue();
        assertThat(Bounds.below(0.0).admits(-0.0)).isFalse();
        assertThat(Bounds.over(-0.0).admits(0.0)).isFalse();
        assertThat(Bounds.oneOf(List.of(0.0, 1.0)).admits(-0.0)).isTrue();
    }

    @Test
    void admitsEndless_onlyBoundsFromBelow_isTrue() {
        assertThat(Bounds.over(Duration.ofDays(1)).admitsEndless()).isTrue();
        assertThat(Bounds.atMost(Duration.ofDays(1)).admitsEndless()).isFalse();
        assertThat(Bounds.oneOf(List.of(Duration.ofDays(1))).admitsEndless()).isFalse();
    }

    @Test
    void admits_ofAList_isOnlyWhatStandsInIt() {
        assertThat(Bounds.oneOf(List.of(1.0, 3.0)).admits(3.0)).isTrue();
        assertThat(Bounds.oneOf(List.of(1.0, 3.0)).admits(2.0)).isFalse();
        assertThat(Bounds.oneOf(List.of(1.0, 3.0)).andBelow(3.0).admits(3.0)).isFalse();
    }

    @Test
    void admits_ofASpan_isItsFirstInstantAndNotItsEnd() {
        Instant first = Instant.parse("2024-01-01T00:00:00Z");
        Instant end = first.plusSeconds(1);
        InstantBounds span = InstantBounds.since(first).andBefore(end);

        assertThat(span.admits(first.minusNanos(1))).isFalse();
        assertThat(span.admits(first)).isTrue();
        assertThat(span.admits(end.minusNanos(1))).isTrue();
        assertThat(span.admits(end)).isFalse();
        assertThat(InstantBounds.since(first).admits(Instant.MAX)).isTrue();
        assertThat(InstantBounds.since(first).admits(first.minusNanos(1))).isFalse();
        assertThat(InstantBounds.before(end).admits(Instant.MIN)).isTrue();
        assertThat(InstantBounds.before(end).admits(end)).isFalse();
        assertThat(InstantBounds.none().admits(Instant.MAX)).isTrue();
    }

    @Test
    void toString_ofBounds_saysThemInTheWordsOfTheLanguage() {
        assertThat(Bounds.<Double>none()).hasToString("any");
        assertThat(Bounds.over(1.0).andAtLeast(2.0).andBelow(3.0).andAtMost(4.0).andOneOf(List.of(2.5, 1.5)))
                .hasToString("over 1.0 at-least 2.0 below 3.0 at-most 4.0 one-of [1.5, 2.5]");
        assertThat(Bounds.below(Duration.ofHours(2))).hasToString("below PT2H");
    }
}
