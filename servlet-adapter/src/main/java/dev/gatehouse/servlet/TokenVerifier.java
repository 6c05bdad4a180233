package dev.gatehouse.servlet;

import dev.gatehouse.policy.Credential;
import dev.gatehouse.policy.PublisherRun;
import java.util.Objects;

/**
 * Verifies the tokens that clients send in {@code Authorization}.
 *
 * <p>Thread-safe; an exception is answered 503. The signature comes before anything else, and nothing of a token that does not
 * verify is looked up or told.
 */
@FunctionalInterface
public interface TokenVerifier {

    /** Verifies one token for one use; it is called again when the body has told the project. */
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
     * @param credential kind, labels and ages from the record of its minting
     * @param identity whom it proves
     * @param run the run behind a trusted publisher; absent for other tokens
     */
    record Accepted(Credential credential, Identity identity, PublisherRun run) implements Answer {
        public Accepted {
            Objects.requireNonNull(identity, "identity");
            Objects.requireNonNull(run, "run");
            if (Objects.requireNonNull(credential, "credential").kind() != identity.kind()) {
                throw new IllegalArgumentException("identity: of another kind than the credential");
            }
            if (credential.isUnproven()
                    || credential.isWithoutAccount() == identity.accountId().isPresent()) {
                throw new IllegalArgumentException(
                        "identity: has an account where the credential has none, or none where it has");
            }
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
