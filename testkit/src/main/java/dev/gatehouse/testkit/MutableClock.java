package dev.gatehouse.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;

/** A clock that stands still until a test moves it. Thread-safe. */
public final class MutableClock implements InstantSource {
    private volatile Instant now;

    private MutableClock(Instant start) {
        this.now = Objects.requireNonNull(start, "start");
    }

    /** A clock that stands at this instant. */
    public static MutableClock at(Instant start) {
        return new MutableClock(start);
    }

    /**
     * A clock that stands at this instant.
     *
     * @param start such as {@code 2024-01-01T05:00:00Z}
     */
    public static MutableClock at(String start) {
        return at(Instant.parse(start));
    }

    @Override
    public Instant instant() {
        return now;
    }

    /** Sets the clock, forward or back. */
    public synchronized void set(Instant to) {
        now = Objects.requireNonNull(to, "to");
    }

    /**
     * Moves the clock, back if negative.
     *
     * @return where it stands then
     */
    public synchronized Instant advance(Duration by) {
        Instant next = now.plus(by);
        now = next;
        return next;
    }

    @Override
    public String toString() {
        return "clock at " + now;
    }
}
