package dev.gatehouse.signin;

import dev.gatehouse.factor.RejectionCode;
import dev.gatehouse.policy.Decision;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The answer of {@link FactorChanges}. Immutable and thread-safe, as far as the value is.
 *
 * @param <T> what a made change gives
 */
public sealed interface FactorChange<T> {

    /**
     * The policy permitted it, and it is made.
     *
     * @param value what the write gave
     * @param decision what the caller is to be told besides
     */
    record Made<T>(T value, Decision.Permitted decision) implements FactorChange<T> {
        /** Checks that both are there. */
        public Made {
            Objects.requireNonNull(value, "value");
            Objects.requireNonNull(decision, "decision");
        }
    }

    /**
     * The policy refuses it.
     *
     * @param decision why, with the way forward
     */
    record Refused<T>(Decision.Refused decision) implements FactorChange<T> {
        /** Checks that there is a decision. */
        public Refused {
            Objects.requireNonNull(decision, "decision");
        }
    }

    /** The account has no such factor. */
    record NotFound<T>() implements FactorChange<T> {}

    /**
     * The write would not make it.
     *
     * @param code the first cause
     */
    record Rejected<T>(RejectionCode code) implements FactorChange<T> {
        /** Checks that there is a code. */
        public Rejected {
            Objects.requireNonNull(code, "code");
        }
    }

    /** Others changed the account each time between the decision and the write; nothing was changed, and it may be tried again. */
    record Conflict<T>() implements FactorChange<T> {}

    /** Applies the function that fits the answer. */
    default <R> R fold(
            Function<? super Made<T>, ? extends R> made,
            Function<? super Refused<T>, ? extends R> refused,
            Function<? super Rejected<T>, ? extends R> rejected,
            Supplier<? extends R> notFound,
            Supplier<? extends R> conflict) {
        if (this instanceof Made<T> m) {
            return made.apply(m);
        }
        if (this instanceof Refused<T> r) {
            return refused.apply(r);
        }
        if (this instanceof Rejected<T> r) {
            return rejected.apply(r);
        }
        return this instanceof NotFound<T> ? notFound.get() : conflict.get();
    }
}
