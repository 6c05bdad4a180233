package dev.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.Condition;
import dev.gatehouse.policy.rule.CredentialKind;
import dev.gatehouse.policy.rule.CredentialTest;
import dev.gatehouse.policy.rule.Mode;
import dev.gatehouse.policy.rule.Phase;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.Remedy;
import dev.gatehouse.policy.rule.Requirement;
import dev.gatehouse.policy.rule.Vocabulary;
import dev.gatehouse.policy.rule.Window;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which change of a rule is looser, in the words in which it is told; and that no change goes without another digest. */
class LooseningTest {
    private static final Instant NOW = Samples.NOW;
    private static final Instant SOON = NOW.plusSeconds(60);
    private static final Instant LATER = NOW.plusSeconds(120);
    private static final Condition EMAIL = Condition.all(new Atom.EmailVerified());
    private static final Condition CODES = Condition.all(new Atom.RecoveryCodesSaved());
    private static final Condition BOTH = Condition.all(new Atom.EmailVerified(), new Atom.RecoveryCodesSaved());
    private static final Condition SESSION =
            Condition.all(new Atom.Credential(CredentialTest.kinds(CredentialKind.SESSION)));

    private static Requirement.Builder rule(Condition demand) {
        return Requirement.builder("r", List.of("project"), demand);
    }

    private static List<String> between(Requirement.Builder old, Requirement.Builder next) {
        return Loosening.between(definition(old), definition(next), NOW);
    }

    private static PolicyDefinition definition(Requirement.Builder rule) {
        return PolicyDefinition.builder("one", 1).requirement(rule.build()).build();
    }

    private static Phase.Builder enforce() {
        return Phase.builder(Mode.ENFORCE);
    }

    private static Phase.Builder windows(Window... windows) {
        return enforce().windows(List.of(windows));
    }

    private static Window window(Instant from, Instant until) {
        return new Window(from, Duration.between(from, until));
    }

    @Test
    void rule_askingLess_isToldInWords() {
        assertThat(between(rule(BOTH), rule(EMAIL))).containsExactly("'r' demands something else: [EmailVerified[]]");
        assertThat(between(rule(EMAIL), rule(BOTH))).isEmpty();
        assertThat(between(rule(SESSION).when(EMAIL), rule(SESSION).when(BOTH)))
                .containsExactly("'r' binds under other conditions: [EmailVerified[], RecoveryCodesSaved[]]");
        assertThat(between(rule(SESSION).when(BOTH), rule(SESSION).when(EMAIL))).isEmpty();
        assertThat(between(rule(SESSION), rule(SESSION).unless(EMAIL)))
                .containsExactly("'r' exempts under other conditions: [EmailVerified[]]");
        assertThat(between(rule(SESSION).unless(BOTH), rule(SESSION).unless(EMAIL)))
                .containsExactly("'r' exempts under other conditions: [EmailVerified[]]");
        assertThat(between(rule(SESSION).unless(EMAIL), rule(SESSION).unless(BOTH)))
                .isEmpty();
        assertThat(between(rule(SESSION).unless(EMAIL), rule(SESSION))).isEmpty();
        assertThat(between(rule(EMAIL), rule(EMAIL).except(List.of("project.view", "project.settings"))))
                .containsExactly("'r' no longer gates project.settings", "'r' no longer gates project.view");
        assertThat(between(
                        rule(EMAIL), rule(EMAIL).remedy(Remedy.CONTACT_SUPPORT).message("Another.")))
                .as("texts and remedies")
                .isEmpty();
    }

    @Test
    void actions_thatArrive_areToldInOrder() {
        PolicyDefinition old = definition(rule(EMAIL));
        PolicyDefinition next = old.toBuilder()
                .vocabulary(Vocabulary.empty()
                        .with(Vocabulary.Section.ACTIONS, "webhook.manage", "webhooks")
                        .with(Vocabulary.Section.ACTIONS, "badge.award", "badges"))
                .build();

        assertThat(Loosening.between(old, next, NOW))
                .containsExactly(
                        "action 'badge.award' was refused as unmapped",
                        "action 'webhook.manage' was refused as unmapped");
        assertThat(Loosening.between(next, old, NOW)).isEmpty();
    }

