package dev.gatehouse.testkit.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.factor.FactorClass;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.factor.FactorSelector;
import dev.gatehouse.policy.Waiver;
import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.Condition;
import dev.gatehouse.policy.rule.Mode;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.Requirement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each law notices a fault that it speaks of, within its own tries, and says what is broken. */
class LawsBiteTest {
    private static final PolicySubject ENGINE = PolicySubject.engine();

    /** The sound policy under a faulty evaluator. */
    private interface Faulty extends PolicyLaws {
        @Override
        default PolicyDefinition policy() {
            return Homemade.SOUND;
        }
    }

    static class Sound implements Faulty {}

    static class ThrowsOnUnknownFlags implements Faulty {
        @Override
        public PolicySubject subject() {
            return trial -> {
                if (trial.request().project().flags().isAbsent()) {
                    throw new IllegalStateException("the fact is absent");
                }
                return ENGINE.decide(trial);
            };
        }
    }

    static class AnswersByTurns implements Faulty {
        private static final AtomicInteger ASKED = new AtomicInteger();

        @Override
        public PolicySubject subject() {
            return trial -> ENGINE.decide(
                    ASKED.incrementAndGet() % 2 == 0 ? trial.with(trial.draft().withProofs(List.of())) : trial);
        }
    }

    static class GatesAll implements PolicyLaws {
        @Override
        public PolicyDefinition policy() {
            return Homemade.policy("""
                    [requirement.everything-needs-2fa]
                    actions = ["all"]
                    except = ["account.verify-email", "factor", "sign-in"]
                    unless.credential = ["trusted-publisher", "api-token"]
                    demand.enrolled = "any"
                    message = "Set up two factors."
                    """);
        }
    }

    static class EachFactorNeedsTheOther implements PolicyLaws {
        @Override
        public PolicyDefinition policy() {
            return Homemade.policy("""
                    [requirement.address-needs-factor]
                    actions = ["account.verify-email"]
                    demand.enrolled = "any"
                    message = "Set up a factor first."
                    [requirement.factor-needs-address]
                    actions = ["factor.enrol"]
                    demand.email-verified = true
                    message = "Verify your address first."
                    """);
        }
    }

    /** The build takes this one: a session will do. But what people are told leads in a circle. */
    static class PointsTheWrongWay implements PolicyLaws {
        @Override
        public PolicyDefinition policy() {
            return Homemade.policy("""
                    [requirement.settings-need-proof]
                    actions = ["project.settings"]
                    demand = { credential = "session", proven = { factor = "any", within = "PT15M" } }
                    remedy = "switch-credential"
                    message = "Come back with a session."
                    """);
        }
    }

    static class TakesTheFirstProofOnly implements Faulty {
        @Override
        public PolicySubject subject() {
            return trial -> ENGINE.decide(trial.with(trial.draft()
                    .withProofs(trial.draft().proofs().stream().limit(1).toList())));
        }
    }

    static class BelievesWhatItDoesNotKnow implements Faulty {
        @Override
        public PolicySubject subject() {
            return trial -> ENGINE.decide(
                    trial.draft().value("account.email-verified") == null
                            ? trial.with(trial.draft().with("account.email-verified", true))
                            : trial);
        }
    }

    static class EnforcesReports implements Faulty {
        @Override
        public PolicySubject subject() {
            return trial -> ENGINE.decide(trial.with(Edits.phases(
                    trial.definition(),
                    phase -> phase.mode() == Mode.REPORT
                            ? Edits.copy(phase, Mode.ENFORCE, phase.share().orElse(null))
                            : phase)));
        }
    }

    static class LooksAtTheFirstRequirementOnly implements Faulty {
        @Override
        public PolicySubject subject() {
            return trial -> ENGINE.decide(trial.with(Edits.with(
                    trial.definition(), trial.definition().requirements().subList(0, 1))));
        }
    }

    static class WaivesForEverybody implements Faulty {
        @Override
        public PolicySubject subject() {
            return trial -> {
                PolicyTrial waived = trial;
                for (Waiver w : trial.waivers()) {
                    waived = waived.with(new Waiver(
                            w.requirement(), w.subject(), Draft.ACCOUNT, w.from(), w.until(), w.reason(), w.by()));
                }
                return ENGINE.decide(waived);
            };
        }
    }

    static class WaivesToTheLastInstant implements Faulty {
        @Override
        public PolicySubject subject() {
            return trial -> {
                PolicyTrial waived = trial;
                for (Waiver w : trial.waivers()) {
                    waived = waived.with(new Waiver(
                            w.requirement(),
                            w.subject(),
                            w.subjectId(),
                            w.from(),
                            w.until().plusNanos(1),
                            w.reason(),
                            w.by()));
                }
                return ENGINE.decide(waived);
            };
        }
    }

    /** Decides by less than it explains. */
    static class ForgetsARequirement implements Faulty {
        @Override
        public PolicySubject subject() {
            return trial -> ENGINE.decide(trial.with(Edits.without(
                    trial.definition(), trial.definition().requirements().get(0))));
        }
    }

