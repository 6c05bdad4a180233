package dev.gatehouse.testkit.token;

import dev.gatehouse.policy.Credential;
import dev.gatehouse.testkit.MutableClock;
import dev.gatehouse.token.ApiToken;
import dev.gatehouse.token.ApiTokens;
import dev.gatehouse.token.TokenContext;
import java.util.Objects;
import java.util.Optional;

/**
 * What mints and verifies tokens, as {@link TokenLaws} meet it. {@link #of} makes one of an {@link ApiTokens}; a host whose own code
 * stands between implements it, so that the laws hold what requests really meet.
 */
public interface TokenSubject {

    /**
     * A new token.
     *
     * @param secret the token itself
     * @param token the server's record
     */
    record Minted(String secret, ApiToken token) {
        /** Checks that nothing is missing. */
        public Minted {
            Objects.requireNonNull(secret, "secret");
            Objects.requireNonNull(token, "token");
        }

        /** Without the secret. */
        @Override
        public String toString() {
            return "Minted[" + token + "]";
        }
    }

    /**
     * The answer to a token.
     *
     * @param accepted whether it is good for the request
     * @param told what is told, in whatever words; empty if there is nothing to tell
     * @param record the server's record, as far as the answer gives it
     */
    record Answer(boolean accepted, String told, Optional<ApiToken> record) {
        /** Checks that nothing is missing. */
        public Answer {
            Objects.requireNonNull(told, "told");
            Objects.requireNonNull(record, "record");
        }
    }

    /** Mints a token; of one owner any number. */
    Minted mint(TokenOrder order);

    /** Verifies a token for a request whose project is known. */
    Answer verify(String token, TokenContext request);

    /** Verifies a token before the project is known, and again when it is, as an upload is. */
    Answer verifyInTwoSteps(String token, TokenContext request);

    /** Revokes a token for ever. */
    void revoke(ApiToken token);

    /** The clock of it all; the laws set it. */
    MutableClock clock();

    /** What a policy would be told of the token; empty if it is refused. By default what Gatehouse's filter tells of the record. */
    default Optional<Credential> credential(String token, TokenContext request) {
        Answer answer = verify(token, request);
        return answer.accepted() ? answer.record().map(TokenCredential::of) : Optional.empty();
    }

    /**
     * The tokens of an {@code ApiTokens}.
     *
     * @param clock the one that it was built with
     */
    static TokenSubject of(ApiTokens tokens, MutableClock clock) {
        return new ApiTokensSubject(Objects.requireNonNull(tokens, "tokens"), Objects.requireNonNull(clock, "clock"));
    }
}
