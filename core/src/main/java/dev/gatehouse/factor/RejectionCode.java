package dev.gatehouse.factor;

import java.time.Duration;
import java.util.Optional;

/** A stable code that names the first cause for which a proof was rejected; each verifier has an enum of its own. */
public interface RejectionCode {
    /** The code in upper case with underscores; part of the API. */
    String code();

    /**
     * When to come again, where nothing was looked at because the server is too busy: such a rejection is no attempt, spends no
     * budget, and is answered 429 with this as {@code Retry-After}.
     *
     * <p>Empty, as it is by default, for every other one: it is a failed attempt.
     */
    default Optional<Duration> retryAfter() {
        return Optional.empty();
    }
}
