package dev.gatehouse.testkit.contract;

import static dev.gatehouse.testkit.contract.PublishingDesk.PROJECT;
import static dev.gatehouse.testkit.contract.PublishingDesk.RUNNER;
import static dev.gatehouse.testkit.contract.PublishingDesk.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.audit.InMemoryAuditLog;
import dev.gatehouse.publisher.ExchangeRefusal;
import dev.gatehouse.publisher.ExchangeRequest;
import dev.gatehouse.publisher.PendingPublisher;
import dev.gatehouse.publisher.PendingPublisherRepository;
import dev.gatehouse.publisher.ProjectCreation;
import dev.gatehouse.publisher.PublisherRepository;
import dev.gatehouse.publisher.PublisherSettings;
import dev.gatehouse.publisher.PublishingProject;
import dev.gatehouse.publisher.PublishingProjects;
import dev.gatehouse.publisher.RefusedExchange;
import dev.gatehouse.publisher.TrustedPublisher;
import dev.gatehouse.token.ApiTokenRepository;
import dev.gatehouse.token.OwnerState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An exchange over a store that answers what it must not. */
class LyingPublishingStoreTest {
    private static final String RUN = "octo-repo";

    private final InMemoryAuditLog events = InMemoryAuditLog.create();
    private final PublishingDesk desk = new PublishingDesk(InMemoryPublishingTest.nodes(1, events), events);

    @Test
    void exchange_ofMoreThanAHundredCandidates_isRefused() {
        desk.node().addProject().accept(PROJECT);
        List<PublisherSettings> many = new ArrayList<>();
        for (int i = 0; i < 101; i++) {
            many.add(settings(RUN, Map.of("environment", "e" + i)));
        }
        // As a store that answers with everything would have it.
        FaultyPublishingStore lying = new FaultyPublishingStore(desk.node().store(), Integer.MAX_VALUE);
        lying.answer(
                "withAnyKey",
                many.stream()
                        .map(each -> TrustedPublisher.builder(
                                        "p" + each.values().get("environment"), each, PublisherSamples.T0)
                                .projects(Set.of(PROJECT.id()))
                                .build())
                        .toList());

        RefusedExchange refused = PublishingDesk.refused(desk.exchange(desk.node(), lying, builder -> builder)
                .exchange(ExchangeRequest.of(desk.run(RUN).sign(), RUNNER)));

        assertThat(refused.refusal()).isEqualTo(ExchangeRefusal.NO_PUBLISHER);
        assertThat(refused.reason()).contains("more than 100");
    }

    @Test
    void exchange_withPublishersOfAnotherIssuerOrProvider_isRefused() {
        TrustedPublisher mine = desk.publisher(PROJECT, settings(RUN));
        PublisherSettings right = mine.settings();
        for (PublisherSettings wrong : List.of(
                PublisherSettings.of("gitlab", right.issuer(), right.values()),
                PublisherSettings.of("github", "https://other.example", right.values()))) {
            FaultyPublishingStore lying = new FaultyPublishingStore(desk.node().store(), Integer.MAX_VALUE);
            TrustedPublisher other = TrustedPublisher.builder(mine.id(), wrong, mine.created())
                    .projects(mine.projects())
                    .build();
            lying.answer("withAnyKey", List.of(other));
            lying.answer("find", Optional.of(other));

            assertThat(PublishingDesk.refused(desk.exchange(desk.node(), lying, builder -> builder)
                                    .exchange(ExchangeRequest.of(desk.run(RUN).sign(), RUNNER)))
                            .refusal())
                    .isEqualTo(ExchangeRefusal.NO_PUBLISHER);
        }
        FaultyPublishingStore silent = new FaultyPublishingStore(desk.node().store(), Integer.MAX_VALUE);
        silent.answer("withAnyKey", null);
        assertThatExceptionOfType(NullPointerException.class)
                .isThrownBy(() -> desk.exchange(desk.node(), silent, builder -> builder)
                        .exchange(ExchangeRequest.of(desk.run(RUN).sign(), RUNNER)));
    }