    @Test
    void action_thatNobodyKnowsAnyMore_isRefusedAndNotLooser() {
        PolicyDefinition wide = PolicyDefinition.builder("one", 1)
                .vocabulary(Vocabulary.empty().with(Vocabulary.Section.ACTIONS, "webhook.manage", "webhooks"))
                .requirement(Requirement.builder("r", List.of("webhook", "project"), EMAIL)
                        .build())
                .build();

        assertThat(Loosening.between(wide, definition(rule(EMAIL)), NOW)).isEmpty();
    }

    /** Phases of which the first is covered by the second. */
    static Stream<Arguments> covered() {
        return Stream.of(
                Arguments.of(enforce(), enforce()),
                Arguments.of(enforce().from(SOON), enforce().from(NOW)),
                Arguments.of(enforce().from(NOW.minusSeconds(60)), enforce().from(NOW)),
                Arguments.of(enforce(), enforce().from(NOW)),
                Arguments.of(enforce().until(SOON), enforce().until(SOON)),
                Arguments.of(enforce().until(SOON), enforce()),
                Arguments.of(Phase.builder(Mode.REPORT), Phase.builder(Mode.WARN)),
                Arguments.of(enforce().when(BOTH), enforce().when(EMAIL)),
                Arguments.of(enforce().when(BOTH), enforce()),
                Arguments.of(enforce().unless(EMAIL), enforce().unless(BOTH)),
                Arguments.of(enforce().unless(EMAIL), enforce()),
                Arguments.of(enforce().switchName("go"), enforce().switchName("go")),
                Arguments.of(enforce().switchName("go"), enforce()),
                Arguments.of(enforce().share(BigDecimal.TEN), enforce().share(BigDecimal.TEN)),
                Arguments.of(enforce().share(BigDecimal.TEN), enforce()),
                Arguments.of(windows(window(SOON, LATER)), windows(window(SOON, LATER))),
                Arguments.of(windows(window(SOON, LATER)), enforce().from(SOON).until(LATER)),
                Arguments.of(windows(window(NOW.minusSeconds(60), SOON)), windows(window(NOW, SOON))),
                Arguments.of(
                        windows(window(NOW.minusSeconds(60), NOW), window(SOON, LATER)), windows(window(SOON, LATER))),
                Arguments.of(enforce().from(SOON).until(LATER), windows(window(SOON, LATER))));
    }

    @ParameterizedTest
    @MethodSource("covered")
    void phase_thatIsCovered_isNotLooser(Phase.Builder old, Phase.Builder next) {
        assertThat(between(rule(EMAIL).phases(old.build()), rule(EMAIL).phases(next.build())))
                .isEmpty();
    }

    /** Phases of which the first is not covered by the second. */
    static Stream<Arguments> uncovered() {
        return Stream.of(
                Arguments.of(enforce(), enforce().from(NOW.plusNanos(1))),
                Arguments.of(enforce().from(SOON), enforce().from(SOON.plusNanos(1))),
                Arguments.of(enforce(), enforce().until(LATER)),
                Arguments.of(enforce().until(SOON), enforce().until(SOON.minusNanos(1))),
                Arguments.of(enforce().until(NOW.plusNanos(1)), enforce().until(NOW)),
                Arguments.of(enforce(), Phase.builder(Mode.WARN)),
                Arguments.of(enforce(), enforce().tentative()),
                Arguments.of(enforce().when(EMAIL), enforce().when(BOTH)),
                Arguments.of(enforce(), enforce().unless(EMAIL)),
                Arguments.of(enforce().unless(BOTH), enforce().unless(EMAIL)),
                Arguments.of(enforce(), enforce().switchName("go")),
                Arguments.of(enforce().switchName("go"), enforce().switchName("another")),
                Arguments.of(enforce().share(BigDecimal.TEN), enforce().share(new BigDecimal("9.9999"))),
                Arguments.of(enforce(), enforce().share(new BigDecimal("99.9999"))),
                Arguments.of(windows(window(SOON, LATER)), windows(window(SOON.plusNanos(1), LATER))),
                Arguments.of(windows(window(SOON, LATER)), windows(window(SOON, LATER.minusNanos(1)))),
                Arguments.of(windows(window(SOON, LATER)), windows(window(NOW, SOON))),
                Arguments.of(windows(window(NOW, NOW.plusNanos(1)), window(SOON, LATER)), windows(window(SOON, LATER))),
                Arguments.of(windows(window(SOON, LATER)), enforce().from(SOON).until(LATER.minusNanos(1))),
                Arguments.of(enforce().from(SOON), windows(window(SOON, LATER))));
    }

