package dev.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.factor.FactorClass;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.factor.FactorSelector;
import dev.gatehouse.policy.PlainSubject.Setup;
import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.Condition;
import dev.gatehouse.policy.rule.Mode;
import dev.gatehouse.policy.rule.Phase;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.Requirement;
import dev.gatehouse.policy.rule.ThingTest;
import dev.gatehouse.policy.rule.Vocabulary;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** More rules than one program holds: whoever passes the gate that stands for all of them is bound by none of them. */
class GateTest {
    private static final int MOST = 40;
    private static final Atom EMAIL = new Atom.EmailVerified();
    private static final Condition VIP = Condition.all(new Atom.Account(ThingTest.flag("vip")));

    private static Requirement.Builder rule(String id, Atom demand) {
        return Requirement.builder(id, List.of("project"), Condition.all(demand))
                .message("No.");
    }

    /** So many rules of one demand that differ in a flag, the rest for cohorts; one that a switch and one that an exemption decides. */
    private static List<String> refusedBy(int plain, boolean on, Set<String> flags, AccountValues.Builder account) {
        Vocabulary vocabulary = Vocabulary.empty()
                .with(Vocabulary.Section.SWITCHES, "go", "it is on")
                .with(Vocabulary.Section.FLAGS, "account.vip", "very important");
        PolicyDefinition.Builder many = PolicyDefinition.builder("many", 1);
        for (int i = 0; i < MOST; i++) {
            vocabulary = vocabulary
                    .with(Vocabulary.Section.FLAGS, "project.f" + i, "flag " + i)
                    .with(Vocabulary.Section.FLAGS, "account.g" + i, "cohort " + i);
        }
        for (int i = plain; i < MOST; i++) {
            many.requirement(rule("g" + i, new Atom.RecoveryCodesSaved())
                    .phases(Phase.builder(Mode.ENFORCE)
                            .when(Condition.all(new Atom.Account(ThingTest.flag("g" + i))))
                            .build())
                    .build());
        }
        for (int i = 0; i < plain; i++) {
            many.requirement(rule("f" + i, EMAIL)
                    .when(Condition.all(new Atom.Project(ThingTest.flag("f" + i))))
                    .build());
        }
        many.requirement(rule("switched", new Atom.RecoveryCodesSaved())
                .phases(Phase.builder(Mode.ENFORCE).switchName("go").build())
                .build());
        many.requirement(rule("exempting", new Atom.Enrolled(FactorSelector.ofClasses(FactorClass.ANY)))
                .unless(VIP)
                .build());
        many.requirement(rule("cohort", new Atom.Closed())
                .phases(Phase.builder(Mode.ENFORCE).when(VIP).switchName("go").build())
                .build());
        AccessRequest q = Samples.session()
                .account(account.build())
                .project(ThingValues.builder("p1", "sampleproject").flags(flags).build())
                .build();
        Setup setup = Setup.of(many.vocabulary(vocabulary).build()).with(Map.of("go", on));
        return EngineSubject.evaluator(setup)
                .decide(q, Samples.NOW)
                .fold(
                        permitted -> List.of(),
                        refused -> refused.refusals().stream()
                                .map(Refusal::requirement)
                                .toList());
    }

    private static AccountValues.Builder account(boolean email, boolean codes, String... flags) {
        return Samples.bareAccount()
                .emailVerified(email)
                .recoveryCodesSaved(codes)
                .flags(Set.of(flags));
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 20, 10})
    void decide_behindAGate_isWhatEachRuleSays(int plain) {
        assertThat(refusedBy(plain, false, Set.of(), account(false, false, "vip")))
                .isEmpty();
        assertThat(refusedBy(plain, false, Set.of("f0"), account(false, false, "vip")))
                .containsExactly("f0");
        assertThat(refusedBy(plain, false, Set.of("f7", "f9"), account(false, false, "vip")))
                .containsExactly("f7", "f9");
        assertThat(refusedBy(plain, false, Set.of("f7"), account(true, false, "vip")))
                .isEmpty();
        assertThat(refusedBy(plain, false, Set.of(), account(true, true))).containsExactly("exempting");
        assertThat(refusedBy(plain, true, Set.of(), account(true, false, "vip")))
                .containsExactly("switched", "cohort");
        assertThat(refusedBy(plain, true, Set.of(), account(true, true, "vip"))).containsExactly("cohort");
        assertThat(refusedBy(plain, true, Set.of("f1"), account(false, false)))
                .containsExactly("f1", "switched", "exempting");
        assertThat(refusedBy(plain, true, Set.of(), withFactor(true, false))).containsExactly("switched");
        assertThat(refusedBy(plain, true, Set.of(), withFactor(true, true, "vip")))
                .containsExactly("cohort");
        assertThat(refusedBy(plain, true, Set.of(), withFactor(true, true))).isEmpty();
        if (plain < MOST) {
            assertThat(refusedBy(plain, false, Set.of(), withFactor(true, false, "g39")))
                    .containsExactly("g39");
            assertThat(refusedBy(plain, false, Set.of(), withFactor(true, true, "g39")))
                    .isEmpty();
        }
    }

    private static AccountValues.Builder withFactor(boolean email, boolean codes, String... flags) {
        return account(email, codes, flags).enrolled(EnrolledFactors.of(FactorKind.TOTP));
    }
}
