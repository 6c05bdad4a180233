package dev.gatehouse.state;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A store cannot answer, and whatever asked it is refused.
 *
 * <p>Nobody may read it as permission: the filter answers it with 503. The message names the store, never a key or value.
 */
public final class StateUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why a store cannot answer. */
    public enum Reason {
        /** The space holds as many live keys as it may, and none of them is given up. */
        FULL,
        /** The time given lies before what the store has already cleaned up: an answer could be wrong. */
        CLOCK_BACK,
        /** The store behind it failed, or answered what cannot be true. */
        FAILED
    }

    private final Reason reason;

    /** A failure without a cause. */
    public StateUnavailableException(Reason reason, String message) {
        this(reason, message, null);
    }

    /** A failure with its cause. */
    public StateUnavailableException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    public Reason reason() {
        return reason;
    }
}
