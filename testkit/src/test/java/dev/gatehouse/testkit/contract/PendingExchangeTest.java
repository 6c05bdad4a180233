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
import dev.gatehouse.publisher.PendingPublisherRepository;
import dev.gatehouse.publisher.ProjectCreation;
import dev.gatehouse.publisher.PublisherRepository;
import dev.gatehouse.publisher.PublishingProject;
import dev.gatehouse.publisher.PublishingProjects;
import dev.gatehouse.publisher.RefusedExchange;
import dev.gatehouse.publisher.RegistrantStatus.Standing;
import dev.gatehouse.publisher.TrustedPublisher;
import dev.gatehouse.token.Requester;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
        assertThat(desk.of(AuditTag.EXCHANGE_REFUSED))
                .as("refusals of runs that got a token")
                .isEmpty();
    }

    @Test
    void exchange_ofPendingPublishersThatAreNoUse_isRecordedOnceWithTheFirstReason() {
        desk.waiting("forbidden", settings(RUN), BOB);
        desk.clock.advance(Duration.ofSeconds(1));
        desk.waiting("prohibited", settings(RUN), BOB);
        desk.refusals.put("forbidden", "no");
        desk.refusals.put("prohibited", "never");

        RefusedExchange refused = desk.refused(desk.run(RUN).sign());

        assertThat(refused.reason()).isEqualTo("no");
        assertThat(desk.of(AuditTag.EXCHANGE_REFUSED))
                .singleElement()
                .satisfies(event -> assertThat(event.attributes())
                        .containsEntry("code", "NOT_PERMITTED")
                        .containsEntry("reason", "no"));
    }

    @Test
    void exchange_ofAPublisherWithAPendingOne_addsItsProject() {
        TrustedPublisher known = desk.publisher(PROJECT, settings(RUN));
        desk.waiting("new", settings(RUN), ALICE);

        Exchanged exchanged = desk.exchanged(desk.run(RUN).sign());

        assertThat(exchanged.publisher().id()).isEqualTo(known.id());
        assertThat(exchanged.projects()).containsExactly(exchanged.made().orElseThrow(), PROJECT);
        assertThat(desk.node().publishers().find(known.id())).contains(exchanged.publisher());
        assertThat(exchanged.publisher().projects()).hasSize(2);
        assertThat(desk.of(AuditTag.PUBLISHER_PINNED)).hasSize(1);
        assertThat(desk.of(AuditTag.PUBLISHER_ADDED))
                .filteredOn(event -> event.attributes().containsKey("reified_from_pending_publisher"))
                .hasSize(1);
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

    /** An exchange that first reads these publishers and pending ones, and all else as it is now. */
    private Exchange exchangeAfterReading(List<TrustedPublisher> publishers, List<PendingPublisher> pending) {
        FaultyPublishingStore torn = new FaultyPublishingStore(store, Integer.MAX_VALUE);
        torn.answerFirst(PublisherRepository.class, "withAnyKey", publishers);
        torn.answerFirst(PendingPublisherRepository.class, "withAnyKey", pending);
        Exchange exchange = desk.exchange(desk.node(), torn, builder -> builder)
                .exchange(ExchangeRequest.of(desk.run(RUN).sign(), RUNNER));
        assertThat(torn.isTold()).isTrue();
        return exchange;
    }

    @Test
    void exchange_whosePublisherIsPinnedBetweenTwoReads_isPlannedAgain() {
        TrustedPublisher before = desk.publisher(PROJECT, settings(RUN));
        assertThat(desk.exchanged(desk.run(RUN).sign()).publisher()).isNotEqualTo(before);

        Exchange exchange = exchangeAfterReading(List.of(before), List.of());

        assertThat(PublishingDesk.exchanged(exchange).projects()).containsExactly(PROJECT);
    }

    @Test
    void exchange_whosePendingPublisherMakesItsProjectBetweenTwoReads_isPlannedAgain() {
        PendingPublisher before = desk.waiting("new", settings(RUN), ALICE);
        PublishingProject made = desk.exchanged(desk.run(RUN).sign()).made().orElseThrow();

        Exchange exchange = exchangeAfterReading(List.of(), List.of(before));

        assertThat(PublishingDesk.exchanged(exchange).projects()).containsExactly(made);
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

    private Exchanged forProject(String name) {
        return PublishingDesk.exchanged(desk.exchange(desk.node())
                .exchange(ExchangeRequest.of(desk.run(RUN).sign(), RUNNER).forProject(name)));
    }

    @Test
    void exchange_forAProjectThatOnlyWaits_makesThatOne() {
        desk.waiting("first", settings(RUN), ALICE);
        PendingPublisher meant = desk.waiting("Second.One", settings(RUN), ALICE);

        assertThat(forProject("second-one").made())
                .hasValueSatisfying(made -> assertThat(made.name()).isEqualTo(meant.projectName()));
        assertThat(desk.registrations().pending().list("alice"))
                .extracting(PendingPublisher::projectName)
                .containsExactly("first");
    }

    @Test
    void exchange_ofSeveralPendingPublishers_takesTheNarrowestAndThenTheOldest() {
        desk.waiting("oldest", settings(RUN), ALICE);
        desk.clock.advance(Duration.ofSeconds(1));
        desk.waiting("older", settings(RUN), ALICE);
        desk.clock.advance(Duration.ofSeconds(1));
        desk.waiting("narrow", settings(RUN, Map.of("environment", "release")), ALICE);

        List<String> made = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            made.add(
                    desk.exchanged(desk.run(RUN).claim("environment", "release").sign())
                            .made()
                            .orElseThrow()
                            .name());
        }
        assertThat(made).containsExactly("narrow", "oldest", "older");
    }

    /** One with other settings may let in less than the publisher that is there: it becomes one of its own. */
    @Test
    void exchange_ofANarrowerPendingPublisher_makesItAPublisherOfItsOwn() {
        TrustedPublisher known = desk.publisher(PROJECT, settings(RUN));
        desk.waiting("new", settings(RUN, Map.of("environment", "release")), ALICE);

        Exchanged exchanged =
                desk.exchanged(desk.run(RUN).claim("environment", "release").sign());

        assertThat(exchanged.publisher().id()).isNotEqualTo(known.id());
        assertThat(exchanged.projects()).containsExactly(exchanged.made().orElseThrow());
        assertThat(desk.node().publishers().find(known.id()).orElseThrow().projects())
                .containsExactly(PROJECT.id());
    }

    @Test
    void exchange_ofAPublisherWithAPendingOne_keepsTheNewLink() {
        TrustedPublisher known = desk.publisher(PROJECT, settings(RUN));
        desk.exchanged(desk.run(RUN).sign());
        int pinned = desk.of(AuditTag.PUBLISHER_PINNED).size();
        desk.waiting("new", settings(RUN), ALICE);

        Exchanged exchanged = desk.exchanged(desk.run(RUN).sign());

        assertThat(desk.of(AuditTag.PUBLISHER_PINNED)).as("nothing was pinned").hasSize(pinned);
        assertThat(desk.of(AuditTag.PUBLISHER_ADDED))
                .filteredOn(event -> event.attributes().containsKey("reified_from_pending_publisher"))
                .hasSize(1);
        assertThat(desk.node().publishers().find(known.id())).contains(exchanged.publisher());
        assertThat(exchanged.publisher().projects())
                .containsExactlyInAnyOrder(
                        PROJECT.id(), exchanged.made().orElseThrow().id());
    }

    /** Two runs that take the same rows in another order would wait for each other. */
    @Test
    void exchange_ofANameThatManyWaitFor_takesThemInTheOrderOfTheirIds() {
        for (int i = 0; i < 8; i++) {
            desk.waiting("new", settings(RUN, Map.of("environment", "e" + i)), new Requester("user-" + i, "192.0.2.9"));
            desk.clock.advance(Duration.ofSeconds(1));
        }

        desk.exchanged(desk.run(RUN).claim("environment", "e1").sign());

        List<String> taken = desk.of(AuditTag.PENDING_PUBLISHER_REMOVED).stream()
                .map(event -> event.subject().orElseThrow())
                .toList();
        assertThat(taken).hasSize(8).isSorted();
    }

    @Test
    void exchange_thatNearlyMatches_namesThePublisherInTheLog() {
        TrustedPublisher publisher = desk.publisher(PROJECT, settings(RUN));
        String bad = desk.run(RUN).claim("event_name", "pull_request_target").sign();
        assertThat(desk.refused(bad).reason()).startsWith("publisher " + publisher.id() + ": ");

        PendingPublisher waiting = desk.waiting("new", settings("other"), ALICE);
        assertThat(desk.refused(desk.run("other")
                                .claim("event_name", "pull_request_target")
                                .sign())
                        .reason())
                .startsWith("publisher " + waiting.id() + ": ");
    }

    @Test
    void exchange_whoseTokenExpiresMeanwhile_isRefusedAndNothingIsMade() {
        desk.waiting("new", settings(RUN), ALICE);

        RefusedExchange refused = PublishingDesk.refused(exchangeWhile(() -> desk.clock.advance(Duration.ofHours(1))));

        assertThat(refused.refusal()).isEqualTo(ExchangeRefusal.INVALID_TOKEN);
        assertThat(refused.reason()).isEqualTo("it expired meanwhile");
        assertThat(desk.node().projects().byName("new")).isEmpty();
    }

    private RefusedExchange whereTheHostMakesNoProject() {
        FaultyPublishingStore strict = new FaultyPublishingStore(desk.node().store(), Integer.MAX_VALUE);
        strict.answer(PublishingProjects.class, "create", new ProjectCreation.Refused("This name is prohibited."));
        return PublishingDesk.refused(desk.exchange(desk.node(), strict, builder -> builder)
                .exchange(ExchangeRequest.of(desk.run(RUN).sign(), RUNNER)));
    }

    @Test
    void exchange_whoseProjectTheHostRefuses_isRefusedInItsWordsUnlessSomethingWasBefore() {
        desk.waiting("first", settings(RUN), ALICE);
        desk.clock.advance(Duration.ofSeconds(1));
        desk.waiting("second", settings(RUN), ALICE);

        RefusedExchange refused = whereTheHostMakesNoProject();
        assertThat(refused.refusal()).isEqualTo(ExchangeRefusal.PROJECT_REFUSED);
        assertThat(refused.reason()).isEqualTo("the host makes no such project: This name is prohibited.");
        desk.refusals.put("first", "not you");
        assertThat(whereTheHostMakesNoProject().refusal()).isEqualTo(ExchangeRefusal.NOT_PERMITTED);
        assertThat(desk.registrations().pending().list("alice")).hasSize(2);
    }
}
