package dev.gatehouse.factor;

import java.util.Objects;
import java.util.function.Function;

/**
 * The result of verifying one proof: {@link Verified} with evidence, or {@link Rejected} with a code.
 *
 * <p>There is no boolean to ignore: the evidence that a policy asks for exists only in {@code Verified}.
 */
public sealed interface Verification {

    /** Applies the function that fits the result. */
    default <T> T fold(
            Function<? super Verified, ? extends T> verified, Function<? super Rejected, ? extends T> rejected) {
        if (this instanceof Verified v) {
            return verified.apply(v);
        }
        return rejected.apply((Rejected) this);
    }

    /**
     * The proof holds.
     *
     * @param evidence what a policy reads
     */
    record Verified(Evidence evidence) implements Verification {
        public Verified {
            Objects.requireNonNull(evidence, "evidence");
        }
    }

    /**
     * The proof does not hold.
     *
     * @param code the first cause, for log and audit; a client is told less
     */
    record Rejected(RejectionCode code) implements Verification {
        public Rejected {
            Objects.requireNonNull(code, "code");
        }
    }
}
