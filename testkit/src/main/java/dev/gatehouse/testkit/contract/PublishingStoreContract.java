package dev.gatehouse.testkit.contract;

import static dev.gatehouse.testkit.contract.PublisherSamples.KEYS;
import static dev.gatehouse.testkit.contract.PublisherSamples.event;
import static dev.gatehouse.testkit.contract.PublisherSamples.full;
import static dev.gatehouse.testkit.contract.PublisherSamples.pending;
import static dev.gatehouse.testkit.contract.PublisherSamples.publisher;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.audit.InMemoryAuditLog;
import dev.gatehouse.publisher.PendingPublisher;
import dev.gatehouse.publisher.PendingPublisherRepository;
import dev.gatehouse.publisher.ProjectCreation;
import dev.gatehouse.publisher.PublisherRepository;
import dev.gatehouse.publisher.PublishingProject;
import dev.gatehouse.publisher.PublishingStore;
import dev.gatehouse.publisher.PublishingStore.Unit;
import dev.gatehouse.publisher.TrustedPublisher;
import dev.gatehouse.secret.KeyRing;
import dev.gatehouse.secret.SealContext;
import dev.gatehouse.secret.Sealer;
import dev.gatehouse.secret.SecretBytes;
import dev.gatehouse.testkit.Race;
import dev.gatehouse.token.ApiToken;
import dev.gatehouse.token.ApiTokenRepository;
import dev.gatehouse.token.OwnerState;
import dev.gatehouse.token.TokenOwner;
import dev.gatehouse.token.TokenReach;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What every {@link PublishingStore} holds: one transaction for all its parts, and for the host's projects. */
public abstract class PublishingStoreContract {
    private static final TokenOwner OWNER = TokenOwner.publisher("a");

    private final Sealer sealer = new Sealer(
            KeyRing.sealingWith("k1", SecretBytes.copyOf(new byte[32])).build());

    /** For subclasses. */
    protected PublishingStoreContract() {}

    /**
     * Nodes of a new, empty index that share everything.
     *
     * @param nodes 1 or 2
     * @param sink told of each event within its transaction; what it throws must end it
     */
    protected abstract List<PublishingNode> create(int nodes, AuditSink sink);

    /** How many rounds a race has; fewer for a store that is slow. */
    protected int rounds() {
        return 30;
    }

    private static PendingPublisher waiting() {
        return pending("w", "new-project", "alice");
    }

    /** Changes everything there is. */
    private void everything(Unit unit) {
        unit.publishers().insert(full("a"), KEYS, event("1"));
        unit.publishers()
                .replace(
                        full("a"),
                        full("a").toBuilder().projects(java.util.Set.of("p9")).build(),
                        KEYS,
                        event("2"));
        unit.pending().insert(waiting(), KEYS, 3, event("3"));
        unit.projects().create(waiting());
        unit.tokens().advance(OWNER, event("4"));
        ApiToken token = ApiToken.builder("t", OWNER, TokenReach.PROJECT, PublisherSamples.T0)
                .build();
        unit.tokens()
                .insert(
                        token,
                        sealer.seal(
                                SecretBytes.copyOf(new byte[32]),
                                new SealContext(ApiTokenRepository.PURPOSE, OWNER.text(), "t")),
                        1,
                        event("5"));
        unit.audit().record(event("6"));
    }

    private static void assertNothing(PublishingNode node) {
        assertThat(node.publishers().withAnyKey(KEYS, 9)).isEmpty();
        assertThat(node.publishers().ofProject("p9")).isEmpty();
        assertThat(node.pending().withAnyKey(KEYS, 9)).isEmpty();
        assertThat(node.projects().byName("new-project")).isEmpty();
        assertThat(node.tokens().find("t")).isEmpty();
        assertThat(node.tokens().ownerState(OWNER)).isEqualTo(OwnerState.INITIAL);
    }

    @Test
    void inTransaction_thatReturns_keepsEverythingWithItsEventsInOrder() {
        InMemoryAuditLog events = InMemoryAuditLog.create();
        PublishingNode node = create(1, events).get(0);

        String answer = node.store().inTransaction(unit -> {
            everything(unit);
            assertThat(unit.publishers().find("a")).isPresent();
            assertThat(unit.pending().find("w")).isPresent();
            assertThat(unit.projects().byName("New_Project")).isPresent();
            assertThat(unit.tokens().find("t")).isPresent();
            return "done";
        });

        assertThat(answer).isEqualTo("done");
        assertThat(node.publishers().ofProject("p9")).hasSize(1);
        assertThat(node.pending().find("w")).contains(waiting());
        assertThat(node.projects().byName("new-project")).isPresent();
        assertThat(node.tokens().find("t")).isPresent();
        assertThat(events.events())
                .extracting(each -> each.subject().orElseThrow())
                .containsExactly("1", "2", "3", "4", "5", "6");
    }