    /** What a write answers if somebody was faster, every time: the exchange begins again, gives up, and has changed nothing. */
    private void assertGivesUp(Class<?> part, String method, Object answer) {
        FaultyPublishingStore lying = new FaultyPublishingStore(desk.node().store(), Integer.MAX_VALUE);
        lying.answer(part, method, answer);
        int before = events.events().size();

        assertThatIllegalStateException()
                .as(method)
                .isThrownBy(() -> desk.exchange(desk.node(), lying, builder -> builder)
                        .exchange(ExchangeRequest.of(desk.run(RUN).sign(), RUNNER)))
                .withMessageContaining("publishers change all the time");
        assertThat(events.events()).as(method).hasSize(before);
    }

    @Test
    void exchange_thatLosesEveryRaceForAPublisher_givesUp() {
        desk.publisher(PROJECT, settings(RUN));

        assertGivesUp(PublisherRepository.class, "replace", PublisherRepository.Change.CONFLICT);
        assertGivesUp(ApiTokenRepository.class, "insert", ApiTokenRepository.Insertion.OWNER_CHANGED);
        PublishingDesk.registered(desk.registrations()
                .add(PROJECT.id(), settings(RUN), Map.of("repository_owner_id", "65"), PublishingDesk.ALICE));
        assertGivesUp(PublisherRepository.class, "remove", PublisherRepository.Change.CONFLICT);
        assertGivesUp(ApiTokenRepository.class, "advance", new OwnerState(1, true));
    }

    @Test
    void exchange_thatLosesEveryRaceForAPendingPublisher_givesUp() {
        desk.waiting("new", settings(RUN), PublishingDesk.ALICE);

        assertGivesUp(PublisherRepository.class, "insert", PublisherRepository.Insertion.IDENTITY_TAKEN);
        assertGivesUp(PendingPublisherRepository.class, "remove", PendingPublisherRepository.Change.CONFLICT);
        assertGivesUp(PendingPublisherRepository.class, "ofName", List.of());
        assertGivesUp(PublishingProjects.class, "create", new ProjectCreation.NameTaken());
        assertThat(desk.node().projects().byName("new")).isEmpty();
    }

    /** What is found by the name is removed: nothing of another name may be. */
    @Test
    void exchange_whoseStoreAnswersWithAnotherName_removesNothing() {
        PendingPublisher meant = desk.waiting("new", settings(RUN), PublishingDesk.ALICE);
        PendingPublisher other = desk.waiting("other", settings("another-repo"), PublishingDesk.BOB);
        FaultyPublishingStore lying = new FaultyPublishingStore(desk.node().store(), Integer.MAX_VALUE);
        lying.answer(PendingPublisherRepository.class, "ofName", List.of(meant, other));

        assertThatIllegalStateException()
                .isThrownBy(() -> desk.exchange(desk.node(), lying, builder -> builder)
                        .exchange(ExchangeRequest.of(desk.run(RUN).sign(), RUNNER)))
                .withMessage("pending: answered with one of another name");
        assertThat(desk.node().pending().find(other.id())).contains(other);
    }

    private TrustedPublisher stored(String id, Map<String, String> pins, Instant created) {
        TrustedPublisher publisher = TrustedPublisher.builder(id, settings(RUN), created)
                .pins(pins)
                .projects(Set.of("id-of-" + id))
                .build();
        desk.node()
                .publishers()
                .insert(
                        publisher,
                        Set.of("key-of-" + id),
                        AuditEvent.of(AuditTag.PUBLISHER_ADDED, created).build());
        return publisher;
    }

