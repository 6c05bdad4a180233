package dev.gatehouse.signin;

import dev.gatehouse.factor.RejectionCode;
import java.util.Objects;

/**
 * The conditional write of a change of factors, as the repository of that kind makes it.
 *
 * <p>It is called again, with another version, if it answers {@link Conflict}: what can be used up only once (a code, a challenge)
 * has to be verified before, outside of it. It records its own audit event in its transaction. What it throws reaches the caller
 * of {@link FactorChanges}.
 *
 * @param <T> what a made change gives, such as the stored credential
 */
@FunctionalInterface
public interface FactorWrite<T> {

    /**
     * Makes the change if the account's version is still this one, and advances the version with it.
     *
     * @param version of {@code AccountVersions}, read before the facts that the policy decided on
     */
    Answer<T> at(long version);

    /**
     * What became of the write.
     *
     * @param <T> what a made change gives
     */
    sealed interface Answer<T> {}

    /**
     * The change is made, and its event is written.
     *
     * @param value what it gives
     */
    record Written<T>(T value) implements Answer<T> {
        /** Checks that there is a value. */
        public Written {
            Objects.requireNonNull(value, "value");
        }
    }

    /** The account has another version; nothing was changed. */
    record Conflict<T>() implements Answer<T> {}

    /** What was to be changed is not there; nothing was changed. */
    record NotFound<T>() implements Answer<T> {}

    /**
     * It cannot be made at any version, such as a key that is registered already; nothing was changed.
     *
     * @param code the first cause
     */
    record Rejected<T>(RejectionCode code) implements Answer<T> {
        /** Checks that there is a code. */
        public Rejected {
            Objects.requireNonNull(code, "code");
        }
    }
}
