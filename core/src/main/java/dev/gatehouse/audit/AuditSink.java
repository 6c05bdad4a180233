package dev.gatehouse.audit;

import java.util.Objects;

/**
 * Where {@link AuditEvent}s go: a log, a table, the mails of the host.
 *
 * <p>A security change is made only with its event: a repository records the event inside the transaction of the change, before
 * it commits. If {@code record} throws, the change fails and the exception reaches the caller. An implementation is
 * thread-safe, keeps no lock while it waits for others, and never gets {@code null}.
 */
@FunctionalInterface
public interface AuditSink {

    /**
     * Records one event.
     *
     * @throws RuntimeException if it cannot be recorded; what the event tells of then does not happen
     */
    void record(AuditEvent event);

    /** A sink that writes one line per event to the SLF4J logger {@code dev.gatehouse.audit}, at level INFO. */
    static AuditSink slf4j() {
        return Slf4jAuditSink.INSTANCE;
    }

    /** A sink that records in this one, then in the other; what either throws ends it. */
    default AuditSink and(AuditSink other) {
        Objects.requireNonNull(other, "other");
        return event -> {
            record(event);
            other.record(event);
        };
    }
}
