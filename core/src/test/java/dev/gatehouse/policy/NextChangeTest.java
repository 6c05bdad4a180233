package dev.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.factor.FactorSelector;
import dev.gatehouse.policy.PlainSubject.Setup;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.Bounds;
import dev.gatehouse.policy.rule.Condition;
import dev.gatehouse.policy.rule.CredentialKind;
import dev.gatehouse.policy.rule.CredentialTest;
import dev.gatehouse.policy.rule.Mode;
import dev.gatehouse.policy.rule.Phase;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.Requirement;
import dev.gatehouse.policy.rule.ThingTest;
import dev.gatehouse.policy.rule.Vocabulary;
import dev.gatehouse.policy.rule.Window;
import dev.gatehouse.policy.rule.Within;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An explanation names the very next instant at which time alone may change a line: not a later one, and none that is no change. */
class NextChangeTest {
    private static final Instant NOW = Samples.NOW;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Atom EMAIL = new Atom.EmailVerified();
    private static final FactorSelector TOTP = FactorSelector.ofKinds(FactorKind.TOTP);

    private static Requirement.Builder rule(Atom... when) {
        return Requirement.builder("one", List.of(Action.PUBLISH_FILE.id()), Condition.all(EMAIL))
                .when(when.length == 0 ? Condition.empty() : Condition.all(when))
                .message("No.")
                .notice("Soon.");
    }

    private static Optional<Instant> next(Requirement rule, AccessRequest q, Waiver... waivers) {
        PolicyDefinition definition = PolicyDefinition.builder("one", 1)
                .vocabulary(Vocabulary.empty()
                        .with(Vocabulary.Section.EVENTS, "moved", "moved house")
                        .with(Vocabulary.Section.EVENTS, "asked", "asked something"))
                .requirement(rule)
                .build();
        Engine engine = (Engine) EngineSubject.evaluator(Setup.of(definition).with(List.of(waivers)));
        return Explainer.explain(engine, q, NOW).lines().get(0).nextChange();
    }

    private static AccessRequest.Builder request(Credential credential) {
        return AccessRequest.of(Action.PUBLISH_FILE, credential)
                .session(Samples.SESSION)
                .request(Samples.REQUEST)
                .account(Samples.bareAccount().build())
                .project(Samples.project());
    }

    private static Optional<Instant> next(Requirement rule) {
        return next(rule, request(Credential.session()).build());
    }

    @Test
    void phase_changesAtEachOfItsEdgesAhead() {
        Phase phase =
                Phase.builder(Mode.ENFORCE).from(NOW).until(NOW.plus(HOUR)).build();

        assertThat(next(rule().phases(phase).build())).hasValue(NOW.plus(HOUR));
        assertThat(next(rule().phases(Phase.from(Mode.ENFORCE, NOW)).build())).isEmpty();
        assertThat(next(rule().phases(Phase.from(Mode.ENFORCE, NOW.plusNanos(1)), phase)
                        .build()))
                .hasValue(NOW.plusNanos(1));
        assertThat(next(rule().phases(windows(NOW.minus(HOUR), NOW.plus(HOUR))).build()))
                .hasValue(NOW.plus(HOUR));
        assertThat(next(rule().phases(windows(NOW)).build())).hasValue(NOW.plusSeconds(1));
    }

    private static Phase windows(Instant... from) {
        return Phase.builder(Mode.ENFORCE)
                .windows(Stream.of(from)
                        .map(start -> new Window(start, Duration.ofSeconds(1)))
                        .toList())
                .build();
    }

    @Test
    void waiver_changesWhereItBeginsAndWhereItEnds() {
        AccessRequest q = request(Credential.session()).build();

        assertThat(next(rule().build(), q, waiver("one", NOW.plusSeconds(5)))).hasValue(NOW.plusSeconds(5));
        assertThat(next(rule().build(), q, waiver("one", NOW))).hasValue(NOW.plus(HOUR));
        assertThat(next(rule().build(), q, waiver("other", NOW))).isEmpty();
    }

