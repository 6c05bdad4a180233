package dev.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.EnrolledFactor;
import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.factor.FactorClass;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.factor.FactorSelector;
import dev.gatehouse.policy.Explanation.AtomTrace;
import dev.gatehouse.policy.PlainSubject.Setup;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.Bounds;
import dev.gatehouse.policy.rule.Condition;
import dev.gatehouse.policy.rule.CredentialKind;
import dev.gatehouse.policy.rule.CredentialTest;
import dev.gatehouse.policy.rule.InstantBounds;
import dev.gatehouse.policy.rule.MetricTest;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.Reach;
import dev.gatehouse.policy.rule.Requirement;
import dev.gatehouse.policy.rule.ThingTest;
import dev.gatehouse.policy.rule.Within;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What an operator reads of each atom: what was asked, and what the host said to just that. */
class ExplainedFactsTest {
    private static final Instant NOW = Samples.NOW;
    private static final Instant JANUARY = Instant.parse("2024-01-01T00:00:00Z");
    private static final FactorSelector ANY = FactorSelector.ofClasses(FactorClass.ANY);
    private static final Bounds<Duration> UP_TO_A_DAY = Bounds.atMost(Duration.ofDays(1));
    private static final InstantBounds SINCE_JANUARY = InstantBounds.since(JANUARY);

    private static ThingValues.Builder thing() {
        return ThingValues.builder("t", "thing")
                .created(NOW.minusSeconds(90))
                .flags(Set.of("y", "x"))
                .metric("size", 3)
                .metric("stars", 7.5);
    }

    private static AccountValues.Builder account() {
        return AccountValues.builder("a1", "alice")
                .registered(JANUARY)
                .flags(Set.of("vip"))
                .enrolled(EnrolledFactors.of(FactorKind.TOTP))
                .emailVerified(true)
                .recoveryCodesSaved(false)
                .event("email-changed", Occurrence.at(JANUARY))
                .event("code-used", Occurrence.never())
                .maintains(List.of(thing().build(), ThingValues.unknown()))
                .memberOf(List.of());
    }

    private static Credential.Builder token() {
        return Credential.apiToken()
                .labels(Set.of("write", "granular"))
                .created(NOW.minusSeconds(60))
                .lastUsed(NOW.minusSeconds(5))
                .lifetime(Lifetime.of(Duration.ofDays(7)))
                .reach(Reach.PROJECT);
    }

    /** Everything there can be, though no one action has it all. */
    private static AccessRequest everything() {
        return AccessRequest.of(Action.PUBLISH_RELEASE, token().build())
                .account(account().build())
                .session(Samples.SESSION)
                .evidence(proof(FactorKind.TOTP, Samples.SESSION))
                .evidence(proof(FactorKind.PASSWORD, Samples.REQUEST))
                .project(thing().build())
                .organization(thing().flags(Set.of()).build())
                .release(thing().age(Duration.ofHours(2)).build())
                .run(PublisherRun.of(
                        Fact.of("github"), Fact.of("push"), Fact.of("branch"), Fact.of(Set.of("member", "code"))))
                .newToken(new NewToken(Set.of("write", "granular"), Lifetime.endless(), Reach.ACCOUNT))
                .newFactor(EnrolledFactor.of("k1", FactorKind.WEBAUTHN))
                .factorsLeft(EnrolledFactors.of(FactorKind.WEBAUTHN))
                .build();
    }

    private static Evidence proof(FactorKind kind, Carrier carrier) {
        return Evidence.asserted("a1", kind, NOW.minusSeconds(30), carrier, "the site");
    }

    private static AtomTrace trace(Atom atom, AccessRequest q) {
        Requirement rule = Requirement.builder("r", List.of(q.action().id()), Condition.all(atom))
                .build();
        PolicyDefinition definition =
                PolicyDefinition.builder("one", 1).requirement(rule).build();
        Engine engine = (Engine) EngineSubject.evaluator(Setup.of(definition));
        return Explainer.explain(engine, q, NOW).lines().get(0).atoms().get(0);
    }

    private static Atom credential(CredentialTest test) {
        return new Atom.Credential(test);
    }

    private static Atom publisher(List<String> provider, List<String> event, List<String> ref, List<String> flag) {
        return new Atom.Publisher(provider, event, ref, flag, List.of());
    }

