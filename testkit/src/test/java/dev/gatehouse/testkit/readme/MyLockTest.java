package dev.gatehouse.testkit.readme;

import dev.gatehouse.state.Claim;
import dev.gatehouse.state.EphemeralState;
import dev.gatehouse.state.StateSpace;
import dev.gatehouse.testkit.contract.FaultSweep;
import dev.gatehouse.testkit.contract.FaultSweep.Outcome;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MyLockTest {
    @Test
    void unlock_whateverTheStoreDoes_opensOnce() {
        FaultSweep.of(faults -> {
                    EphemeralState state = faults.in(EphemeralState.class, EphemeralState.singleNode(event -> {}));
                    return () ->
                            state.claim(KEYS, "key", END, NOW) == Claim.CLAIMED ? Outcome.GRANTED : Outcome.REFUSED;
                })
                .run();
    }

    private static final StateSpace KEYS = StateSpace.claims("keys", 10);
    private static final Instant NOW = Instant.parse("2024-01-01T00:00:00Z");
    private static final Instant END = NOW.plusSeconds(60);
}
