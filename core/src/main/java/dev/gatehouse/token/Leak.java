package dev.gatehouse.token;

import java.util.Objects;
import java.util.function.Function;

/**
 * What became of a token that was reported as leaked. Whoever reported it is told the same each time.
 */
public sealed interface Leak {

    /** Applies the function that fits the result. */
    default <T> T fold(
            Function<? super Revoked, ? extends T> revoked,
            Function<? super AlreadyRevoked, ? extends T> already,
            Function<? super NotGenuine, ? extends T> not) {
        if (this instanceof Revoked r) {
            return revoked.apply(r);
        }
        return this instanceof AlreadyRevoked a ? already.apply(a) : not.apply((NotGenuine) this);
    }

    /**
     * It was one of this index's, and with all its copies it is dead from now on; the event for its owner is written.
     *
     * @param token the record as it was before
     */
    record Revoked(ApiToken token) implements Leak {
        /** Checks that there is a token. */
        public Revoked {
            Objects.requireNonNull(token, "token");
        }
    }

    /**
     * It was one of this index's and had been revoked before; nothing was written.
     *
     * @param token the record
     */
    record AlreadyRevoked(ApiToken token) implements Leak {
        /** Checks that there is a token. */
        public AlreadyRevoked {
            Objects.requireNonNull(token, "token");
        }
    }

    /** No token with this id and this chain of signatures; nothing was written. */
    record NotGenuine() implements Leak {}
}
