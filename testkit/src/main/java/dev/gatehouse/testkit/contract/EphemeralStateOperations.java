package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.audit.InMemoryAuditLog;
import dev.gatehouse.state.Claim;
import dev.gatehouse.state.Count;
import dev.gatehouse.state.EphemeralState;
import dev.gatehouse.state.Put;
import dev.gatehouse.state.RateWindow;
import dev.gatehouse.state.StateSpace;
import dev.gatehouse.state.StateUnavailableException;
import dev.gatehouse.state.StateUnavailableException.Reason;
import dev.gatehouse.testkit.Race;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The operations of a state, one by one and at the same moment: the first part of {@link EphemeralStateContract}. */
abstract class EphemeralStateOperations {
    static final Instant T0 = Instant.parse("2024-01-01T05:00:00.123456789Z");
    static final Duration PERMITTED = Duration.ofMinutes(1);
    static final Duration LIFE = Duration.ofMinutes(5);
    static final StateSpace CLAIMS = StateSpace.claims("contract.claims", 1_000);
    static final StateSpace OTHERS = StateSpace.claims("contract.others", 1_000);
    static final StateSpace TWO_CLAIMS = StateSpace.claims("contract.two-claims", 2);
    static final StateSpace VALUES = StateSpace.values("contract.values", 1_000);
    static final StateSpace TWO_VALUES = StateSpace.values("contract.two-values", 2);
    static final StateSpace COUNTERS = StateSpace.counters("contract.counters", 1_000);
    static final StateSpace TWO_COUNTERS = StateSpace.counters("contract.two-counters", 2);
    static final RateWindow THREE_A_MINUTE = new RateWindow(3, Duration.ofMinutes(1));
    static final int THREADS = 4;

    final InMemoryAuditLog events = InMemoryAuditLog.create();
    List<EphemeralState> nodes = List.of();

    /**
     * The nodes of one new, empty state.
     *
     * @param number how many to return, at least; each of them sees what the others do
     * @param sink where the state raises its events
     * @param permitted the difference that it permits between clocks
     */
    protected abstract List<EphemeralState> nodes(int number, AuditSink sink, Duration permitted);

    /** How many rounds a race has; fewer for a state that is slow. */
    protected int rounds() {
        return 200;
    }

    @BeforeEach
    final void makeNodes() {
        nodes = nodes(2, events, PERMITTED);
    }

    EphemeralState state() {
        return nodes.get(0);
    }

    EphemeralState node(int number) {
        return nodes.get(number % nodes.size());
    }

    // Claims

    @Test
    void claim_theSecondTime_isTaken() {
        assertThat(state().claim(CLAIMS, "k", T0.plus(LIFE), T0)).isEqualTo(Claim.CLAIMED);
        assertThat(state().claim(CLAIMS, "k", T0.plus(LIFE), T0)).isEqualTo(Claim.TAKEN);
        assertThat(node(1).claim(CLAIMS, "k", T0.plus(LIFE), T0)).isEqualTo(Claim.TAKEN);
    }

    @Test
    void claim_aNanosecondBeforeItsEnd_isTaken() {
        state().claim(CLAIMS, "k", T0.plus(LIFE), T0);

        Instant before = T0.plus(LIFE).minusNanos(1);
        assertThat(state().claim(CLAIMS, "k", before.plus(LIFE), before)).isEqualTo(Claim.TAKEN);
    }

    @Test
    void claim_exactlyAtItsEnd_isFreeOnce() {
        Instant end = T0.plus(LIFE);
        state().claim(CLAIMS, "k", end, T0);

        assertThat(state().claim(CLAIMS, "k", end.plus(LIFE), end)).isEqualTo(Claim.CLAIMED);
        assertThat(state().claim(CLAIMS, "k", end.plus(LIFE), end)).isEqualTo(Claim.TAKEN);
    }

    @Test
    void claim_refused_doesNotProlongTheFirst() {
        Instant end = T0.plus(LIFE);
        state().claim(CLAIMS, "k", end, T0);
        state().claim(CLAIMS, "k", end.plus(LIFE), T0);

        assertThat(state().claim(CLAIMS, "k", end.plus(LIFE), end)).isEqualTo(Claim.CLAIMED);
    }

    @Test
    void claim_keysThatDifferInCaseOrBlanksOrLength_areSeparate() {
        String longest = "x".repeat(EphemeralState.MAX_KEY_LENGTH);

        for (String key : List.of("key", "KEY", "key ", " key", "k\u00e9y", "ke\u0301y", "\ud83d\udd11", longest)) {
            assertThat(state().claim(CLAIMS, key, T0.plus(LIFE), T0)).as(key).isEqualTo(Claim.CLAIMED);
        }
    }

    @Test
    void claim_sameKeyInAnotherSpace_isSeparate() {
        assertThat(state().claim(CLAIMS, "k", T0.plus(LIFE), T0)).isEqualTo(Claim.CLAIMED);
        assertThat(state().claim(OTHERS, "k", T0.plus(LIFE), T0)).isEqualTo(Claim.CLAIMED);
    }

    @Test
    void claim_byManyAtOnce_hasOneWinner() {
        for (int round = 0; round < rounds(); round++) {
            String key = "race-" + round;
            List<Claim> answers = Race.of(THREADS, i -> node(i).claim(CLAIMS, key, T0.plus(LIFE), T0));

            assertThat(answers).as(key).containsOnlyOnce(Claim.CLAIMED);
        }
    }

