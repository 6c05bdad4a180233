package dev.gatehouse.testkit.contract;

import static dev.gatehouse.testkit.contract.PublishingDesk.ALICE;
import static dev.gatehouse.testkit.contract.PublishingDesk.BOB;
import static dev.gatehouse.testkit.contract.PublishingDesk.PROJECT;
import static dev.gatehouse.testkit.contract.PublishingDesk.obstacle;
import static dev.gatehouse.testkit.contract.PublishingDesk.registered;
import static dev.gatehouse.testkit.contract.PublishingDesk.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.audit.InMemoryAuditLog;
import dev.gatehouse.oidc.Issuer;
import dev.gatehouse.oidc.IssuerDirectory;
import dev.gatehouse.publisher.ExchangeRefusal;
import dev.gatehouse.publisher.ExchangeRequest;
import dev.gatehouse.publisher.Exchanged;
import dev.gatehouse.publisher.PendingPublisher;
import dev.gatehouse.publisher.PendingPublisherRepository;
import dev.gatehouse.publisher.PublisherProviders;
import dev.gatehouse.publisher.PublisherRegistrations;
import dev.gatehouse.publisher.PublisherRepository;
import dev.gatehouse.publisher.PublishingProject;
import dev.gatehouse.publisher.PublishingStore;
import dev.gatehouse.publisher.RefusedExchange;
import dev.gatehouse.publisher.Registration;
import dev.gatehouse.publisher.Registration.Obstacle;
import dev.gatehouse.publisher.TrustedPublisher;
import dev.gatehouse.token.ApiToken;
import dev.gatehouse.token.Caveats;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much one publisher, run or account may have, at the bounds; and registrations over a store or a directory that lies. */
class PublisherLimitsTest {
    private static final String RUN = "octo-repo";
    private static final int MANY = 40;

    private final InMemoryAuditLog events = InMemoryAuditLog.create();
    private final PublishingDesk desk = new PublishingDesk(InMemoryPublishingTest.nodes(1, events), events);

    private PublisherRegistrations.Builder registrations(PublishingStore store, IssuerDirectory issuers) {
        return PublisherRegistrations.builder(
                        store,
                        PublisherProviders.standard(),
                        issuers,
                        desk.node().state())
                .clock(desk.clock);
    }

    private PublisherRegistrations over(PublishingStore store) {
        return registrations(store, IssuerDirectory.of(List.of(PublishingDesk.GITHUB.issuer("github"))))
                .build();
    }

    private FaultyPublishingStore lying() {
        return new FaultyPublishingStore(desk.node().store(), Integer.MAX_VALUE);
    }

    private static Set<String> links(int count) {
        Set<String> links = new TreeSet<>(Set.of(PROJECT.id()));
        IntStream.range(1, count).forEach(i -> links.add("gone-" + i));
        return links;
    }

    private static TrustedPublisher publisher(String id, Map<String, String> pins, Set<String> links, Instant created) {
        return TrustedPublisher.builder(id, settings(RUN), created)
                .pins(pins)
                .projects(links)
                .build();
    }

    /** A publisher that is stored, and that a store finds by each key. */
    private FaultyPublishingStore with(TrustedPublisher... all) {
        for (TrustedPublisher each : all) {
            AuditEvent event =
                    AuditEvent.of(AuditTag.PUBLISHER_ADDED, each.created()).build();
            desk.node().publishers().insert(each, Set.of("key-of-" + each.id()), event);
        }
        FaultyPublishingStore store = lying();
        store.answer("withAnyKey", List.of(all));
        return store;
    }

    private static String text(Registration<?> registration) {
        return registration.fold(registered -> "", not -> not.text());
    }

    private Exchanged exchanged(PublishingStore store) {
        return PublishingDesk.exchanged(desk.exchange(desk.node(), store, builder -> builder)
                .exchange(ExchangeRequest.of(desk.run(RUN).sign(), PublishingDesk.RUNNER)));
    }