    static Stream<Arguments> atoms() {
        CredentialTest any = CredentialTest.any();
        return Stream.of(
                Arguments.of(
                        credential(CredentialTest.kinds(CredentialKind.SESSION)),
                        "credential [session]",
                        "api-token[granular, write]"),
                Arguments.of(
                        credential(any.andAge(UP_TO_A_DAY)),
                        "credential [] age at-most PT24H idle any lifetime any created any reach []",
                        "api-token[granular, write] age PT1M"),
                Arguments.of(
                        credential(any.andIdle(UP_TO_A_DAY)),
                        "credential [] age any idle at-most PT24H lifetime any created any reach []",
                        "api-token[granular, write] idle PT5S"),
                Arguments.of(
                        credential(any.andLifetime(UP_TO_A_DAY)),
                        "credential [] age any idle any lifetime at-most PT24H created any reach []",
                        "api-token[granular, write] lifetime PT168H"),
                Arguments.of(
                        credential(any.andCreated(SINCE_JANUARY)),
                        "credential [] age any idle any lifetime any created since 2024-01-01T00:00:00Z reach []",
                        "api-token[granular, write] created 2024-06-01T11:59:00Z"),
                Arguments.of(
                        credential(any.andReach(List.of(Reach.ACCOUNT))),
                        "credential [] age any idle any lifetime any created any reach [account]",
                        "api-token[granular, write] reach project"),
                Arguments.of(new Atom.Enrolled(ANY), "enrolled [any]", "[totp(totp)]"),
                Arguments.of(
                        new Atom.Proven(ANY, Within.of(Duration.ofMinutes(5))),
                        "proven [any] within PT5M",
                        "totp at 2024-06-01T11:59:30Z with this session, says the site,"
                                + " password at 2024-06-01T11:59:30Z with this request, says the site"),
                Arguments.of(new Atom.FactorsLeft(ANY), "factors-left [any]", "[webauthn(webauthn)]"),
                Arguments.of(new Atom.NewFactor(ANY), "new-factor [any]", "webauthn(k1)"),
                Arguments.of(new Atom.EmailVerified(), "email-verified true", "true"),
                Arguments.of(new Atom.RecoveryCodesSaved(), "recovery-codes-saved true", "false"),
                Arguments.of(
                        new Atom.Elapsed(List.of("email-changed", "code-used"), Duration.ofHours(3)),
                        "elapsed [code-used, email-changed] at-least PT3H",
                        "code-used never, email-changed 2024-01-01T00:00:00Z"),
                Arguments.of(
                        new Atom.NewToken(List.of("granular"), UP_TO_A_DAY, List.of(Reach.PROJECT)),
                        "new-token label [granular] lifetime at-most PT24H reach [project]",
                        "label [granular, write] lifetime endless reach account"),
                Arguments.of(
                        publisher(List.of("github"), List.of(), List.of(), List.of()),
                        "publisher provider [github] event [] ref [] flag [] flags []",
                        "provider github"),
                Arguments.of(
                        publisher(List.of(), List.of("push"), List.of("tag"), List.of()),
                        "publisher provider [] event [push] ref [tag] flag [] flags []",
                        "event push ref branch"),
                Arguments.of(
                        publisher(List.of(), List.of(), List.of("tag"), List.of("member")),
                        "publisher provider [] event [] ref [tag] flag [member] flags []",
                        "ref branch flags [code, member]"),
                Arguments.of(
                        new Atom.Publisher(List.of(), List.of(), List.of(), List.of(), List.of("member")),
                        "publisher provider [] event [] ref [] flag [] flags [member]",
                        "flags [code, member]"),
                Arguments.of(new Atom.Host(List.of("office-hours")), "host [office-hours]", "unknown"),
                Arguments.of(new Atom.Closed(), "closed true", "never"));
    }

    @ParameterizedTest
    @MethodSource("atoms")
    void atom_ofEachKey_isSaidWithItsBoundsAndWhatTheHostSaidToThem(Atom atom, String asked, String answer) {
        AtomTrace trace = trace(atom, everything());

        assertThat(trace.atom()).isEqualTo(asked);
        assertThat(trace.value()).isEqualTo(answer);
    }

    static Stream<Arguments> things() {
        ThingTest any = ThingTest.any();
        return Stream.of(
                Arguments.of(
                        any.andCreated(SINCE_JANUARY),
                        "[created since 2024-01-01T00:00:00Z]",
                        "created 2024-06-01T11:58:30Z"),
                Arguments.of(any.andAge(UP_TO_A_DAY), "[age at-most PT24H]", "age PT1M30S"),
                Arguments.of(any.andAnyFlag(Set.of("z")), "[flag [z]]", "flags [x, y]"),
                Arguments.of(any.andAllFlags(Set.of("z")), "[flags [z]]", "flags [x, y]"),
                Arguments.of(ThingTest.metric("size", Bounds.over(1.0)), "[size over 1.0]", "size 3.0"),
                Arguments.of(
                        any.andAge(UP_TO_A_DAY)
                                .andAnyFlag(Set.of("z"))
                                .andMetric(new MetricTest("stars", Bounds.over(1.0)))
                                .andMetric(new MetricTest("pages", Bounds.over(1.0))),
                        "[age at-most PT24H, flag [z], pages over 1.0, stars over 1.0]",
                        "age PT1M30S flags [x, y] pages unknown stars 7.5"));
    }

