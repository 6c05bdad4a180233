package dev.gatehouse.signin;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import java.time.Instant;
import java.util.List;

/**
 * Where waivers are kept.
 *
 * <p>Each change is atomic and made only together with its event, in one transaction: if either fails neither happens and the
 * exception reaches the caller. No argument and no answer is {@code null}. Implementations are thread-safe and pass
 * {@code WaiverRepositoryContract} of the testkit; what they answer is checked, and anything they throw means that no
 * waiver is in force.
 */
public interface WaiverRepository {

    /** The answer to adding a waiver. */
    enum Added {
        ADDED,
        /** The id is in use, also if that waiver has ended; nothing was changed or recorded. */
        ID_IN_USE
    }

    /** The answer to ending a waiver. */
    enum Ended {
        ENDED,
        /** There is none of that id, it has expired, or it was ended before; nothing was changed or recorded. */
        NOT_LIVE
    }

    /** Adds a waiver if its id is new. */
    Added add(GivenWaiver given, AuditEvent event);

    /** Ends a waiver from {@code now} on, if it is live. */
    Ended end(String id, Instant now, AuditEvent event);

    /** The waivers that were not ended and whose end is after {@code now}, in force or to come, sorted by id. */
    List<GivenWaiver> live(Instant now);

    /** An empty repository in the memory of one process, which records the events in this sink; for tests. */
    static WaiverRepository inMemory(AuditSink events) {
        return new InMemoryWaivers(events);
    }
}
