package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.state.Count;
import dev.gatehouse.state.RateWindow;
import dev.gatehouse.state.StateUnavailableException.Reason;
import dev.gatehouse.testkit.Race;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Counting in a window and taking hits back: the second part of {@link EphemeralStateContract}. */
abstract class EphemeralStateCounters extends EphemeralStateOperations {
    @Test
    void count_upToTheLimit_countsAndThenRefuses() {
        assertThat(hit("k", T0)).isEqualTo(new Count.Within(1, T0));
        assertThat(hit("k", T0)).isEqualTo(new Count.Within(2, T0.plusNanos(1)));
        assertThat(hit("k", T0.plusSeconds(10))).isEqualTo(new Count.Within(3, T0.plusSeconds(10)));
        assertThat(hit("k", T0.plusSeconds(20))).isEqualTo(new Count.Over(T0.plusSeconds(60)));
        assertThat(hit("other", T0.plusSeconds(20))).isEqualTo(new Count.Within(1, T0.plusSeconds(20)));
    }

    @Test
    void count_theWindowMoves_aHitCountsForItsLengthExactly() {
        hit("k", T0);
        hit("k", T0.plusSeconds(30));
        hit("k", T0.plusSeconds(30));

        assertThat(hit("k", T0.plusSeconds(60).minusNanos(1))).isEqualTo(new Count.Over(T0.plusSeconds(60)));
        assertThat(hit("k", T0.plusSeconds(60))).isEqualTo(new Count.Within(3, T0.plusSeconds(60)));
        assertThat(hit("k", T0.plusSeconds(60))).isEqualTo(new Count.Over(T0.plusSeconds(90)));
    }

    @Test
    void count_whatWasRefused_isNotCounted() {
        for (int i = 0; i < 20; i++) {
            hit("k", T0);
        }

        assertThat(hit("k", T0.plusSeconds(61))).isEqualTo(new Count.Within(1, T0.plusSeconds(61)));
    }

    @Test
    void count_withAClockThatGoesBack_neverOpensTheWindow() {
        hit("k", T0.plusSeconds(20));
        hit("k", T0.plusSeconds(20));
        hit("k", T0);

        assertThat(hit("k", T0)).isEqualTo(new Count.Over(T0.plusSeconds(80)));
        assertThat(hit("k", T0.plusSeconds(60))).isEqualTo(new Count.Over(T0.plusSeconds(80)));
    }

    @Test
    void forget_afterHits_beginsAnew() {
        hit("k", T0);
        hit("k", T0);
        hit("other", T0);
        state().forget(COUNTERS, "k", T0);
        state().forget(COUNTERS, "nobody", T0);

        assertThat(hit("k", T0)).isEqualTo(new Count.Within(1, T0));
        assertThat(hit("other", T0)).isEqualTo(new Count.Within(2, T0.plusNanos(1)));
    }

    @Test
    void count_byManyAtOnce_neverExceedsTheLimit() {
        for (int round = 0; round < rounds(); round++) {
            String key = "race-" + round;
            List<Count> answers = Race.of(THREADS, i -> node(i).count(COUNTERS, key, THREE_A_MINUTE, T0));

            assertThat(answers)
                    .as(key)
                    .containsExactlyInAnyOrder(
                            new Count.Within(1, T0),
                            new Count.Within(2, T0.plusNanos(1)),
                            new Count.Within(3, T0.plusNanos(2)),
                            new Count.Over(T0.plusSeconds(60)));
        }
    }

    // Withdrawing

    @Test
    void withdraw_aHit_givesItsPlaceBackAndNoOther() {
        Instant first = within(hit("k", T0)).at();
        hit("k", T0.plusSeconds(10));
        hit("k", T0.plusSeconds(20));
        hit("other", T0);
        withdraw("k", first, T0.plusSeconds(20));

        assertThat(hit("k", T0.plusSeconds(30))).isEqualTo(new Count.Within(3, T0.plusSeconds(30)));
        assertThat(hit("k", T0.plusSeconds(30))).isEqualTo(new Count.Over(T0.plusSeconds(70)));
        assertThat(hit("other", T0)).isEqualTo(new Count.Within(2, T0.plusNanos(1)));
    }

    @Test
    void withdraw_hitsOfOneMoment_areToldApart() {
        Instant first = within(hit("k", T0)).at();
        Instant second = within(hit("k", T0)).at();
        hit("k", T0);
        withdraw("k", second, T0);
        withdraw("k", second, T0);
        withdraw("k", second, T0);

        assertThat(hit("k", T0)).isEqualTo(new Count.Within(3, T0.plusNanos(3)));
        assertThat(first).isNotEqualTo(second);
    }

