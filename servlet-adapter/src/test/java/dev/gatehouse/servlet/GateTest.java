package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.policy.MessageContext;
import dev.gatehouse.policy.PolicyControls;
import dev.gatehouse.policy.PolicyListener;
import dev.gatehouse.policy.Supplied;
import dev.gatehouse.policy.TwoFactorPolicy;
import dev.gatehouse.policy.Waiver;
import dev.gatehouse.policy.document.PolicyDocuments;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.PolicyDefinition;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is refused before a body or password is looked at, and what is told of a project, asked of the gate alone. */
class GateTest {
    private static final String POLICY = """
            gatehouse-policy = 1
            name = "gate"
            revision = 1
            extends = "pypi/1"

            [requirement.private-reads-need-a-token]
            actions = ["read.private"]
            demand.credential = "api-token"
            message = "A token is needed."

            [requirement.names-the-project]
            actions = ["sign-in.start"]
            demand.credential = "api-token"
            message = "A token of {project} is needed."

            [requirement.names-the-organization]
            actions = ["sign-in.recover"]
            demand.credential = "api-token"
            message = "A token of {organization} is needed."

            [requirement.exchange-is-closed]
            actions = ["publish.exchange"]
            demand.closed = true
            message = "Nobody exchanges."

            [requirement.locked-projects-are-closed]
            actions = ["publish"]
            when.project.flag = "mandated"
            demand.closed = true
            message = "{project} is locked."

            [requirement.locked-projects-are-closed-for-another-reason]
            actions = ["publish"]
            when.project.flag = "mandated"
            demand.closed = true
            message = "Really locked."
            """;
    private static final Route PRIVATE = Route.api(Action.READ_PRIVATE);

    private final TestIndex index = new TestIndex();
    private final TwoFactorPolicy policy = policy();
    private final Gate gate = new Gate(
            new PolicyDecider(policy, () -> true),
            index.host,
            index.host,
            index.host,
            new AnswerWriter(Answers.of(Pages.none())),
            new SecureRandom());

    private TwoFactorPolicy policy() {
        return policy(POLICY);
    }

    private TwoFactorPolicy policy(String text) {
        PolicyDefinition definition =
                PolicyDocuments.standard().read("gate.toml", text).definition();
        return TwoFactorPolicy.builder(definition)
                .clock(index.clock)
                .supplies(Supplied.everything(definition.vocabulary()))
                .controls(PolicyControls.of(
                        Map.of("project-requirement", false, "mandate-available", false, "mandate-enabled", false)))
                .listener(new PolicyListener() {
                    @Override
                    public void decided(Decided told) {
                        index.decided.add(told);
                    }
                })
                .build();
    }

