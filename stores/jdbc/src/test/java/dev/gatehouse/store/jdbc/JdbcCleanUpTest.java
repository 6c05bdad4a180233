package dev.gatehouse.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.state.Claim;
import dev.gatehouse.state.EphemeralState;
import dev.gatehouse.state.StateSpace;
import dev.gatehouse.state.StateUnavailableException;
import dev.gatehouse.state.StateUnavailableException.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Ended entries go when no node can find them live any more, and not before. */
class JdbcCleanUpTest {
    private static final StateSpace CLAIMS = StateSpace.claims("clean.claims", 100);
    private static final Instant T0 = Samples.T0;
    private static final Instant END = T0.plusSeconds(10);

    @RegisterExtension
    final Databases databases = new Databases();

    private static void claim(JdbcStore node, String key, Instant until, Instant now) {
        assertThat(node.ephemeralState().claim(CLAIMS, key, until, now)).isEqualTo(Claim.CLAIMED);
    }

    @Test
    void cleanUp_beforeThePermittedDifferenceHasPassed_removesNothing() {
        DataSource source = databases.fresh();
        claim(JdbcStore.of(source), "old", END, T0);
        // A store of its own each time: clean-up is tried once a minute by each.
        Instant almost = END.plus(Duration.ofMinutes(1)).minusNanos(1);
        claim(JdbcStore.of(source), "new", almost.plusSeconds(600), almost);

        assertThat(Statements.count(source, "gatehouse_state")).isEqualTo(2);
    }

    @Test
    void cleanUp_whenThePermittedDifferenceHasPassed_removesWhatHasEnded() {
        DataSource source = databases.fresh();
        claim(JdbcStore.of(source), "old", END, T0);
        Instant over = END.plus(Duration.ofMinutes(1));
        claim(JdbcStore.of(source), "new", over.plusSeconds(600), over);

        assertThat(Statements.count(source, "gatehouse_state")).isEqualTo(1);
    }

    @Test
    void claim_byANodeBehindWhatWasCleanedUp_isRefusedAndRaisesAnEvent() {
        DataSource source = databases.fresh();
        JdbcStore slow = JdbcStore.of(source);
        claim(slow, "old", END, T0);
        Instant over = END.plus(Duration.ofMinutes(1));
        claim(JdbcStore.of(source), "new", over.plusSeconds(600), over);

        assertThatExceptionOfType(StateUnavailableException.class)
                .isThrownBy(() -> slow.ephemeralState().claim(CLAIMS, "old", over, END.minusNanos(1)))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.CLOCK_BACK));
        assertThat(Statements.count(source, "gatehouse_state")).isEqualTo(1);
        assertThat(slow.repositories().auditLog().read(0, 10))
                .extracting(entry -> entry.event().tag())
                .containsExactly(AuditTag.CLOCK_BACK);
        // From the end of what went, nothing can be missing.
        claim(slow, "old", over, END);
    }

    @Test
    void claim_inManySmallSteps_neverHoldsMoreThanTheCapacityOnOneNode() {
        DataSource source = databases.fresh();
        StateSpace small = StateSpace.claims("clean.small", 40);
        EphemeralState state = JdbcStore.of(source).ephemeralState();
        int claimed = 0;
        for (int i = 0; i < 60; i++) {
            try {
                state.claim(small, "k" + i, T0.plusSeconds(600), T0.plusNanos(i));
                claimed++;
            } catch (StateUnavailableException e) {
                assertThat(e.reason()).isEqualTo(Reason.FULL);
            }
        }

        assertThat(claimed).isEqualTo(40);
    }

    @Test
    void permittedClockDifference_outOfBounds_isAMistake() {
        JdbcStore.Builder builder = JdbcStore.builder(databases.bare());

        for (Duration wrong :
                List.of(Duration.ofNanos(-1), Duration.ofMinutes(10).plusNanos(1))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.permittedClockDifference(wrong))
                    .withMessageStartingWith("permitted:");
        }
    }
}
