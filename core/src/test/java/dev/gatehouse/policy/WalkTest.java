package dev.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.Bounds;
import dev.gatehouse.policy.rule.Condition;
import dev.gatehouse.policy.rule.MetricTest;
import dev.gatehouse.policy.rule.Mode;
import dev.gatehouse.policy.rule.Phase;
import dev.gatehouse.policy.rule.Requirement;
import dev.gatehouse.policy.rule.ThingTest;
import dev.gatehouse.policy.rule.Vocabulary;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A rule that asks for more than a program holds says, tells and is lifted just as any other. */
class WalkTest {
    private static final Instant NOW = Samples.NOW;
    private static final Vocabulary VOCABULARY = Vocabulary.empty()
            .with(Vocabulary.Section.METRICS, "project.downloads", "downloads")
            .with(Vocabulary.Section.EVENTS, "moved", "moved house");

    private static Requirement.Builder rule(boolean huge, Atom demand) {
        ThingTest test = ThingTest.any();
        for (int i = 0; i < (huge ? 40 : 1); i++) {
            test = test.andMetric(new MetricTest("downloads", Bounds.over((double) i)));
        }
        return Requirement.builder("one", List.of("project"), Condition.all(demand))
                .when(Condition.all(new Atom.Project(test)))
                .message("{account} {project} {organization} {action} {wait-until} {enforced-from}")
                .notice("soon {account} {project} {organization} {action} {wait-until} {enforced-from}");
    }

    private static Decision decide(Requirement rule, double downloads, Waiver... waivers) {
        PolicyControls controls = PolicyControls.none();
        controls.waivers(List.of(waivers));
        return TwoFactorPolicy.builder(
                        Samples.definition(rule).vocabulary(VOCABULARY).build())
                .clock(InstantSource.fixed(NOW))
                .supplies(Supplied.everything(VOCABULARY))
                .controls(controls)
                .build()
                .decide(Samples.session()
                        .account(Samples.bareAccount()
                                .event("moved", Occurrence.at(NOW))
                                .build())
                        .project(ThingValues.builder("p1", "sampleproject")
                                .metric("downloads", downloads)
                                .build())
                        .organization(ThingValues.builder("o1", "sample-org").build())
                        .build());
    }

    private static List<String> said(Decision decision) {
        return List.of(
                decision.toString(),
                texts(decision instanceof Decision.Refused refused ? refused.refusals() : List.of()),
                texts(decision.notices()),
                texts(decision.observed()));
    }

    private static String texts(List<? extends Unmet> unmet) {
        return unmet.stream()
                .map(one -> one + ": " + one.message().text())
                .toList()
                .toString();
    }

    @Test
    void decide_ruleThatIsGoneThrough_saysWhatAProgramWould() {
        Waiver waiver =
                new Waiver("one", Waiver.Subject.ACCOUNT, "a1", NOW, NOW.plusSeconds(60), "a lost key", "support");
        for (Atom demand : List.of(new Atom.EmailVerified(), new Atom.Elapsed(List.of("moved"), Duration.ofHours(1)))) {
            for (Mode mode : Mode.values()) {
                Phase phase = Phase.from(mode, NOW.minusSeconds(60));
                Requirement small = rule(false, demand).phases(phase).build();
                Requirement huge = rule(true, demand).phases(phase).build();

                assertThat(said(decide(huge, 100))).isEqualTo(said(decide(small, 100)));
                assertThat(said(decide(huge, 100, waiver))).isEqualTo(said(decide(small, 100, waiver)));
                assertThat(decide(huge, 39)).hasToString("permitted");
            }
        }
    }

    /** Nothing is finished for a rule that is waived: its text needs the action even where it names nobody. */
    @Test
    void decide_waivedRuleWhoseTextNamesTheActionAlone_saysWhich() {
        Waiver waiver =
                new Waiver("one", Waiver.Subject.ACCOUNT, "a1", NOW, NOW.plusSeconds(60), "a lost key", "support");
        for (boolean huge : List.of(false, true)) {
            Requirement rule = rule(huge, new Atom.EmailVerified())
                    .message("no {action}")
                    .notice("soon no {action}")
                    .build();

            assertThat(decide(rule, 100, waiver).notices())
                    .as("gone through: " + huge)
                    .singleElement()
                    .satisfies(notice -> assertThat(notice.message().text()).isEqualTo("no project.settings"))
                    .satisfies(notice ->
                            assertThat(notice.message().values()).containsEntry("action", "project.settings"));
        }
    }

    @Test
    void decide_ruleThatIsGoneThrough_namesAllThatItsTextAsksFor() {
        Requirement huge = rule(true, new Atom.Elapsed(List.of("moved"), Duration.ofHours(1)))
                .phases(Phase.from(Mode.ENFORCE, NOW.minusSeconds(60)))
                .build();
        Decision.Refused refused = (Decision.Refused) decide(huge, 100);

        assertThat(refused.first().message().text())
                .isEqualTo("alice sampleproject sample-org project.settings 2024-06-01T13:00:00Z 2024-06-01T11:59:00Z");
        assertThat(refused).hasToString("refused [one [TOO_SOON] [[wait]]]");
    }
}
