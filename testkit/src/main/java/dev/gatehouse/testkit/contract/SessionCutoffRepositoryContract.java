package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.audit.InMemoryAuditLog;
import dev.gatehouse.signin.SessionCutoff;
import dev.gatehouse.signin.SessionCutoffRepository;
import dev.gatehouse.signin.SessionCutoffRepository.Cutoff;
import dev.gatehouse.signin.SessionCutoffRepository.Ended;
import dev.gatehouse.signin.SessionCutoffRepository.Session;
import dev.gatehouse.testkit.Race;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link SessionCutoffRepository} holds. */
public abstract class SessionCutoffRepositoryContract {
    private static final Instant T0 = Instant.parse("2024-01-01T05:00:00.123456789Z");
    private static final Instant T1 = T0.plusNanos(1);
    private static final String ALICE = "alice \u00e9\ud83d\udd11";
    private static final String BOB = "ALICE \u00e9\ud83d\udd11";
    private static final Session OLD = new Session("a".repeat(64), T0.minusNanos(1));
    private static final Session OTHER = new Session("b", T0.minusNanos(1));
    private static final AuditEvent ENDED =
            AuditEvent.of(AuditTag.SESSIONS_ENDED, T0).build();

    private final InMemoryAuditLog events = InMemoryAuditLog.create();

    /** For subclasses. */
    protected SessionCutoffRepositoryContract() {}

    /**
     * A new, empty repository.
     *
     * @param sink told of each event within its change; what it throws must end the change
     */
    protected abstract SessionCutoffRepository create(AuditSink sink);

    /** How many rounds a race has; fewer for a repository that is slow. */
    protected int rounds() {
        return 100;
    }

    @Test
    void of_anAccountThatEndedNothing_isEmpty() {
        assertThat(create(events).of(ALICE)).isEmpty();
    }

    @Test
    void endAll_once_keepsTheInstantExactlyAndKeepsNoSession() {
        SessionCutoffRepository cutoffs = create(events);
        cutoffs.endAll(ALICE, T0, ENDED);

        assertThat(cutoffs.of(ALICE)).contains(new Cutoff(T0, Optional.empty()));
        assertThat(cutoffs.of(BOB)).isEmpty();
        assertThat(events.events()).containsExactly(ENDED);
    }

    @Test
    void endOthers_once_keepsTheOne() {
        SessionCutoffRepository cutoffs = create(events);

        assertThat(cutoffs.endOthers(ALICE, OLD, T0, ENDED)).isEqualTo(Ended.ENDED);
        assertThat(cutoffs.of(ALICE)).contains(new Cutoff(T0, Optional.of(OLD.key())));
        assertThat(events.events()).containsExactly(ENDED);
    }

    @Test
    void endAll_withAnEarlierInstant_neverGoesBackAndKeepsNoSession() {
        SessionCutoffRepository cutoffs = create(events);
        cutoffs.endOthers(ALICE, OLD, T1, ENDED);
        cutoffs.endAll(ALICE, T0, ENDED);

        assertThat(cutoffs.of(ALICE)).contains(new Cutoff(T1, Optional.empty()));
    }

    @Test
    void endOthers_withAnEarlierInstant_neverGoesBack() {
        SessionCutoffRepository cutoffs = create(events);
        cutoffs.endAll(ALICE, T0, ENDED);

        assertThat(cutoffs.endOthers(ALICE, new Session("new", T0), T0.minusSeconds(9), ENDED))
                .isEqualTo(Ended.ENDED);
        assertThat(cutoffs.of(ALICE)).contains(new Cutoff(T0, Optional.of("new")));
    }

