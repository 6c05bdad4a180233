package dev.gatehouse.webauthn;

import dev.gatehouse.factor.Evidence;
import java.util.Objects;
import java.util.function.Function;

/** The result of a login by passkey alone: {@link Identified} or {@link Refused}. */
public sealed interface PasskeyLogin {

    /** Applies the function that fits the result. */
    default <T> T fold(
            Function<? super Identified, ? extends T> identified, Function<? super Refused, ? extends T> refused) {
        if (this instanceof Identified i) {
            return identified.apply(i);
        }
        return refused.apply((Refused) this);
    }

    /**
     * The credential said whose it is and proved it, and its authenticator verified the user: two factors in one.
     *
     * @param account the host's immutable id of the account
     * @param evidence of the very credential, with its strength
     */
    record Identified(String account, Evidence evidence) implements PasskeyLogin {
        public Identified {
            Objects.requireNonNull(account, "account");
            Objects.requireNonNull(evidence, "evidence");
        }
    }

    /**
     * Nobody is logged in, and no account is named.
     *
     * @param reason the first cause; {@link WebAuthnRejection#USER_NOT_VERIFIED} means that the credential is good as a second
     *     factor only, so that the host asks for name and password first
     */
    record Refused(WebAuthnRejection reason) implements PasskeyLogin {
        public Refused {
            Objects.requireNonNull(reason, "reason");
        }
    }
}
