package dev.gatehouse.signin;

import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.policy.AccessRequest;
import dev.gatehouse.policy.AccountValues;
import dev.gatehouse.policy.Credential;
import dev.gatehouse.policy.document.PolicyDocuments;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.Vocabulary;

/** A policy small enough to see through, and requests to it. */
final class AdminPolicy {
    private static final String TEXT = """
            gatehouse-policy = 1
            name = "admin-test"
            revision = 3
            zone = "UTC"
            ungated = ["read", "sign-in", "account", "factor", "publisher", "member", "organization", "release"]

            [vocabulary.switches]
            lock = "nothing is released"

            [requirement.admin-needs-factor]
            actions = ["admin.waive", "admin.switch"]
            demand.enrolled = "any"
            message = "Set up a factor."

            [requirement.upload-needs-factor]
            actions = ["publish.file"]
            demand.enrolled = "any"
            message = "Set up a factor."

            [requirement.no-new-projects]
            actions = ["project.create"]
            demand.closed = true
            message = "Closed."

            [requirement.locked]
            actions = ["publish.release"]
            demand.closed = true
            message = "Locked."
            phases = [{ mode = "enforce", switch = "lock" }]

            [requirement.reported]
            actions = ["token.create"]
            demand.enrolled = "any"
            message = "Set up a factor."
            phases = [{ mode = "report" }]
            """;

    private AdminPolicy() {}

    static PolicyDefinition definition() {
        return PolicyDocuments.withoutPresets().read("admin-test.toml", TEXT).definition();
    }

    /** The same policy without one of its requirements. */
    static PolicyDefinition definitionWithout(String requirement) {
        PolicyDefinition whole = definition();
        return PolicyDefinition.builder(whole.name(), whole.revision())
                .vocabulary(whole.vocabulary())
                .ungated(whole.ungated())
                .requirements(whole.requirements().stream()
                        .filter(one -> !one.id().equals(requirement))
                        .toList())
                .build();
    }

    /** The same policy without its switch and the requirement that it begins. */
    static PolicyDefinition definitionWithoutSwitch() {
        return definitionWithout("locked").toBuilder()
                .vocabulary(Vocabulary.empty())
                .build();
    }

    /** A request of an account in its session; with a factor set up, or without. */
    static AccessRequest.Builder request(Action action, String account, boolean withFactor) {
        EnrolledFactors factors = withFactor ? EnrolledFactors.of(FactorKind.TOTP) : EnrolledFactors.none();
        return AccessRequest.of(action, Credential.session())
                .account(AccountValues.builder(account, "name of " + account)
                        .enrolled(factors)
                        .build());
    }
}