    @ParameterizedTest
    @MethodSource("uncovered")
    void phase_thatIsNotCovered_isLooserAndNamed(Phase.Builder old, Phase.Builder next) {
        assertThat(between(rule(EMAIL).phases(old.build()), rule(EMAIL).phases(next.build())))
                .containsExactly("'r' has no phase that covers: " + old.build());
    }

    /** Phases that bind nobody, or nobody any more. */
    static Stream<Phase.Builder> idle() {
        return Stream.of(
                enforce().until(NOW),
                windows(window(NOW.minusSeconds(60), NOW)),
                Phase.builder(Mode.ANNOUNCE),
                enforce().tentative());
    }

    @ParameterizedTest
    @MethodSource("idle")
    void rule_thatBindsNobodyAnyMore_mayGo(Phase.Builder phase) {
        PolicyDefinition old = definition(rule(EMAIL).phases(phase.build()));
        PolicyDefinition without = PolicyDefinition.builder("one", 1).build();

        assertThat(Loosening.between(old, without, NOW)).isEmpty();
        assertThat(Loosening.between(definition(rule(EMAIL)), without, NOW)).containsExactly("'r' is gone");
    }

    private static Requirement.Builder whole() {
        return rule(EMAIL)
                .except(List.of("project.view"))
                .when(CODES)
                .unless(SESSION)
                .remedy(Remedy.VERIFY_EMAIL)
                .message("No.")
                .notice("Soon.")
                .phases(enforce().build());
    }

    private static PolicyDefinition.Builder definition() {
        return PolicyDefinition.builder("one", 1)
                .reviewed(LocalDate.EPOCH)
                .lineage(List.of("pypi/1"))
                .dropped(List.of("a"))
                .ungated(List.of("account"))
                .vocabulary(Vocabulary.empty().with(Vocabulary.Section.FLAGS, "account.vip", "very important"))
                .requirement(whole().build());
    }

    private static PolicyDefinition with(Requirement.Builder rule) {
        return definition().requirement(rule.build()).build();
    }

    @Test
    void digest_ofAnyChange_isAnother() {
        Vocabulary otherMeaning = Vocabulary.empty().with(Vocabulary.Section.FLAGS, "account.vip", "another");
        Vocabulary otherName = Vocabulary.empty().with(Vocabulary.Section.FLAGS, "account.pi", "very important");
        List<PolicyDefinition> all = new ArrayList<>(List.of(
                definition().build(),
                definition().reviewed(LocalDate.EPOCH.plusDays(1)).build(),
                definition().lineage(List.of("pypi/2")).build(),
                definition().dropped(List.of("b")).build(),
                definition().ungated(List.of("factor")).build(),
                definition().vocabulary(otherMeaning).build(),
                definition().vocabulary(otherName).build(),
                with(whole().except(List.of())),
                with(whole().when(Condition.empty())),
                with(whole().unless(Condition.empty())),
                with(whole().remedy(Remedy.CONTACT_SUPPORT)),
                with(whole().message("No!")),
                with(whole().notice("Soon!")),
                with(whole().phases()),
                with(whole().phases(enforce().from(NOW).build()))));
        all.add(PolicyDefinition.builder("two", 1).build());
        all.add(PolicyDefinition.builder("one", 1).build());
        all.add(PolicyDefinition.builder("one", 2).build());
        for (Requirement.Builder other : List.of(
                Requirement.builder("s", List.of("project"), EMAIL),
                Requirement.builder("r", List.of("publish"), EMAIL),
                Requirement.builder("r", List.of("project"), EMAIL),
                Requirement.builder("r", List.of("project"), CODES))) {
            all.add(definition(other));
        }

        assertThat(all)
                .extracting(Digest::of)
                .doesNotHaveDuplicates()
                .allMatch(digest -> digest.matches("[0-9a-f]{64}"));
        assertThat(Digest.of(definition().build())).isEqualTo(Digest.of(all.get(0)));
    }
}
