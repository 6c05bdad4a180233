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
import dev.gatehouse.publisher.ExchangeRefusal;
import dev.gatehouse.publisher.ExchangeRequest;
import dev.gatehouse.publisher.Exchanged;
import dev.gatehouse.publisher.InMemoryPublishingStore;
import dev.gatehouse.publisher.PendingPublisher;
import dev.gatehouse.publisher.PublishingProject;
import dev.gatehouse.publisher.RefusedExchange;
import dev.gatehouse.publisher.RegistrantStatus.Standing;
import dev.gatehouse.publisher.TrustedPublisher;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pending publishers whose run comes, and what changes while an exchange is under way. */
class PendingExchangeTest {
    private static final String RUN = "octo-repo";

    private final InMemoryAuditLog events = InMemoryAuditLog.create();
    private final InMemoryPublishingStore store = InMemoryPublishingStore.create(events);
    private final PublishingDesk desk = new PublishingDesk(InMemoryPublishingTest.nodes(1, store), events);

    @ParameterizedTest
    @EnumSource(
            value = Standing.class,
            names = {"READY"},
            mode = EnumSource.Mode.EXCLUDE)
    void exchange_ofAPendingPublisherWhoseRegistrantIsNotReady_isRefusedAndKept(Standing standing) {
        desk.waiting("new", settings(RUN), ALICE);
        desk.standings.put("alice", standing);
        String token = desk.run(RUN).sign();

        RefusedExchange refused = desk.refused(token);
        assertThat(refused.refusal()).isEqualTo(ExchangeRefusal.REGISTRANT_NOT_READY);
        assertThat(refused.code()).isEqualTo("invalid-pending-publisher");
        assertThat(refused.description()).isEqualTo("valid token, but the pending publisher cannot be used now");
        assertThat(refused.reason()).contains(standing.name());
        desk.standings.clear();
        assertThat(desk.exchanged(token).made()).isPresent();
    }

    @Test
    void exchange_ofAPendingPublisherWhoseProjectExists_isRefusedAndItIsGone() {
        desk.waiting("Some_Project", settings(RUN), ALICE);
        desk.node().addProject().accept(PROJECT);

        RefusedExchange refused = desk.refused(desk.run(RUN).sign());

        assertThat(refused.code()).isEqualTo("invalid-pending-publisher");
        assertThat(refused.description()).isEqualTo("valid token, but project already exists");
        assertThat(desk.registrations().pending().list("alice")).isEmpty();
        assertThat(desk.of(AuditTag.PENDING_PUBLISHER_REMOVED))
                .singleElement()
                .satisfies(event -> assertThat(event.attributes()).containsEntry("why", "project_exists"));
    }

    @Test
    void exchange_ofAPendingPublisherAtItsEnd_isRefused() {
        desk.waiting("new", settings(RUN), ALICE);
        desk.clock.advance(Duration.ofDays(30));
        assertThat(desk.refused(desk.run(RUN).sign()).refusal()).isEqualTo(ExchangeRefusal.NO_PUBLISHER);
        desk.clock.set(desk.clock.instant().minusNanos(1));
        assertThat(desk.exchanged(desk.run(RUN).sign()).made()).isPresent();
    }

    @Test
    void exchange_ofAPublisherWithPendingOnesThatAreNoUse_goesOnWithoutThem() {
        desk.publisher(PROJECT, settings(RUN));
        desk.waiting("forbidden", settings(RUN), BOB);
        desk.waiting("some-project-2", settings(RUN), BOB);
        desk.refusals.put("forbidden", "no");
        desk.standings.put("bob", Standing.FROZEN);

        assertThat(desk.exchanged(desk.run(RUN).sign()).projects()).containsExactly(PROJECT);
        desk.standings.clear();
        desk.refusals.put("some-project-2", "no");
        assertThat(desk.exchanged(desk.run(RUN).sign()).projects()).containsExactly(PROJECT);
    }

    @Test
    void exchange_ofAPublisherWithAPendingOne_addsItsProject() {
        TrustedPublisher known = desk.publisher(PROJECT, settings(RUN));
        desk.waiting("new", settings(RUN), ALICE);

        Exchanged exchanged = desk.exchanged(desk.run(RUN).sign());

        assertThat(exchanged.publisher().id()).isEqualTo(known.id());
        assertThat(exchanged.projects()).containsExactly(exchanged.made().orElseThrow(), PROJECT);
        assertThat(PublishingDesk.exchanged(desk.exchange(desk.node())
                                .exchange(ExchangeRequest.of(desk.run(RUN).sign(), RUNNER)
                                        .forProject("some-project")))
                        .projects())
                .containsExactly(PROJECT);
    }

    /** An exchange whose permit is the moment at which something changes. */
    private Exchange exchangeWhile(Runnable change) {
        AtomicBoolean isDone = new AtomicBoolean();
        return desk.exchange(
                        desk.node(),
                        desk.node().store(),
                        builder -> builder.permit(attempt -> {
                            if (!isDone.getAndSet(true)) {
                                change.run();
                            }
                            return Optional.empty();
                        }))
                .exchange(ExchangeRequest.of(desk.run(RUN).sign(), RUNNER));
    }

    @Test
    void exchange_whoseProjectIsDeletedMeanwhile_isPlannedAgain() {
        PublishingProject second = PublishingProject.of("id-2", "second");
        desk.publisher(PROJECT, settings(RUN));
        desk.publisher(second, settings(RUN));

        Exchange exchange = exchangeWhile(() -> store.deleteProject(PROJECT.id()));

        assertThat(PublishingDesk.exchanged(exchange).projects()).containsExactly(second);
    }

    @Test
    void exchange_whoseLinkIsRemovedMeanwhile_isPlannedAgain() {
        PublishingProject second = PublishingProject.of("id-2", "second");
        TrustedPublisher publisher = desk.publisher(PROJECT, settings(RUN));
        desk.publisher(second, settings(RUN));

        Exchange exchange = exchangeWhile(() -> desk.registrations().remove(PROJECT.id(), publisher.id(), ALICE));

        assertThat(PublishingDesk.exchanged(exchange).projects()).containsExactly(second);
    }

    @Test
    void exchange_whoseRegistrantIsFrozenMeanwhile_makesNoProject() {
        desk.waiting("new", settings(RUN), ALICE);

        Exchange exchange = exchangeWhile(() -> desk.standings.put("alice", Standing.FROZEN));

        assertThat(PublishingDesk.refused(exchange).refusal()).isEqualTo(ExchangeRefusal.REGISTRANT_NOT_READY);
        assertThat(desk.node().projects().byName("new")).isEmpty();
        assertThat(desk.registrations().pending().list("alice")).hasSize(1);
    }

    @Test
    void exchange_whosePendingPublisherIsRemovedMeanwhile_makesNoProject() {
        PendingPublisher waiting = desk.waiting("new", settings(RUN), ALICE);

        Exchange exchange = exchangeWhile(() -> desk.registrations().pending().remove(waiting.id(), ALICE));

        assertThat(PublishingDesk.refused(exchange).refusal()).isEqualTo(ExchangeRefusal.NO_PUBLISHER);
        assertThat(desk.node().projects().byName("new")).isEmpty();
    }
}
