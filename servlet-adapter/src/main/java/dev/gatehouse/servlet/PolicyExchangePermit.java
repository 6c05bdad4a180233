package dev.gatehouse.servlet;

import dev.gatehouse.policy.AccessRequest;
import dev.gatehouse.policy.Credential;
import dev.gatehouse.policy.Decision;
import dev.gatehouse.policy.MessageContext;
import dev.gatehouse.policy.TwoFactorPolicy;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.publisher.ExchangeAttempt;
import dev.gatehouse.publisher.ExchangePermit;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The permit of an exchange that the policy gives: {@code publish.exchange}, asked once for each project, told to the policy's listener
 * like every decision.
 *
 * <p>The policy sees a trusted publisher, the facts of the run as they will be recorded with its token, and the project as the host knows it;
 * of one that is still to be made it knows what the host answers for the name, which is nothing. A run that is refused is told the first
 * refusal: it has proven that it may publish to the project, so that nothing about it is kept from it. Thread-safe, as far as the host is.
 */
public final class PolicyExchangePermit implements ExchangePermit {
    private final TwoFactorPolicy policy;
    private final IndexHost host;
    private final Function<String, Set<String>> flags;

    private PolicyExchangePermit(TwoFactorPolicy policy, IndexHost host, Function<String, Set<String>> flags) {
        this.policy = policy;
        this.host = host;
        this.flags = flags;
    }

    /** A permit of this policy, the filter's own, with the filter's host. */
    public static PolicyExchangePermit of(TwoFactorPolicy policy, IndexHost host) {
        return new PolicyExchangePermit(
                Objects.requireNonNull(policy, "policy"), Objects.requireNonNull(host, "host"), id -> Set.of());
    }

    /**
     * The same with flags of the host's own about a publisher, as {@link ApiTokenVerifier.Directory#publisherFlags} has them for its tokens.
     *
     * @param own by the id of a publisher
     */
    public PolicyExchangePermit withPublisherFlags(Function<String, Set<String>> own) {
        return new PolicyExchangePermit(policy, host, Objects.requireNonNull(own, "own"));
    }

    @Override
    public Optional<String> refusal(ExchangeAttempt attempt) {
        Set<String> own = attempt.publisher().map(flags).orElse(Set.of());
        Decision decision = policy.decide(AccessRequest.of(Action.PUBLISH_EXCHANGE, Credential.trustedPublisher())
                .run(RecordedRun.of(attempt.run(), own))
                .project(new LazyProject(host, attempt.projectName()))
                .build());
        return decision.fold(
                permitted -> Optional.empty(),
                refused -> Optional.of(refused.first().message().text(MessageContext.plain())));
    }
}