    /** Documents are read by a reader that does not know the host's factor. */
    static class NamesAFactorNobodyReads implements PolicyLaws {
        @Override
        public PolicyDefinition policy() {
            FactorKind card = FactorKind.custom("smart-card", FactorClass.HARDWARE_BOUND);
            return Homemade.SOUND.toBuilder()
                    .requirement(Requirement.builder(
                                    "needs-card",
                                    List.of("publish"),
                                    Condition.all(new Atom.Enrolled(FactorSelector.of(List.of(), List.of(card)))))
                            .message("Register your card.")
                            .build())
                    .build();
        }
    }

    /** Somebody moved the end of one phase and not the beginning of the next. */
    static class HasAHoleInMarch implements PolicyLaws {
        @Override
        public PolicyDefinition policy() {
            return Homemade.policy("""
                    [requirement.settings-need-2fa]
                    actions = ["project.settings"]
                    demand.enrolled = "any"
                    message = "Set up two factors."
                    phases = [
                      { from = 2024-02-01, until = 2024-03-01, mode = "enforce" },
                      { from = 2024-04-01, mode = "enforce" },
                    ]
                    """);
        }
    }

    /** Lets pass on some days. */
    static class RestsNowAndThen implements Faulty {
        @Override
        public PolicySubject subject() {
            return trial -> {
                boolean rests = Math.floorMod(trial.now().getEpochSecond() / 86_400, 3) == 1;
                return ENGINE.decide(
                        rests
                                ? trial.at(World.of(trial.definition())
                                        .edges()
                                        .get(0)
                                        .minusSeconds(1))
                                : trial);
            };
        }
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(ThrowsOnUnknownFlags.class, "everyRequest_getsOneAnswer", "gets no answer"),
                Arguments.of(AnswersByTurns.class, "everyRequest_getsOneAnswer", "two answers"),
                Arguments.of(GatesAll.class, "reading_isGatedOnlyByName", "'everything-needs-2fa' refuses read.public"),
                Arguments.of(EachFactorNeedsTheOther.class, "policy_builds", "P40"),
                Arguments.of(EachFactorNeedsTheOther.class, "everyRefusal_hasAWayOut", "no way out"),
                Arguments.of(PointsTheWrongWay.class, "everyRefusal_hasAWayOut", "no way out"),
                Arguments.of(TakesTheFirstProofOnly.class, "moreEvidence_neverHurts", "More evidence hurts"),
                Arguments.of(BelievesWhatItDoesNotKnow.class, "unknownFacts_neverHelp", "account.email-verified"),
                Arguments.of(EnforcesReports.class, "report_changesNoOutcome", "only reports, and refuses"),
                Arguments.of(LooksAtTheFirstRequirementOnly.class, "aStricterPolicy_neverPermitsMore", "permits more"),
                Arguments.of(WaivesForEverybody.class, "waivers_touchOnlyTheirAccountAndEnd", "of another account"),
                Arguments.of(WaivesToTheLastInstant.class, "waivers_touchOnlyTheirAccountAndEnd", "just over"),
                Arguments.of(TakesTheFirstProofOnly.class, "order_neverMatters", "listed changes the answer"),
                Arguments.of(LooksAtTheFirstRequirementOnly.class, "order_neverMatters", "who refuses"),
                Arguments.of(ForgetsARequirement.class, "explanation_agreesWithTheDecision", "another decision"),
                Arguments.of(NamesAFactorNobodyReads.class, "document_roundTrips", "smart-card"),
                Arguments.of(HasAHoleInMarch.class, "time_onlyTightens", "a hole in time"),
                Arguments.of(RestsNowAndThen.class, "time_onlyTightens", "Time loosens"),
                Arguments.of(RestsNowAndThen.class, "time_changesNothingBetweenEdges", "between two edges"));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("faults")
    void law_aFaultItSpeaksOf_isNoticedInItsOwnTries(Class<?> test, String law, String words) {
        Optional<Throwable> failure = LawFailure.soon(test, law);

        assertThat(failure).isPresent();
        assertThat(failure.orElseThrow()).isInstanceOf(AssertionError.class).hasMessageContaining(words);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "policy_builds",
                "everyRequest_getsOneAnswer",
                "reading_isGatedOnlyByName",
                "everyRefusal_hasAWayOut",
                "moreEvidence_neverHurts",
                "unknownFacts_neverHelp",
                "report_changesNoOutcome",
                "aStricterPolicy_neverPermitsMore",
                "waivers_touchOnlyTheirAccountAndEnd",
                "order_neverMatters",
                "explanation_agreesWithTheDecision",
                "document_roundTrips",
                "time_onlyTightens",
                "time_changesNothingBetweenEdges"
            })
    void law_withTheSoundPolicyAndTheEngine_holds(String law) {
        assertThat(LawFailure.of(Sound.class, law)).isEmpty();
    }

    /** The example that is left names the two facts that matter, of a dozen that were drawn. */
    @Test
    void failure_ofABrokenLaw_shrinksToAFewFacts() {
        AssertionError failure =
                (AssertionError) LawFailure.soon(BelievesWhatItDoesNotKnow.class, "unknownFacts_neverHelp")
                        .orElseThrow();

        assertThat(failure.getMessage()
                        .lines()
                        .filter(line -> line.startsWith("    "))
                        .toList())
                .as("%s", failure.getMessage())
                .hasSizeLessThanOrEqualTo(4)
                .anyMatch(line -> line.contains("account.email-verified: false"));
    }
}
