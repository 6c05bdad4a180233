package dev.gatehouse.example.publishing;

import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.disclosure.DisclosureOrigin;
import dev.gatehouse.disclosure.LeakReports;
import dev.gatehouse.example.account.Accounts;
import dev.gatehouse.example.account.Factors;
import dev.gatehouse.example.index.Catalogue;
import dev.gatehouse.fetch.DocumentFetch;
import dev.gatehouse.fetch.HttpsFetch;
import dev.gatehouse.oidc.IdentityTokens;
import dev.gatehouse.oidc.Issuer;
import dev.gatehouse.oidc.IssuerDirectory;
import dev.gatehouse.publisher.ExchangePermit;
import dev.gatehouse.publisher.PendingPublisher;
import dev.gatehouse.publisher.PublisherProvider;
import dev.gatehouse.publisher.PublisherProviders;
import dev.gatehouse.publisher.PublisherRegistrations;
import dev.gatehouse.publisher.PublisherSettings;
import dev.gatehouse.publisher.PublishingStore;
import dev.gatehouse.publisher.Registration;
import dev.gatehouse.publisher.TokenExchange;
import dev.gatehouse.publisher.TrustedPublisher;
import dev.gatehouse.state.EphemeralState;
import dev.gatehouse.store.jdbc.JdbcStore;
import dev.gatehouse.token.ApiTokens;
import dev.gatehouse.token.Requester;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Trusted publishing and reports of leaked tokens, put together for this index. Thread-safe. */
public final class Publishing {
    private static final Duration DAY = Duration.ofDays(1);
    private static final List<String> ORDER =
            List.of("github", "gitlab", "google", "activestate", "circleci", "buildkite");

    private final Parts parts;
    private final Accounts accounts;
    private final Factors factors;
    private final @Nullable DemoIssuer demoIssuer;
    private final @Nullable DemoOrigin demoOrigin;
    private final PublisherProviders providers;
    private final IssuerDirectory issuers;
    private final OrganizationIssuers organizations;
    private final PublishingStore store;
    private final DocumentFetch fetch;
    private final PublisherRegistrations registrations;
    private final AtomicReference<@Nullable Instant> lastDaily = new AtomicReference<>();

    /**
     * What it is made of.
     *
     * @param address of the index, without a slash at the end
     * @param demo whether to demonstrate build services and a scanner in this process
     */
    public record Parts(
            JdbcStore store,
            Catalogue catalogue,
            ApiTokens tokens,
            EphemeralState state,
            InstantSource clock,
            SecureRandom random,
            String address,
            boolean demo) {}

    public Publishing(Parts parts, Accounts accounts, Factors factors) {
        this.parts = parts;
        this.accounts = accounts;
        this.factors = factors;
        PublisherProviders known = PublisherProviders.standard();
        HttpsFetch.Builder https = HttpsFetch.builder();
        this.organizations = new OrganizationIssuers(parts.catalogue().jdbi());
        IssuerDirectory fixed = IssuerDirectory.standard();
        if (parts.demo()) {
            DemoIssuer issuer = new DemoIssuer(parts.address(), parts.random(), known);
            this.demoIssuer = issuer;
            this.demoOrigin = new DemoOrigin(parts.random());
            for (PublisherProvider each : issuer.providers()) {
                known = known.with(each);
            }
            fixed = fixed.or(demonstrated(issuer));
            https.allowLoopback();
        } else {
            this.demoIssuer = null;
            this.demoOrigin = null;
        }
        this.providers = known;
        this.issuers = fixed.or(organizations);
        DocumentFetch web = https.build();
        this.fetch = demoOrigin == null ? web : demoOrigin.keysBefore(web);
        // The handle is over the connection of the library's transaction, which the library ends.
        this.store = parts.store()
                .publishing(
                        connection -> new CatalogueProjects(parts.catalogue(), Jdbi.open(connection), parts.clock()));
        this.registrations = PublisherRegistrations.builder(
                        store, providers, fixed.or(OrganizationIssuers::registrable), parts.state())
                .clock(parts.clock())
                .random(parts.random())
                .build();
    }

    private static IssuerDirectory demonstrated(DemoIssuer issuer) {
        return IssuerDirectory.of(issuer.issuers().entrySet().stream()
                .map(each -> Issuer.builder(each.getKey(), each.getValue())
                        .allowHttpAndLoopback()
                        .build())
                .toList());
    }

