package dev.gatehouse.webauthn;

import java.util.Objects;
import java.util.function.Function;

/** The result of verifying a registration: {@link Registered} or {@link Refused}. */
public sealed interface RegistrationVerification {

    /** Applies the function that fits the result. */
    default <T> T fold(
            Function<? super Registered, ? extends T> registered, Function<? super Refused, ? extends T> refused) {
        if (this instanceof Registered r) {
            return registered.apply(r);
        }
        return refused.apply((Refused) this);
    }

    /**
     * The registration holds; nothing is stored yet, and whether the id is free is for the store to say.
     *
     * @param credential what was registered
     */
    record Registered(NewCredential credential) implements RegistrationVerification {
        public Registered {
            Objects.requireNonNull(credential, "credential");
        }
    }

    /**
     * The registration does not hold.
     *
     * @param reason the first cause
     */
    record Refused(WebAuthnRejection reason) implements RegistrationVerification {
        public Refused {
            Objects.requireNonNull(reason, "reason");
        }
    }
}
