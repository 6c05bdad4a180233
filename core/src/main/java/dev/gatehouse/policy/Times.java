package dev.gatehouse.policy;

import java.time.Duration;
import java.time.Instant;

/** Arithmetic of instants that ends at the ends of time. */
final class Times {
    private Times() {}

    /** The later instant, or the last there is. */
    static Instant plus(Instant instant, Duration duration) {
        return Duration.between(instant, Instant.MAX).compareTo(duration) < 0 ? Instant.MAX : instant.plus(duration);
    }
}
