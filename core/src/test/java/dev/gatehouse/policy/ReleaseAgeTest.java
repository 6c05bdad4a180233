package dev.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.policy.PlainSubject.Setup;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.Bounds;
import dev.gatehouse.policy.rule.Condition;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.Requirement;
import dev.gatehouse.policy.rule.ThingTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An age is over its bound exactly at the bound, whether it is given or counted since the creation. */
class ReleaseAgeTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final long[] BESIDE = {-1_000_000_000, -1, 0, 1, 1_000_000_000};

    static Stream<Bounds<Duration>> bounds() {
        return Stream.of(
                Bounds.over(HOUR),
                Bounds.atLeast(HOUR),
                Bounds.below(HOUR),
                Bounds.atMost(HOUR),
                Bounds.oneOf(List.of(HOUR)),
                Bounds.over(HOUR.plusNanos(1)),
                Bounds.atMost(HOUR.minusNanos(1)));
    }

    @ParameterizedTest
    @MethodSource("bounds")
    void decide_atTheBoundAndBesideIt_bindsAsTheBoundsSay(Bounds<Duration> bounds) {
        Evaluator engine = EngineSubject.evaluator(Setup.of(closedFor(bounds)));
        for (String at : new String[] {"2024-06-01T12:00:00Z", "2024-06-01T12:00:00.000000001Z"}) {
            Instant now = Instant.parse(at);
            for (long beside : BESIDE) {
                Duration age = HOUR.plusNanos(beside);
                ThingValues.Builder since = ThingValues.builder("1.0", "1.0").created(now.minus(age));
                ThingValues.Builder given = ThingValues.builder("1.0", "1.0").age(age);
                ThingDraft asked = ThingDraft.of("1.0");
                asked.created = Fact.of(now.minus(age));

                for (ThingFacts release : List.of(since.build(), given.build(), asked)) {
                    assertThat(engine.decide(upload(release), now) instanceof Decision.Refused)
                            .as("%s of %s at %s", bounds, release, now)
                            .isEqualTo(bounds.admits(age));
                }
            }
        }
    }

    /** An upload is about a release, whatever a host says; elsewhere there may be none, and then it has no age. */
    @Test
    void release_calledAbsentAtAnUpload_isUnknownAndBinds() {
        Instant now = Samples.NOW;
        Evaluator engine = EngineSubject.evaluator(Setup.of(closedFor(Bounds.over(HOUR))));
        for (ThingFacts none : List.of(ThingValues.absent(), ThingDraft.absent())) {
            assertThat(engine.decide(upload(none), now)).isInstanceOf(Decision.Refused.class);
            assertThat(engine.decide(asked(Action.TOKEN_CREATE, none), now)).isInstanceOf(Decision.Permitted.class);
        }
    }

    private static PolicyDefinition closedFor(Bounds<Duration> bounds) {
        return Samples.definition(Requirement.builder(
                                "closed", List.of("publish", "token"), Condition.all(new Atom.Closed()))
                        .when(Condition.all(new Atom.Release(ThingTest.any().andAge(bounds))))
                        .message("No.")
                        .build())
                .build();
    }

    private static AccessRequest upload(ThingFacts release) {
        return asked(Action.PUBLISH_RELEASE, release);
    }

    private static AccessRequest asked(Action action, ThingFacts release) {
        return AccessRequest.of(action, Credential.session()).release(release).build();
    }
}
