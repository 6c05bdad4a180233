package dev.gatehouse.policy;

import java.time.Duration;
import java.time.Instant;

/** Arithmetic of instants and durations that makes no objects on the way, and ends at the ends of time. */
final class Times {
    private static final int SECOND = 1_000_000_000;

    private Times() {}

    /** The later instant, or the last there is. */
    static Instant plus(Instant instant, Duration duration) {
        return Duration.between(instant, Instant.MAX).compareTo(duration) < 0 ? Instant.MAX : instant.plus(duration);
    }

    /** The earlier instant, or the first there is; a negative duration goes ahead. */
    static Instant minus(Instant instant, Duration duration) {
        if (duration.isNegative()) {
            return plus(instant, duration.negated());
        }
        return Duration.between(Instant.MIN, instant).compareTo(duration) < 0 ? Instant.MIN : instant.minus(duration);
    }

    /** Compares two spans of seconds and nanoseconds, each less than a second away from zero on its own. */
    static int compare(long seconds, int nanos, long otherSeconds, int otherNanos) {
        long a = nanos < 0 ? seconds - 1 : seconds;
        long b = otherNanos < 0 ? otherSeconds - 1 : otherSeconds;
        return a != b
                ? Long.compare(a, b)
                : Integer.compare(
                        nanos < 0 ? nanos + SECOND : nanos, otherNanos < 0 ? otherNanos + SECOND : otherNanos);
    }
}