    @ParameterizedTest
    @MethodSource("things")
    void thing_ofEachTest_isSaidAsFarAsTheTestLooks(ThingTest test, String asked, String answer) {
        AtomTrace project = trace(new Atom.Project(test), everything());

        assertThat(project.atom()).isEqualTo("project " + asked);
        assertThat(project.value()).isEqualTo(answer);
    }

    @Test
    void thing_ofEachOwner_isThatOwners() {
        ThingTest test = ThingTest.flag("z").andAge(UP_TO_A_DAY);
        List<Function<ThingTest, Atom>> owners = List.of(
                Atom.Account::new,
                Atom.Project::new,
                Atom.Organization::new,
                Atom.Release::new,
                Atom.Maintains::new,
                Atom.MemberOf::new);

        assertThat(owners)
                .extracting(owner -> trace(owner.apply(test), everything()))
                .extracting(trace -> trace.atom() + " was " + trace.value())
                .containsExactly(
                        "account [age at-most PT24H, flag [z]] was age PT3660H flags [vip]",
                        "project [age at-most PT24H, flag [z]] was age PT1M30S flags [x, y]",
                        "organization [age at-most PT24H, flag [z]] was age PT1M30S flags []",
                        "release [age at-most PT24H, flag [z]] was age PT2H flags [x, y]",
                        "maintains [age at-most PT24H, flag [z]] was 2 of them: age PT1M30S flags [x, y];"
                                + " age unknown flags unknown",
                        "member-of [age at-most PT24H, flag [z]] was none");
    }

    @Test
    void account_registration_isSaidOnlyWhereItIsAsked() {
        ThingTest registered = ThingTest.registered(SINCE_JANUARY);

        assertThat(trace(new Atom.Account(registered), everything()).value())
                .isEqualTo("registered 2024-01-01T00:00:00Z");
        assertThat(trace(new Atom.Account(registered.andAnyFlag(Set.of("vip"))), everything())
                        .value())
                .isEqualTo("registered 2024-01-01T00:00:00Z flags [vip]");
        assertThat(trace(new Atom.Account(ThingTest.flag("vip")), everything()).value())
                .isEqualTo("flags [vip]");
    }

    @Test
    void maintains_moreThanFive_areSaidToBeMore() {
        Atom atom = new Atom.Maintains(ThingTest.metric("size", Bounds.over(1.0)));
        String five = "size 3.0; size 3.0; size 3.0; size 3.0; size 3.0";

        assertThat(trace(atom, maintaining(5)).value()).isEqualTo("5 of them: " + five);
        assertThat(trace(atom, maintaining(6)).value()).isEqualTo("6 of them: " + five + "; ...");
    }

    private static AccessRequest maintaining(int projects) {
        return Samples.session()
                .account(account()
                        .maintains(Collections.nCopies(projects, thing().build()))
                        .build())
                .build();
    }

    @Test
    void fact_thatTheHostDoesNotKnow_isSaidToBeUnknown() {
        AccessRequest q = AccessRequest.of(
                        Action.TOKEN_CREATE, Credential.apiToken().build())
                .build();
        List<Atom> unknown = List.of(
                new Atom.Enrolled(ANY),
                new Atom.EmailVerified(),
                new Atom.NewToken(List.of(), UP_TO_A_DAY, List.of()),
                new Atom.Maintains(ThingTest.flag("x")),
                new Atom.MemberOf(ThingTest.flag("x")));

        assertThat(unknown).extracting(atom -> trace(atom, q).value()).containsOnly("unknown");
        assertThat(trace(new Atom.Proven(ANY, Within.SESSION), q).value()).isEqualTo("no proof");
        assertThat(trace(new Atom.Project(ThingTest.flag("x")), q).value()).isEqualTo("flags unknown");
        assertThat(trace(credential(CredentialTest.any().andAge(UP_TO_A_DAY)), q)
                        .value())
                .isEqualTo("api-token age unknown");
        assertThat(trace(new Atom.FactorsLeft(ANY), q).value())
                .as("only where a factor is removed")
                .isEqualTo("absent");
    }

    @Test
    void fact_thatCannotBe_isSaidToBeAbsent() {
        AccessRequest q = AccessRequest.of(Action.PUBLISH_RELEASE, Credential.trustedPublisher())
                .build();

        assertThat(trace(new Atom.Enrolled(ANY), q).value()).isEqualTo("absent");
        assertThat(trace(new Atom.Account(ThingTest.flag("x")), q).value()).isEqualTo("flags absent");
        assertThat(trace(new Atom.Elapsed(List.of("code-used"), Duration.ofHours(1)), q)
                        .value())
                .isEqualTo("code-used absent");
    }
}