    private static Waiver waiver(String rule, Instant from) {
        return new Waiver(rule, Waiver.Subject.ACCOUNT, "a1", from, from.plus(HOUR), "a lost key", "support");
    }

    @Test
    void proof_changesWhenItIsTooOldOrNoLongerOfTheFuture() {
        Atom fresh = new Atom.Proven(TOTP, Within.of(HOUR));
        Atom ofSession = new Atom.Proven(TOTP, Within.SESSION);

        assertThat(next(rule(fresh).build(), proving(NOW.minusSeconds(60))))
                .hasValue(NOW.plus(HOUR).minusSeconds(60));
        assertThat(next(rule(fresh).build(), proving(NOW.minus(HOUR)))).isEmpty();
        assertThat(next(rule(ofSession).build(), proving(NOW))).isEmpty();
        assertThat(next(rule(ofSession).build(), proving(NOW.plusSeconds(40)))).hasValue(NOW.plusSeconds(10));
        assertThat(next(rule(ofSession).build(), proving(NOW.plusSeconds(30)))).isEmpty();
        assertThat(next(rule().build(), proving(NOW.minusSeconds(60)))).isEmpty();
    }

    private static AccessRequest proving(Instant at) {
        return request(Credential.session())
                .evidence(List.of(Evidence.asserted("a1", FactorKind.TOTP, at, Samples.SESSION, "test")))
                .build();
    }

    @Test
    void wait_changesWhenEachEventIsOldEnough() {
        Requirement rule =
                rule(new Atom.Elapsed(List.of("moved", "asked"), HOUR)).build();

        assertThat(next(rule, waiting(Occurrence.at(NOW.minusSeconds(60)), Occurrence.at(NOW.minusSeconds(90)))))
                .hasValue(NOW.plus(HOUR).minusSeconds(90));
        assertThat(next(rule, waiting(Occurrence.at(NOW.minus(HOUR)), Occurrence.never())))
                .isEmpty();
        assertThat(next(rule)).as("nobody knows").isEmpty();
        assertThat(next(
                        rule(new Atom.Elapsed(List.of("moved"), Duration.ofDays(400_000_000_000L)))
                                .build(),
                        waiting(Occurrence.at(NOW), Occurrence.never())))
                .as("the end of time")
                .hasValue(Instant.MAX);
    }

    private static AccessRequest waiting(Occurrence moved, Occurrence asked) {
        return request(Credential.session())
                .account(Samples.bareAccount()
                        .event("moved", moved)
                        .event("asked", asked)
                        .build())
                .build();
    }

    /** What is ten minutes old reaches a bound of an hour in fifty minutes, and passes it a moment later. */
    static Stream<Arguments> bounds() {
        Instant at = NOW.plus(Duration.ofMinutes(50));
        return Stream.of(
                Arguments.of(Bounds.atLeast(HOUR), Optional.of(at)),
                Arguments.of(Bounds.below(HOUR), Optional.of(at)),
                Arguments.of(Bounds.over(HOUR), Optional.of(at.plusNanos(1))),
                Arguments.of(Bounds.atMost(HOUR), Optional.of(at.plusNanos(1))),
                Arguments.of(Bounds.oneOf(List.of(HOUR)), Optional.of(at)),
                Arguments.of(Bounds.oneOf(List.of(Duration.ofMinutes(10))), Optional.of(NOW.plusNanos(1))),
                Arguments.of(Bounds.atLeast(Duration.ofMinutes(10)), Optional.empty()),
                Arguments.of(Bounds.over(Duration.ofMinutes(10)), Optional.of(NOW.plusNanos(1))),
                Arguments.of(Bounds.over(Duration.ofMinutes(10).minusNanos(1)), Optional.empty()));
    }

    private static final Instant MADE = NOW.minus(Duration.ofMinutes(10));

