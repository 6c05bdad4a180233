package dev.gatehouse.servlet;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.disclosure.DisclosureOrigin;
import dev.gatehouse.disclosure.LeakReports;
import dev.gatehouse.oidc.IdentityTokens;
import dev.gatehouse.oidc.IssuerDirectory;
import dev.gatehouse.publisher.ExchangeLimits;
import dev.gatehouse.publisher.InMemoryPublishingStore;
import dev.gatehouse.publisher.PublisherOwners;
import dev.gatehouse.publisher.PublisherProvider;
import dev.gatehouse.publisher.PublisherProviders;
import dev.gatehouse.publisher.PublisherRegistrations;
import dev.gatehouse.publisher.PublishingProject;
import dev.gatehouse.publisher.RegistrantStatus;
import dev.gatehouse.publisher.TokenExchange;
import dev.gatehouse.publisher.TrustedPublisher;
import dev.gatehouse.secret.KeyRing;
import dev.gatehouse.secret.Sealer;
import dev.gatehouse.secret.SecretBytes;
import dev.gatehouse.state.EphemeralState;
import dev.gatehouse.testkit.issuer.FakeDisclosureOrigin;
import dev.gatehouse.testkit.issuer.FakeIssuer;
import dev.gatehouse.testkit.issuer.FakeToken;
import dev.gatehouse.token.ApiTokens;
import dev.gatehouse.token.OwnerStatus;
import dev.gatehouse.token.Requester;
import dev.gatehouse.token.TokenProject;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/**
 * An index to which GitHub Actions publishes, behind the filter: exchange, upload and reports of leaked tokens on one store. The publisher of
 * {@code octo-org/octo-repo} is linked to {@code foo}, that of {@code octo-org/locked} to {@code locked}.
 */
final class PublishingApp extends HttpServlet {
    private static final long serialVersionUID = 1;
    static final FakeIssuer GITHUB = FakeIssuer.at("https://token.actions.githubusercontent.com");
    private static final Requester ALICE = new Requester("id-alice", "192.0.2.1");

    final transient TestIndex index = new TestIndex();
    final transient FakeDisclosureOrigin scanner = FakeDisclosureOrigin.of(DisclosureOrigin.gitHub());
    final transient List<AuditEvent> events = new CopyOnWriteArrayList<>();
    final transient InMemoryPublishingStore store = InMemoryPublishingStore.create(this::record);
    final transient ApiTokens tokens = ApiTokens.builder(
                    "index.test",
                    store.tokens(),
                    new Sealer(KeyRing.sealingWith("k1", SecretBytes.copyOf(new byte[32]))
                            .build()),
                    PublisherOwners.of(store.publishers(), owner -> OwnerStatus.Standing.ACTIVE))
            .clock(index.clock)
            .build();
    private final transient PublishingEndpoints publishing;
    private final transient DisclosureEndpoints disclosure;

    /** What cannot be recorded any more, by the beginning of its tag; an empty text for nothing. */
    volatile String unrecordable = "";

    volatile boolean enabled = true;
    volatile boolean providerEnabled = true;

    PublishingApp() {
        EphemeralState state = EphemeralState.singleNode(AuditSink.slf4j());
        IssuerDirectory issuers = IssuerDirectory.of(List.of(GITHUB.issuer("github")));
        TokenExchange exchange = TokenExchange.builder(
                        IdentityTokens.builder("index.test", issuers, GITHUB.fetch())
                                .clock(index.clock)
                                .build(),
                        PublisherProviders.standard(),
                        store,
                        tokens,
                        state)
                .clock(index.clock)
                .audit(this::record)
                .limits(ExchangeLimits.standard())
                .registrants(pending -> RegistrantStatus.Standing.READY)
                .permit(PolicyExchangePermit.of(index.policy(), index.host))
                .build();
        this.publishing = PublishingEndpoints.builder(exchange, "index.test")
                .enabled(() -> enabled)
                .build();
        this.disclosure = DisclosureEndpoints.of(LeakReports.builder(tokens, scanner)
                .audit(this::record)
                .clock(index.clock)
                .build());
        PublisherRegistrations registrations = PublisherRegistrations.builder(
                        store, PublisherProviders.standard(), issuers, state)
                .clock(index.clock)
                .build();
        for (Map.Entry<String, String> each :
                Map.of("octo-repo", "foo", "locked", "locked").entrySet()) {
            String project = each.getValue();
            store.addProject(PublishingProject.of("id-" + project, project));
            var settings = PublisherProvider.github()
                    .read(
                            Map.of("owner", "octo-org", "repository", each.getKey(), "workflow", "release.yml"),
                            GITHUB.url())
                    .fold(accepted -> accepted.settings(), refused -> {
                        throw new AssertionError(refused.problems());
                    });
            registrations.add("id-" + project, settings, Map.of(), ALICE).fold(registered -> registered, not -> {
                throw new AssertionError(not.text());
            });
        }
    }

    private void record(AuditEvent event) {
        if (!unrecordable.isEmpty() && event.tag().text().startsWith(unrecordable)) {
            throw new IllegalStateException("the event cannot be written");
        }
        events.add(event);
    }

    TwoFactorFilter filter() {
        return TwoFactorFilter.builder(
                        index.policy(),
                        PypiLayout.builder().csrfTokensCheckedByHost().build(),
                        index.host)
                .tokens(ApiTokenVerifier.of(tokens, new ApiTokenVerifier.Directory() {
                    @Override
                    public Optional<String> accountName(String accountId) {
                        return Optional.of(accountId.substring(3));
                    }

                    @Override
                    public TokenProject project(String name) {
                        Set<String> linked = store.publishers().ofProject("id-" + name).stream()
                                .map(TrustedPublisher::id)
                                .collect(Collectors.toSet());
                        return TokenProject.of(name).withId("id-" + name).withPublishers(linked);
                    }
                }))
                .audit(index.events::add)
                .clock(index.clock)
                .build();
    }

    /** A good token of a run of the repository. */
    FakeToken run(String repository) {
        String workflow = "octo-org/" + repository + "/.github/workflows/release.yml@refs/tags/v1";
        return GITHUB.token("index.test", index.clock.instant())
                .claims(Map.ofEntries(
                        Map.entry("sub", "repo:octo-org/" + repository + ":ref:refs/tags/v1"),
                        Map.entry("repository", "octo-org/" + repository),
                        Map.entry("repository_owner", "octo-org"),
                        Map.entry("repository_owner_id", "65"),
                        Map.entry("repository_id", "74"),
                        Map.entry("job_workflow_ref", workflow),
                        Map.entry("workflow_ref", workflow),
                        Map.entry("event_name", "push"),
                        Map.entry("ref", "refs/tags/v1"),
                        Map.entry("ref_type", "tag"),
                        Map.entry("ref_protected", "true"),
                        Map.entry("sha", "0123456789abcdef0123456789abcdef01234567"),
                        Map.entry("run_id", "1"),
                        Map.entry("runner_environment", "self-hosted"),
                        Map.entry("actor", "octocat"),
                        Map.entry("actor_id", "12")));
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        String path = Examiner.path(request, request.getDispatcherType());
        if (publishing.paths().contains(path)) {
            publishing.service((jakarta.servlet.ServletRequest) request, response);
        } else if (disclosure.paths().contains(path)) {
            disclosure.service((jakarta.servlet.ServletRequest) request, response);
        } else {
            index.app.service((jakarta.servlet.ServletRequest) request, response);
        }
    }
}
