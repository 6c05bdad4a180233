package dev.gatehouse.signin;

import dev.gatehouse.factor.FactorKind;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;

/** The answer of {@link AttemptLimits} to an attempt: only {@link Admitted} may go on to a verifier. */
public sealed interface Admission {

    /** Applies the function that fits the answer. */
    default <T> T fold(
            Function<? super Admitted, ? extends T> admitted,
            Function<? super Throttled, ? extends T> throttled,
            Function<? super Suspended, ? extends T> suspended) {
        if (this instanceof Admitted a) {
            return admitted.apply(a);
        }
        return this instanceof Throttled t ? throttled.apply(t) : suspended.apply((Suspended) this);
    }

    /**
     * The attempt may be made; its places are taken, as if it had failed.
     *
     * @param ticket to be told how it ended
     */
    record Admitted(AttemptTicket ticket) implements Admission {
        /** Checks that there is a ticket. */
        public Admitted {
            Objects.requireNonNull(ticket, "ticket");
        }
    }

    /**
     * Too many attempts failed; nothing may be verified. Answered with 429.
     *
     * @param retryAfter how long to wait at least, in whole seconds, 1 or more
     */
    record Throttled(Duration retryAfter) implements Admission {
        /** Checks that there is something to wait for. */
        public Throttled {
            if (retryAfter.compareTo(Duration.ofSeconds(1)) < 0) {
                throw new IllegalArgumentException("retryAfter: less than a second");
            }
        }
    }

    /**
     * This factor of the account failed so often one after the other that no attempt at it is taken any more, until another
     * factor is proven or the account is recovered. Waiting does not help; the account's other factors work.
     *
     * @param kind the kind that is suspended
     */
    record Suspended(FactorKind kind) implements Admission {
        /** Checks that there is a kind. */
        public Suspended {
            Objects.requireNonNull(kind, "kind");
        }
    }
}
