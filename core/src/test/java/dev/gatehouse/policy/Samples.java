package dev.gatehouse.policy;

import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.factor.FactorClass;
import dev.gatehouse.factor.FactorSelector;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.Condition;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.Requirement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Small policies and requests for tests of one thing. */
final class Samples {
    static final Instant NOW = Instant.parse("2024-06-01T12:00:00Z");
    static final Carrier SESSION = Carrier.session("s1");
    static final Carrier REQUEST = Carrier.request("r1");

    private Samples() {}

    static Requirement.Builder requirement(String id, Atom demand) {
        return Requirement.builder(id, List.of("project"), Condition.all(demand))
                .message("No {action} for {account}.")
                .notice("Soon no {action} for {account}.");
    }

    static Requirement emailNeeded() {
        return requirement("email-needed", new Atom.EmailVerified()).build();
    }

    static Requirement.Builder factorNeeded() {
        return requirement("factor-needed", new Atom.Enrolled(FactorSelector.ofClasses(FactorClass.ANY)));
    }

    static PolicyDefinition.Builder definition(Requirement... requirements) {
        return PolicyDefinition.builder("sample", 1)
                .ungated(List.of("account", "factor", "token", "publisher", "member", "organization", "publish"))
                .requirements(List.of(requirements));
    }

    static TwoFactorPolicy policy(Requirement... requirements) {
        return TwoFactorPolicy.of(definition(requirements).build(), InstantSource.fixed(NOW));
    }

    /** A session that is about to change a project. */
    static AccessRequest.Builder session() {
        return AccessRequest.of(Action.PROJECT_SETTINGS, Credential.session())
                .session(SESSION)
                .request(REQUEST);
    }

    /** The same of an account without a factor and without a verified address. */
    static AccessRequest bare() {
        return session().account(bareAccount().build()).project(project()).build();
    }

    static AccountValues.Builder bareAccount() {
        return AccountValues.builder("a1", "alice")
                .enrolled(EnrolledFactors.none())
                .emailVerified(false);
    }

    static ThingValues project() {
        return ThingValues.builder("p1", "sampleproject").build();
    }
}