    /** What is kept is precise enough for an end that is a nanosecond after the last. */
    @Test
    void sessionCutoff_onANodeWhoseClockIsBehind_endsWhatBeganSinceTheLastEnd() {
        SessionCutoffRepository cutoffs = create(events);
        SessionCutoff ahead = SessionCutoff.of(cutoffs, InstantSource.fixed(T0));
        SessionCutoff behind = SessionCutoff.of(cutoffs, InstantSource.fixed(T0.minusSeconds(1)));
        ahead.endAll(ALICE, event -> event);
        Instant begins = ahead.beginning(ALICE);

        assertThat(behind.endOthers(ALICE, "kept", begins, event -> event)).isEqualTo(Ended.ENDED);
        assertThat(ahead.isOver(ALICE, "kept", begins)).isFalse();
        assertThat(ahead.isOver(ALICE, "other", begins)).isTrue();
        Instant next = behind.beginning(ALICE);
        behind.endAll(ALICE, event -> event);

        assertThat(ahead.isOver(ALICE, "kept", begins)).isTrue();
        assertThat(ahead.isOver(ALICE, "next", next)).isTrue();
        assertThat(ahead.isOver(ALICE, "last", behind.beginning(ALICE))).isFalse();
    }

    @Test
    void endOthers_inASessionThatIsOver_changesAndRecordsNothing() {
        SessionCutoffRepository cutoffs = create(events);
        cutoffs.endAll(ALICE, T0, ENDED);

        assertThat(cutoffs.endOthers(ALICE, OLD, T1, ENDED)).isEqualTo(Ended.KEPT_IS_OVER);
        assertThat(cutoffs.of(ALICE)).contains(new Cutoff(T0, Optional.empty()));
        assertThat(events.events()).hasSize(1);
    }

    @Test
    void endOthers_byTheOneThatWasKept_keepsItAgainAndRevivesNoOther() {
        SessionCutoffRepository cutoffs = create(events);
        cutoffs.endOthers(ALICE, OLD, T0, ENDED);

        assertThat(cutoffs.endOthers(ALICE, OTHER, T1, ENDED)).isEqualTo(Ended.KEPT_IS_OVER);
        assertThat(cutoffs.endOthers(ALICE, OLD, T1, ENDED)).isEqualTo(Ended.ENDED);
        assertThat(cutoffs.of(ALICE)).contains(new Cutoff(T1, Optional.of(OLD.key())));
    }

    @Test
    void endOthers_byTwoSessionsAtOnce_leavesOneOfThem() {
        SessionCutoffRepository cutoffs = create(events);
        List<Session> two = List.of(OLD, OTHER);
        for (int round = 0; round < rounds(); round++) {
            String account = "race-" + round;
            List<Ended> answers = Race.of(2, i -> cutoffs.endOthers(account, two.get(i), T0, ENDED));

            assertThat(answers).as(account).containsExactlyInAnyOrder(Ended.ENDED, Ended.KEPT_IS_OVER);
            assertThat(cutoffs.of(account))
                    .as(account)
                    .contains(new Cutoff(
                            T0,
                            Optional.of(two.get(answers.indexOf(Ended.ENDED)).key())));
        }
        assertThat(events.events()).hasSize(rounds());
    }

    @Test
    void endAll_againstEndOthersAtOnce_leavesNoneThatWasThere() {
        SessionCutoffRepository cutoffs = create(events);
        for (int round = 0; round < rounds(); round++) {
            String account = "race-" + round;
            List<Ended> answers = Race.of(2, i -> {
                if (i == 0) {
                    return cutoffs.endOthers(account, OLD, T0, ENDED);
                }
                cutoffs.endAll(account, T1, ENDED);
                return Ended.ENDED;
            });

            assertThat(answers).as(account).hasSize(2);
            assertThat(cutoffs.of(account)).as(account).contains(new Cutoff(T1, Optional.empty()));
        }
    }

    @Test
    void change_whoseEventIsNotRecorded_doesNotHappen() {
        SessionCutoffRepository cutoffs = create(event -> {
            throw new IllegalStateException("no audit");
        });

        assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> cutoffs.endAll(ALICE, T0, ENDED));
        assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> cutoffs.endOthers(ALICE, OLD, T0, ENDED));
        assertThat(cutoffs.of(ALICE)).isEmpty();
    }
}