    /** Whatever the store's order is: one is kept, and the others are merged into it. */
    private TrustedPublisher kept(TrustedPublisher... answered) {
        FaultyPublishingStore lying = new FaultyPublishingStore(desk.node().store(), Integer.MAX_VALUE);
        lying.answer("withAnyKey", List.of(answered));
        for (TrustedPublisher each : answered) {
            desk.node().addProject().accept(PublishingProject.of("id-of-" + each.id(), "project-" + each.id()));
        }
        return PublishingDesk.exchanged(desk.exchange(desk.node(), lying, builder -> builder)
                        .exchange(ExchangeRequest.of(desk.run(RUN).sign(), RUNNER)))
                .publisher();
    }

    @Test
    void exchange_ofOneWithPinsAndAnOlderOneWithout_keepsTheOneWithPins() {
        TrustedPublisher plain = stored("a", Map.of(), PublisherSamples.T0);
        TrustedPublisher pinned = stored("b", Map.of("repository_owner_id", "65"), PublisherSamples.T0.plusSeconds(1));

        TrustedPublisher kept = kept(plain, pinned);

        assertThat(kept.id()).isEqualTo("b");
        assertThat(kept.projects()).containsExactly("id-of-a", "id-of-b");
        assertThat(desk.node().publishers().find("a")).isEmpty();
    }

    @Test
    void exchange_ofTwoOfOneMoment_keepsTheFirstById() {
        TrustedPublisher last = stored("b", Map.of("repository_owner_id", "65"), PublisherSamples.T0);
        TrustedPublisher first = stored("a", Map.of("repository_id", "74"), PublisherSamples.T0);

        assertThat(kept(last, first).id()).isEqualTo("a");
    }

    @Test
    void exchange_ofJustAHundredCandidates_isMade() {
        List<TrustedPublisher> hundred = new ArrayList<>();
        for (int i = 0; i < 99; i++) {
            hundred.add(TrustedPublisher.builder(
                            "other-" + i, settings(RUN, Map.of("environment", "e" + i)), PublisherSamples.T0)
                    .build());
        }
        hundred.add(stored("mine", Map.of(), PublisherSamples.T0));

        assertThat(kept(hundred.toArray(TrustedPublisher[]::new)).id()).isEqualTo("mine");
    }

    /** The same for those that wait. */
    private PendingPublisher made(PendingPublisher... answered) {
        FaultyPublishingStore lying = new FaultyPublishingStore(desk.node().store(), Integer.MAX_VALUE);
        lying.answer(PendingPublisherRepository.class, "withAnyKey", List.of(answered));
        String name = PublishingDesk.exchanged(desk.exchange(desk.node(), lying, builder -> builder)
                        .exchange(ExchangeRequest.of(desk.run(RUN).sign(), RUNNER)))
                .made()
                .orElseThrow()
                .name();
        return Stream.of(answered)
                .filter(each -> each.projectName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void exchange_ofTwoThatWaitSinceOneMoment_makesTheProjectOfTheFirstById() {
        PendingPublisher one = desk.waiting("one", settings(RUN), PublishingDesk.ALICE);
        PendingPublisher two = desk.waiting("two", settings(RUN), PublishingDesk.ALICE);
        boolean isSorted = one.id().compareTo(two.id()) < 0;

        assertThat(isSorted ? made(two, one) : made(one, two)).isEqualTo(isSorted ? one : two);
    }

    @Test
    void exchange_ofJustAHundredThatWait_isMade() {
        List<PendingPublisher> hundred = new ArrayList<>();
        for (int i = 0; i < 99; i++) {
            hundred.add(PendingPublisher.builder(
                            "other-" + i,
                            settings(RUN, Map.of("environment", "e" + i)),
                            "other-" + i,
                            "other-" + i,
                            "bob",
                            desk.clock.instant())
                    .build());
        }
        PendingPublisher mine = desk.waiting("mine", settings(RUN), PublishingDesk.ALICE);
        hundred.add(mine);

        assertThat(made(hundred.toArray(PendingPublisher[]::new))).isEqualTo(mine);
    }
}
