package dev.gatehouse.testkit.contract;

import static dev.gatehouse.testkit.contract.PublishingDesk.ALICE;
import static dev.gatehouse.testkit.contract.PublishingDesk.PROJECT;
import static dev.gatehouse.testkit.contract.PublishingDesk.obstacle;
import static dev.gatehouse.testkit.contract.PublishingDesk.registered;
import static dev.gatehouse.testkit.contract.PublishingDesk.settings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.audit.InMemoryAuditLog;
import dev.gatehouse.oidc.IdentityTokens;
import dev.gatehouse.oidc.Issuer;
import dev.gatehouse.oidc.IssuerDirectory;
import dev.gatehouse.publisher.Exchange;
import dev.gatehouse.publisher.ExchangeRequest;
import dev.gatehouse.publisher.Exchanged;
import dev.gatehouse.publisher.InMemoryPublishingStore;
import dev.gatehouse.publisher.PendingRegistrations;
import dev.gatehouse.publisher.PublisherProvider;
import dev.gatehouse.publisher.PublisherProviders;
import dev.gatehouse.publisher.PublisherRegistrations;
import dev.gatehouse.publisher.PublisherSettings;
import dev.gatehouse.publisher.PublishingProject;
import dev.gatehouse.publisher.RegistrantStatus.Standing;
import dev.gatehouse.publisher.Registration.Obstacle;
import dev.gatehouse.publisher.TokenExchange;
import dev.gatehouse.publisher.TrustedPublisher;
import dev.gatehouse.testkit.issuer.FakeIssuer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Issuers of one organisation alone: what they are registered for, and what their runs may have. */
class OrganizationIssuersTest {
    private static final String RUN = "octo-repo";

    private final InMemoryAuditLog events = InMemoryAuditLog.create();
    private final InMemoryPublishingStore store = InMemoryPublishingStore.create(events);
    private final PublishingDesk desk = new PublishingDesk(InMemoryPublishingTest.nodes(1, store), events);
    private final PendingRegistrations pending = desk.registrations().pending();

    private static PublisherSettings gitlab(FakeIssuer issuer) {
        return PublisherProvider.gitlab()
                .read(Map.of("namespace", "grp", "project", "prj", "workflow", ".gitlab-ci.yml"), issuer.url())
                .fold(accepted -> accepted.settings(), refused -> {
                    throw new AssertionError(refused.problems());
                });
    }

    @Test
    void publisher_ofAnOrganizationsIssuer_isGoodForItsProjectsAlone() {
        FakeIssuer own = FakeIssuer.at("https://gitlab.acme.example");
        Issuer issuer = Issuer.builder(own.url(), "gitlab").organization("acme").build();
        IssuerDirectory directory = IssuerDirectory.of(List.of(issuer));
        PublisherSettings settings = gitlab(own);
        PublisherRegistrations all = PublisherRegistrations.builder(
                        desk.node().store(),
                        PublisherProviders.standard(),
                        directory,
                        desk.node().state())
                .clock(desk.clock)
                .build();
        PublishingProject acmes = PublishingProject.of("a1", "acmes").inOrganization("acme");
        desk.node().addProject().accept(acmes);
        PublishingProject others = PublishingProject.of("o1", "others").inOrganization("other");
        desk.node().addProject().accept(others);

        assertThat(obstacle(all.add(others.id(), settings, Map.of(), ALICE))).isEqualTo(Obstacle.OTHER_ORGANIZATION);
        assertThat(obstacle(all.pending().add("new", settings, Map.of(), ALICE)))
                .isEqualTo(Obstacle.OTHER_ORGANIZATION);
        assertThat(obstacle(all.pending().addFor("other", "new", settings, Map.of(), ALICE)))
                .isEqualTo(Obstacle.OTHER_ORGANIZATION);
        TrustedPublisher publisher = registered(all.add(acmes.id(), settings, Map.of(), ALICE));
        assertThat(publisher.organization()).contains("acme");
        // The organisation gives a project away, and the link stays.
        store.addProject(PROJECT.inOrganization("acme"));
        registered(all.add(PROJECT.id(), settings, Map.of(), ALICE));
        store.deleteProject(PROJECT.id());
        store.addProject(PROJECT);

        Exchange exchange = exchange(directory, own);

        assertThat(PublishingDesk.exchanged(exchange).projects()).containsExactly(acmes);
        Issuer taken = Issuer.builder(own.url(), "gitlab").organization("other").build();
        assertThat(PublishingDesk.refused(exchange(IssuerDirectory.of(List.of(taken)), own))
                        .code())
                .isEqualTo("invalid-publisher");
        assertThat(PublishingDesk.refused(exchange(IssuerDirectory.of(List.of(own.issuer("gitlab"))), own))
                        .code())
                .isEqualTo("invalid-publisher");
    }

    @Test
    void pending_ofAnOrganization_isForARunOfItsOwnIssuerOrOfOneForAll() {
        FakeIssuer own = FakeIssuer.at("https://gitlab.acme.example");
        IssuerDirectory acmes = IssuerDirectory.of(
                List.of(Issuer.builder(own.url(), "gitlab").organization("acme").build()));
        IssuerDirectory others = IssuerDirectory.of(List.of(
                Issuer.builder(own.url(), "gitlab").organization("other").build()));
        PendingRegistrations waiting = PublisherRegistrations.builder(
                        desk.node().store(),
                        PublisherProviders.standard(),
                        acmes,
                        desk.node().state())
                .clock(desk.clock)
                .build()
                .pending();
        registered(waiting.addFor("acme", "new", gitlab(own), Map.of(), ALICE));

        assertThat(PublishingDesk.refused(exchange(others, own)).code()).isEqualTo("invalid-publisher");
        Exchanged exchanged = PublishingDesk.exchanged(exchange(acmes, own));
        assertThat(exchanged.made().orElseThrow().organization()).contains("acme");
        assertThat(exchanged.publisher().organization()).contains("acme");
        registered(pending.addFor("org", "other", settings(RUN), Map.of(), ALICE));
        assertThat(desk.exchanged(desk.run(RUN).sign()).made().orElseThrow().organization())
                .contains("org");
    }

    private Exchange exchange(IssuerDirectory directory, FakeIssuer issuer) {
        IdentityTokens identities = IdentityTokens.builder("pypi", directory, issuer.fetch())
                .clock(desk.clock)
                .build();
        String token = issuer.token("pypi", desk.clock.instant())
                .claims(Map.of(
                        "sub", "project_path:grp/prj:ref_type:branch:ref:main",
                        "project_path", "grp/prj",
                        "namespace_id", "1",
                        "project_id", "2",
                        "ci_config_ref_uri", "gitlab.acme.example/grp/prj//.gitlab-ci.yml@refs/heads/main",
                        "ref_path", "refs/heads/main",
                        "ref_type", "branch",
                        "pipeline_source", "push",
                        "sha", "0123456789abcdef0123456789abcdef01234567"))
                .sign();
        return TokenExchange.builder(
                        identities,
                        PublisherProviders.standard(),
                        desk.node().store(),
                        desk.tokens(desk.node()),
                        desk.node().state())
                .clock(desk.clock)
                .registrants(waiting -> Standing.READY)
                .permit(attempt -> Optional.empty())
                .build()
                .exchange(ExchangeRequest.of(token, PublishingDesk.RUNNER));
    }
}