    @ParameterizedTest
    @MethodSource("bounds")
    void age_changesAtEachBoundAhead(Bounds<Duration> bounds, Optional<Instant> next) {
        ThingTest test = ThingTest.any().andAge(bounds);
        ThingFacts thing = ThingValues.builder("t", "t").created(MADE).build();
        ThingFacts aged =
                ThingValues.builder("t", "t").age(Duration.ofMinutes(10)).build();
        CredentialTest any = CredentialTest.kinds(CredentialKind.SESSION);
        Credential made =
                Credential.builder(CredentialKind.SESSION).created(MADE).build();
        Credential used =
                Credential.builder(CredentialKind.SESSION).lastUsed(MADE).build();

        assertThat(next(rule(new Atom.Project(test)).build(), with(q -> q.project(thing))))
                .isEqualTo(next);
        assertThat(next(rule(new Atom.Project(test)).build(), with(q -> q.project(aged))))
                .isEqualTo(next);
        assertThat(next(rule(new Atom.Organization(test)).build(), with(q -> q.organization(thing))))
                .isEqualTo(next);
        assertThat(next(rule(new Atom.Release(test)).build(), with(q -> q.release(thing))))
                .isEqualTo(next);
        assertThat(next(
                        rule(new Atom.Maintains(test)).build(),
                        with(q -> q.account(
                                Samples.bareAccount().maintains(List.of(thing)).build()))))
                .isEqualTo(next);
        assertThat(next(
                        rule(new Atom.MemberOf(test)).build(),
                        with(q -> q.account(
                                Samples.bareAccount().memberOf(List.of(aged)).build()))))
                .isEqualTo(next);
        assertThat(next(
                        rule(new Atom.Account(test)).build(),
                        with(q ->
                                q.account(Samples.bareAccount().registered(MADE).build()))))
                .isEqualTo(next);
        assertThat(next(
                        rule(new Atom.Credential(any.andAge(bounds))).build(),
                        request(made).build()))
                .isEqualTo(next);
        assertThat(next(
                        rule(new Atom.Credential(any.andIdle(bounds))).build(),
                        request(used).build()))
                .isEqualTo(next);
    }

    private static AccessRequest with(UnaryOperator<AccessRequest.Builder> facts) {
        return facts.apply(request(Credential.session())).build();
    }

    @Test
    void thing_ofWhichNobodyAsksTheAgeOrKnowsIt_changesNothing() {
        ThingFacts thing = ThingValues.builder("t", "t")
                .created(MADE)
                .flags(java.util.Set.of())
                .build();
        ThingTest old = ThingTest.any().andAge(Bounds.over(HOUR));

        assertThat(next(rule(new Atom.Project(ThingTest.flag("x"))).build(), with(q -> q.project(thing))))
                .isEmpty();
        assertThat(next(
                        rule(new Atom.Maintains(ThingTest.flag("x"))).build(),
                        with(q -> q.account(
                                Samples.bareAccount().maintains(List.of(thing)).build()))))
                .isEmpty();
        assertThat(next(rule(new Atom.Project(old)).build(), with(q -> q.project(ThingValues.unknown()))))
                .isEmpty();
        assertThat(next(rule(new Atom.Maintains(old)).build())).isEmpty();
    }

    @Test
    void condition_ofAPhaseOrADemand_isReadToo() {
        AccessRequest q = with(r -> r.account(Samples.bareAccount()
                .enrolled(EnrolledFactors.none())
                .event("moved", Occurrence.at(NOW.minusSeconds(60)))
                .build()));
        Condition waited = Condition.all(new Atom.Elapsed(List.of("moved"), HOUR));
        Instant over = NOW.plus(HOUR).minusSeconds(60);

        assertThat(next(
                        rule().phases(Phase.builder(Mode.ENFORCE).when(waited).build())
                                .build(),
                        q))
                .hasValue(over);
        assertThat(next(rule().unless(waited).build(), q)).hasValue(over);
        assertThat(next(
                        Requirement.builder("one", List.of(Action.PUBLISH_FILE.id()), waited)
                                .message("No.")
                                .build(),
                        q))
                .hasValue(over);
    }
}
