package dev.gatehouse.signin;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import java.util.Map;

/**
 * Where the state of switches is kept that an operator has flipped; a switch that is not in it has its initial state.
 *
 * <p>Each change is atomic and made only together with its event, in one transaction: if either fails neither happens and the
 * exception reaches the caller. No argument and no answer is {@code null}. Implementations are thread-safe and pass
 * {@code SwitchRepositoryContract} of the testkit.
 */
public interface SwitchRepository {

    /** The state of a switch. */
    enum State {
        ON,
        OFF;

        /** The other one. */
        public State flipped() {
            return this == ON ? OFF : ON;
        }
    }

    /** The answer to flipping a switch. */
    enum Flipped {
        FLIPPED,
        /** The switch is not in the state from which it was to be flipped; nothing was changed or recorded. */
        OTHER_STATE
    }

    /**
     * Flips a switch that is in state {@code from}; one that is not kept yet is taken to be in it.
     *
     * @param name declared name of the switch, 1 to 96 characters
     */
    Flipped flip(String name, State from, AuditEvent event);

    /** The kept state of each switch by name. */
    Map<String, State> states();

    /** An empty repository in the memory of one process, which records the events in this sink; for tests. */
    static SwitchRepository inMemory(AuditSink events) {
        return new InMemorySwitches(events);
    }
}
