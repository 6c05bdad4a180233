package dev.gatehouse.signin;

import dev.gatehouse.factor.Evidence;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.factor.RejectionCode;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;

/** The answer of {@link Reauthentication}. Immutable and thread-safe. */
public sealed interface Reauthenticated {

    /**
     * The proof holds.
     *
     * @param evidence what the host keeps with the session, beside what is there already
     */
    record Proven(Evidence evidence) implements Reauthenticated {
        /** Checks that there is evidence. */
        public Proven {
            Objects.requireNonNull(evidence, "evidence");
        }
    }

    /**
     * The proof does not hold; the attempt has counted.
     *
     * @param code the first cause, for the log; a client is told less
     */
    record Rejected(RejectionCode code) implements Reauthenticated {
        /** Checks that there is a code. */
        public Rejected {
            Objects.requireNonNull(code, "code");
        }
    }

    /**
     * Too many attempts failed, or there is no room to verify this one; nothing was verified. Answered with 429.
     *
     * @param retryAfter how long to wait at least
     */
    record Throttled(Duration retryAfter) implements Reauthenticated {
        /** Checks that there is a duration. */
        public Throttled {
            Objects.requireNonNull(retryAfter, "retryAfter");
        }
    }

    /**
     * This kind of factor of the account is suspended after too many failures one after the other; another one goes on.
     *
     * @param kind the kind
     */
    record Suspended(FactorKind kind) implements Reauthenticated {
        /** Checks that there is a kind. */
        public Suspended {
            Objects.requireNonNull(kind, "kind");
        }
    }

    /** Applies the function that fits the answer. */
    default <T> T fold(
            Function<? super Proven, ? extends T> proven,
            Function<? super Rejected, ? extends T> rejected,
            Function<? super Throttled, ? extends T> throttled,
            Function<? super Suspended, ? extends T> suspended) {
        if (this instanceof Proven p) {
            return proven.apply(p);
        }
        if (this instanceof Rejected r) {
            return rejected.apply(r);
        }
        return this instanceof Throttled t ? throttled.apply(t) : suspended.apply((Suspended) this);
    }
}
