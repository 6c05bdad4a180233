package dev.gatehouse.servlet;

import dev.gatehouse.policy.Credential;
import dev.gatehouse.policy.PublisherRun;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Verifies the tokens that clients send in {@code Authorization}; {@link ApiTokenVerifier} is the one for Gatehouse's own.
 *
 * <p>Thread-safe; an exception is answered 503. The signature comes before anything else, and nothing of a token that does not
 * verify is looked up or told.
 */
@FunctionalInterface
public interface TokenVerifier {

    /** Verifies one token for one use. */
    Answer verify(String secret, TokenUse use);

    /** No token is accepted. */
    static TokenVerifier none() {
        return (secret, use) -> new Rejected("INVALID_TOKEN", "Invalid API Token");
    }

    /** The result of a verification. */
    sealed interface Answer {}

    /**
     * The token is good for this use.
     *
     * <p>If the use was open, the same token is verified again when the project is known.
     *
     * @param credential kind, labels and ages from the record of its minting
     * @param identity whom it proves
     * @param run the run behind a trusted publisher; absent for other tokens
     * @param use writes the use down once the policy has permitted it, and spends a token that is good for one; what it answers
     *     refuses the request after all. A request that the policy refuses never calls it
     */
    record Accepted(Credential credential, Identity identity, PublisherRun run, Supplier<Optional<Rejected>> use)
            implements Answer {
        public Accepted {
            Objects.requireNonNull(identity, "identity");
            Objects.requireNonNull(run, "run");
            Objects.requireNonNull(use, "use");
            if (Objects.requireNonNull(credential, "credential").kind() != identity.kind()) {
                throw new IllegalArgumentException("identity: of another kind than the credential");
            }
            if (credential.isUnproven()
                    || credential.isWithoutAccount() == identity.accountId().isPresent()) {
                throw new IllegalArgumentException("identity: not that of the credential");
            }
        }

        /** A token whose use is not written down here. */
        public Accepted(Credential credential, Identity identity, PublisherRun run) {
            this(credential, identity, run, Optional::empty);
        }
    }

    /**
     * The token is genuine, and good so far as can be told before the project is known.
     *
     * @param soFar whom it proves, which is told to nobody before the completion
     * @param completion verifies it for the project that is written, or for none; not {@code Open} again
     */
    record Open(Accepted soFar, Function<Optional<String>, Answer> completion) implements Answer {
        public Open {
            Objects.requireNonNull(soFar, "soFar");
            Objects.requireNonNull(completion, "completion");
        }
    }

    /**
     * The token is not good for this use.
     *
     * @param code a stable code for log and audit
     * @param text what the client is told; nothing that the token's holder does not know already
     */
    record Rejected(String code, String text) implements Answer {
        public Rejected {
            Objects.requireNonNull(code, "code");
            Objects.requireNonNull(text, "text");
        }
    }
}
