package dev.gatehouse.servlet;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * Notices a clock that went back, or that the host knows to differ from its shared store: then nothing but public reads is
 * decided, and no phase opens again. Thread-safe.
 */
final class ClockWatch {
    private final InstantSource clock;
    private final long skewMillis;
    private final BooleanSupplier agrees;
    private final AtomicLong latest = new AtomicLong(Long.MIN_VALUE);

    ClockWatch(InstantSource clock, Duration skew, BooleanSupplier agrees) {
        this.clock = clock;
        this.skewMillis = skew.toMillis();
        this.agrees = agrees;
    }

    Instant now() {
        return clock.instant();
    }

    /** Whether the time can be relied on; each call is an observation. */
    boolean isRight() {
        long now = clock.millis();
        long before = latest.get();
        if (now > before) {
            latest.accumulateAndGet(now, Math::max);
        } else if (before - now > skewMillis) {
            return false;
        }
        return agrees.getAsBoolean();
    }
}
