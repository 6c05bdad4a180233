package dev.gatehouse.publisher;

import java.util.Optional;

/**
 * Whether the host permits that a run gets a token for a project: the policy's {@code publish.exchange}.
 *
 * <p>Asked once for each project, after a publisher has matched and before anything is claimed or written; a project that is refused
 * is left out of the token, and if none is left there is no token. An implementation is thread-safe; what it throws ends the
 * exchange, and {@code null} counts as an error.
 */
@FunctionalInterface
public interface ExchangePermit {

    /**
     * Why the run gets no token for the project; empty if it does.
     *
     * <p>The text is told to the client, who has proven to be a run that publishes to this project and nothing else.
     */
    Optional<String> refusal(ExchangeAttempt attempt);
}
