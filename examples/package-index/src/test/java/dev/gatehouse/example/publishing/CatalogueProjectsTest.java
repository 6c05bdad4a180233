package dev.gatehouse.example.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.example.index.Catalogue;
import dev.gatehouse.example.index.Member;
import dev.gatehouse.example.index.ProjectName;
import dev.gatehouse.publisher.PendingPublisher;
import dev.gatehouse.publisher.ProjectCreation;
import dev.gatehouse.publisher.PublisherSettings;
import dev.gatehouse.publisher.PublishingProject;
import dev.gatehouse.publisher.PublishingStore;
import dev.gatehouse.store.jdbc.JdbcMigrations;
import dev.gatehouse.store.jdbc.JdbcStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A project that a run makes goes with the transaction of the exchange. */
class CatalogueProjectsTest {
    private static final Instant NOW = Instant.parse("2024-04-02T12:00:00Z");

    private final JdbcDataSource source = new JdbcDataSource();
    private Catalogue catalogue;
    private PublishingStore store;

    @BeforeEach
    void make() {
        source.setURL("jdbc:h2:mem:projects-" + System.identityHashCode(this) + ";DB_CLOSE_DELAY=-1");
        Flyway.configure(Catalogue.class.getClassLoader())
                .dataSource(source)
                .locations("classpath:dev/gatehouse/example/schema")
                .load()
                .migrate();
        JdbcMigrations.apply(source);
        catalogue = new Catalogue(Jdbi.create(source));
        store = JdbcStore.of(source)
                .publishing(connection ->
                        new CatalogueProjects(catalogue, Jdbi.open(connection), InstantSource.fixed(NOW)));
    }

    private static PendingPublisher pending(String name) {
        PublisherSettings settings =
                PublisherSettings.of("github", "https://token.actions.githubusercontent.com", Map.of("owner", "o"));
        return PendingPublisher.builder("p1", settings, name, name, "a1", NOW).build();
    }

    private boolean exists(String name) {
        return catalogue.project(ProjectName.of(name).orElseThrow()).isPresent();
    }

    @Test
    void create_inATransactionThatFails_leavesNoProject() {
        assertThatThrownBy(() -> store.inTransaction(unit -> {
                    assertThat(unit.projects().create(pending("Lost.Tool")))
                            .isInstanceOf(ProjectCreation.Created.class);
                    assertThat(unit.projects().byName("lost-tool")).isPresent();
                    throw new IllegalStateException("after all");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(exists("lost-tool")).isFalse();
    }

    @Test
    void create_ofAFreeName_isOwnedByTheRegistrant() {
        ProjectCreation made = store.inTransaction(unit -> unit.projects().create(pending("kept")));

        String id = ((ProjectCreation.Created) made).project().id();
        assertThat(catalogue.members(id)).containsExactly(new Member("a1", Member.Role.OWNER));
        Optional<PublishingProject> found =
                store.inTransaction(unit -> unit.projects().byId(id));
        assertThat(found).contains(PublishingProject.of(id, "kept"));
    }

    @Test
    void create_ofATakenNameOrOneThatCannotBe_makesNothing() {
        store.inTransaction(unit -> unit.projects().create(pending("taken")));

        ProjectCreation second = store.inTransaction(unit -> unit.projects().create(pending("Taken")));
        ProjectCreation impossible = store.inTransaction(unit -> unit.projects().create(pending("not a name!")));

        assertThat(second).isInstanceOf(ProjectCreation.NameTaken.class);
        assertThat(impossible).isInstanceOf(ProjectCreation.Refused.class);
    }
}
