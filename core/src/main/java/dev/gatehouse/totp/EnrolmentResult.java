package dev.gatehouse.totp;

import dev.gatehouse.factor.Evidence;
import java.util.Objects;
import java.util.function.Function;

/** The result of confirming a pending credential: {@link Enrolled} or {@link NotEnrolled}. */
public sealed interface EnrolmentResult {

    /** Applies the function that fits the result. */
    default <T> T fold(
            Function<? super Enrolled, ? extends T> enrolled, Function<? super NotEnrolled, ? extends T> notEnrolled) {
        if (this instanceof Enrolled e) {
            return enrolled.apply(e);
        }
        return notEnrolled.apply((NotEnrolled) this);
    }

    /**
     * The credential is stored and its first code used up.
     *
     * @param credential what was stored
     * @param evidence that its owner just proved it; the code cannot be asked for a second time
     */
    record Enrolled(TotpCredential credential, Evidence evidence) implements EnrolmentResult {
        public Enrolled {
            Objects.requireNonNull(credential, "credential");
            Objects.requireNonNull(evidence, "evidence");
        }
    }

    /**
     * Nothing was changed.
     *
     * @param reason the first cause
     */
    record NotEnrolled(EnrolmentRejection reason) implements EnrolmentResult {
        public NotEnrolled {
            Objects.requireNonNull(reason, "reason");
        }
    }
}