    @Test
    void add_toAPublisher_upToAThousandProjects() {
        PublishingProject next = PublishingProject.of("id-2", "second");
        desk.node().addProject().accept(next);
        TrustedPublisher full = publisher("full", Map.of(), links(TrustedPublisher.MAX_PROJECTS), PublisherSamples.T0);

        Registration<TrustedPublisher> refused = over(with(full)).add(next.id(), settings(RUN), Map.of(), ALICE);
        assertThat(obstacle(refused)).isEqualTo(Obstacle.FULL);
        assertThat(text(refused)).isEqualTo("This trusted publisher has too many projects.");
        registered(desk.registrations().remove("gone-1", "full", ALICE));
        TrustedPublisher room = desk.node().publishers().find("full").orElseThrow();
        FaultyPublishingStore store = lying();
        store.answer("withAnyKey", List.of(room));
        assertThat(registered(over(store).add(next.id(), settings(RUN), Map.of(), ALICE))
                        .projects())
                .hasSize(TrustedPublisher.MAX_PROJECTS);
    }

    @ParameterizedTest
    @CsvSource({"999, true", "1000, false"})
    void exchange_ofAPublisherWithAPendingOne_makesItsProjectIfThereIsRoom(int links, boolean isMade) {
        desk.node().addProject().accept(PROJECT);
        FaultyPublishingStore store = with(publisher("known", Map.of(), links(links), PublisherSamples.T0));
        desk.waiting("new", settings(RUN), ALICE);

        Exchanged exchanged = exchanged(store);

        assertThat(exchanged.made().isPresent()).isEqualTo(isMade);
        assertThat(exchanged.projects()).contains(PROJECT);
        assertThat(exchanged.publisher().projects()).hasSize(1000);
    }

    /** Two of the same settings become one; a publisher that would have too many projects gets no token. */
    @ParameterizedTest
    @CsvSource({"999, true", "1000, false"})
    void exchange_ofTwoThatAreMerged_isMadeUpToAThousandProjects(int links, boolean isMade) {
        desk.node().addProject().accept(PROJECT);
        FaultyPublishingStore store = with(
                publisher("a", Map.of(), links(links), PublisherSamples.T0),
                publisher("b", Map.of("repository_id", "74"), Set.of("id-of-b"), PublisherSamples.T0));

        if (isMade) {
            assertThat(exchanged(store).publisher().projects()).hasSize(1000);
        } else {
            assertThat(PublishingDesk.refused(desk.exchange(desk.node(), store, builder -> builder)
                                    .exchange(ExchangeRequest.of(desk.run(RUN).sign(), PublishingDesk.RUNNER)))
                            .reason())
                    .contains("it would have too many projects");
        }
    }

    /**
     * So many publishers of one run that a token for all has the longest restriction there is.
     *
     * @param over by how many characters it is too long
     */
    private void many(boolean byName, int over) {
        int each = 196;
        List<String> texts = IntStream.range(0, MANY)
                .mapToObj(i -> (byName ? "n" : "i") + i + "-"
                        + "x".repeat(each - 2 - Integer.toString(i).length()))
                .toList();
        int length = (byName ? Caveats.projectNames(texts) : Caveats.projectIds(texts))
                .json()
                .length();
        String last = texts.get(0) + "y".repeat(ApiToken.MAX_RESTRICTION - length + over);
        for (int i = 0; i < MANY; i++) {
            String text = i == 0 ? last : texts.get(i);
            desk.publisher(
                    byName ? PublishingProject.of("p" + i, text) : PublishingProject.of(text, "p" + i), settings(RUN));
        }
    }

    /** A token says which projects it is for, by name and by id, in so many characters each. */
    @ParameterizedTest
    @CsvSource({"true, 0", "true, 1", "false, 0", "false, 1"})
    void exchange_forManyProjects_isMadeUpToTheLongestRestriction(boolean byName, int over) {
        many(byName, over);

        if (over == 0) {
            assertThat(desk.exchanged(desk.run(RUN).sign()).projects()).hasSize(MANY);
        } else {
            assertTooMany(desk.refused(desk.run(RUN).sign()));
        }
    }

