package dev.gatehouse.policy.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.policy.rule.Vocabulary.Section;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What each part of a policy answers by itself, and how it is written in a log. */
class PartsTest {
    private static final Instant T = Instant.parse("2024-01-01T00:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Condition MAIL = Condition.all(new Atom.EmailVerified());
    private static final Condition CODES = Condition.all(new Atom.RecoveryCodesSaved());

    private static Requirement.Builder rule() {
        return Requirement.builder("r", List.of("publish"), MAIL);
    }

    @Test
    void isOn_betweenFromAndUntil_isExact() {
        Phase phase = Phase.builder(Mode.WARN).from(T).until(T.plusSeconds(1)).build();

        assertThat(phase.isOn(T.minusNanos(1))).isFalse();
        assertThat(phase.isOn(T)).isTrue();
        assertThat(phase.isOn(T.plusSeconds(1).minusNanos(1))).isTrue();
        assertThat(phase.isOn(T.plusSeconds(1))).isFalse();
    }

    @Test
    void isOn_withoutFromOrUntil_isOpenThere() {
        assertThat(Phase.builder(Mode.WARN).build().isOn(Instant.MIN)).isTrue();
        assertThat(Phase.builder(Mode.WARN).build().isOn(Instant.MAX)).isTrue();
        assertThat(Phase.from(Mode.WARN, T).isOn(Instant.MAX)).isTrue();
        assertThat(Phase.from(Mode.WARN, T).isOn(T.minusNanos(1))).isFalse();
        assertThat(Phase.builder(Mode.WARN).until(T).build().isOn(Instant.MIN)).isTrue();
        assertThat(Phase.builder(Mode.WARN).until(T).build().isOn(T)).isFalse();
    }

    @Test
    void isOn_inWindows_isInOneOfThem() {
        Phase phase = Phase.builder(Mode.WARN)
                .windows(List.of(new Window(T.plus(HOUR).plus(HOUR), HOUR), new Window(T, HOUR)))
                .build();

        assertThat(phase.isOn(T.minusNanos(1))).isFalse();
        assertThat(phase.isOn(T)).isTrue();
        assertThat(phase.isOn(T.plus(HOUR).minusNanos(1))).isTrue();
        assertThat(phase.isOn(T.plus(HOUR))).isFalse();
        assertThat(phase.isOn(T.plus(HOUR).plus(HOUR))).isTrue();
        assertThat(phase.isOn(Instant.MAX)).isFalse();
    }

    @Test
    void toString_ofAPhase_saysWhatNarrowsIt() {
        assertThat(Phase.builder(Mode.ENFORCE).build()).hasToString("enforce");
        assertThat(Phase.builder(Mode.ANNOUNCE)
                        .tentative()
                        .from(T)
                        .until(T.plus(HOUR))
                        .when(MAIL)
                        .unless(CODES)
                        .share(new BigDecimal("12.50"))
                        .switchName("go")
                        .build())
                .hasToString("announce (tentative) from 2024-01-01T00:00:00Z until 2024-01-01T01:00:00Z"
                        + " when [EmailVerified[]] unless [RecoveryCodesSaved[]] for 12.5 % while go");
        assertThat(Phase.builder(Mode.WARN)
                        .windows(List.of(new Window(T, HOUR)))
                        .build())
                .hasToString("warn in [Window[from=2024-01-01T00:00:00Z, length=PT1H]]");
    }

    @Test
    void toString_ofARequirement_saysItAsASentence() {
        assertThat(rule().build()).hasToString("r on [publish] demands [EmailVerified[]] always");
        assertThat(rule().except(List.of("publish.stage"))
                        .phases(Phase.from(Mode.WARN, T))
                        .build())
                .hasToString("r on [publish] except [publish.stage] demands [EmailVerified[]]"
                        + " [warn from 2024-01-01T00:00:00Z]");
    }

    @Test
    void toString_ofAPolicy_saysWhereItComesFromAndWhatItLacks() {
        assertThat(PolicyDefinition.builder("p", 3).requirement(rule().build()).build())
                .hasToString("p/3 [r]");
        assertThat(PolicyDefinition.builder("p", 3)
                        .lineage(List.of("pypi/1"))
                        .dropped(List.of("x"))
                        .build())
                .hasToString("p/3 extends [pypi/1] LOOSENED: drops [x] []");
    }

    @Test
    void toString_ofACondition_saysItsAlternativesIfItHasAny() {
        assertThat(MAIL).hasToString("[EmailVerified[]]");
        assertThat(MAIL.andAnyOf(List.of(CODES, Condition.all(new Atom.Closed()))))
                .hasToString("[EmailVerified[]] any of [[Closed[]], [RecoveryCodesSaved[]]]");
    }

    @Test
    void atom_ofAKey_isLookedForOutsideTheAlternatives() {
        Condition condition = MAIL.andAnyOf(List.of(CODES, Condition.all(new Atom.Closed())));

        assertThat(condition.atom("email-verified")).hasValue(new Atom.EmailVerified());
        assertThat(condition.atom("closed")).isEmpty();
        assertThat(condition.atom("enrolled")).isEmpty();
    }

    @Test
    void shipped_ofARequirementPutAgain_isWhatIsStillTheSame() {
        PolicyDefinition preset = PolicyDefinition.builder("p", 1)
                .requirement(rule().build())
                .shipped(List.of("r", "gone"))
                .build();

        assertThat(preset.shipped()).containsExactly("r");
        assertThat(preset.toBuilder().build().shipped()).containsExactly("r");
        assertThat(preset.toBuilder().requirement(rule().build()).build().shipped())
                .containsExactly("r");
        assertThat(preset.toBuilder()
                        .requirement(rule().message("m").build())
                        .build()
                        .shipped())
                .isEmpty();
    }

    @Test
    void metrics_whateverTheirOrder_areSortedByNameThenBounds() {
        MetricTest few = new MetricTest("a", Bounds.below(1.0));
        MetricTest many = new MetricTest("a", Bounds.over(2.0));
        MetricTest other = new MetricTest("b", Bounds.atLeast(1.0));

        assertThat(ThingTest.any().andMetrics(List.of(other, many, few)).metrics())
                .containsExactly(few, many, other);
        assertThat(ThingTest.any()
                        .andMetric(few)
                        .andMetric(other)
                        .andMetric(many)
                        .metrics())
                .containsExactly(few, many, other);
    }

    @Test
    void actions_ofAVocabulary_areThoseOfTheCoreAndItsOwn() {
        Vocabulary own = Vocabulary.empty().with(Section.ACTIONS, "webhook.manage", "m");

        assertThat(Vocabulary.empty().actions()).containsExactlyInAnyOrderElementsOf(Action.core());
        assertThat(own.actions())
                .hasSize(Action.core().size() + 1)
                .containsAll(Action.core())
                .contains(Action.of("webhook.manage"));
    }

    @Test
    void with_ofANameDeclaredBefore_takesOnlyTheSameMeaning() {
        Vocabulary known = Vocabulary.empty().with(Section.FLAGS, "project.hot", "much used");

        assertThat(known.with(Section.FLAGS, "project.hot", "much used")).isEqualTo(known);
        assertThat(known.with(Section.EVENTS, "project.hot", "on fire").of(Section.EVENTS))
                .isEqualTo(Map.of("project.hot", "on fire"));
        assertThatThrownBy(() -> known.with(Section.FLAGS, "project.hot", "on fire"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("name: 'project.hot' is declared with another meaning");
    }

    /** The stages of the policy model. */
    @Test
    void stage_ofTheRemedies_isTheirOrder() {
        assertThat(Stream.of(Remedy.values()).map(Remedy::stage)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
        assertThat(Stream.of(Remedy.values()).filter(Remedy::isBeyondTheCaller))
                .containsExactly(Remedy.ASK_OWNER, Remedy.WAIT, Remedy.CONTACT_SUPPORT);
    }

    @Test
    void duration_ofWithin_isThatOfAnAge() {
        assertThat(Within.of(HOUR).duration()).hasValue(HOUR);
        assertThat(Within.REQUEST.duration()).isEmpty();
        assertThat(Within.SESSION.duration()).isEmpty();
    }
}