    @Test
    void withdraw_whatIsNotThere_changesNothing() {
        hit("k", T0);
        hit("k", T0);
        withdraw("k", T0.plusSeconds(1), T0);
        withdraw("k", T0.minusSeconds(1), T0);
        withdraw("nobody", T0, T0);

        assertThat(hit("k", T0)).isEqualTo(new Count.Within(3, T0.plusNanos(2)));
        assertThat(hit("k", T0)).isEqualTo(new Count.Over(T0.plusSeconds(60)));
        assertThat(hit("nobody", T0)).isEqualTo(new Count.Within(1, T0));
    }

    @Test
    void withdraw_whatHasLeftTheWindowOrWasForgotten_changesNothing() {
        Instant left = within(hit("k", T0)).at();
        Instant forgotten = within(hit("other", T0)).at();
        state().forget(COUNTERS, "other", T0);
        Instant later = T0.plusSeconds(60);
        hit("k", later);
        hit("other", later);
        withdraw("k", left, later);
        withdraw("other", forgotten, later);

        assertThat(hit("k", later)).isEqualTo(new Count.Within(2, later.plusNanos(1)));
        assertThat(hit("other", later)).isEqualTo(new Count.Within(2, later.plusNanos(1)));
    }

    @Test
    void withdraw_theLatestHit_endsTheKeyWithTheOneBefore() {
        state().count(TWO_COUNTERS, "a", THREE_A_MINUTE, T0);
        Count latest = state().count(TWO_COUNTERS, "a", THREE_A_MINUTE, T0.plusSeconds(50));
        state().count(TWO_COUNTERS, "b", THREE_A_MINUTE, T0.plusSeconds(50));
        state().withdraw(TWO_COUNTERS, "a", THREE_A_MINUTE, within(latest).at(), T0.plusSeconds(50));

        Instant end = T0.plusSeconds(60);
        assertUnavailable(Reason.FULL, () -> state().count(TWO_COUNTERS, "c", THREE_A_MINUTE, end.minusNanos(1)));
        assertThat(state().count(TWO_COUNTERS, "c", THREE_A_MINUTE, end)).isEqualTo(new Count.Within(1, end));
    }

    @Test
    void withdraw_theOnlyHit_makesRoomForAnotherKey() {
        Count only = state().count(TWO_COUNTERS, "a", THREE_A_MINUTE, T0);
        state().count(TWO_COUNTERS, "b", THREE_A_MINUTE, T0);
        state().withdraw(TWO_COUNTERS, "a", THREE_A_MINUTE, within(only).at(), T0);

        assertThat(state().count(TWO_COUNTERS, "c", THREE_A_MINUTE, T0)).isEqualTo(new Count.Within(1, T0));
    }

    /** Each thread takes places and gives every second of them back: what counts in the end is what was kept. */
    @Test
    void withdraw_byManyAtOnce_givesBackEachItsOwn() {
        RateWindow window = new RateWindow(1_000, Duration.ofMinutes(1));
        int each = Math.min(rounds(), 100);
        List<List<Instant>> kept = Race.of(THREADS, i -> {
            List<Instant> mine = new ArrayList<>();
            for (int n = 0; n < each; n++) {
                Instant hit = within(node(i).count(COUNTERS, "k", window, T0)).at();
                if (n % 2 == 0) {
                    node(i).withdraw(COUNTERS, "k", window, hit, T0);
                } else {
                    mine.add(hit);
                }
            }
            return mine;
        });
        List<Instant> all = kept.stream().flatMap(List::stream).toList();

        int hits = within(state().count(COUNTERS, "k", window, T0)).hits();
        assertThat(hits).isEqualTo(all.size() + 1);
        for (Instant hit : all) {
            state().withdraw(COUNTERS, "k", window, hit, T0);
        }
        assertThat(within(state().count(COUNTERS, "k", window, T0)).hits()).isEqualTo(2);
    }

    /** A place that is given back is taken by one of those who wait for it. */
    @Test
    void withdraw_whileOthersCount_neverExceedsTheLimit() {
        for (int round = 0; round < rounds(); round++) {
            String key = "race-" + round;
            Instant first = within(hit(key, T0)).at();
            hit(key, T0);
            hit(key, T0);
            List<Integer> counted = Race.of(THREADS, i -> {
                if (i == 0) {
                    state().withdraw(COUNTERS, key, THREE_A_MINUTE, first, T0);
                    return 0;
                }
                return node(i).count(COUNTERS, key, THREE_A_MINUTE, T0) instanceof Count.Within ? 1 : 0;
            });

            int more = hit(key, T0) instanceof Count.Within ? 1 : 0;
            assertThat(counted.stream().mapToInt(Integer::intValue).sum() + more)
                    .as(key)
                    .isEqualTo(1);
        }
    }

    private void withdraw(String key, Instant hit, Instant now) {
        state().withdraw(COUNTERS, key, THREE_A_MINUTE, hit, now);
    }

    static Count.Within within(Count count) {
        assertThat(count).isInstanceOf(Count.Within.class);
        return (Count.Within) count;
    }
}
