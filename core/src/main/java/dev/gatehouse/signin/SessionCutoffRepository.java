package dev.gatehouse.signin;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Where it is kept which sessions of an account are over: one {@link Cutoff} for each account that ever ended any.
 *
 * <p>Each change is atomic, also against other nodes, and made only together with its event, in one transaction: if either fails
 * neither happens and the exception reaches the caller. What was over stays over, whatever the order of the calls. No argument and no
 * answer is {@code null}. Implementations are thread-safe and pass {@code SessionCutoffRepositoryContract} of the testkit; what
 * they answer is checked.
 */
public interface SessionCutoffRepository {

    /**
     * One session of an account.
     *
     * @param key its name here, 1 to 64 characters; never the session's cookie
     * @param startedAt when it began
     */
    record Session(String key, Instant startedAt) {
        /** Checks the bounds. */
        public Session {
            checkKey(key);
            Objects.requireNonNull(startedAt, "startedAt");
        }
    }

    /**
     * The sessions that are over: all that began before an instant, but for one.
     *
     * @param before sessions that began at this instant or later go on
     * @param kept the key of the one that goes on all the same
     */
    record Cutoff(Instant before, Optional<String> kept) {
        /** Checks that both are there. */
        public Cutoff {
            Objects.requireNonNull(before, "before");
            kept.ifPresent(SessionCutoffRepository::checkKey);
        }

        /** Whether the session is over. */
        public boolean covers(Session session) {
            return session.startedAt().isBefore(before) && !kept.equals(Optional.of(session.key()));
        }

        /** What is over after all sessions that began before {@code next} were ended as well, but for the one kept now. */
        public Cutoff then(Instant next, Optional<String> keptNow) {
            return new Cutoff(next.isAfter(before) ? next : before, keptNow);
        }
    }

    /** The answer to ending the other sessions. */
    enum Ended {
        ENDED,
        /** The one that was to go on is over itself; nothing was changed or recorded. */
        KEPT_IS_OVER
    }

    /** What is over, if any session of the account was ever ended. */
    Optional<Cutoff> of(String account);

    /** Ends all sessions that began before an instant; an earlier instant than the present one changes only that none is kept. */
    void endAll(String account, Instant before, AuditEvent ended);

    /** Ends all sessions that began before an instant but for this one, unless it is over already. */
    Ended endOthers(String account, Session kept, Instant before, AuditEvent ended);

    /** An empty repository in the memory of one process, which records the events in this sink; for tests. */
    static SessionCutoffRepository inMemory(AuditSink events) {
        return new InMemorySessionCutoffs(events);
    }

    private static void checkKey(String key) {
        if (key.isEmpty() || key.length() > 64) {
            throw new IllegalArgumentException("key: 1 to 64 characters");
        }
    }
}
