package dev.gatehouse.store.jdbc;

import dev.gatehouse.state.StateAlarm;
import dev.gatehouse.state.StateSpace;
import dev.gatehouse.state.StateUnavailableException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Ends a transaction whose space is full or whose clock is back; the alarm is raised when its connection is free. */
final class SpaceTrouble extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final @Nullable Instant cleaned;

    private SpaceTrouble(@Nullable Instant cleaned) {
        super(null, null, false, false);
        this.cleaned = cleaned;
    }

    static SpaceTrouble full() {
        return new SpaceTrouble(null);
    }

    static SpaceTrouble clockBack(Instant cleaned) {
        return new SpaceTrouble(cleaned);
    }

    StateUnavailableException raise(StateAlarm alarm, StateSpace space, Instant now) {
        return cleaned == null ? alarm.full(space, now) : alarm.clockBack(space, cleaned, now);
    }
}
