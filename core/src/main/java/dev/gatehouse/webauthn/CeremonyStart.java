package dev.gatehouse.webauthn;

import java.time.Instant;
import java.util.Objects;
import java.util.function.Function;

/** The result of beginning a ceremony: {@link Begun}, {@link Refused} or {@link TooOften}. */
public sealed interface CeremonyStart {

    /** Applies the function that fits the result. */
    default <T> T fold(
            Function<? super Begun, ? extends T> begun,
            Function<? super Refused, ? extends T> refused,
            Function<? super TooOften, ? extends T> tooOften) {
        if (this instanceof Begun b) {
            return begun.apply(b);
        }
        if (this instanceof Refused r) {
            return refused.apply(r);
        }
        return tooOften.apply((TooOften) this);
    }

    /**
     * The browser can be asked.
     *
     * @param optionsJson for {@code PublicKeyCredential.parseCreationOptionsFromJSON} or {@code parseRequestOptionsFromJSON}
     *     (WebAuthn Level 3, 5.1.8 and 5.1.9); holds the challenge: send it to this session alone, uncached
     * @param expiresAt the first instant at which the answer is too late
     */
    record Begun(String optionsJson, Instant expiresAt) implements CeremonyStart {
        public Begun {
            Objects.requireNonNull(optionsJson, "optionsJson");
            Objects.requireNonNull(expiresAt, "expiresAt");
        }

        @Override
        public String toString() {
            return "Begun[until " + expiresAt + "]";
        }
    }

    /**
     * There is nothing to ask.
     *
     * @param reason {@code NOT_ENROLLED}, {@code TOO_MANY} or {@code STORE_UNTRUSTED}
     */
    record Refused(WebAuthnRejection reason) implements CeremonyStart {
        public Refused {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /**
     * This session has begun so many ceremonies lately that it gets no more; nobody else is affected.
     *
     * @param retryAt the first instant at which it gets one
     */
    record TooOften(Instant retryAt) implements CeremonyStart {
        public TooOften {
            Objects.requireNonNull(retryAt, "retryAt");
        }
    }
}
