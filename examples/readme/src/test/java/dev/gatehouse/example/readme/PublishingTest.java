package dev.gatehouse.example.readme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.publisher.PendingPublisher;
import dev.gatehouse.publisher.ProjectCreation;
import dev.gatehouse.publisher.PublisherOwners;
import dev.gatehouse.publisher.PublishingProject;
import dev.gatehouse.publisher.PublishingProjects;
import dev.gatehouse.publisher.RegistrantStatus;
import dev.gatehouse.secret.KeyRing;
import dev.gatehouse.secret.Sealer;
import dev.gatehouse.secret.SecretBytes;
import dev.gatehouse.store.jdbc.JdbcMigrations;
import dev.gatehouse.store.jdbc.JdbcStore;
import dev.gatehouse.testkit.issuer.FakeIssuer;
import dev.gatehouse.token.ApiTokens;
import dev.gatehouse.token.OwnerStatus;
import dev.gatehouse.token.Requester;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PublishingTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final Requester OWNER = new Requester("a1", "192.0.2.7");
    private static final Map<String, String> FORM = Map.of(
            "owner",
            "octo-org",
            "repository",
            "octo-repo",
            "workflow",
            "release.yml",
            "ref-type",
            "tag",
            "ref-pattern",
            "v*");

    private final FakeIssuer github = FakeIssuer.at("https://token.actions.githubusercontent.com");

    @AfterEach
    void close() {
        github.close();
    }

    @Test
    void run_ofATrustedWorkflow_getsATokenOnce() {
        Publishing publishing = publishing("once");
        assertThat(publishing.trust("p1", FORM, OWNER)).isEqualTo("added");

        String identity = run("refs/tags/v1.0", "1");
        assertThat(publishing.mint(identity, "192.0.2.9")).startsWith("pypi-");
        assertThat(publishing.mint(identity, "192.0.2.9"))
                .isEqualTo("invalid-reuse-token: invalid token: already used");
    }

    @Test
    void run_ofAnotherRef_getsNone() {
        Publishing publishing = publishing("ref");
        publishing.trust("p1", FORM, OWNER);

        assertThat(publishing.mint(run("refs/heads/main", "2"), "192.0.2.9"))
                .startsWith("invalid-publisher: valid token, but no corresponding publisher");
    }

    @Test
    void trust_inWhatCannotBe_isRefusedInTheWordsOfPypi() {
        assertThat(publishing("form").trust("p1", Map.of("owner", "octo-org"), OWNER))
                .isEqualTo("Specify repository name");
    }

    private String run(String ref, String jti) {
        return github.token("index.example", NOW)
                .claims(Map.of(
                        "repository", "octo-org/octo-repo",
                        "repository_owner", "octo-org",
                        "repository_owner_id", "65",
                        "repository_id", "74",
                        "job_workflow_ref", "octo-org/octo-repo/.github/workflows/release.yml@" + ref,
                        "ref", ref,
                        "sha", "0123456789abcdef0123456789abcdef01234567",
                        "event_name", "push",
                        "jti", jti))
                .sign();
    }

    private Publishing publishing(String name) {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:publishing-" + name + ";DB_CLOSE_DELAY=-1");
        JdbcMigrations.apply(database);
        JdbcStore store = JdbcStore.of(database);
        InstantSource clock = InstantSource.fixed(NOW);
        OwnerStatus owners =
                PublisherOwners.of(store.repositories().publishers(), owner -> OwnerStatus.Standing.ACTIVE);
        ApiTokens tokens = ApiTokens.builder(
                        "index.example",
                        store.repositories().tokens(),
                        new Sealer(KeyRing.sealingWith("k1", SecretBytes.copyOf(new byte[32]))
                                .build()),
                        owners)
                .clock(clock)
                .build();
        return new Publishing(
                store.publishing(connection -> new OneProject()),
                tokens,
                store.ephemeralState(),
                attempt -> Optional.empty(),
                pending -> RegistrantStatus.Standing.READY,
                github.fetch(),
                clock);
    }

    private static final class OneProject implements PublishingProjects {
        private static final PublishingProject ONLY = PublishingProject.of("p1", "octo-tool");

        @Override
        public Optional<PublishingProject> byId(String id) {
            return id.equals("p1") ? Optional.of(ONLY) : Optional.empty();
        }

        @Override
        public Optional<PublishingProject> byName(String name) {
            return name.equals("octo-tool") ? Optional.of(ONLY) : Optional.empty();
        }

        @Override
        public ProjectCreation create(PendingPublisher pending) {
            return new ProjectCreation.NameTaken();
        }
    }
}
