package dev.gatehouse.servlet;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.policy.PolicyControls;
import dev.gatehouse.policy.PolicyListener;
import dev.gatehouse.policy.Supplied;
import dev.gatehouse.policy.TwoFactorPolicy;
import dev.gatehouse.policy.document.PolicyDocuments;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.Remedy;
import dev.gatehouse.testkit.MutableClock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The filter over PyPI's policy of June 2024, with a few rules more, in front of {@link TestHost} and {@link TestApp}. */
final class TestIndex {
    private static final String POLICY = """
            gatehouse-policy = 1
            name = "contract"
            revision = 1
            extends = "pypi/1"

            [requirement.private-reads-need-a-token]
            actions = ["read.private"]
            demand.credential = "api-token"
            message = "A token is needed."

            [requirement.accepting-needs-the-address]
            actions = ["member.accept"]
            demand.proven = { factor = "email", within = "request" }
            message = "Confirm it from your address."

            [requirement.password-needs-the-address]
            actions = ["account.password"]
            demand.proven = { factor = "email", within = "PT5M" }
            message = "Prove your address."

            [requirement.recovery-needs-factor]
            actions = ["sign-in.recover"]
            when.enrolled = "any"
            demand.proven = { factor = ["any", "recovery-code"], within = "request" }
            message = "Prove a factor or use a recovery code to recover this account."

            [requirement.locked-projects-are-closed]
            actions = ["project.settings", "publish"]
            when.project.flag = "mandated"
            demand.closed = true
            message = "{project} is <locked>."
            """;

    static final Pages PAGES = Pages.at("https://index.test")
            .page(Remedy.AUTHENTICATE, "/account/login/")
            .page(Remedy.SWITCH_CREDENTIAL, "/manage/account/token/")
            .page(Remedy.VERIFY_EMAIL, "/manage/unverified-account/")
            .page(Remedy.SAVE_RECOVERY_CODES, "/manage/account/recovery-codes/generate")
            .page(Remedy.ENROL_FACTOR, "/manage/account/two-factor/")
            .page(Remedy.PROVE, "/account/reauthenticate/");

    final MutableClock clock;
    final TestHost host;
    final TestApp app = new TestApp();
    final List<AuditEvent> events = new CopyOnWriteArrayList<>();
    final List<PolicyListener.Decided> decided = new CopyOnWriteArrayList<>();
    Answers answers = Answers.of(PAGES);
    boolean checksPasswords = true;
    volatile boolean clockAgrees = true;
    /** Nobody can be told of anything. */
    volatile boolean isDeaf;

    TestIndex() {
        this(TestHost.NOW);
    }

    TestIndex(Instant start) {
        this.clock = MutableClock.at(start);
        this.host = new TestHost(clock);
    }

    static PolicyDefinition definition() {
        return PolicyDocuments.standard().read("contract.toml", POLICY).definition();
    }

    static IndexLayout layout() {
        return PypiLayout.builder()
                .csrfTokensCheckedByHost()
                .routes(routes -> routes.get("/x/forward", Route.publicRead())
                        .get("/x/include", Route.publicRead())
                        .get("/x/async", Route.publicRead())
                        .get("/x/async-page", Route.browser(Action.PROJECT_VIEW))
                        .get("/x/error", Route.browser(Action.READ_PUBLIC))
                        .get("/x/throw", Route.publicRead())
                        .get("/private/**", Route.api(Action.READ_PRIVATE))
                        .post("/query", Route.publicRead())
                        .get("/whoami", Route.browser(Action.READ_PUBLIC))
                        .get("/session", Route.browser(Action.READ_PUBLIC))
                        .get("/flash", Route.browser(Action.READ_PUBLIC))
                        .post("/change", Route.browser(Action.ACCOUNT_PROFILE))
                        .get("/prove", Route.browser(Action.MEMBER_ACCEPT).preview())
                        .post(
                                "/prove",
                                Route.browser(Action.MEMBER_ACCEPT)
                                        .open(Action.ACCOUNT_PASSWORD)
                                        .csrfTokenCheckedByHost())
                        .post(
                                "/open-read",
                                Route.browser(Action.READ_PUBLIC).open().csrfTokenCheckedByHost())
                        .get("/api-read", Route.api(Action.READ_PUBLIC))
                        .post("/api-recover", Route.api(Action.SIGN_IN_RECOVER).open())
                        .post(
                                "/prove-decided",
                                Route.browser(Action.MEMBER_ACCEPT).csrfTokenCheckedByHost())
                        .get("/password", Route.browser(Action.ACCOUNT_PASSWORD).preview())
                        .post(
                                "/password",
                                Route.browser(Action.ACCOUNT_PASSWORD).open().csrfTokenCheckedByHost())
                        .post("/override", Route.publicRead())
                        .delete("/override", Route.api(Action.READ_PRIVATE))
                        .allowMethodOverride("/override")
                        .internal("/error-page")
                        .internal("/view/**"))
                .build();
    }

    TwoFactorPolicy policy() {
        PolicyDefinition definition = definition();
        return TwoFactorPolicy.builder(definition)
                .clock(clock)
                .supplies(Supplied.everything(definition.vocabulary()))
                .controls(PolicyControls.of(
                        Map.of("project-requirement", false, "mandate-available", false, "mandate-enabled", false)))
                .listener(new PolicyListener() {
                    @Override
                    public void decided(Decided told) {
                        heard();
                        decided.add(told);
                    }
                })
                .build();
    }

    TwoFactorFilter filter(IndexLayout layout, ReasonPhrase reasonPhrase) {
        return TwoFactorFilter.builder(policy(), layout, host)
                .tokens(host)
                .passwords(checksPasswords ? host : PasswordVerifier.none())
                .answers(answers.reasonPhrase(reasonPhrase).realm("test index"))
                .audit(event -> {
                    heard();
                    events.add(event);
                })
                .clock(clock)
                .clockAgrees(() -> clockAgrees)
                .build();
    }

    /** As before any request. */
    void reset() {
        host.calls.clear();
        host.failing = "";
        host.nothing = false;
        host.addresses.clear();
        host.later = Optional.empty();
        host.enrolled = null;
        app.reached.clear();
        events.clear();
        decided.clear();
        clockAgrees = true;
        isDeaf = false;
    }

    private void heard() {
        if (isDeaf) {
            throw new IllegalStateException("the store is down");
        }
    }
}
