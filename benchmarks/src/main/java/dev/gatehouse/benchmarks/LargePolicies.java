package dev.gatehouse.benchmarks;

import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.factor.FactorClass;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.factor.FactorSelector;
import dev.gatehouse.policy.AccessRequest;
import dev.gatehouse.policy.AccountValues;
import dev.gatehouse.policy.Credential;
import dev.gatehouse.policy.ThingValues;
import dev.gatehouse.policy.TwoFactorPolicy;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.Bounds;
import dev.gatehouse.policy.rule.Condition;
import dev.gatehouse.policy.rule.CredentialKind;
import dev.gatehouse.policy.rule.CredentialTest;
import dev.gatehouse.policy.rule.InstantBounds;
import dev.gatehouse.policy.rule.Mode;
import dev.gatehouse.policy.rule.Phase;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.Requirement;
import dev.gatehouse.policy.rule.ThingTest;
import dev.gatehouse.policy.rule.Vocabulary;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Policies of a thousand requirements with thresholds of their own: dates of registration, numbers of a project, flags. The
 * timed account meets what it is bound to and is not bound to the rest.
 */
final class LargePolicies {
    private static final Instant START = Instant.parse("2016-01-01T00:00:00Z");

    private LargePolicies() {}

    static TwoFactorPolicy spread(InstantSource clock) {
        return policy(1000, 26, clock);
    }

    static TwoFactorPolicy onOne(InstantSource clock) {
        return policy(1000, 1, clock);
    }

    private static List<Action> actions() {
        return Action.core().stream()
                .filter(action -> !action.group().equals("sign-in"))
                .limit(26)
                .toList();
    }

    private static TwoFactorPolicy policy(int requirements, int actions, InstantSource clock) {
        Vocabulary vocabulary = Vocabulary.empty().with(Vocabulary.Section.METRICS, "project.downloads", "downloads");
        for (int i = 0; i < 40; i++) {
            vocabulary = vocabulary.with(Vocabulary.Section.FLAGS, "project.f" + i, "flag " + i);
        }
        PolicyDefinition.Builder definition =
                PolicyDefinition.builder("large", 1).vocabulary(vocabulary);
        List<Action> all = actions();
        for (int i = 0; i < requirements; i++) {
            Action action = all.get(i % actions);
            definition.requirement(Requirement.builder("r" + i, List.of(action.id()), demand(i))
                    .when(when(i))
                    .message("No.")
                    .phases(Phase.from(Mode.ENFORCE, START))
                    .build());
        }
        return DecisionCases.policy(definition.build(), clock, Map.of());
    }

    /** The account was registered before all of these, the project has fewer downloads and other flags. */
    private static Condition when(int i) {
        return switch (i % 4) {
            case 0 ->
                Condition.all(
                        new Atom.Account(ThingTest.registered(InstantBounds.since(START.plus(Duration.ofHours(i))))));
            case 1 -> Condition.all(new Atom.Project(ThingTest.metric("downloads", Bounds.over(1_000_000d + i))));
            case 2 -> Condition.all(new Atom.Project(ThingTest.flag("f" + (i % 39))));
            default -> Condition.empty();
        };
    }

    /** Bound or not, most are of a kind that the account meets; some only of one that it does not. */
    private static Condition demand(int i) {
        return switch (i % 4 == 3 ? i % 2 + 5 : (i / 4) % 8) {
            case 0 -> Condition.all(new Atom.Enrolled(FactorSelector.ofClasses(FactorClass.HARDWARE_BOUND)));
            case 1 -> Condition.all(new Atom.Enrolled(FactorSelector.ofKinds(FactorKind.FEDERATED)));
            case 2 -> Condition.all(new Atom.RecoveryCodesSaved());
            case 3 ->
                Condition.all(new Atom.Credential(
                        CredentialTest.kinds(CredentialKind.SESSION, CredentialKind.TRUSTED_PUBLISHER)));
            case 4 -> Condition.all(new Atom.Enrolled(FactorSelector.ofKinds(FactorKind.WEBAUTHN)));
            case 5 -> Condition.all(new Atom.EmailVerified());
            default -> Condition.all(new Atom.Enrolled(FactorSelector.ofClasses(FactorClass.ANY)));
        };
    }

    static TwoFactorPolicy phases(int phases, InstantSource clock) {
        List<Phase> all = new ArrayList<>();
        for (int i = 0; i < phases; i++) {
            Instant from = START.plus(Duration.ofDays(i));
            all.add(Phase.builder(i % 2 == 0 ? Mode.WARN : Mode.REPORT)
                    .from(from)
                    .until(from.plus(Duration.ofHours(12)))
                    .build());
        }
        all.add(Phase.from(Mode.ENFORCE, DecisionCases.NOW.minusSeconds(1)));
        PolicyDefinition definition = PolicyDefinition.builder("phases", 1)
                .requirement(
                        Requirement.builder("r", List.of("token", "project"), Condition.all(new Atom.EmailVerified()))
                                .message("No.")
                                .notice("Soon.")
                                .phases(all)
                                .build())
                .build();
        return DecisionCases.policy(definition, clock, Map.of());
    }

    static AccessRequest[] requests() {
        List<Action> all = actions();
        AccessRequest[] requests = new AccessRequest[16];
        for (int i = 0; i < requests.length; i++) {
            requests[i] = AccessRequest.of(all.get(i), Credential.session())
                    .account(AccountValues.builder("a1", "alice")
                            .registered(Instant.parse("2015-01-01T00:00:00Z"))
                            .enrolled(EnrolledFactors.of(FactorKind.TOTP))
                            .emailVerified(true)
                            .recoveryCodesSaved(false)
                            .build())
                    .project(ThingValues.builder("p1", "sampleproject")
                            .flags(Set.of("f39"))
                            .metric("downloads", 1000)
                            .build())
                    .build();
        }
        return requests;
    }
}
