package dev.gatehouse.example.web;

import dev.gatehouse.example.account.Account;
import dev.gatehouse.example.publishing.DemoIssuer;
import dev.gatehouse.example.publishing.DemoOrigin;
import dev.gatehouse.factor.FactorVerifier;
import dev.gatehouse.policy.PolicyControls;
import dev.gatehouse.policy.Supplied;
import dev.gatehouse.policy.TwoFactorPolicy;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.Remedy;
import dev.gatehouse.policy.rule.Vocabulary;
import dev.gatehouse.policy.rule.Vocabulary.Section;
import dev.gatehouse.publisher.TokenExchange;
import dev.gatehouse.servlet.Answers;
import dev.gatehouse.servlet.ApiTokenVerifier;
import dev.gatehouse.servlet.DisclosureEndpoints;
import dev.gatehouse.servlet.Pages;
import dev.gatehouse.servlet.PolicyExchangePermit;
import dev.gatehouse.servlet.PublishingEndpoints;
import dev.gatehouse.servlet.ReasonPhrase;
import dev.gatehouse.servlet.Route;
import dev.gatehouse.servlet.TwoFactorFilter;
import dev.gatehouse.signin.DecisionAudit;
import dev.gatehouse.signin.FactorChanges;
import dev.gatehouse.signin.LoginConfirmation;
import dev.gatehouse.signin.PolicyAdministration;
import dev.gatehouse.signin.Reauthentication;
import dev.gatehouse.signin.SignIn;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The whole index put together: the filter with its policy, and the pages behind it. */
public final class Application implements AutoCloseable {
    /** The most bytes of one file. */
    public static final long LARGEST_FILE = UploadPage.LARGEST_FILE;

    /** Where clients upload. */
    public static final String UPLOAD_PATH = Site.UPLOAD;

    private final Environment env;
    private final Backend backend;
    private final Site site;
    private final Routes routes = new Routes();
    private final TwoFactorFilter filter;
    private final Map<HttpServlet, Set<String>> programs = new LinkedHashMap<>();
    private volatile DemoCodes demo = now -> Optional.empty();

    /** An index with this policy. */
    public Application(Environment env, PolicyDefinition definition) {
        this.env = env;
        this.backend = new Backend(env);
        Csrf csrf = new Csrf(env.random(), env.origins(), env.cookieName("visitor"), env.isSecure());
        this.site = new Site(
                env.clock(),
                env.random(),
                backend.accounts,
                backend.cutoff,
                csrf,
                new Html(Environment.NAME, env.address(), csrf),
                this::bar,
                this::banner,
                this::afterwards);
        Facts facts = new Facts(site, backend);
        TwoFactorPolicy policy = TwoFactorPolicy.builder(definition)
                .clock(env.clock())
                .supplies(supplied())
                .controls(PolicyControls.of(definition.vocabulary().of(Section.SWITCHES).keySet().stream()
                        .collect(Collectors.toMap(name -> name, name -> false))))
                .listener(DecisionAudit.to(backend.audit))
                .build();
        PolicyAdministration administration = PolicyAdministration.builder(policy, backend.waivers, backend.switches)
                .clock(env.clock())
                .random(env.random())
                .events(backend.audit)
                .build();
        administration.refresh();
        Guesses guesses = new Guesses(backend.accounts, backend.attempts, new Limits());
        handlers(new Asking(policy, facts), facts, policy, administration, guesses);
        programs(policy, facts);
        this.filter = TwoFactorFilter.builder(policy, routes.layout(), facts)
                .tokens(ApiTokenVerifier.of(
                        backend.tokens, new TokenDirectory(backend.accounts, backend.catalogue, backend.publishers)))
                .passwords(new IndexPasswords(guesses, backend.factors, backend.post, env.clock()))
                .answers(Answers.of(pages())
                        .reasonPhrase(ReasonPhrase.jetty())
                        .unlisted(new SiteServlet(routes, site)::notFound))
                .audit(backend.audit)
                .clock(env.clock())
                .build();
    }