    @Test
    void inTransaction_thatThrows_keepsNothing() {
        InMemoryAuditLog events = InMemoryAuditLog.create();
        PublishingNode node = create(1, events).get(0);

        assertThatExceptionOfType(AbandonedException.class)
                .isThrownBy(() -> node.store().inTransaction(unit -> {
                    everything(unit);
                    throw new AbandonedException();
                }));

        assertNothing(node);
        assertThat(events.events()).isEmpty();
        node.store().inTransaction(unit -> {
            everything(unit);
            return 1;
        });
        assertThat(node.tokens().find("t")).isPresent();
    }

    @Test
    void inTransaction_whoseEventIsNotRecorded_keepsNothing() {
        PublishingNode node = create(1, InMemoryAuditLog.create(5)).get(0);

        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> node.store().inTransaction(unit -> {
                    everything(unit);
                    return 1;
                }));

        assertNothing(node);
    }

    @Test
    void inTransaction_withAChangeThatFails_hasNoEventOfIt() {
        InMemoryAuditLog events = InMemoryAuditLog.create();
        PublishingNode node = create(1, events).get(0);

        node.store().inTransaction(unit -> {
            unit.publishers().insert(publisher("a", "r"), KEYS, event("1"));
            assertThat(unit.publishers().insert(publisher("b", "r"), KEYS, event("2")))
                    .isEqualTo(PublisherRepository.Insertion.IDENTITY_TAKEN);
            assertThat(unit.publishers().remove(full("a"), event("3"))).isEqualTo(PublisherRepository.Change.CONFLICT);
            assertThat(unit.pending().remove(waiting(), event("4")))
                    .isEqualTo(PendingPublisherRepository.Change.CONFLICT);
            return 1;
        });

        assertThat(events.events()).containsExactly(event("1"));
    }

    @Test
    void create_aProjectWhoseNameIsTaken_makesNone() {
        PublishingNode node = create(1, event -> {}).get(0);
        node.addProject().accept(PublishingProject.of("p1", "new.PROJECT"));

        ProjectCreation creation =
                node.store().inTransaction(unit -> unit.projects().create(waiting()));

        assertThat(creation).isInstanceOf(ProjectCreation.NameTaken.class);
        assertThat(node.projects().byName("NewProject")).contains(PublishingProject.of("p1", "new.PROJECT"));
        assertThat(node.projects().byId("p1")).isPresent();
        assertThat(node.projects().byId("P1")).isEmpty();
    }

    @Test
    void create_forAnOrganization_makesItsProject() {
        PublishingNode node = create(1, event -> {}).get(0);
        PendingPublisher waiting = waiting().toBuilder().organization("o").build();

        ProjectCreation creation =
                node.store().inTransaction(unit -> unit.projects().create(waiting));

        PublishingProject made = creation.fold(created -> created.project(), t -> null, r -> null);
        assertThat(made.organization()).contains("o");
        assertThat(node.projects().byId(made.id())).contains(made);
    }

    @Test
    void create_ofOneNameByTwoNodesAtOnce_makesOneAndRollsTheOtherBack() {
        for (int round = 0; round < rounds(); round++) {
            List<PublishingNode> nodes = create(2, event -> {});
            List<Boolean> made = Race.of(2, i -> isMade(nodes.get(i), "publisher-" + i, "repository-" + i));

            assertThat(made).containsOnlyOnce(true);
            assertThat(nodes.get(0).publishers().withAnyKey(KEYS, 9)).hasSize(1);
        }
    }

    /** A publisher and then its project; both or none. */
    private static boolean isMade(PublishingNode node, String id, String repository) {
        try {
            return node.store().inTransaction(unit -> {
                TrustedPublisher publisher = publisher(id, repository);
                unit.publishers().insert(publisher, KEYS, event(id));
                if (!(unit.projects().create(waiting()) instanceof ProjectCreation.Created)) {
                    throw new AbandonedException();
                }
                return true;
            });
        } catch (AbandonedException e) {
            return false;
        }
    }

    @Test
    void inTransaction_againstSingleChanges_neverStopsForGood() {
        InMemoryAuditLog events = InMemoryAuditLog.create();
        List<PublishingNode> nodes = create(2, events);
        AuditEvent advanced = event("advanced");
        Consumer<Integer> alone = i -> nodes.get(1).tokens().advance(OWNER, advanced);
        Consumer<Integer> together = i -> nodes.get(0).store().inTransaction(unit -> {
            unit.publishers().insert(publisher("p" + i, "r" + i), KEYS, event("1"));
            return unit.tokens().advance(OWNER, advanced);
        });

        for (int round = 0; round < rounds(); round++) {
            int number = round;
            Race.of(2, i -> {
                (i == 0 ? alone : together).accept(number);
                return true;
            });
        }

        assertThat(nodes.get(0).tokens().ownerState(OWNER).version()).isEqualTo(2L * rounds());
        assertThat(events.events()).filteredOn(advanced::equals).hasSize(2 * rounds());
    }

    /** What work throws that is to leave nothing behind. */
    private static final class AbandonedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        AbandonedException() {
            super("abandoned");
        }
    }
}
