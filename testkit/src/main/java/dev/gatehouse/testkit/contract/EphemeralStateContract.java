package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.state.Claim;
import dev.gatehouse.state.Count;
import dev.gatehouse.state.EphemeralState;
import dev.gatehouse.state.Put;
import dev.gatehouse.state.StateSpace;
import dev.gatehouse.state.StateUnavailableException;
import dev.gatehouse.state.StateUnavailableException.Reason;
import dev.gatehouse.testkit.Race;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What every {@link EphemeralState} holds. Extend it and make the nodes of one empty state; a state of a single node gives the
 * same object several times.
 */
public abstract class EphemeralStateContract extends EphemeralStateCounters {
    /** For subclasses. */
    protected EphemeralStateContract() {}

    /**
     * How many live keys more than its capacity a space may hold where four callers come at one moment, 0 unless a subclass says
     * otherwise: a shared store need not lock everybody out to count exactly.
     */
    protected int mayExceed() {
        return 0;
    }

    // Capacity

    @Test
    void claim_inAFullSpace_isRefusedAndRaisesOneEvent() {
        state().claim(TWO_CLAIMS, "a", T0.plus(LIFE), T0);
        state().claim(TWO_CLAIMS, "b", T0.plus(LIFE), T0);

        assertUnavailable(Reason.FULL, () -> state().claim(TWO_CLAIMS, "c", T0.plus(LIFE), T0));
        assertUnavailable(Reason.FULL, () -> state().claim(TWO_CLAIMS, "d", T0.plus(LIFE), T0));
        assertThat(events.events()).extracting(AuditEvent::tag).containsExactly(AuditTag.STATE_FULL);
        assertThat(events.events().get(0).subject()).contains(TWO_CLAIMS.name());
    }

    @Test
    void claim_inAFullSpace_leavesWhatIsThereAndOtherSpacesAlone() {
        state().claim(TWO_CLAIMS, "a", T0.plus(LIFE), T0);
        state().claim(TWO_CLAIMS, "b", T0.plus(LIFE), T0);
        assertUnavailable(Reason.FULL, () -> state().claim(TWO_CLAIMS, "c", T0.plus(LIFE), T0));

        assertThat(state().claim(TWO_CLAIMS, "a", T0.plus(LIFE), T0)).isEqualTo(Claim.TAKEN);
        assertThat(state().claim(TWO_CLAIMS, "b", T0.plus(LIFE), T0)).isEqualTo(Claim.TAKEN);
        assertThat(state().claim(CLAIMS, "c", T0.plus(LIFE), T0)).isEqualTo(Claim.CLAIMED);
    }

    @Test
    void claim_whenAnEntryOfAFullSpaceEnds_hasRoomExactlyThen() {
        Instant end = T0.plusSeconds(10);
        state().claim(TWO_CLAIMS, "a", end, T0);
        state().claim(TWO_CLAIMS, "b", T0.plus(LIFE), T0);

        assertUnavailable(Reason.FULL, () -> state().claim(TWO_CLAIMS, "c", T0.plus(LIFE), end.minusNanos(1)));
        assertThat(state().claim(TWO_CLAIMS, "c", T0.plus(LIFE), end)).isEqualTo(Claim.CLAIMED);
        assertUnavailable(Reason.FULL, () -> state().claim(TWO_CLAIMS, "d", T0.plus(LIFE), end));
    }

    @Test
    void put_inAFullSpace_isRefusedUntilOneIsTaken() {
        state().put(TWO_VALUES, "a", "1", T0.plus(LIFE), T0);
        state().put(TWO_VALUES, "b", "2", T0.plus(LIFE), T0);

        assertUnavailable(Reason.FULL, () -> state().put(TWO_VALUES, "c", "3", T0.plus(LIFE), T0));
        assertThat(state().take(TWO_VALUES, "a", T0)).contains("1");
        assertThat(state().put(TWO_VALUES, "c", "3", T0.plus(LIFE), T0)).isEqualTo(Put.STORED);
        assertThat(state().take(TWO_VALUES, "b", T0)).contains("2");
    }

    @Test
    void count_inAFullSpace_refusesNewKeysAndCountsOldOnes() {
        state().count(TWO_COUNTERS, "a", THREE_A_MINUTE, T0);
        state().count(TWO_COUNTERS, "b", THREE_A_MINUTE, T0);

        assertUnavailable(Reason.FULL, () -> state().count(TWO_COUNTERS, "c", THREE_A_MINUTE, T0));
        assertThat(state().count(TWO_COUNTERS, "a", THREE_A_MINUTE, T0))
                .isEqualTo(new Count.Within(2, T0.plusNanos(1)));
        state().forget(TWO_COUNTERS, "b", T0);
        assertThat(state().count(TWO_COUNTERS, "c", THREE_A_MINUTE, T0)).isEqualTo(new Count.Within(1, T0));
    }