    /**
     * Gives tokens to runs.
     *
     * @param audience for whom identity tokens have to be
     * @param permit the policy's say
     */
    public TokenExchange exchange(String audience, ExchangePermit permit, AuditSink audit) {
        IdentityTokens identities = IdentityTokens.builder(audience, issuers, fetch)
                .clock(parts.clock())
                .build();
        return TokenExchange.builder(identities, providers, store, parts.tokens(), parts.state())
                .permit(permit)
                .registrants(new Registrants(accounts, factors))
                .clock(parts.clock())
                .random(parts.random())
                .audit(audit)
                .build();
    }

    /** Takes reports of leaked tokens. */
    public LeakReports leaks(AuditSink audit) {
        List<DisclosureOrigin> origins =
                new ArrayList<>(List.of(DisclosureOrigin.gitHub(), DisclosureOrigin.depsDev()));
        demoOrigin().ifPresent(demo -> origins.add(demo.origin()));
        return LeakReports.builder(parts.tokens(), fetch)
                .origins(origins)
                .clock(parts.clock())
                .audit(audit)
                .build();
    }

    /** Those whose runs may be registered, the best known first, those of the demonstration before all others. */
    public List<PublisherProvider> providers() {
        List<PublisherProvider> all = new ArrayList<>();
        if (demoIssuer != null) {
            ORDER.forEach(id -> providers.find("demo-" + id).ifPresent(all::add));
        }
        ORDER.forEach(id -> providers.find(id).ifPresent(all::add));
        return all;
    }

    public Optional<PublisherProvider> provider(String id) {
        return providers.find(id);
    }

    /** The name of a provider that people read. */
    public String nameOf(String provider) {
        return provider(provider).map(PublisherProvider::displayName).orElse(provider);
    }

    /** A publisher in one line, with the name of its provider. */
    public String describe(PublisherSettings settings) {
        return provider(settings.provider())
                .map(each -> each.displayName() + ": " + each.describe(settings))
                .orElse(settings.provider());
    }

    public Optional<DemoIssuer> demoIssuer() {
        return Optional.ofNullable(demoIssuer);
    }

    public Optional<DemoOrigin> demoOrigin() {
        return Optional.ofNullable(demoOrigin);
    }

    /** The publishers of a project. */
    public List<TrustedPublisher> of(String project) {
        return registrations.list(project);
    }

    /** A publisher, whatever its projects. */
    public Optional<TrustedPublisher> publisher(String id) {
        return store.inTransaction(unit -> unit.publishers().find(id));
    }

    public Optional<PendingPublisher> pending(String id) {
        return store.inTransaction(unit -> unit.pending().find(id));
    }

    public List<PendingPublisher> pendingOf(String account) {
        return registrations.pending().list(account);
    }

    /** Links a publisher to a project. */
    public Registration<TrustedPublisher> add(String project, PublisherSettings settings, Requester by) {
        Registration<TrustedPublisher> added = registrations.add(project, settings, Map.of(), by);
        if (added instanceof Registration.Registered) {
            note(settings);
        }
        return added;
    }

    public Registration<TrustedPublisher> constrain(
            String project, String publisher, String environment, Requester by) {
        return registrations.constrain(project, publisher, environment, by);
    }

    public Registration<TrustedPublisher> remove(String project, String publisher, Requester by) {
        return registrations.remove(project, publisher, by);
    }

    /** Lets a run that is still to come make a project. */
    public Registration<PendingPublisher> addPending(String project, PublisherSettings settings, Requester by) {
        Registration<PendingPublisher> added = registrations.pending().add(project, settings, Map.of(), by);
        if (added instanceof Registration.Registered) {
            note(settings);
        }
        return added;
    }

    public Registration<PendingPublisher> removePending(String id, Requester by) {
        return registrations.pending().remove(id, by);
    }

    private void note(PublisherSettings settings) {
        provider(settings.provider()).ifPresent(provider -> organizations.note(provider, settings));
    }

    /** Removes what has waited for too long, and reminds of what soon will have; does nothing within a day of the last time. */
    public void daily() {
        Instant now = parts.clock().instant();
        @Nullable Instant last = lastDaily.get();
        boolean due = last == null || !now.isBefore(last.plus(DAY));
        if (due && lastDaily.compareAndSet(last, now)) {
            while (!registrations.pending().purge().isEmpty()) {
                // There may be more.
            }
            while (!registrations.pending().remind().isEmpty()) {
                // There may be more.
            }
        }
    }
}
