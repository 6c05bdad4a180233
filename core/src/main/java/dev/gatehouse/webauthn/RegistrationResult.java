package dev.gatehouse.webauthn;

import dev.gatehouse.factor.Evidence;
import java.util.Objects;
import java.util.function.Function;

/** The result of a registration: {@link Enrolled} or {@link NotEnrolled}. */
public sealed interface RegistrationResult {

    /** Applies the function that fits the result. */
    default <T> T fold(
            Function<? super Enrolled, ? extends T> enrolled, Function<? super NotEnrolled, ? extends T> notEnrolled) {
        if (this instanceof Enrolled e) {
            return enrolled.apply(e);
        }
        return notEnrolled.apply((NotEnrolled) this);
    }

    /**
     * The credential is stored.
     *
     * @param credential what was stored
     * @param evidence that its owner just held it; its strength is the credential's
     */
    record Enrolled(WebAuthnCredential credential, Evidence evidence) implements RegistrationResult {
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
    record NotEnrolled(WebAuthnRejection reason) implements RegistrationResult {
        public NotEnrolled {
            Objects.requireNonNull(reason, "reason");
        }
    }
}
