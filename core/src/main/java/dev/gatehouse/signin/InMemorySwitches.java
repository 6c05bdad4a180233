package dev.gatehouse.signin;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Switches in a map; the event is recorded before the change, under the same lock. */
final class InMemorySwitches implements SwitchRepository {
    private final AuditSink events;
    private final Map<String, State> states = new HashMap<>();

    InMemorySwitches(AuditSink events) {
        this.events = Objects.requireNonNull(events, "events");
    }

    @Override
    public synchronized Flipped flip(String name, State from, AuditEvent event) {
        if (states.getOrDefault(name, from) != from) {
            return Flipped.OTHER_STATE;
        }
        events.record(event);
        states.put(name, from.flipped());
        return Flipped.FLIPPED;
    }

    @Override
    public synchronized Map<String, State> states() {
        return Map.copyOf(states);
    }
}