    /** The one that waits is left for a run that asks for it, and does not stop the others. */
    @ParameterizedTest
    @CsvSource({"true, 0", "true, 1", "false, 0", "false, 1"})
    void exchange_forManyProjectsAndOneThatWaits_isForTheManyOrForTheOne(boolean byName, int over) {
        many(byName, over);
        PendingPublisher waiting = desk.waiting("new", settings(RUN), ALICE);

        if (over == 0) {
            Exchanged exchanged = desk.exchanged(desk.run(RUN).sign());
            assertThat(exchanged.made()).isEmpty();
            assertThat(exchanged.projects()).hasSize(MANY);
        } else {
            assertTooMany(desk.refused(desk.run(RUN).sign()));
        }
        assertThat(desk.registrations().pending().list("alice")).containsExactly(waiting);
        assertThat(desk.node().projects().byName("new")).isEmpty();

        Exchanged alone = PublishingDesk.exchanged(desk.exchange(desk.node())
                .exchange(ExchangeRequest.of(desk.run(RUN).sign(), PublishingDesk.RUNNER)
                        .forProject("new")));
        assertThat(alone.projects()).containsExactly(alone.made().orElseThrow());
        assertThat(alone.publisher().projects()).hasSize(MANY + 1);
    }

    private static void assertTooMany(RefusedExchange refused) {
        assertThat(refused.refusal()).isEqualTo(ExchangeRefusal.NO_PUBLISHER);
        assertThat(refused.description()).contains("too many projects for one token; ask for one");
        assertThat(refused.reason()).startsWith("publisher ").contains("too many projects for one token");
    }

    @Test
    void pending_ofOneRun_areFortyAtMost() {
        for (int i = 0; i < PublisherRegistrations.MOST_SHARING; i++) {
            registered(desk.registrations().pending().addFor("org-" + i, "new-" + i, settings(RUN), Map.of(), ALICE));
        }

        Registration<PendingPublisher> more =
                desk.registrations().pending().addFor("org", "more", settings(RUN), Map.of(), ALICE);
        assertThat(obstacle(more)).isEqualTo(Obstacle.FULL);
        assertThat(text(more)).isEqualTo("This trusted publisher is registered too often.");
    }

    @Test
    void mostPending_is1To100() {
        PublisherRegistrations.Builder builder =
                registrations(desk.node().store(), url -> Optional.of(PublishingDesk.GITHUB.issuer("github")));
        for (int bad : new int[] {0, 101, -1}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.mostPending(bad))
                    .withMessageStartingWith("most:");
        }

