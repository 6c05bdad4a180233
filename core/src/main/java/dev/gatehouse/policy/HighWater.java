package dev.gatehouse.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The latest second a policy has seen. Time is taken as it comes unless it is behind that second by more than the skew; then
 * the second stands in for it. Thread-safe; a read costs one load.
 */
final class HighWater {
    private final Duration skew;
    private final AtomicLong seen = new AtomicLong(Instant.MIN.getEpochSecond());
    private final AtomicLong reported = new AtomicLong(Long.MIN_VALUE);

    HighWater(Duration skew) {
        this.skew = skew;
    }

    /** The second to decide in: {@code second} itself, or the one seen if the clock went back too far. */
    long admit(long second, int nano) {
        long mark = seen.get();
        if (second >= mark) {
            if (second > mark) {
                seen.accumulateAndGet(second, Math::max);
            }
            return second;
        }
        return isBehind(mark, second, nano) ? mark : second;
    }

    /** What to report of a clock that says {@code now}. */
    Optional<ClockRegression> regression(Instant now) {
        long mark = seen.get();
        return isBehind(mark, now.getEpochSecond(), now.getNano())
                ? Optional.of(new ClockRegression(Instant.ofEpochSecond(mark), now))
                : Optional.empty();
    }

    /** Whether this fall behind the mark is the first one to be told of. */
    boolean isNews(ClockRegression regression) {
        long mark = regression.seen().getEpochSecond();
        return reported.getAndSet(mark) != mark;
    }

    /** The listener could not be told: the next decision tells it. */
    void untold(ClockRegression regression) {
        reported.compareAndSet(regression.seen().getEpochSecond(), Long.MIN_VALUE);
    }

    /** Takes the clock's word for it, however far it went back. */
    void accept(Instant now) {
        seen.set(now.getEpochSecond());
        reported.set(Long.MIN_VALUE);
    }

    private boolean isBehind(long mark, long second, int nano) {
        return second < mark && Duration.ofSeconds(mark - second, -nano).compareTo(skew) > 0;
    }
}
