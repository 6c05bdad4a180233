package dev.gatehouse.testkit.contract;

import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.state.EphemeralState;
import java.time.Duration;
import java.util.List;

class SingleNodeStateTest extends EphemeralStateContract {
    @Override
    protected List<EphemeralState> nodes(int number, AuditSink sink, Duration permitted) {
        return List.of(EphemeralState.singleNode(sink, permitted));
    }
}
