package dev.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.factor.FactorClass;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.factor.FactorSelector;
import dev.gatehouse.policy.PlainSubject.Setup;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.Condition;
import dev.gatehouse.policy.rule.CredentialKind;
import dev.gatehouse.policy.rule.CredentialTest;
import dev.gatehouse.policy.rule.Mode;
import dev.gatehouse.policy.rule.Phase;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.ReasonCode;
import dev.gatehouse.policy.rule.Requirement;
import dev.gatehouse.policy.rule.ThingTest;
import dev.gatehouse.policy.rule.Vocabulary;
import dev.gatehouse.policy.rule.Within;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is decided by a look at a few bits, or put together without a list, is what going through every rule comes to. */
class ShortcutsTest {
    private static final Instant NOW = Samples.NOW;
    private static final Atom EMAIL = new Atom.EmailVerified();
    private static final Atom SESSION_ONLY = new Atom.Credential(CredentialTest.kinds(CredentialKind.SESSION));
    private static final Atom CRITICAL = new Atom.Project(ThingTest.flag("critical"));
    private static final Vocabulary VOCABULARY =
            Vocabulary.empty().with(Vocabulary.Section.FLAGS, "project.critical", "critical");

    private static Engine engine(List<Requirement> rules) {
        PolicyDefinition definition = PolicyDefinition.builder("short", 1)
                .vocabulary(VOCABULARY)
                .requirements(rules)
                .build();
        return (Engine) EngineSubject.evaluator(Setup.of(definition));
    }

    private static Decision decide(AccessRequest q, Requirement... rules) {
        return engine(List.of(rules)).decide(q, NOW);
    }

    private static Requirement.Builder rule(String id, Condition demand) {
        return Requirement.builder(id, List.of("project"), demand)
                .message("{account} {project} {organization} " + id)
                .notice("soon {account} {project} {organization} " + id);
    }

    private static Requirement.Builder rule(String id, Atom demand) {
        return rule(id, Condition.all(demand));
    }

    private static AccessRequest.Builder token(AccountValues.Builder account) {
        return AccessRequest.of(Action.PROJECT_SETTINGS, Credential.apiToken().build())
                .account(account.build());
    }

    /** Somebody who has nothing, and whose project is not critical. */
    private static AccessRequest.Builder bare() {
        return token(Samples.bareAccount().recoveryCodesSaved(false))
                .project(project(Set.of()))
                .organization(ThingValues.builder("o1", "org").build());
    }

    private static ThingValues project(Set<String> flags) {
        return ThingValues.builder("p1", "sampleproject").flags(flags).build();
    }

    private static List<String> ids(List<? extends Unmet> unmet) {
        return unmet.stream().map(Unmet::requirement).toList();
    }

    private static List<String> refusedBy(Decision decision) {
        return decision.fold(permitted -> List.of(), refused -> ids(refused.refusals()));
    }

    /** Rules whose order by id is not the one by what is to be done first. */
    private static final Map<String, Atom> RULES = Map.of(
            "a-owner", CRITICAL,
            "b-email", EMAIL,
            "c-codes", new Atom.RecoveryCodesSaved(),
            "d-factor", new Atom.Enrolled(FactorSelector.ofClasses(FactorClass.ANY)),
            "e-email", EMAIL,
            "f-session", SESSION_ONLY);

    private static final List<String> BY_STAGE =
            List.of("f-session", "b-email", "e-email", "c-codes", "d-factor", "a-owner");

