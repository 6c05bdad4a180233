package dev.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.factor.FactorClass;
import dev.gatehouse.factor.FactorSelector;
import dev.gatehouse.policy.Explanation.AtomTrace;
import dev.gatehouse.policy.Explanation.Line;
import dev.gatehouse.policy.Explanation.Outcome;
import dev.gatehouse.policy.Explanation.PhaseTrace;
import dev.gatehouse.policy.Explanation.Truth;
import dev.gatehouse.policy.PlainSubject.Setup;
import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.Condition;
import dev.gatehouse.policy.rule.CredentialKind;
import dev.gatehouse.policy.rule.CredentialTest;
import dev.gatehouse.policy.rule.Mode;
import dev.gatehouse.policy.rule.Phase;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.Remedy;
import dev.gatehouse.policy.rule.Requirement;
import dev.gatehouse.policy.rule.ThingTest;
import dev.gatehouse.policy.rule.Vocabulary;
import dev.gatehouse.policy.rule.Window;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What an operator reads of a requirement: how it took part, and why each of its phases is active or not. */
class ExplanationTest {
    private static final Instant NOW = Samples.NOW;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Atom EMAIL = new Atom.EmailVerified();

    private static Line line(Requirement rule, Waiver... waivers) {
        PolicyDefinition definition = PolicyDefinition.builder("one", 1)
                .vocabulary(Vocabulary.empty().with(Vocabulary.Section.FLAGS, "account.vip", "very important"))
                .requirement(rule)
                .build();
        Setup setup = Setup.of(definition).with(Map.of("go", false, "up", true)).with(List.of(waivers));
        AccessRequest q = Samples.session()
                .account(Samples.bareAccount().flags(Set.of()).build())
                .build();
        List<Line> lines = Explainer.explain((Engine) EngineSubject.evaluator(setup), q, NOW)
                .lines();
        assertThat(lines).hasSize(1);
        return lines.get(0);
    }

    private static Requirement.Builder rule() {
        return Samples.requirement("email-needed", EMAIL);
    }

    private static Waiver waiver(String subject) {
        return new Waiver(
                "email-needed",
                Waiver.Subject.ACCOUNT,
                subject,
                NOW.minus(HOUR),
                NOW.plus(HOUR),
                "the mail server is down",
                "support");
    }

    static Stream<Arguments> phases() {
        Condition vip = Condition.all(new Atom.Account(ThingTest.flag("vip")));
        Condition session = Condition.all(new Atom.Credential(CredentialTest.kinds(CredentialKind.SESSION)));
        return Stream.of(
                Arguments.of(Phase.builder(Mode.WARN), true, "in force"),
                Arguments.of(Phase.builder(Mode.WARN).from(NOW), true, "in force"),
                Arguments.of(Phase.builder(Mode.WARN).from(NOW.plusNanos(1)), false, "not begun"),
                Arguments.of(Phase.builder(Mode.WARN).until(NOW.plusNanos(1)), true, "in force"),
                Arguments.of(Phase.builder(Mode.WARN).until(NOW), false, "over"),
                Arguments.of(Phase.builder(Mode.WARN).from(NOW.minus(HOUR)).until(NOW), false, "over"),
                Arguments.of(windows(NOW.minus(HOUR), NOW.plus(HOUR)), false, "between windows"),
                Arguments.of(windows(NOW.plusNanos(1)), false, "between windows"),
                Arguments.of(windows(NOW.minus(HOUR)), false, "over"),
                Arguments.of(windows(NOW), true, "in force"),
                Arguments.of(Phase.builder(Mode.WARN).tentative(), true, "tentative: no more than announced"),
                Arguments.of(Phase.builder(Mode.WARN).tentative().from(NOW.plusNanos(1)), false, "not begun"),
                Arguments.of(Phase.builder(Mode.WARN).switchName("go"), false, "switch 'go' is off"),
                Arguments.of(Phase.builder(Mode.WARN).switchName("up"), true, "in force"),
                Arguments.of(
                        Phase.builder(Mode.WARN).when(vip.andAnyOf(List.of(Condition.all(EMAIL), session))),
                        false,
                        "outside its cohort: account [flag [vip]] was flags []; credential [session] was session;"
                                + " email-verified true was false"),
                Arguments.of(Phase.builder(Mode.WARN).when(session), true, "in force"),
                Arguments.of(
                        Phase.builder(Mode.WARN).unless(session), false, "exempt: credential [session] was session"),
                Arguments.of(Phase.builder(Mode.WARN).unless(vip), true, "in force"),
                Arguments.of(Phase.builder(Mode.WARN).share(new BigDecimal("0.0001")), false, "outside its share"),
                Arguments.of(Phase.builder(Mode.WARN).share(new BigDecimal("99.9999")), true, "in force"));
    }

