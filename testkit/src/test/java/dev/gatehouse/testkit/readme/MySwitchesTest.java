package dev.gatehouse.testkit.readme;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.signin.SwitchRepository;
import dev.gatehouse.testkit.contract.SwitchRepositoryContract;
import java.util.HashMap;
import java.util.Map;

class MySwitchesTest extends SwitchRepositoryContract {
    @Override
    protected SwitchRepository create(AuditSink sink) {
        return new MySwitches(sink);
    }

    @Override
    protected int rounds() {
        return 50;
    }
}

/** A store such as a host writes. */
final class MySwitches implements SwitchRepository {
    private final AuditSink sink;
    private final Map<String, State> states = new HashMap<>();

    MySwitches(AuditSink sink) {
        this.sink = sink;
    }

    @Override
    public synchronized Flipped flip(String name, State from, AuditEvent event) {
        if (states.getOrDefault(name, from) != from) {
            return Flipped.OTHER_STATE;
        }
        sink.record(event);
        states.put(name, from.flipped());
        return Flipped.FLIPPED;
    }

    @Override
    public synchronized Map<String, State> states() {
        return Map.copyOf(states);
    }
}
