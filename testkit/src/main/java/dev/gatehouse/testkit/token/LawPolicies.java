package dev.gatehouse.testkit.token;

import dev.gatehouse.factor.EnrolledFactor;
import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.policy.AccessRequest;
import dev.gatehouse.policy.AccountValues;
import dev.gatehouse.policy.Credential;
import dev.gatehouse.policy.Decision;
import dev.gatehouse.policy.PolicyControls;
import dev.gatehouse.policy.Supplied;
import dev.gatehouse.policy.TwoFactorPolicy;
import dev.gatehouse.policy.document.PolicyDocuments;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.Vocabulary;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Policies that read all that a policy can read of a token. */
final class LawPolicies {
    private static final List<String> PRESETS = List.of("pypi/1", "pypi-strict/1", "rubygems/1");

    /** The smaller a token's life and reach, the more it may; with this a caveat would be worth having. */
    private static final String GREEDY = """
            gatehouse-policy = 1
            name = "greedy"
            revision = 1
            extends = "pypi/1"

            [requirement.publishing-is-for-short-lives]
            actions = ["publish"]
            unless.credential = { kind = "api-token", lifetime.below = "PT30M" }
            demand.closed = true
            message = "Short-lived tokens only."

            [requirement.yanking-is-for-one-project]
            actions = ["release.yank"]
            unless.credential = { kind = "api-token", reach = ["project"] }
            demand.closed = true
            message = "Tokens of one project only."

            [requirement.private-reads-are-for-new-tokens]
            actions = ["read.private"]
            unless.credential = { kind = "api-token", age.at-most = "PT1S" }
            demand.closed = true
            message = "New tokens only."
            """;

    private LawPolicies() {}

    /** The policies, at an instant that stands still. */
    static List<TwoFactorPolicy> at(Instant now) {
        PolicyDocuments documents = PolicyDocuments.standard();
        return Stream.concat(
                        Stream.of(documents.read("greedy.toml", GREEDY).definition()),
                        PRESETS.stream().map(preset -> documents.preset(preset).definition()))
                .map(definition -> policy(definition, now))
                .toList();
    }

    private static TwoFactorPolicy policy(PolicyDefinition definition, Instant now) {
        return TwoFactorPolicy.builder(definition)
                .clock(InstantSource.fixed(now))
                .supplies(Supplied.everything(definition.vocabulary()))
                .controls(PolicyControls.of(switchesOff(definition)))
                .build();
    }

    private static Map<String, Boolean> switchesOff(PolicyDefinition definition) {
        Map<String, Boolean> off = new HashMap<>();
        definition.vocabulary().of(Vocabulary.Section.SWITCHES).keySet().forEach(name -> off.put(name, false));
        return off;
    }

    static boolean permits(TwoFactorPolicy policy, Action action, Credential credential) {
        AccountValues account = AccountValues.builder("alice", "alice")
                .enrolled(EnrolledFactors.of(List.of(EnrolledFactor.of(FactorKind.TOTP))))
                .emailVerified(true)
                .build();
        AccessRequest.Builder request = AccessRequest.of(action, credential);
        Decision decision = policy.decide((credential.isWithoutAccount() ? request : request.account(account)).build());
        return decision instanceof Decision.Permitted;
    }
}
