package dev.gatehouse.signin;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Cut-offs in a map; the event is recorded before the change, under the same lock. */
final class InMemorySessionCutoffs implements SessionCutoffRepository {
    private final AuditSink events;
    private final Map<String, Cutoff> cutoffs = new HashMap<>();

    InMemorySessionCutoffs(AuditSink events) {
        this.events = Objects.requireNonNull(events, "events");
    }

    @Override
    public synchronized Optional<Cutoff> of(String account) {
        return Optional.ofNullable(cutoffs.get(account));
    }

    @Override
    public synchronized void endAll(String account, Instant before, AuditEvent ended) {
        change(account, cutoffs.get(account), before, Optional.empty(), ended);
    }

    @Override
    public synchronized Ended endOthers(String account, Session kept, Instant before, AuditEvent ended) {
        Cutoff present = cutoffs.get(account);
        if (present != null && present.covers(kept)) {
            return Ended.KEPT_IS_OVER;
        }
        change(account, present, before, Optional.of(kept.key()), ended);
        return Ended.ENDED;
    }

    private void change(
            String account, @Nullable Cutoff present, Instant before, Optional<String> kept, AuditEvent ended) {
        events.record(ended);
        cutoffs.put(account, present == null ? new Cutoff(before, kept) : present.then(before, kept));
    }
}
