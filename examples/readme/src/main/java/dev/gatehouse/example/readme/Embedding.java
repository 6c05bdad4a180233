package dev.gatehouse.example.readme;

// region embedding
import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.policy.AccessRequest;
import dev.gatehouse.policy.AccountValues;
import dev.gatehouse.policy.Credential;
import dev.gatehouse.policy.Decision;
import dev.gatehouse.policy.MessageContext;
import dev.gatehouse.policy.PolicyControls;
import dev.gatehouse.policy.Supplied;
import dev.gatehouse.policy.TwoFactorPolicy;
import dev.gatehouse.policy.document.Presets;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.Remedy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/** Asks PyPI's rules whether an account may upload with a token. */
public final class Embedding {
    private final TwoFactorPolicy policy;

    public Embedding(InstantSource clock) {
        PolicyDefinition pypi = Presets.load("pypi/1");
        policy = TwoFactorPolicy.builder(pypi)
                .clock(clock)
                // What this index really knows; a name that is used and not supplied binds everybody.
                .supplies(Supplied.everything(pypi.vocabulary()))
                .controls(PolicyControls.of(
                        Map.of("project-requirement", false, "mandate-available", false, "mandate-enabled", false)))
                .build();
    }

    public String upload(EnrolledFactors factors) {
        AccessRequest request = AccessRequest.of(
                        Action.PUBLISH_RELEASE, Credential.apiToken().build())
                .account(AccountValues.builder("42", "alice")
                        .registered(Instant.parse("2019-05-01T00:00:00Z"))
                        .emailVerified(true)
                        .enrolled(factors)
                        .build())
                .build();
        Decision decision = policy.decide(request);
        return decision.fold(
                permitted -> "go on",
                refused -> refused.first()
                        .message()
                        .text(MessageContext.plain()
                                .link(Remedy.ENROL_FACTOR, "https://index.example/manage/account/two-factor/")));
    }
}
// endregion