    @ParameterizedTest
    @EnumSource(value = Mode.class, names = "ANNOUNCE", mode = EnumSource.Mode.EXCLUDE)
    void decide_anySetOfUnmetRules_saysThemByStageThenIdWithTheirNames(Mode mode) {
        for (int set = 1; set < 1 << BY_STAGE.size(); set++) {
            int chosen = set;
            List<String> expected = IntStream.range(0, BY_STAGE.size())
                    .filter(i -> (chosen >> i & 1) != 0)
                    .mapToObj(BY_STAGE::get)
                    .toList();
            List<Requirement> rules = expected.stream()
                    .map(id -> rule(id, RULES.get(id))
                            .phases(Phase.builder(mode).build())
                            .build())
                    .toList();

            Decision decision = engine(rules).decide(bare().build(), NOW);
            List<? extends Unmet> said = switch (mode) {
                case ENFORCE -> ((Decision.Refused) decision).refusals();
                case WARN -> decision.notices();
                default -> decision.observed();
            };

            assertThat(ids(said)).isEqualTo(expected);
            assertThat(said)
                    .extracting(one -> one.message().text())
                    .containsExactlyElementsOf(expected.stream()
                            .map(id -> (mode == Mode.ENFORCE ? "" : "soon ") + "alice sampleproject org " + id)
                            .toList());
            assertThat(decision.notices()).hasSize(mode == Mode.WARN ? expected.size() : 0);
            assertThat(decision.observed()).hasSize(mode == Mode.REPORT ? expected.size() : 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"account", "project", "organization"})
    void decide_textThatUsesOneName_readsNoOther(String name) {
        Counted counted = new Counted();
        Requirement rule = rule("r", EMAIL).message("No, {" + name + "}.").build();

        decide(counted.request(bare().build()), rule);

        assertThat(counted.reads.keySet())
                .filteredOn(fact -> fact.contains(".name("))
                .containsExactly(name + ".name()");
    }

    @Test
    void decide_onlyALaterRuleIsUnmet_itsTextHasItsNames() {
        Decision decision = decide(
                bare().account(Samples.bareAccount().recoveryCodesSaved(true).build())
                        .build(),
                rule("a", new Atom.RecoveryCodesSaved()).message("No.").build(),
                rule("b", EMAIL).build());

        assertThat(((Decision.Refused) decision).refusals())
                .extracting(refusal -> refusal.message().text())
                .containsExactly("alice sampleproject org b");
    }

    @Test
    void decide_kindOfCredentialThatNeverWillDo_isRefusedWithAllThatIsLacking() {
        Requirement both = rule("both", Condition.all(SESSION_ONLY, EMAIL)).build();

        Decision verified =
                decide(token(Samples.bareAccount().emailVerified(true)).build(), both);
        Decision not = decide(bare().build(), both);

        assertThat(((Decision.Refused) verified).first().codes()).containsExactly(ReasonCode.CREDENTIAL_NOT_ACCEPTED);
        assertThat(((Decision.Refused) not).first().codes())
                .containsExactly(ReasonCode.CREDENTIAL_NOT_ACCEPTED, ReasonCode.EMAIL_NOT_VERIFIED);
    }

    @Test
    void decide_ruleThatNobodyMeets_bindsWhereItsConditionIsTrueOrUnknown() {
        Requirement plain = rule("plain", EMAIL).build();
        Requirement never =
                rule("never", SESSION_ONLY).when(Condition.all(CRITICAL)).build();
        AccessRequest.Builder verified = token(Samples.bareAccount().emailVerified(true));

        assertThat(refusedBy(decide(verified.project(project(Set.of())).build(), plain, never)))
                .isEmpty();
        assertThat(refusedBy(
                        decide(verified.project(project(Set.of("critical"))).build(), plain, never)))
                .containsExactly("never");
        assertThat(refusedBy(decide(verified.project(ThingValues.unknown()).build(), plain, never)))
                .containsExactly("never");
    }

    /** From eight rules on it is asked first whether anybody is bound; here whoever has a factor or is on the project. */
    @ParameterizedTest
    @ValueSource(ints = {7, 8, 9})
    void decide_manyRulesOfAlternatives_bindsWhereAnyOneIsTrueOrUnknown(int count) {
        Atom factor = new Atom.Enrolled(FactorSelector.ofClasses(FactorClass.ANY));
        Condition either = Condition.anyOf(Condition.all(factor), Condition.all(CRITICAL));
        List<Requirement> rules = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rules.add(rule("r" + i, new Atom.RecoveryCodesSaved()).when(either).build());
        }
        Engine engine = engine(rules);
        AccountValues.Builder account = Samples.bareAccount().recoveryCodesSaved(false);
        AccountValues.Builder with =
                Samples.bareAccount().recoveryCodesSaved(false).enrolled(EnrolledFactors.of(FactorKind.TOTP));

        assertThat(refusedBy(
                        engine.decide(token(account).project(project(Set.of())).build(), NOW)))
                .isEmpty();
        for (AccessRequest bound : List.of(
                token(account).project(project(Set.of("critical"))).build(),
                token(account).project(ThingValues.unknown()).build(),
                token(with).project(project(Set.of())).build())) {
            assertThat(refusedBy(engine.decide(bound, NOW))).hasSize(count);
        }
    }