    /** What programs come to, each with its own proof: runs of builds, and those who have found a token. */
    private void programs(TwoFactorPolicy policy, Facts facts) {
        TokenExchange exchange =
                backend.publishing.exchange(env.host(), PolicyExchangePermit.of(policy, facts), backend.audit);
        PublishingEndpoints publishing =
                PublishingEndpoints.builder(exchange, env.host()).build();
        DisclosureEndpoints disclosure = DisclosureEndpoints.of(backend.publishing.leaks(backend.audit));
        programs.put(new Programs(publishing, this::afterwards), publishing.paths());
        programs.put(new Programs(disclosure, this::afterwards), disclosure.paths());
        Layout.openToPrograms(routes);
    }

    private void handlers(
            Asking asking, Facts facts, TwoFactorPolicy policy, PolicyAdministration administration, Guesses guesses) {
        Backend b = backend;
        Limits limits = guesses.limits();
        Devices devices = new Devices(b.devices, env.cookieName("device"), env.isSecure());
        EmailPages email = new EmailPages(b.accounts, limits, b.links, b.post);
        Recovered recovered = new Recovered(b, env.clock());
        SignIn signIn = signIn(policy, facts);
        Logins logins = new Logins(
                signIn,
                LoginConfirmation.builder(signIn, b.state).random(env.random()).build(),
                devices,
                b,
                recovered);
        List<FactorVerifier> verifiers = new ArrayList<>(b.factors.verifiers());
        verifiers.add(b.recovery);
        Reauthentication reauthentication = Reauthentication.of(b.attempts, verifiers, b.audit, env.clock());
        FactorChanges changes = FactorChanges.of(policy, b.versions, b.factors.inventories());
        FactorPages factor = new FactorPages(b, devices, guesses, asking, changes);
        Layout.open(
                routes,
                new Layout.Handlers(
                        new IndexPages(b.catalogue, b.files),
                        new UploadPage(b, facts, ReasonPhrase.jetty()),
                        new LoginPages(b.factors, guesses, logins, asking, routes, reauthentication),
                        new SecondFactorPages(logins, b.factors.keyVerifier().orElse(null), b.state),
                        email,
                        new ResetPages(b, guesses, recovered, asksForFactorAtRecovery(policy)),
                        new AccountPages(b, guesses, email),
                        factor,
                        new AppPages(b.factors, factor),
                        new KeyPages(b.factors, factor),
                        new DevicePages(b.devices, devices, b.cutoff),
                        new RecoveryPages(b, guesses, asking, changes, reauthentication),
                        new TokenPages(b.tokens, b.catalogue, b.factors, guesses),
                        new ProjectPages(b, offered(policy.definition().vocabulary())),
                        new PublishingPages(b.publishing, b.catalogue),
                        new PendingPages(b.publishing),
                        new AdminPages(b.accounts, policy, administration, asking)));
        if (b.hasOutbox()) {
            routes.get(Site.OUTBOX, Route.browser(Action.READ_PUBLIC), new Outbox(b.queue)::list);
        }
        Optional<DemoIssuer> issuer = b.publishing.demoIssuer();
        Optional<DemoOrigin> origin = b.publishing.demoOrigin();
        if (issuer.isPresent() && origin.isPresent()) {
            Layout.demonstrate(routes, new DemoPages(b.publishing, issuer.get(), origin.get()));
        }
    }

