package dev.gatehouse.webauthn;

import java.util.Objects;
import java.util.function.Function;

/** The result of verifying an assertion: {@link Asserted} or {@link Refused}. */
public sealed interface AssertionVerification {

    /** Applies the function that fits the result. */
    default <T> T fold(
            Function<? super Asserted, ? extends T> asserted, Function<? super Refused, ? extends T> refused) {
        if (this instanceof Asserted a) {
            return asserted.apply(a);
        }
        return refused.apply((Refused) this);
    }

    /**
     * The assertion holds; what it says is to be written to the credential by compare-and-set on the counter that was read.
     *
     * @param signCount the counter to store, 0 to 2^32-1: the received one, or the stored one if that is higher
     * @param backedUp whether the key is backed up now
     * @param userVerified whether the authenticator verified its user
     * @param counterRegressed whether the counter did not go up; only ever true with {@link CounterPolicy#REPORT}
     */
    record Asserted(long signCount, boolean backedUp, boolean userVerified, boolean counterRegressed)
            implements AssertionVerification {}

    /**
     * The assertion does not hold.
     *
     * @param reason the first cause
     */
    record Refused(WebAuthnRejection reason) implements AssertionVerification {
        public Refused {
            Objects.requireNonNull(reason, "reason");
        }
    }
}
