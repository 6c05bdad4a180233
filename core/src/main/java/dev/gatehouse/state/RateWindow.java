package dev.gatehouse.state;

import java.time.Duration;

/**
 * So many hits within any stretch of time of this length. Immutable and thread-safe.
 *
 * @param limit the most hits, 1 to 1,000
 * @param length how long a hit counts, more than zero and 31 days at most
 */
public record RateWindow(int limit, Duration length) {
    private static final int MAX_LIMIT = 1_000;
    private static final Duration MAX_LENGTH = Duration.ofDays(31);

    /** Checks the bounds. */
    public RateWindow {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit: 1 to " + MAX_LIMIT);
        }
        if (length.isNegative() || length.isZero() || length.compareTo(MAX_LENGTH) > 0) {
            throw new IllegalArgumentException("length: more than zero, 31 days at most");
        }
    }
}
