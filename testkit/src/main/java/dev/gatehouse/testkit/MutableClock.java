package dev.gatehouse.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until a test moves it. Thread-safe. */
public final class MutableClock implements InstantSource {
    private final AtomicReference<Instant> now;

    private MutableClock(Instant start) {
        this.now = new AtomicReference<>(Objects.requireNonNull(start, "start"));
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
        return now.get();
    }

    /** Sets the clock, forward or back. */
    public void set(Instant to) {
        now.set(Objects.requireNonNull(to, "to"));
    }

    /**
     * Moves the clock, back if negative.
     *
     * @return where it stands then
     */
    public Instant advance(Duration by) {
        return now.updateAndGet(then -> then.plus(by));
    }

    @Override
    public String toString() {
        return "clock at " + now.get();
    }
}
