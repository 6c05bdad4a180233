package dev.gatehouse.publisher;

import java.time.Duration;
import java.util.Objects;

/**
 * Too many exchanges from one address or by one publisher: answer 429.
 *
 * @param retryAfter when to come again, in whole seconds, at least one
 */
public record ThrottledExchange(Duration retryAfter) implements Exchange {
    /** Checks that there is a duration. */
    public ThrottledExchange {
        Objects.requireNonNull(retryAfter, "retryAfter");
    }
}
