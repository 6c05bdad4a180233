package dev.gatehouse.state;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/** The checks that every {@link EphemeralState} makes before it looks at its store; for implementations. Thread-safe. */
public final class EntryCheck {
    private static final Duration MAX_DIFFERENCE = Duration.ofMinutes(10);

    private EntryCheck() {}

    /**
     * Holds the bounds of a key.
     *
     * @throws IllegalArgumentException if it is empty or too long
     */
    public static void key(String key) {
        if (key.isEmpty() || key.length() > EphemeralState.MAX_KEY_LENGTH) {
            throw new IllegalArgumentException("key: 1 to " + EphemeralState.MAX_KEY_LENGTH + " characters");
        }
    }

    /**
     * Holds the bounds of a value.
     *
     * @throws IllegalArgumentException if it is too long
     */
    public static void value(String value) {
        if (value.length() > EphemeralState.MAX_VALUE_LENGTH) {
            throw new IllegalArgumentException("value: over " + EphemeralState.MAX_VALUE_LENGTH + " characters");
        }
    }

    /**
     * Holds that an end lies ahead.
     *
     * @throws IllegalArgumentException if it does not
     */
    public static void end(Instant until, Instant now) {
        Objects.requireNonNull(now, "now");
        if (!until.isAfter(now)) {
            throw new IllegalArgumentException("until: not after now");
        }
    }

    /**
     * Holds the bounds of the difference that a store permits between the clocks of its callers: 0 to 10 minutes.
     *
     * @return the same difference
     * @throws IllegalArgumentException if it is out of bounds
     */
    public static Duration difference(Duration permitted) {
        if (permitted.isNegative() || permitted.compareTo(MAX_DIFFERENCE) > 0) {
            throw new IllegalArgumentException("permitted: 0 to 10 minutes");
        }
        return permitted;
    }
}
