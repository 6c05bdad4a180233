package dev.gatehouse.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.audit.InMemoryAuditLog;
import dev.gatehouse.signin.SessionCutoffRepository.Cutoff;
import dev.gatehouse.signin.SessionCutoffRepository.Ended;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SessionCutoffTest {
    private static final Instant T0 = Instant.parse("2026-08-25T12:00:00Z");
    private static final Duration DIFFERENCE = Duration.ofSeconds(30);

    private Instant now = T0;
    private final InMemoryAuditLog events = InMemoryAuditLog.create();
    private final SessionCutoffRepository repository = SessionCutoffRepository.inMemory(events);
    private final SessionCutoff cutoff = SessionCutoff.of(repository, () -> now);

    private static AuditEvent.Builder origin(AuditEvent.Builder event) {
        return event.address("192.0.2.1");
    }

    @Test
    void session_ofAnAccountThatEndedNothing_goesOn() {
        assertThat(cutoff.beginning("alice")).isEqualTo(T0);
        assertThat(cutoff.isOver("alice", "s-1", Instant.MIN)).isFalse();
    }

    @Test
    void endAll_always_endsWhatBeganBeforeAndNothingThatBeginsAfter() {
        Instant began = cutoff.beginning("alice");
        cutoff.endAll("alice", SessionCutoffTest::origin);
        Instant begins = cutoff.beginning("alice");

        assertThat(cutoff.isOver("alice", "s-1", began)).isTrue();
        assertThat(cutoff.isOver("alice", "s-2", begins)).isFalse();
        assertThat(cutoff.isOver("bob", "s-1", began)).isFalse();
    }

    /** A column of a database may keep microseconds or milliseconds of it. */
    @Test
    void beginning_afterAnEnd_isKeptByAHostInMilliseconds() {
        now = T0.plusNanos(123_456_789);
        cutoff.endAll("alice", SessionCutoffTest::origin);
        Instant kept = cutoff.beginning("alice").truncatedTo(ChronoUnit.MILLIS);

        assertThat(cutoff.isOver("alice", "s-1", kept)).isFalse();
        cutoff.endAll("alice", SessionCutoffTest::origin);
        assertThat(cutoff.isOver("alice", "s-1", kept)).isTrue();
    }

    @Test
    void endAll_forASessionThatANodeAheadBegan_endsIt() {
        Instant ahead = now.plus(DIFFERENCE).minusNanos(1);
        cutoff.endAll("alice", SessionCutoffTest::origin);

        assertThat(cutoff.isOver("alice", "s-1", ahead)).isTrue();
        assertThat(cutoff.isOver("alice", "s-1", ahead.plusNanos(1))).isFalse();
    }

    @Test
    void beginning_onceTheClockIsPastTheEnd_isNow() {
        cutoff.endAll("alice", SessionCutoffTest::origin);
        now = T0.plus(DIFFERENCE).plusNanos(1);

        assertThat(cutoff.beginning("alice")).isEqualTo(now);
    }

    /** At the same instant, or on a node whose clock is behind. */
    @Test
    void endAll_again_endsWhatBeganSinceTheLast() {
        for (int behind = 0; behind < 2; behind++) {
            now = T0;
            cutoff.endAll("alice", SessionCutoffTest::origin);
            Instant begins = cutoff.beginning("alice");
            now = T0.minusSeconds(behind);
            cutoff.endAll("alice", SessionCutoffTest::origin);

            assertThat(cutoff.isOver("alice", "s-1", begins)).isTrue();
            assertThat(cutoff.isOver("alice", "s-2", cutoff.beginning("alice"))).isFalse();
        }
    }

    @Test
    void endOthers_again_endsWhatBeganSinceTheLastButTheOne() {
        for (int behind = 0; behind < 2; behind++) {
            now = T0;
            cutoff.endAll("alice", SessionCutoffTest::origin);
            Instant begins = cutoff.beginning("alice");
            now = T0.minusSeconds(behind);

            assertThat(cutoff.endOthers("alice", "s-1", begins, SessionCutoffTest::origin))
                    .isEqualTo(Ended.ENDED);
            assertThat(cutoff.isOver("alice", "s-1", begins)).isFalse();
            assertThat(cutoff.isOver("alice", "s-2", begins)).isTrue();
            assertThat(cutoff.isOver("alice", "s-3", cutoff.beginning("alice"))).isFalse();
        }
    }

    @Test
    void endOthers_always_endsAllButTheOne() {
        assertThat(cutoff.endOthers("alice", "s-1", T0, SessionCutoffTest::origin))
                .isEqualTo(Ended.ENDED);

        assertThat(cutoff.isOver("alice", "s-1", T0)).isFalse();
        assertThat(cutoff.isOver("alice", "s-2", T0)).isTrue();
    }

    @Test
    void endOthers_inASessionThatIsOver_revivesNothing() {
        cutoff.endAll("alice", SessionCutoffTest::origin);

        assertThat(cutoff.endOthers("alice", "s-1", T0, SessionCutoffTest::origin))
                .isEqualTo(Ended.KEPT_IS_OVER);
        assertThat(cutoff.isOver("alice", "s-1", T0)).isTrue();
    }

    @Test
    void events_always_sayWhoAndWhatAndNoHandle() {
        cutoff.endOthers("alice", "s-1", T0, SessionCutoffTest::origin);
        cutoff.endAll("alice", event -> event.actor("support"));

        assertThat(events.events())
                .containsExactly(
                        AuditEvent.of(AuditTag.SESSIONS_ENDED, T0)
                                .account("alice")
                                .actor("alice")
                                .address("192.0.2.1")
                                .attribute("sessions", "others")
                                .build(),
                        AuditEvent.of(AuditTag.SESSIONS_ENDED, T0)
                                .account("alice")
                                .actor("support")
                                .attribute("sessions", "all")
                                .build());
        cutoff.endOthers("bob", "s-1", T0, SessionCutoffTest::origin);
        assertThat(repository.of("bob").orElseThrow().kept().orElseThrow()).doesNotContain("s-1");
    }

    @Test
    void repository_thatAnswersNothing_isAnException() {
        SessionCutoff broken = SessionCutoff.of(new Silent(), () -> now);

        assertThatNullPointerException().isThrownBy(() -> broken.isOver("alice", "s-1", T0));
        assertThatNullPointerException().isThrownBy(() -> broken.beginning("alice"));
        assertThatNullPointerException()
                .isThrownBy(() -> broken.endOthers("alice", "s-1", T0, SessionCutoffTest::origin));
    }

    @SuppressWarnings("NullAway")
    private static final class Silent implements SessionCutoffRepository {
        @Override
        public Optional<Cutoff> of(String account) {
            return null;
        }

        @Override
        public void endAll(String account, Instant before, AuditEvent ended) {}

        @Override
        public Ended endOthers(String account, Session kept, Instant before, AuditEvent ended) {
            return null;
        }
    }

    @Test
    void difference_outOfBounds_isNotTaken() {
        for (Duration difference :
                List.of(Duration.ofNanos(-1), Duration.ofMinutes(10).plusNanos(1))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SessionCutoff.of(repository, () -> now, difference))
                    .withMessageContaining("difference");
        }
    }
}