    @Test
    void claim_whereTheSinkThrows_isStillRefusedAsFull() {
        EphemeralState deaf = nodes(
                        1,
                        event -> {
                            throw new IllegalStateException("no audit");
                        },
                        PERMITTED)
                .get(0);
        deaf.claim(TWO_CLAIMS, "a", T0.plus(LIFE), T0);
        deaf.claim(TWO_CLAIMS, "b", T0.plus(LIFE), T0);

        assertUnavailable(Reason.FULL, () -> deaf.claim(TWO_CLAIMS, "c", T0.plus(LIFE), T0));
    }

    /** A space that is full is full for everybody: of many new keys at once no more get in than there is room for. */
    @Test
    void claim_ofDifferentKeysByManyAtOnce_neverExceedsTheCapacity() {
        for (int round = 0; round < 50; round++) {
            Instant now = T0.plus(LIFE.multipliedBy(2L * round));
            String keys = "round-" + round + "-";
            List<Boolean> claimed = Race.of(4, i -> {
                try {
                    return node(i).claim(TWO_CLAIMS, keys + i, now.plus(LIFE), now) == Claim.CLAIMED;
                } catch (StateUnavailableException e) {
                    return false;
                }
            });

            assertThat(claimed.stream().filter(is -> is)).as(keys).hasSizeLessThanOrEqualTo(2 + mayExceed());
        }
    }

    // The clock

    @Test
    void claim_withAClockThatGoesBackAsFarAsPermitted_isStillTaken() {
        Instant end = T0.plus(LIFE);
        state().claim(CLAIMS, "k", end, T0);
        Instant ahead = end.minusNanos(1).plus(PERMITTED);
        state().claim(CLAIMS, "somebody else", ahead.plus(LIFE), ahead);

        Instant back = end.minusNanos(1);
        assertThat(state().claim(CLAIMS, "k", back.plus(LIFE), back)).isEqualTo(Claim.TAKEN);
        assertThat(node(1).claim(CLAIMS, "k", back.plus(LIFE), back)).isEqualTo(Claim.TAKEN);
    }

    @Test
    void claim_withAClockThatGoesBackFurther_isTakenOrRefusedButNeverClaimedTwice() {
        Instant end = T0.plus(LIFE);
        state().claim(CLAIMS, "k", end, T0);
        for (int day = 1; day < 4; day++) {
            Instant ahead = end.plus(Duration.ofDays(day));
            state().claim(CLAIMS, "somebody else " + day, ahead.plus(LIFE), ahead);
        }

        for (EphemeralState node : nodes) {
            assertThat(claimOrRefusal(node, "k", T0.plusSeconds(1))).isNotEqualTo(Claim.CLAIMED.name());
        }
    }

    // Mistakes

    @Test
    void anyOperation_onASpaceOfAnotherKind_isAMistake() {
        assertMistake("space", () -> state().claim(VALUES, "k", T0.plus(LIFE), T0));
        assertMistake("space", () -> state().put(CLAIMS, "k", "v", T0.plus(LIFE), T0));
        assertMistake("space", () -> state().take(COUNTERS, "k", T0));
        assertMistake("space", () -> state().count(CLAIMS, "k", THREE_A_MINUTE, T0));
        assertMistake("space", () -> state().withdraw(VALUES, "k", THREE_A_MINUTE, T0, T0));
        assertMistake("space", () -> state().forget(VALUES, "k", T0));
    }

    @Test
    void claim_withOneNameAndTwoCapacities_isAMistake() {
        state().claim(CLAIMS, "k", T0.plus(LIFE), T0);

        assertMistake("space", () -> state().claim(StateSpace.claims(CLAIMS.name(), 5), "l", T0.plus(LIFE), T0));
    }

    @Test
    void anyOperation_withAKeyOrValueOrEndOutOfBounds_isAMistake() {
        assertMistake("key", () -> state().claim(CLAIMS, "", T0.plus(LIFE), T0));
        String tooLong = "x".repeat(EphemeralState.MAX_KEY_LENGTH + 1);
        assertMistake("key", () -> state().claim(CLAIMS, tooLong, T0.plus(LIFE), T0));
        String tooMuch = "x".repeat(EphemeralState.MAX_VALUE_LENGTH + 1);
        assertMistake("value", () -> state().put(VALUES, "k", tooMuch, T0.plus(LIFE), T0));
        assertMistake("until", () -> state().claim(CLAIMS, "k", T0, T0));
        assertMistake("until", () -> state().put(VALUES, "k", "v", T0.minusNanos(1), T0));
    }
}
