package dev.gatehouse.testkit.contract;

import static dev.gatehouse.testkit.contract.PublishingDesk.ALICE;
import static dev.gatehouse.testkit.contract.PublishingDesk.BOB;
import static dev.gatehouse.testkit.contract.PublishingDesk.PROJECT;
import static dev.gatehouse.testkit.contract.PublishingDesk.RUNNER;
import static dev.gatehouse.testkit.contract.PublishingDesk.registered;
import static dev.gatehouse.testkit.contract.PublishingDesk.settings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.audit.InMemoryAuditLog;
import dev.gatehouse.publisher.ExchangeRequest;
import dev.gatehouse.publisher.InMemoryPublishingStore;
import dev.gatehouse.publisher.PublishingProject;
import dev.gatehouse.publisher.RefusedExchange;
import dev.gatehouse.publisher.TrustedPublisher;
import dev.gatehouse.token.TokenOwner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A trusted publisher whose tokens are suspended gives none, under no other name either. */
class SuspendedPublisherTest {
    private static final String RUN = "octo-repo";
    private static final Map<String, String> PINS = Map.of("repository_id", "74", "repository_owner_id", "65");
    private static final PublishingProject SECOND = PublishingProject.of("id-2", "second");

    private final InMemoryAuditLog events = InMemoryAuditLog.create();
    private final InMemoryPublishingStore store = InMemoryPublishingStore.create(events);
    private final PublishingDesk desk = new PublishingDesk(InMemoryPublishingTest.nodes(1, store), events);

    static Stream<Arguments> everythingBeside() {
        List<Arguments> all = new ArrayList<>();
        List<Boolean> either = List.of(false, true);
        for (boolean hasRun : either) {
            for (boolean hasSibling : either) {
                for (boolean hasPending : either) {
                    all.add(Arguments.of(hasRun, hasSibling, hasPending));
                }
            }
        }
        return all.stream();
    }

    private List<RefusedExchange> refusals() {
        List<RefusedExchange> all = new ArrayList<>();
        all.add(desk.refused(desk.run(RUN).sign()));
        for (String project : List.of(PROJECT.name(), SECOND.name(), "new")) {
            all.add(PublishingDesk.refused(desk.exchange(desk.node())
                    .exchange(ExchangeRequest.of(desk.run(RUN).sign(), RUNNER).forProject(project))));
        }
        return all;
    }

    /**
     * With publishers of the same workflow that it would become one with, and with a project that its next run would make.
     *
     * @param hasRun whether it has got its immutable ids
     * @param hasSibling whether there is one with the same settings, and with these ids, for another project
     * @param hasPending whether one with the same settings waits for its project
     */
    @ParameterizedTest
    @MethodSource("everythingBeside")
    void exchange_ofASuspendedPublisher_isRefusedWhateverIsBesideIt(
            boolean hasRun, boolean hasSibling, boolean hasPending) {
        String id = desk.publisher(PROJECT, settings(RUN)).id();
        if (hasRun) {
            desk.exchanged(desk.run(RUN).sign());
        }
        if (hasSibling) {
            desk.node().addProject().accept(SECOND);
            registered(desk.registrations().add(SECOND.id(), settings(RUN), PINS, BOB));
        }
        if (hasPending) {
            desk.waiting("new", settings(RUN), BOB);
        }
        TokenOwner owner = TokenOwner.publisher(id);
        desk.tokens(desk.node()).suspendAll(owner, ALICE);
        List<TrustedPublisher> before = publishers();

        assertThat(refusals())
                .anySatisfy(refused ->
                        assertThat(refused.reason()).contains("publisher " + id).contains("suspended"));

        assertThat(publishers()).isEqualTo(before);
        assertThat(desk.node().projects().byName("new")).isEmpty();
        assertThat(desk.registrations().pending().list("bob")).hasSize(hasPending ? 1 : 0);
        assertThat(desk.node().tokens().ownerState(owner).suspended()).isTrue();
        desk.tokens(desk.node())
                .resumeAll(owner, desk.tokens(desk.node()).ownerState(owner).version(), ALICE);
        assertThat(desk.exchanged(desk.run(RUN).sign()).projects())
                .as("once it is resumed")
                .hasSize(1 + (hasSibling ? 1 : 0) + (hasPending ? 1 : 0));
    }

    private List<TrustedPublisher> publishers() {
        return Stream.of(PROJECT, SECOND)
                .flatMap(project -> desk.node().publishers().ofProject(project.id()).stream())
                .toList();
    }
}