    static HttpServletRequest request(String... authorization) {
        return (HttpServletRequest) Proxy.newProxyInstance(
                GateTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getHeaders" -> Collections.enumeration(List.of(authorization));
                    case "getContextPath" -> "";
                    case "getRemoteAddr" -> "192.0.2.1";
                    case "getLocale" -> Locale.ROOT;
                    default -> null;
                });
    }

    private static HttpServletRequest password() {
        return request("Basic " + Base64.getEncoder().encodeToString("alice:secret".getBytes(StandardCharsets.UTF_8)));
    }

    private static HttpServletRequest token(String name) {
        return request("Bearer tok-" + name);
    }

    private static Answer answer(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Answer.class);
        return (Answer) verdict;
    }

    @Test
    void rule_forSomeOfTheActionsThatABodyMayMean_refusesNoneBeforeTheBodyIsRead() {
        assertThat(answer(gate.judge(request(), PRIVATE.open(), null)).status()).isEqualTo(401);
        assertThat(gate.judge(request(), PRIVATE.open(Action.READ_PUBLIC), null))
                .isInstanceOf(Outcome.class);
        assertThat(gate.judge(request(), PRIVATE.preview(), null)).isInstanceOf(Answer.class);
    }

    @Test
    void rule_thatIsWaivedForSomebody_refusesNothingBeforeItIsKnownWhoAsks() {
        policy.controls()
                .waivers(List.of(new Waiver(
                        "private-reads-need-a-token",
                        Waiver.Subject.ACCOUNT,
                        "id-alice",
                        TestHost.NOW,
                        TestHost.NOW.plus(Duration.ofDays(1)),
                        "test",
                        "id-amy")));

        assertThat(gate.judge(request(), PRIVATE.open(), null)).isInstanceOf(Outcome.class);
        assertThat(gate.judge(password(), PRIVATE, null)).isInstanceOf(Outcome.class);
        assertThat(index.host.calls).contains("password alice");
        policy.controls().waivers(List.of());
        index.reset();
        assertThat(gate.judge(request(), PRIVATE.open(), null)).isInstanceOf(Answer.class);
        assertThat(gate.judge(password(), PRIVATE, null)).isInstanceOf(Answer.class);
        assertThat(index.host.calls).as("no password is tried").isEmpty();
    }

    /** The page where a factor is set up is about no project: a rule for some projects must not shut everybody out of it. */
    @Test
    void ruleOnManagingCriticalProjects_leavesThePagesOfFactorsOpenToWhoHasNone() {
        TwoFactorPolicy managing = policy("""
                gatehouse-policy = 1
                name = "gate"
                revision = 1
                [vocabulary.flags]
                project.critical = "v"
                organization.strict = "v"
                [vocabulary.switches]
                project-requirement = "v"
                mandate-available = "v"
                mandate-enabled = "v"
                [requirement.critical]
                actions = ["manage"]
                when.project.flag = "critical"
                demand.enrolled = "any"
                message = "No."
                [requirement.strict]
                actions = ["manage"]
                when.organization.flag = "strict"
                demand.enrolled = "any"
                message = "No."
                """);
        Gate open = new Gate(
                new PolicyDecider(managing, () -> true),
                index.host,
                index.host,
                index.host,
                new AnswerWriter(Answers.of(Pages.none())),
                new SecureRandom());
        HttpServletRequest bob = request("Bearer tok-bob");

        assertThat(open.judge(bob, Route.api(Action.FACTOR_VIEW), null)).isInstanceOf(Outcome.class);
        Outcome enrol = (Outcome) open.judge(bob, Route.api(Action.FACTOR_ENROL).open(), null);
        assertThat(Optional.ofNullable(enrol.open()).orElseThrow().complete(OpenTarget.of(Action.FACTOR_ENROL)))
                .isInstanceOf(Completion.Permitted.class);
        assertThat(open.judge(bob, Route.api(Action.TOKEN_VIEW), null))
                .as("a token may be of a project that nobody named")
                .isInstanceOf(Answer.class);
    }

    /** A name that nobody has checked is nobody: least of all does it get a waiver that was given to whoever bears it. */
    @Test
    void password_thatNobodyChecks_isOfNoAccount() {
        Gate unchecking = new Gate(
                new PolicyDecider(policy, () -> true),
                index.host,
                index.host,
                PasswordVerifier.none(),
                new AnswerWriter(Answers.of(Pages.none())),
                new SecureRandom());
        policy.controls()
                .waivers(List.of(new Waiver(
                        "private-reads-need-a-token",
                        Waiver.Subject.ACCOUNT,
                        "alice",
                        TestHost.NOW,
                        TestHost.NOW.plus(Duration.ofDays(1)),
                        "test",
                        "amy")));

        assertThat(answer(unchecking.judge(password(), PRIVATE, null)).status()).isEqualTo(403);
        assertThat(index.host.calls).isEmpty();
    }

    @Test
    void password_forOneProjectAfterAnother_isRefusedAsOfItsOwn() {
        Route upload = Route.api(Action.PUBLISH_FILE).projectAt(0);
        for (String project : new String[] {"foo", "locked", "foo"}) {
            index.reset();
            answer(gate.judge(password(), upload, project));
            assertThat(index.host.calls)
                    .contains("project " + project)
                    .allMatch(call -> !call.startsWith("project") || call.equals("project " + project));
        }
    }

    @Test
    void refusal_ofAProject_isShownWithItsDecisionOnlyToWhoMaySeeIt() {
        Route upload = Route.api(Action.PUBLISH_FILE).open();
        OpenTarget locked = OpenTarget.of(Action.PUBLISH_FILE).project("locked");

        Completion seen = completed("alice", upload, locked);
        assertThat(seen).isInstanceOfSatisfying(Completion.Refused.class, refused -> {
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.text()).isEqualTo("the locked is locked.\nReally locked.");
            assertThat(refused.decision()).isPresent();
        });
        assertThat(index.host.calls.stream().filter("maySee"::equals)).hasSize(1);
        index.reset();
        Completion hidden = completed("amy", upload, locked);
        assertThat(hidden).isInstanceOfSatisfying(Completion.Refused.class, refused -> {
            assertThat(refused.status()).isEqualTo(404);
            assertThat(refused.text()).doesNotContain("locked");
            assertThat(refused.decision()).isEmpty();
        });
        assertThat(index.host.calls.stream().filter("maySee"::equals)).hasSize(1);
    }

    @Test
    void refusal_ofAProjectBesideAnother_isLeftOutForWhoMayNotSeeIt() {
        Route exchange = Route.api(Action.PUBLISH_EXCHANGE);

        assertThat(answer(gate.judge(token("alice"), exchange, "locked")).text(MessageContext.plain()))
                .contains("Nobody exchanges.", "Really locked.");
        Answer hidden = answer(gate.judge(token("amy"), exchange, "locked"));
        assertThat(hidden.text(MessageContext.plain()))
                .contains("Nobody exchanges.")
                .doesNotContain("locked");
        assertThat(hidden.status()).isEqualTo(403);
    }

    private Completion completed(String name, Route route, OpenTarget target) {
        Outcome outcome = (Outcome) gate.judge(token(name), route, null);
        return Optional.ofNullable(outcome.open()).orElseThrow().complete(target);
    }

    @Test
    void text_thatWouldNameAProjectOrOrganization_isToldOnlyToWhoMaySeeIt() {
        for (Action action : List.of(Action.SIGN_IN_START, Action.SIGN_IN_RECOVER)) {
            index.reset();
            Answer hidden = answer(gate.judge(request(), Route.api(action), "foo"));
            assertThat(hidden.status()).as(action.id()).isEqualTo(404);
            assertThat(index.host.calls).contains("maySee");
        }
        index.reset();
        assertThat(answer(gate.judge(request(), PRIVATE, "foo")).status()).isEqualTo(401);
        assertThat(index.host.calls).doesNotContain("maySee");
    }
}
