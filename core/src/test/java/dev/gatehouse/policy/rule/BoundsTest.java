package dev.gatehouse.policy.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
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
}
