package dev.gatehouse.testkit.contract;

import static dev.gatehouse.testkit.contract.PublishingDesk.ALICE;
import static dev.gatehouse.testkit.contract.PublishingDesk.BOB;
import static dev.gatehouse.testkit.contract.PublishingDesk.PROJECT;
import static dev.gatehouse.testkit.contract.PublishingDesk.RUNNER;
import static dev.gatehouse.testkit.contract.PublishingDesk.settings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.audit.InMemoryAuditLog;
import dev.gatehouse.publisher.Exchange;
import dev.gatehouse.publisher.ExchangeRequest;
import dev.gatehouse.publisher.Exchanged;
import dev.gatehouse.publisher.InMemoryPublishingStore;
import dev.gatehouse.publisher.PendingPublisherRepository;
import dev.gatehouse.publisher.PublisherRepository;
import dev.gatehouse.publisher.PublishingProject;
import dev.gatehouse.publisher.PublishingStore;
import dev.gatehouse.publisher.Registration;
import dev.gatehouse.publisher.TrustedPublisher;
import dev.gatehouse.state.EphemeralState;
import dev.gatehouse.testkit.contract.FaultSweep.Ceremony;
import dev.gatehouse.testkit.contract.FaultSweep.Outcome;
import dev.gatehouse.token.TokenOwner;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Exchanges and registrations over stores, each of whose calls goes wrong once in each way. */
class ExchangeFaultsTest {
    private static final PublishingProject OTHER = PublishingProject.of("id-2", "Other.Project");

    /** Candidates that do not match the run, or are there twice, are none. */
    private static final StoreFault[] UNLIKE = {StoreFault.FOREIGN, StoreFault.TOO_MUCH, StoreFault.HOLED};

    /**
     * Two tokens can be made of one run, by a store that commits a transaction and then does it again: the first one's text is lost
     * with the answer, and one is given.
     */
    private static final long MADE = 2;

    /** An index where Bob's project has a publisher that has published, and Bob another one waiting whose run has come. */
    private static final class World {
        final InMemoryAuditLog events = InMemoryAuditLog.create();
        final InMemoryPublishingStore whole = InMemoryPublishingStore.create(events);
        final PublishingDesk desk;

        World(StoreFaults faults) {
            PublishingNode node = InMemoryPublishingTest.nodes(1, whole).get(0);
            desk = new PublishingDesk(
                    List.of(new PublishingNode(
                            faults.in(PublishingStore.class, node.store()),
                            node.publishers(),
                            node.pending(),
                            node.tokens(),
                            node.projects(),
                            node.addProject(),
                            faults.in(EphemeralState.class, node.state()))),
                    events);
            desk.publisher(OTHER, settings("other-repo"));
            desk.waiting("others-new", settings("others-new-repo"), BOB);
            assertThat(exchanged(desk.run("other-repo").sign())).isEqualTo(Outcome.GRANTED);
            assertThat(exchanged(desk.run("others-new-repo").sign())).isEqualTo(Outcome.GRANTED);
        }

        Outcome exchanged(String token) {
            Exchange exchange = desk.exchange(desk.node()).exchange(ExchangeRequest.of(token, RUNNER));
            return exchange instanceof Exchanged ? Outcome.GRANTED : Outcome.REFUSED;
        }

        /** How many tokens were minted, as the events have it. */
        long minted() {
            return desk.of(AuditTag.TOKEN_ADDED).size();
        }
    }

    private record Of(Supplier<Outcome> ceremony, List<String> secrets, Runnable look) implements Ceremony {
        @Override
        public Outcome run() {
            return ceremony.get();
        }

        @Override
        public void check() {
            look.run();
        }
    }

    @Test
    void exchange_whateverTheStoresDo_mintsOnceAndOnlyOnTheirWord() {
        FaultSweep.Tried tried = FaultSweep.of(faults -> {
                    World world = new World(faults);
                    TrustedPublisher publisher = world.desk.publisher(PROJECT, settings("octo-repo"));
                    String token = world.desk.run("octo-repo").sign();
                    long before = world.minted();
                    return new Of(() -> world.exchanged(token), List.of(token), () -> {
                        assertThat(world.whole.publishers().ofProject(PROJECT.id()))
                                .hasSize(1);
                        assertThat(world.whole.tokens().list(TokenOwner.publisher(publisher.id())).stream()
                                        .count())
                                .as("each token with its event")
                                .isEqualTo(world.minted() - before)
                                .isLessThanOrEqualTo(MADE);
                    });
                })
                .withLiesThatLast()
                .tolerating(PendingPublisherRepository.class, "withAnyKey", UNLIKE)
                .tolerating(PublisherRepository.class, "withAnyKey", UNLIKE)
                .run();

        assertThat(tried.calls()).isGreaterThan(20);
    }

    @Test
    void exchange_ofAPendingPublisher_whateverTheStoresDo_makesOneProjectAndOnlyOnTheirWord() {
        FaultSweep.of(faults -> {
                    World world = new World(faults);
                    world.desk.waiting("new", settings("octo-repo"), ALICE);
                    String token = world.desk.run("octo-repo").sign();
                    long before = world.minted();
                    return new Of(() -> world.exchanged(token), List.of(token), () -> {
                        boolean isMade = world.whole.projects().byName("new").isPresent();
                        assertThat(world.whole.pending().ofRegistrant("alice")).hasSize(isMade ? 0 : 1);
                        assertThat(world.minted() - before).isBetween(isMade ? 1L : 0L, isMade ? MADE : 0L);
                    });
                })
                .withLiesThatLast()
                .tolerating(PendingPublisherRepository.class, "withAnyKey", UNLIKE)
                .tolerating(PublisherRepository.class, "withAnyKey", UNLIKE)
                .run();
    }

    @Test
    void add_whateverTheStoresDo_registersOnceAndOnlyOnTheirWord() {
        FaultSweep.of(faults -> {
                    World world = new World(faults);
                    world.desk.node().addProject().accept(PROJECT);
                    return new Of(
                            () -> granted(world.desk
                                    .registrations()
                                    .add(PROJECT.id(), settings("octo-repo"), Map.of(), ALICE)),
                            List.of(),
                            () -> assertThat(world.whole.publishers().ofProject(PROJECT.id()))
                                    .hasSize(1));
                })
                .withLiesThatLast()
                // Publishers of other settings are not the same one; who is first, the insertion says.
                .tolerating(PublisherRepository.class, "withAnyKey", UNLIKE)
                .run();
    }

    @Test
    void add_ofAPendingPublisher_whateverTheStoresDo_registersOnceAndOnlyOnTheirWord() {
        FaultSweep.of(faults -> {
                    World world = new World(faults);
                    return new Of(
                            () -> granted(world.desk
                                    .registrations()
                                    .pending()
                                    .add("new", settings("octo-repo"), Map.of(), ALICE)),
                            List.of(),
                            () -> assertThat(world.whole.pending().ofRegistrant("alice"))
                                    .hasSize(1));
                })
                .withLiesThatLast()
                // They only tell why it would be refused; who is first, the insertion says.
                .tolerating(PendingPublisherRepository.class, "ofName", UNLIKE)
                .tolerating(PendingPublisherRepository.class, "withAnyKey", UNLIKE)
                .run();
    }

    private static Outcome granted(Registration<?> registration) {
        return registration.fold(registered -> Outcome.GRANTED, not -> Outcome.REFUSED);
    }
}
