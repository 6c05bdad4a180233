package dev.gatehouse.testkit.contract;

import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.audit.InMemoryAuditLog;
import dev.gatehouse.oidc.IdentityTokens;
import dev.gatehouse.oidc.IssuerDirectory;
import dev.gatehouse.publisher.Exchange;
import dev.gatehouse.publisher.ExchangeRequest;
import dev.gatehouse.publisher.Exchanged;
import dev.gatehouse.publisher.PendingPublisher;
import dev.gatehouse.publisher.PublisherOwners;
import dev.gatehouse.publisher.PublisherProvider;
import dev.gatehouse.publisher.PublisherProviders;
import dev.gatehouse.publisher.PublisherRegistrations;
import dev.gatehouse.publisher.PublisherSettings;
import dev.gatehouse.publisher.PublishingProject;
import dev.gatehouse.publisher.PublishingStore;
import dev.gatehouse.publisher.RefusedExchange;
import dev.gatehouse.publisher.RegistrantStatus;
import dev.gatehouse.publisher.Registration;
import dev.gatehouse.publisher.TokenExchange;
import dev.gatehouse.publisher.TrustedPublisher;
import dev.gatehouse.secret.KeyRing;
import dev.gatehouse.secret.Sealer;
import dev.gatehouse.secret.SecretBytes;
import dev.gatehouse.testkit.MutableClock;
import dev.gatehouse.testkit.issuer.FakeIssuer;
import dev.gatehouse.testkit.issuer.FakeToken;
import dev.gatehouse.token.ApiTokens;
import dev.gatehouse.token.OwnerStatus;
import dev.gatehouse.token.Requester;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** An index to which GitHub Actions publishes, on one or two nodes, with everything that a test may want to change. */
final class PublishingDesk {
    static final Requester ALICE = new Requester("alice", "192.0.2.1");
    static final Requester BOB = new Requester("bob", "192.0.2.2");
    static final String RUNNER = "198.51.100.7";
    static final FakeIssuer GITHUB = FakeIssuer.at("https://token.actions.githubusercontent.com");
    static final PublisherProvider PROVIDER = PublisherProvider.github();
    static final PublishingProject PROJECT = PublishingProject.of("id-1", "Some.Project");

    final MutableClock clock = MutableClock.at("2026-03-01T10:00:00.5Z");
    final InMemoryAuditLog events;
    final List<PublishingNode> nodes;
    final Map<String, RegistrantStatus.Standing> standings = new HashMap<>();
    final Map<String, String> refusals = new HashMap<>();

    PublishingDesk(List<PublishingNode> nodes, InMemoryAuditLog events) {
        this.nodes = nodes;
        this.events = events;
    }

    PublishingNode node() {
        return nodes.get(0);
    }

    static PublisherSettings settings(String repository, Map<String, String> more) {
        Map<String, String> form = new HashMap<>(more);
        form.put("owner", "octo-org");
        form.put("repository", repository);
        form.put("workflow", "release.yml");
        return PROVIDER.read(form, GITHUB.url()).fold(accepted -> accepted.settings(), refused -> {
            throw new AssertionError(refused.problems());
        });
    }

    static PublisherSettings settings(String repository) {
        return settings(repository, Map.of());
    }

    /** Each repository has an id of its own. */
    static String repositoryId(String repository) {
        return repository.equals("octo-repo") ? "74" : Integer.toString(1_000_000 + (repository.hashCode() & 0xffffff));
    }

    /** A good token of a run of the repository. */
    FakeToken run(String repository) {
        String workflow = "octo-org/" + repository + "/.github/workflows/release.yml@refs/heads/main";
        return GITHUB.token("pypi", clock.instant())
                .claims(Map.ofEntries(
                        Map.entry("sub", "repo:octo-org/" + repository + ":ref:refs/heads/main"),
                        Map.entry("repository", "octo-org/" + repository),
                        Map.entry("repository_owner", "octo-org"),
                        Map.entry("repository_owner_id", "65"),
                        Map.entry("repository_id", repositoryId(repository)),
                        Map.entry("job_workflow_ref", workflow),
                        Map.entry("workflow_ref", workflow),
                        Map.entry("event_name", "push"),
                        Map.entry("ref", "refs/heads/main"),
                        Map.entry("ref_type", "branch"),
                        Map.entry("sha", "0123456789abcdef0123456789abcdef01234567"),
                        Map.entry("run_id", "1"),
                        Map.entry("run_attempt", "1"),
                        Map.entry("runner_environment", "github-hosted"),
                        Map.entry("actor", "octocat"),
                        Map.entry("actor_id", "12")));
    }

