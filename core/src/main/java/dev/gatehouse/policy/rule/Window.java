package dev.gatehouse.policy.rule;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * One brown-out: active while {@code from <= now < from + length}.
 *
 * @param from first instant
 * @param length above zero
 */
public record Window(Instant from, Duration length) {
    public Window {
        Objects.requireNonNull(from, "from");
        if (length.isZero() || length.isNegative()) {
            throw new IllegalArgumentException("length: not above zero");
        }
    }

    /** The first instant after the window. */
    public Instant until() {
        return from.plus(length);
    }
}