    /** What owners may ask of their projects under this policy, and what each means. */
    private static Map<String, String> offered(Vocabulary vocabulary) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put(
                ProjectFlags.OWNERS_REQUIRE_2FA,
                "whoever works on this project needs two-factor authentication, where the index enforces it");
        for (String flag : List.of(ProjectFlags.TRUSTED_PUBLISHING_ONLY, ProjectFlags.DISALLOW_TOKENS)) {
            String meaning = vocabulary.of(Section.FLAGS).get("project." + flag);
            if (meaning != null) {
                all.put(flag, meaning);
            }
        }
        return all;
    }

    private void afterwards() {
        backend.publishing.daily();
        catchUp();
    }

    private SignIn signIn(TwoFactorPolicy policy, Facts facts) {
        SignIn.Builder signIn = SignIn.builder(
                        policy,
                        facts::account,
                        new SignIn.Stores(backend.state, backend.logins, backend.versions, backend.attempts))
                .devices(backend.devices)
                .events(backend.audit)
                .clock(env.clock())
                .random(env.random());
        backend.factors.verifiers().forEach(signIn::verifier);
        return signIn.verifier(backend.recovery).build();
    }

    /** Whether the policy may want a second factor before a new password is set. */
    private static boolean asksForFactorAtRecovery(TwoFactorPolicy policy) {
        return policy.definition().requirements().stream()
                .anyMatch(each -> each.actions().stream()
                        .anyMatch(
                                List.of(Action.SIGN_IN_RECOVER.id(), Action.SIGN_IN_RECOVER.group(), "all")::contains));
    }

    /** The declared names that this index knows the truth of, whatever the policy. */
    private static Supplied supplied() {
        return Supplied.nothing()
                .and(
                        Section.FLAGS,
                        "project.owners-require-2fa",
                        "project.mandated",
                        "project.has-publisher",
                        "project.trusted-publishing-only",
                        "project.disallow-tokens")
                .and(Section.LABELS, "session.known-device", "session.remembered-device")
                .and(Section.EVENTS, "first-factor-enrolled", "email-changed", "password-changed")
                .and(Section.SWITCHES, "project-requirement", "mandate-available", "mandate-enabled");
    }

    private Pages pages() {
        Pages pages = Pages.at(env.address());
        for (Map.Entry<Remedy, String> page : Site.remedies().entrySet()) {
            pages = pages.page(page.getKey(), page.getValue());
        }
        return pages;
    }

    private Page.@Nullable Bar bar(Instant now) {
        if (!env.options().isDemonstration()) {
            return null;
        }
        Optional<DemoCodes.Code> code = demo.at(now);
        return new Page.Bar(
                now.truncatedTo(ChronoUnit.SECONDS).toString(),
                code.map(DemoCodes.Code::account).orElse(null),
                code.map(DemoCodes.Code::code).orElse(null),
                backend.hasOutbox() ? backend.queue.count() : -1,
                env.options().demo());
    }

    /** PyPI's reminders, the first that applies. */
    private Optional<Note> banner(Account account) {
        if (!account.emailVerified()) {
            return Optional.of(Note.reminder(
                    "Your primary email address (" + account.email() + ") is unverified.",
                    Site.VERIFY,
                    "Verify it now"));
        }
        if (!backend.factors.hasAny(account.id())) {
            return Optional.of(Note.reminder(
                    "Two factor authentication is available, enable it now for your account.",
                    Site.TWO_FACTOR,
                    "Enable it"));
        }
        return backend.codes.status(account.id()).unused() > 0
                ? Optional.empty()
                : Optional.of(Note.reminder(
                        "Two-factor recovery codes are available, generate them now for your account.",
                        Site.RECOVERY_CODES,
                        "Generate them"));
    }

    /** Writes the mails about what happened while the index did not run, or before it ended in the middle. */
    public void catchUp() {
        backend.mails.readOn(env.clock().instant());
    }

    /** Shows the codes of a demonstration account on every page. */
    public void showCodesOf(DemoCodes codes) {
        this.demo = codes;
    }

    /** What a demonstration sets up. */
    public DemoAccounts demoAccounts() {
        return new DemoAccounts(backend);
    }

    /** The gate that every request passes first. */
    public Filter filter() {
        return filter;
    }

    /** A servlet for the pages behind the gate. */
    public HttpServlet servlet() {
        return new SiteServlet(routes, site);
    }

    /** Servlets for programs behind the gate, and their paths. */
    public Map<HttpServlet, Set<String>> programs() {
        return Map.copyOf(programs);
    }

    @Override
    public void close() {
        backend.close();
    }
}