    @Test
    void decide_manyRulesWithAnAlternativeThatTheCredentialSettles_bindEverybodyWithIt() {
        Condition either = Condition.anyOf(Condition.all(SESSION_ONLY), Condition.all(CRITICAL));
        List<Requirement> rules = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            rules.add(rule("r" + i, EMAIL).when(either).build());
        }
        AccessRequest session = Samples.session()
                .account(Samples.bareAccount().build())
                .project(project(Set.of()))
                .build();

        assertThat(refusedBy(engine(rules).decide(session, NOW))).hasSize(8);
        assertThat(refusedBy(engine(rules).decide(bare().build(), NOW))).isEmpty();
    }

    @Test
    void decide_manyRulesOfWhichOneBindsEverybody_isPermittedOnlyWithItsDemandMet() {
        List<Requirement> rules = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            rules.add(rule("r" + i, new Atom.RecoveryCodesSaved())
                    .when(Condition.all(CRITICAL))
                    .build());
        }
        rules.add(rule("all", EMAIL).build());
        Engine engine = engine(rules);

        assertThat(refusedBy(engine.decide(bare().build(), NOW))).containsExactly("all");
        assertThat(refusedBy(engine.decide(
                        token(Samples.bareAccount().emailVerified(true))
                                .project(project(Set.of()))
                                .build(),
                        NOW)))
                .isEmpty();
        assertThat(refusedBy(
                        engine.decide(bare().account(AccountValues.unknown()).build(), NOW)))
                .containsExactly("all");
    }

    /** A host that says there is no account where there must be one has said nothing. */
    @Test
    void decide_absentIdOfSomebodySignedIn_isUnknownToAProof() {
        Requirement proven = rule("r", EMAIL)
                .when(Condition.all(new Atom.Proven(FactorSelector.ofKinds(FactorKind.PASSWORD), Within.SESSION)))
                .build();
        AccessRequest.Builder q =
                Samples.session().evidence(Evidence.asserted("a1", FactorKind.PASSWORD, NOW, Samples.SESSION, "test"));

        for (Fact<String> id : answers()) {
            assertThat(refusedBy(decide(q.account(named(id)).build(), proven))).containsExactly("r");
        }
    }

    private static List<Fact<String>> answers() {
        List<Fact<String>> answers = new ArrayList<>(List.of(Fact.of("a1"), Fact.unknown(), Fact.absent()));
        answers.add(null);
        return answers;
    }

    private static AccountFacts named(Fact<String> id) {
        return new AccountFacts() {
            @Override
            public Fact<String> id() {
                return id;
            }

            @Override
            public Fact<Boolean> emailVerified() {
                return Fact.of(false);
            }
        };
    }

    private static ThingFacts thing(Fact<String> id) {
        return new ThingFacts() {
            @Override
            public Fact<String> id() {
                return id;
            }
        };
    }

    @Test
    void decide_idsThatTheHostLeavesOpen_areToldAsNotKnown() {
        List<PolicyListener.Decided> told = new ArrayList<>();
        PolicyListener listener = new PolicyListener() {
            @Override
            public void decided(Decided decided) {
                told.add(decided);
            }
        };
        Engine engine = engine(List.of(rule("r", EMAIL).build()));

        for (Fact<String> id : answers()) {
            told.clear();
            engine.decide(
                    Samples.session().account(named(id)).project(thing(id)).build(),
                    NOW.getEpochSecond(),
                    NOW.getNano(),
                    listener);

            Optional<String> known = id == null || !id.isKnown() ? Optional.empty() : Optional.of("a1");
            assertThat(told).hasSize(1);
            assertThat(told.get(0).account()).isEqualTo(known);
            assertThat(told.get(0).project()).isEqualTo(known);
        }
    }
}
