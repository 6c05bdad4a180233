package dev.gatehouse.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.audit.InMemoryAuditLog;
import dev.gatehouse.state.StateUnavailableException.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** The state of a single node against a list that never forgets. */
class SingleNodeModelTest {
    private static final Instant T0 = Instant.parse("2024-01-01T05:00:00Z");
    private static final int CAPACITY = 3;
    private static final int PERMITTED_SECONDS = 5;

    private static final StateSpace CLAIMS = StateSpace.claims("model.claims", CAPACITY);
    private static final StateSpace COUNTERS = StateSpace.counters("model.counters", 100);

    /** A claim, or a hit, of a key for a while, after the clock has moved, mostly forward. */
    record Step(int key, int life, int moved) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 5),
                        Arbitraries.integers().between(1, 12),
                        Arbitraries.frequencyOf(
                                Tuple.of(8, Arbitraries.integers().between(0, 6)),
                                Tuple.of(1, Arbitraries.integers().between(-20, -1))))
                .as(Step::new)
                .list()
                .ofMaxSize(60);
    }

    /** Safe whatever the clock does: nothing that was claimed and is live is claimed again, and memory is bounded. */
    @Property
    void claim_withAnyClock_isNeverGivenTwice(@ForAll("steps") List<Step> steps) {
        SingleNodeState state = new SingleNodeState(event -> {}, Duration.ofSeconds(PERMITTED_SECONDS));
        Map<Integer, List<Instant[]>> given = new HashMap<>();
        Instant now = T0;
        for (Step step : steps) {
            now = now.plusSeconds(step.moved);
            Instant at = now;
            Instant until = now.plusSeconds(step.life);
            try {
                if (state.claim(CLAIMS, "k" + step.key, until, now) == Claim.CLAIMED) {
                    List<Instant[]> lives = given.computeIfAbsent(step.key, key -> new ArrayList<>());
                    assertThat(lives).noneMatch(life -> at.isBefore(life[0]));
                    lives.add(new Instant[] {until});
                }
            } catch (StateUnavailableException e) {
                assertThat(e.reason()).isIn(Reason.FULL, Reason.CLOCK_BACK);
            }
            assertThat(state.held(CLAIMS)).isLessThanOrEqualTo(2 * CAPACITY);
        }
    }

    /** Exact while the clock goes forward: taken, full and claimed are what a plain list says. */
    @Property
    void claim_withAClockThatGoesForward_isWhatAListSays(@ForAll("steps") List<Step> steps) {
        SingleNodeState state = new SingleNodeState(event -> {}, Duration.ofSeconds(PERMITTED_SECONDS));
        Map<Integer, Instant> live = new HashMap<>();
        Instant now = T0;
        for (Step step : steps) {
            now = now.plusSeconds(Math.abs(step.moved));
            Instant at = now;
            live.values().removeIf(end -> !at.isBefore(end));
            Instant until = now.plusSeconds(step.life);
            String expected = live.containsKey(step.key) ? "TAKEN" : live.size() == CAPACITY ? "FULL" : "CLAIMED";

            assertThat(answer(state, step.key, until, now)).isEqualTo(expected);
            if (expected.equals("CLAIMED")) {
                live.put(step.key, until);
            }
        }
    }

    private static String answer(EphemeralState state, int key, Instant until, Instant now) {
        try {
            return state.claim(CLAIMS, "k" + key, until, now).name();
        } catch (StateUnavailableException e) {
            return e.reason().name();
        }
    }

    /** A moving window, with every third hit taken back later, is what a list of all hits says. */
    @Property
    void count_withAClockThatGoesForward_isWhatAListSays(@ForAll("steps") List<Step> steps) {
        EphemeralState state = new SingleNodeState(event -> {}, Duration.ofSeconds(PERMITTED_SECONDS));
        RateWindow window = new RateWindow(3, Duration.ofSeconds(10));
        Map<Integer, List<Instant>> hits = new HashMap<>();
        Instant now = T0;
        for (Step step : steps) {
            now = now.plusSeconds(Math.abs(step.moved));
            List<Instant> mine = hits.computeIfAbsent(step.key, key -> new ArrayList<>());
            if (step.life % 3 == 0 && !mine.isEmpty()) {
                Instant back = mine.remove(step.life % mine.size());
                state.withdraw(COUNTERS, "k" + step.key, window, back, now);
                state.withdraw(COUNTERS, "k" + step.key, window, back, now);
            }
            Instant last = mine.isEmpty() ? null : mine.get(mine.size() - 1);
            Instant next = last == null || now.isAfter(last) ? now : last.plusNanos(1);
            List<Instant> counting = mine.stream()
                    .filter(hit -> next.isBefore(hit.plusSeconds(10)))
                    .toList();
            Count expected = counting.size() < 3
                    ? new Count.Within(counting.size() + 1, next)
                    : new Count.Over(counting.get(counting.size() - 3).plusSeconds(10));

            assertThat(state.count(COUNTERS, "k" + step.key, window, now)).isEqualTo(expected);
            if (expected instanceof Count.Within) {
                mine.add(next);
            }
        }
    }

    @Example
    void claim_ofManyShortLives_keepsNoMoreThanTwiceTheCapacity() {
        SingleNodeState state = new SingleNodeState(event -> {}, Duration.ofMinutes(10));
        for (int i = 0; i < 100; i++) {
            Instant now = T0.plusNanos(2L * i);
            assertThat(state.claim(CLAIMS, "k" + i, now.plusNanos(1), now)).isEqualTo(Claim.CLAIMED);
            assertThat(state.held(CLAIMS)).isLessThanOrEqualTo(2 * CAPACITY);
        }
    }

    @Example
    void alarm_raisedOften_tellsOnceAMinuteForEachSpaceAndReason() {
        InMemoryAuditLog events = InMemoryAuditLog.create();
        EphemeralState state = EphemeralState.singleNode(events);
        StateSpace one = StateSpace.claims("model.one", 1);
        StateSpace other = StateSpace.claims("model.other", 1);
        for (StateSpace space : List.of(one, other)) {
            state.claim(space, "a", T0.plusSeconds(600), T0);
        }
        for (int second = 0; second <= 120; second++) {
            for (StateSpace space : List.of(one, other)) {
                answerOf(state, space, T0.plusSeconds(second));
            }
        }

        assertThat(events.events()).hasSize(6);
    }

    private static void answerOf(EphemeralState state, StateSpace space, Instant now) {
        try {
            state.claim(space, "b", now.plusSeconds(600), now);
        } catch (StateUnavailableException e) {
            assertThat(e.reason()).isEqualTo(Reason.FULL);
        }
    }
}