    ApiTokens tokens(PublishingNode node) {
        return ApiTokens.builder(
                        "pypi.org",
                        node.tokens(),
                        new Sealer(KeyRing.sealingWith("k1", SecretBytes.copyOf(new byte[32]))
                                .build()),
                        PublisherOwners.of(node.publishers(), owner -> OwnerStatus.Standing.ACTIVE))
                .clock(clock)
                .build();
    }

    TokenExchange exchange(PublishingNode node) {
        return exchange(node, node.store(), builder -> builder);
    }

    /** An exchange of a node over another store in front of its own. */
    TokenExchange exchange(PublishingNode node, PublishingStore store, UnaryOperator<TokenExchange.Builder> settings) {
        IdentityTokens identities = IdentityTokens.builder(
                        "pypi", IssuerDirectory.of(List.of(GITHUB.issuer("github"))), GITHUB.fetch())
                .clock(clock)
                .build();
        return settings.apply(TokenExchange.builder(
                                identities, PublisherProviders.standard(), store, tokens(node), node.state())
                        .clock(clock)
                        .audit(events)
                        .registrants(pending ->
                                standings.getOrDefault(pending.registrant(), RegistrantStatus.Standing.READY))
                        .permit(attempt -> Optional.ofNullable(refusals.get(attempt.projectName()))))
                .build();
    }

    PublisherRegistrations registrations(PublishingNode node) {
        return registrations(node, node.store());
    }

    /** The registrations of a node over another store in front of its own. */
    PublisherRegistrations registrations(PublishingNode node, PublishingStore store) {
        return PublisherRegistrations.builder(
                        store,
                        PublisherProviders.standard(),
                        IssuerDirectory.of(List.of(GITHUB.issuer("github"))),
                        node.state())
                .clock(clock)
                .build();
    }

    PublisherRegistrations registrations() {
        return registrations(node());
    }

    /** A publisher of the project, which is added if it is not there. */
    TrustedPublisher publisher(PublishingProject project, PublisherSettings settings) {
        if (node().projects().byId(project.id()).isEmpty()) {
            node().addProject().accept(project);
        }
        return registered(registrations().add(project.id(), settings, Map.of(), ALICE));
    }

    PendingPublisher waiting(String project, PublisherSettings settings, Requester by) {
        return registered(registrations().pending().add(project, settings, Map.of(), by));
    }

    static <T> T registered(Registration<T> registration) {
        return registration.fold(registered -> registered.publisher(), not -> {
            throw new AssertionError(not + ": " + not.text());
        });
    }

    static Registration.Obstacle obstacle(Registration<?> registration) {
        return registration.fold(
                registered -> {
                    throw new AssertionError("registered");
                },
                not -> not.obstacle());
    }

    Exchange exchange(String token) {
        return exchange(node()).exchange(ExchangeRequest.of(token, RUNNER));
    }

    Exchanged exchanged(String token) {
        return exchanged(exchange(token));
    }

    static Exchanged exchanged(Exchange exchange) {
        return exchange.fold(
                exchanged -> exchanged,
                refused -> {
                    throw new AssertionError(refused.refusal() + ": " + refused.reason());
                },
                throttled -> {
                    throw new AssertionError("throttled");
                });
    }

    RefusedExchange refused(String token) {
        return refused(exchange(token));
    }

    static RefusedExchange refused(Exchange exchange) {
        return exchange.fold(
                exchanged -> {
                    throw new AssertionError("exchanged");
                },
                refused -> refused,
                throttled -> {
                    throw new AssertionError("throttled");
                });
    }

    /** Events of this kind so far. */
    List<dev.gatehouse.audit.AuditEvent> of(AuditTag tag) {
        return events.events().stream().filter(event -> event.tag().equals(tag)).toList();
    }
}
