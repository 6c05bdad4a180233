package dev.gatehouse.state;

import java.time.Instant;
import java.util.Objects;
import java.util.function.Function;

/** The answer to a hit on a counter: counted, or over the limit and not counted. */
public sealed interface Count {

    /** What the function of the answer that it is makes of it. A store that answers {@code null} fails here, and so was not within. */
    default <T> T fold(Function<? super Within, ? extends T> within, Function<? super Over, ? extends T> over) {
        return this instanceof Within counted ? within.apply(counted) : over.apply((Over) this);
    }

    /**
     * The hit was counted.
     *
     * @param hits how many the window holds with this one, 1 to the limit
     * @param at the instant it was recorded at, by which it can be withdrawn; no two hits that a key holds have the same
     */
    record Within(int hits, Instant at) implements Count {
        /** Checks that there is a hit. */
        public Within {
            if (hits < 1) {
                throw new IllegalArgumentException("hits: less than 1");
            }
            Objects.requireNonNull(at, "at");
        }
    }

    /**
     * The window was full, and the hit was not counted.
     *
     * @param retryAt the first instant at which a hit would be counted again, if nobody else is first
     */
    record Over(Instant retryAt) implements Count {
        /** Checks that there is an instant. */
        public Over {
            Objects.requireNonNull(retryAt, "retryAt");
        }
    }
}