    @Test
    void claim_byManyAtOnceWhenTheOldOneHasJustEnded_hasOneWinner() {
        for (int round = 0; round < rounds(); round++) {
            String key = "again-" + round;
            Instant end = T0.plus(LIFE);
            state().claim(CLAIMS, key, end, T0);
            List<Claim> answers = Race.of(THREADS, i -> node(i).claim(CLAIMS, key, end.plus(LIFE), end));

            assertThat(answers).as(key).containsOnlyOnce(Claim.CLAIMED);
        }
    }

    // Values

    @Test
    void take_whatWasPut_givesItOnce() {
        String value = "v\u00e4lue \ud83d\udd11 'quoted' \\ \"";

        assertThat(state().put(VALUES, "k", value, T0.plus(LIFE), T0)).isEqualTo(Put.STORED);
        assertThat(node(1).take(VALUES, "k", T0)).contains(value);
        assertThat(state().take(VALUES, "k", T0)).isEmpty();
    }

    @Test
    void take_theEmptyAndTheLongestValue_givesThem() {
        String longest = "\u20ac".repeat(EphemeralState.MAX_VALUE_LENGTH);
        state().put(VALUES, "empty", "", T0.plus(LIFE), T0);
        state().put(VALUES, "longest", longest, T0.plus(LIFE), T0);

        assertThat(state().take(VALUES, "empty", T0)).contains("");
        assertThat(state().take(VALUES, "longest", T0)).contains(longest);
    }

    @Test
    void take_whatNobodyPut_isEmpty() {
        assertThat(state().take(VALUES, "k", T0)).isEmpty();
    }

    @Test
    void take_aNanosecondBeforeItsEnd_givesIt() {
        state().put(VALUES, "k", "v", T0.plus(LIFE), T0);

        assertThat(state().take(VALUES, "k", T0.plus(LIFE).minusNanos(1))).contains("v");
    }

    @Test
    void take_exactlyAtItsEnd_isEmpty() {
        state().put(VALUES, "k", "v", T0.plus(LIFE), T0);

        assertThat(state().take(VALUES, "k", T0.plus(LIFE))).isEmpty();
    }

    @Test
    void put_whileALiveValueWaits_leavesIt() {
        state().put(VALUES, "k", "first", T0.plus(LIFE), T0);

        assertThat(state().put(VALUES, "k", "second", T0.plus(LIFE), T0)).isEqualTo(Put.OCCUPIED);
        assertThat(state().take(VALUES, "k", T0)).contains("first");
    }

    @Test
    void put_afterTakingOrExpiry_isStored() {
        state().put(VALUES, "taken", "a", T0.plus(LIFE), T0);
        state().take(VALUES, "taken", T0);
        state().put(VALUES, "expired", "b", T0.plusNanos(1), T0);

        assertThat(state().put(VALUES, "taken", "c", T0.plus(LIFE), T0)).isEqualTo(Put.STORED);
        assertThat(state().put(VALUES, "expired", "d", T0.plus(LIFE), T0.plusNanos(1)))
                .isEqualTo(Put.STORED);
        assertThat(state().take(VALUES, "expired", T0.plusNanos(1))).contains("d");
    }

    /** One ticket, one winner, ten thousand times: each value is for whoever takes it first, of all threads. */
    @Test
    void take_byManyAtOnce_givesItToOne() {
        StateSpace tickets = StateSpace.values("contract.tickets", 10 * takeRounds());
        AtomicIntegerArray winners = new AtomicIntegerArray(takeRounds());
        for (int round = 0; round < takeRounds(); round++) {
            state().put(tickets, "race-" + round, "v" + round, T0.plus(LIFE), T0);
        }
        CyclicBarrier together = new CyclicBarrier(THREADS);
        Race.of(THREADS, thread -> {
            for (int round = 0; round < takeRounds(); round++) {
                await(together);
                Optional<String> taken = node(thread).take(tickets, "race-" + round, T0);
                if (taken.equals(Optional.of("v" + round))) {
                    winners.incrementAndGet(round);
                }
            }
            return thread;
        });

        for (int round = 0; round < takeRounds(); round++) {
            assertThat(winners.get(round)).as("round %d", round).isEqualTo(1);
        }
    }

    /** How many rounds the race for a value has; fewer for a state that is very slow. */
    protected int takeRounds() {
        return 10_000;
    }

    private static void await(CyclicBarrier together) {
        try {
            together.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException("another thread failed", e);
        }
    }

    @Test
    void put_byManyAtOnce_storesOneOfThem() {
        for (int round = 0; round < rounds(); round++) {
            String key = "race-" + round;
            List<Put> answers = Race.of(THREADS, i -> node(i).put(VALUES, key, "v" + i, T0.plus(LIFE), T0));

            assertThat(answers).as(key).containsOnlyOnce(Put.STORED);
            assertThat(state().take(VALUES, key, T0)).contains("v" + answers.indexOf(Put.STORED));
        }
    }

    Count hit(String key, Instant now) {
        return state().count(COUNTERS, key, THREE_A_MINUTE, now);
    }

    static String claimOrRefusal(EphemeralState state, String key, Instant now) {
        try {
            return state.claim(CLAIMS, key, now.plus(LIFE), now).name();
        } catch (StateUnavailableException e) {
            return e.reason().name();
        }
    }

    static void assertUnavailable(Reason reason, ThrowingCallable call) {
        assertThatExceptionOfType(StateUnavailableException.class)
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
    }

    static void assertMistake(String parameter, ThrowingCallable call) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessageStartingWith(parameter + ":");
    }
}