        builder.mostPending(100);
        PublisherRegistrations one = builder.mostPending(1).build();
        registered(one.pending().add("a", settings(RUN), Map.of(), ALICE));
        Registration<PendingPublisher> second = one.pending().add("b", settings(RUN), Map.of(), ALICE);
        assertThat(obstacle(second)).isEqualTo(Obstacle.PENDING_LIMIT);
        assertThat(text(second)).isEqualTo("You can't register more than 1 pending trusted publishers at once.");
        registered(one.pending().add("b", settings(RUN), Map.of(), BOB));
    }

    @Test
    void add_withoutPins_takesTheOneWithoutBeforeOneThatIsPinned() {
        desk.node().addProject().accept(PROJECT);
        TrustedPublisher pinned = publisher("a", Map.of("repository_id", "74"), Set.of("id-of-a"), PublisherSamples.T0);
        TrustedPublisher plain = publisher("b", Map.of(), Set.of("id-of-b"), PublisherSamples.T0.plusSeconds(1));

        assertThat(registered(over(with(pinned, plain)).add(PROJECT.id(), settings(RUN), Map.of(), ALICE))
                        .id())
                .isEqualTo("b");
    }

    /** A directory that answers with another issuer registers nothing for it. */
    @Test
    void add_whereTheDirectoryAnswersWithAnotherIssuer_isRefused() {
        desk.node().addProject().accept(PROJECT);
        for (Issuer other : List.of(
                Issuer.builder("https://other.example", "github").build(),
                Issuer.builder(PublishingDesk.GITHUB.url(), "gitlab").build())) {
            PublisherRegistrations misled = registrations(desk.node().store(), url -> Optional.of(other))
                    .build();

            assertThat(obstacle(misled.add(PROJECT.id(), settings(RUN), Map.of(), ALICE)))
                    .isEqualTo(Obstacle.UNKNOWN_ISSUER);
            assertThat(obstacle(misled.pending().add("new", settings(RUN), Map.of(), ALICE)))
                    .isEqualTo(Obstacle.UNKNOWN_ISSUER);
        }
    }

    @Test
    void constrain_whereTheStoreAnswersWithAnother_changesNothing() {
        TrustedPublisher asked = desk.publisher(PROJECT, settings(RUN, Map.of("environment", "e")));
        TrustedPublisher other = desk.publisher(PROJECT, settings(RUN));
        FaultyPublishingStore store = lying();
        store.answer("find", Optional.of(other));

        assertThat(obstacle(over(store).constrain(PROJECT.id(), asked.id(), "f", ALICE)))
                .isEqualTo(Obstacle.NOT_FOUND);
        assertThat(desk.node().publishers().find(other.id())).contains(other);
    }

    /** What a write answers if somebody was faster, every time: it is tried again, given up, and nothing is changed or recorded. */
    private void assertGivesUp(Class<?> part, String method, Object answer, Consumer<PublisherRegistrations> work) {
        FaultyPublishingStore store = lying();
        store.answer(part, method, answer);
        int before = events.events().size();

        assertThatIllegalStateException()
                .as(method)
                .isThrownBy(() -> work.accept(over(store)))
                .withMessageContaining("publishers change all the time");
        assertThat(events.events()).as(method).hasSize(before);
    }

    @Test
    void change_thatLosesEveryRaceForAPublisher_givesUp() {
        PublishingProject second = PublishingProject.of("id-2", "second");
        desk.node().addProject().accept(second);
        Class<?> part = PublisherRepository.class;
        TrustedPublisher only = desk.publisher(PROJECT, settings(RUN));

        assertGivesUp(
                part,
                "insert",
                PublisherRepository.Insertion.IDENTITY_TAKEN,
                all -> all.add(second.id(), settings("other"), Map.of(), ALICE));
        assertGivesUp(
                part,
                "replace",
                PublisherRepository.Change.CONFLICT,
                all -> all.add(second.id(), settings(RUN), Map.of(), ALICE));
        assertGivesUp(
                part, "remove", PublisherRepository.Change.CONFLICT, all -> all.remove(PROJECT.id(), only.id(), ALICE));
        desk.publisher(second, settings(RUN));
        assertGivesUp(
                part, "relink", PublisherRepository.Change.CONFLICT, all -> all.remove(PROJECT.id(), only.id(), ALICE));
    }

    @Test
    void change_thatLosesEveryRaceForAPendingPublisher_givesUp() {
        PendingPublisher waiting = desk.waiting("new", settings(RUN), BOB);
        Class<?> part = PendingPublisherRepository.class;

        assertGivesUp(
                part,
                "remove",
                PendingPublisherRepository.Change.CONFLICT,
                all -> all.pending().remove(waiting.id(), BOB));
        desk.clock.set(waiting.expires());
        assertGivesUp(
                part,
                "remove",
                PendingPublisherRepository.Change.CONFLICT,
                all -> all.pending().add("new", settings(RUN), Map.of(), ALICE));
        FaultyPublishingStore store = lying();
        store.answer(part, "remove", PendingPublisherRepository.Change.CONFLICT);
        assertThat(over(store).pending().purge())
                .as("what somebody else has removed")
                .isEmpty();
    }
}
