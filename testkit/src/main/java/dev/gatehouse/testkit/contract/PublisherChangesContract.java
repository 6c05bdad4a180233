package dev.gatehouse.testkit.contract;

import static dev.gatehouse.testkit.contract.PublishingDesk.ALICE;
import static dev.gatehouse.testkit.contract.PublishingDesk.BOB;
import static dev.gatehouse.testkit.contract.PublishingDesk.PROJECT;
import static dev.gatehouse.testkit.contract.PublishingDesk.settings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.audit.InMemoryAuditLog;
import dev.gatehouse.publisher.Exchanged;
import dev.gatehouse.publisher.PublisherSettings;
import dev.gatehouse.publisher.PublishingProject;
import dev.gatehouse.publisher.TrustedPublisher;
import dev.gatehouse.testkit.Race;
import dev.gatehouse.token.OwnerState;
import dev.gatehouse.token.TokenOwner;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What changes of publishers hold over every store. */
public abstract class PublisherChangesContract {
    /** For subclasses. */
    protected PublisherChangesContract() {}

    /**
     * Nodes of a new, empty index that share everything.
     *
     * @param nodes 1 or 2
     * @param sink told of each event within its transaction; what it throws must end it
     */
    protected abstract List<PublishingNode> create(int nodes, AuditSink sink);

    /** How many rounds a race has; fewer for a store that is slow. */
    protected int rounds() {
        return 10;
    }

    private PublishingDesk desk(int nodes) {
        InMemoryAuditLog events = InMemoryAuditLog.create();
        return new PublishingDesk(create(nodes, events), events);
    }

    @Test
    void constrain_aPublisherOfTwoProjects_narrowsItForOneOfThem() {
        PublishingDesk desk = desk(1);
        PublisherSettings settings = settings("octo-repo");
        PublishingProject second = PublishingProject.of("id-2", "second");
        TrustedPublisher shared = desk.publisher(PROJECT, settings);
        assertThat(desk.publisher(second, settings).id()).isEqualTo(shared.id());

        TrustedPublisher narrow =
                PublishingDesk.registered(desk.registrations().constrain(PROJECT.id(), shared.id(), "Release", ALICE));

        assertThat(narrow.settings()).isEqualTo(settings("octo-repo", Map.of("environment", "release")));
        assertThat(desk.registrations().list(PROJECT.id())).containsExactly(narrow);
        assertThat(desk.registrations().list(second.id()))
                .extracting(TrustedPublisher::id)
                .containsExactly(shared.id());
        assertThat(desk.exchanged(desk.run("octo-repo")
                                .claim("environment", "RELEASE")
                                .sign())
                        .projects())
                .containsExactly(PROJECT);
        assertThat(desk.exchanged(desk.run("octo-repo").sign()).projects()).containsExactly(second);
        assertThat(desk.node().tokens().ownerState(TokenOwner.publisher(shared.id())))
                .isEqualTo(new OwnerState(1, false));
    }

    @Test
    void add_thePublishersOfOneRunPinnedAndNot_areMergedByItsNextRun() {
        PublishingDesk desk = desk(1);
        PublishingProject second = PublishingProject.of("id-2", "second");
        TrustedPublisher bare = desk.publisher(PROJECT, settings("octo-repo"));
        desk.node().addProject().accept(second);
        TrustedPublisher pinned = PublishingDesk.registered(
                desk.registrations().add(second.id(), settings("octo-repo"), Map.of("repository_id", "74"), BOB));
        assertThat(pinned.id()).isNotEqualTo(bare.id());

        Exchanged exchanged = desk.exchanged(desk.run("octo-repo").sign());

        assertThat(exchanged.projects()).containsExactlyInAnyOrder(PROJECT, second);
        assertThat(exchanged.publisher().id()).isEqualTo(pinned.id());
        assertThat(desk.node().publishers().find(bare.id())).isEmpty();
        assertThat(desk.registrations().list(PROJECT.id())).containsExactly(exchanged.publisher());
    }

    @Test
    void add_ofOnePublisherToManyProjectsAtOnce_linksOneToAll() {
        PublishingDesk desk = desk(2);
        for (int round = 0; round < rounds(); round++) {
            String repository = "repo-" + round;
            List<PublishingProject> projects = List.of(
                    PublishingProject.of("a-" + round, "a-project-" + "a".repeat(round + 1)),
                    PublishingProject.of("b-" + round, "b-project-" + "a".repeat(round + 1)));
            projects.forEach(desk.node().addProject());
            Race.of(
                    2,
                    i -> PublishingDesk.registered(desk.registrations(desk.nodes.get(i))
                            .add(projects.get(i).id(), settings(repository), Map.of(), ALICE)));

            TrustedPublisher publisher =
                    desk.registrations().list(projects.get(0).id()).get(0);
            assertThat(publisher.projects())
                    .containsExactly(projects.get(0).id(), projects.get(1).id());
        }
    }
}
