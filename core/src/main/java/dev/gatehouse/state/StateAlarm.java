package dev.gatehouse.state;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.state.StateUnavailableException.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Raises the events of a state in trouble, for each space and reason at most once a minute, and makes the refusal; for
 * implementations of {@link EphemeralState}.
 *
 * <p>If the sink throws, the refusal stands and carries what it threw as suppressed. Thread-safe.
 */
public final class StateAlarm {
    private static final Duration QUIET = Duration.ofMinutes(1);

    private final AuditSink sink;
    private final ConcurrentMap<String, Instant> raised = new ConcurrentHashMap<>();

    private StateAlarm(AuditSink sink) {
        this.sink = sink;
    }

    /** An alarm that tells this sink. */
    public static StateAlarm to(AuditSink sink) {
        return new StateAlarm(Objects.requireNonNull(sink, "sink"));
    }

    /** The refusal for a space that is full; the event is raised. */
    public StateUnavailableException full(StateSpace space, Instant now) {
        return alarm(
                Reason.FULL,
                space,
                now,
                AuditEvent.of(AuditTag.STATE_FULL, now)
                        .subject(space.name())
                        .attribute("capacity", Integer.toString(space.capacity()))
                        .build());
    }

    /** The refusal for a time before what was cleaned up; the event is raised. */
    public StateUnavailableException clockBack(StateSpace space, Instant cleaned, Instant now) {
        return alarm(
                Reason.CLOCK_BACK,
                space,
                now,
                AuditEvent.of(AuditTag.CLOCK_BACK, now)
                        .subject(space.name())
                        .attribute("cleaned-until", cleaned.toString())
                        .build());
    }

    private StateUnavailableException alarm(Reason reason, StateSpace space, Instant now, AuditEvent event) {
        StateUnavailableException refusal =
                new StateUnavailableException(reason, "state: space '" + space.name() + "': " + reason);
        String topic = reason + " " + space.name();
        if (isDue(topic, now)) {
            try {
                sink.record(event);
            } catch (RuntimeException e) {
                // The next refusal tells it.
                raised.remove(topic, now);
                refusal.addSuppressed(e);
            }
        }
        return refusal;
    }

    private boolean isDue(String topic, Instant now) {
        boolean[] due = {false};
        raised.compute(topic, (same, last) -> {
            due[0] = last == null || Duration.between(last, now).abs().compareTo(QUIET) >= 0;
            return due[0] ? now : last;
        });
        return due[0];
    }
}