    private static Phase.Builder windows(Instant... from) {
        return Phase.builder(Mode.WARN)
                .windows(Stream.of(from)
                        .map(start -> new Window(start, Duration.ofSeconds(1)))
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("phases")
    void phase_activeOrNot_saysWhy(Phase.Builder builder, boolean active, String why) {
        Phase phase = builder.build();

        Line line = line(rule().phases(phase).build());

        assertThat(line.phases()).containsExactly(new PhaseTrace(phase.toString(), active, why));
    }

    @Test
    void line_withoutPhases_isInForceAlways() {
        Line line = line(rule().build());

        assertThat(line.phases()).isEmpty();
        assertThat(line.mode()).hasValue(Mode.ENFORCE);
        assertThat(line.nextChange()).isEmpty();
    }

    @Test
    void line_ofAnotherAction_saysNoMore() {
        Requirement other = Requirement.builder("other", List.of("publish"), Condition.all(EMAIL))
                .phases(Phase.from(Mode.ENFORCE, NOW.plus(HOUR)))
                .build();

        assertThat(line(other))
                .isEqualTo(new Line(
                        "other",
                        Outcome.OTHER_ACTION,
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void line_onlyAnnounced_isNotInForceAndNamesTheMode() {
        Line announced =
                line(rule().phases(Phase.builder(Mode.ANNOUNCE).build(), Phase.from(Mode.ENFORCE, NOW.plus(HOUR)))
                        .build());
        Line later =
                line(rule().phases(Phase.from(Mode.ENFORCE, NOW.plus(HOUR))).build());

        assertThat(announced.outcome()).isEqualTo(Outcome.NOT_IN_FORCE);
        assertThat(announced.mode()).hasValue(Mode.ANNOUNCE);
        assertThat(announced.nextChange()).hasValue(NOW.plus(HOUR));
        assertThat(announced.ways()).isEmpty();
        assertThat(later.outcome()).isEqualTo(Outcome.NOT_IN_FORCE);
        assertThat(later.mode()).isEmpty();
    }

    @Test
    void line_whoseConditionsDoNotHold_isNotBoundAndHasNoWays() {
        Condition vip = Condition.all(new Atom.Account(ThingTest.flag("vip")));
        Condition session = Condition.all(new Atom.Credential(CredentialTest.kinds(CredentialKind.SESSION)));

        for (Requirement rule :
                List.of(rule().when(vip).build(), rule().unless(session).build())) {
            Line line = line(rule, waiver("a1"));
            assertThat(line.outcome()).isEqualTo(Outcome.NOT_BOUND);
            assertThat(line.ways()).isEmpty();
            assertThat(line.waiver()).isEmpty();
        }
        assertThat(line(rule().when(session).unless(vip).build()).outcome()).isEqualTo(Outcome.UNMET);
    }

    @Test
    void line_whoseDemandIsMet_isMetWhoeverIsWaived() {
        Atom session = new Atom.Credential(CredentialTest.kinds(CredentialKind.SESSION));

        Line line = line(Samples.requirement("email-needed", session).build(), waiver("a1"));

        assertThat(line.outcome()).isEqualTo(Outcome.MET);
        assertThat(line.ways()).isEmpty();
        assertThat(line.waiver()).isEmpty();
    }

    @Test
    void line_whoseDemandIsNot_isUnmetOrWaivedAndSaysTheWaysOut() {
        Line unmet = line(rule().build(), waiver("a2"));
        Line waived = line(rule().build(), waiver("a1"));

        assertThat(unmet.outcome()).isEqualTo(Outcome.UNMET);
        assertThat(unmet.ways()).containsExactly(Way.of(Remedy.VERIFY_EMAIL));
        assertThat(unmet.waiver()).isEmpty();
        assertThat(waived.outcome()).isEqualTo(Outcome.WAIVED);
        assertThat(waived.ways()).containsExactly(Way.of(Remedy.VERIFY_EMAIL));
        assertThat(waived.waiver()).hasValue(waiver("a1"));
        assertThat(waived.nextChange()).hasValue(NOW.plus(HOUR));
    }

    @Test
    void atoms_areThoseOfEveryPartWithTheNumbersOfAlternatives() {
        Condition codesOrFactor = Condition.anyOf(
                Condition.all(new Atom.RecoveryCodesSaved()),
                Condition.all(EMAIL, new Atom.Enrolled(FactorSelector.ofClasses(FactorClass.ANY))));
        Requirement rule = Requirement.builder("r", List.of("project"), Condition.all(EMAIL))
                .when(codesOrFactor)
                .unless(Condition.all(new Atom.Project(ThingTest.flag("critical"))))
                .build();

        assertThat(line(rule).atoms())
                .containsExactly(
                        new AtomTrace("when any-of 1", "email-verified true", "false", Truth.FALSE),
                        new AtomTrace("when any-of 1", "enrolled [any]", "[]", Truth.FALSE),
                        new AtomTrace("when any-of 2", "recovery-codes-saved true", "unknown", Truth.UNKNOWN),
                        new AtomTrace("unless", "project [flag [critical]]", "flags unknown", Truth.UNKNOWN),
                        new AtomTrace("demand", "email-verified true", "false", Truth.FALSE));
    }

    @Test
    void explanation_isOfTheInstantAndTheDecision() {
        TwoFactorPolicy policy = Samples.policy(Samples.emailNeeded());

        Explanation explanation = policy.explain(Samples.bare());

        assertThat(explanation.at()).isEqualTo(NOW);
        assertThat(explanation.decision())
                .hasToString(policy.decide(Samples.bare()).toString());
    }
}
