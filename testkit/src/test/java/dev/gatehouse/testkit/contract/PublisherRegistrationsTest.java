package dev.gatehouse.testkit.contract;

import static dev.gatehouse.testkit.contract.PublishingDesk.ALICE;
import static dev.gatehouse.testkit.contract.PublishingDesk.BOB;
import static dev.gatehouse.testkit.contract.PublishingDesk.PROJECT;
import static dev.gatehouse.testkit.contract.PublishingDesk.obstacle;
import static dev.gatehouse.testkit.contract.PublishingDesk.registered;
import static dev.gatehouse.testkit.contract.PublishingDesk.settings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.audit.InMemoryAuditLog;
import dev.gatehouse.oidc.IssuerDirectory;
import dev.gatehouse.publisher.InMemoryPublishingStore;
import dev.gatehouse.publisher.PendingPublisher;
import dev.gatehouse.publisher.PendingRegistrations;
import dev.gatehouse.publisher.PublisherProviders;
import dev.gatehouse.publisher.PublisherRegistrations;
import dev.gatehouse.publisher.PublisherRepository;
import dev.gatehouse.publisher.PublisherSettings;
import dev.gatehouse.publisher.PublishingProject;
import dev.gatehouse.publisher.Registration;
import dev.gatehouse.publisher.Registration.NotRegistered;
import dev.gatehouse.publisher.Registration.Obstacle;
import dev.gatehouse.publisher.TrustedPublisher;
import dev.gatehouse.state.RateWindow;
import dev.gatehouse.token.Requester;
import dev.gatehouse.token.TokenOwner;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Registering publishers: PyPI's limits and texts, identities, organisations, ends and reminders. */
class PublisherRegistrationsTest {
    private static final String RUN = "octo-repo";

    private final InMemoryAuditLog events = InMemoryAuditLog.create();
    private final InMemoryPublishingStore store = InMemoryPublishingStore.create(events);
    private final PublishingDesk desk = new PublishingDesk(InMemoryPublishingTest.nodes(1, store), events);
    private final PublisherRegistrations registrations = desk.registrations();
    private final PendingRegistrations pending = registrations.pending();

    private static NotRegistered<?> not(Registration<?> registration) {
        return (NotRegistered<?>) registration;
    }

    @Test
    void add_aPublisherTwice_isRefusedInPypisWords() {
        desk.publisher(PROJECT, settings(RUN));

        Registration<TrustedPublisher> again = registrations.add(PROJECT.id(), settings(RUN), Map.of(), BOB);

        assertThat(obstacle(again)).isEqualTo(Obstacle.ALREADY_REGISTERED);
        assertThat(not(again).text()).endsWith("is already registered with Some.Project");
        assertThat(desk.of(AuditTag.PUBLISHER_ADDED)).singleElement().satisfies(event -> {
            assertThat(event.subject()).contains("id-1");
            assertThat(event.actor()).contains("alice");
            assertThat(event.address()).contains("192.0.2.1");
        });
    }

    @Test
    void add_withPins_isAnotherPublisherThanOneWithOthers() {
        desk.publisher(PROJECT, settings(RUN));
        Map<String, String> pins = Map.of("repository_id", "74");
        TrustedPublisher pinned = registered(registrations.add(PROJECT.id(), settings(RUN), pins, ALICE));

        assertThat(registrations.list(PROJECT.id())).hasSize(2);
        assertThat(obstacle(registrations.add(PROJECT.id(), settings(RUN), pins, BOB)))
                .isEqualTo(Obstacle.ALREADY_REGISTERED);
        assertThat(registered(registrations.add(PROJECT.id(), settings(RUN), Map.of("repository_id", "75"), ALICE))
                        .id())
                .isNotEqualTo(pinned.id());
    }

    @Test
    void add_withoutPinsToAPublisherThatIsPinned_takesItWithItsPins() {
        desk.publisher(PROJECT, settings(RUN));
        TrustedPublisher pinned = desk.exchanged(desk.run(RUN).sign()).publisher();

        TrustedPublisher linked = desk.publisher(PublishingProject.of("id-2", "second"), settings(RUN));

        assertThat(linked.id()).isEqualTo(pinned.id());
        assertThat(linked.pins()).isEqualTo(pinned.pins()).isNotEmpty();
        assertThat(linked.addedBy()).contains("alice");
    }

    @Test
    void add_toWhatIsNotThere_isRefused() {
        assertThat(obstacle(registrations.add("gone", settings(RUN), Map.of(), ALICE)))
                .isEqualTo(Obstacle.NOT_FOUND);
        PublisherSettings elsewhere = PublisherSettings.of(
                "github", "https://other.example", settings(RUN).values());
        assertThat(obstacle(registrations.add("gone", elsewhere, Map.of(), ALICE)))
                .isEqualTo(Obstacle.UNKNOWN_ISSUER);
        assertThat(obstacle(pending.add("new", elsewhere, Map.of(), ALICE))).isEqualTo(Obstacle.UNKNOWN_ISSUER);
    }

    @Test
    void add_ofOneRunTooOften_isRefusedWhileItsPublishersGoOn() {
        desk.node().addProject().accept(PROJECT);
        for (int i = 0; i < PublisherRegistrations.MOST_SHARING; i++) {
            registered(registrations.add(PROJECT.id(), settings(RUN, Map.of("environment", "e" + i)), Map.of(), ALICE));
        }

        assertThat(obstacle(registrations.add(PROJECT.id(), settings(RUN), Map.of(), BOB)))
                .isEqualTo(Obstacle.FULL);
        assertThat(desk.exchanged(desk.run(RUN).claim("environment", "e7").sign())
                        .projects())
                .containsExactly(PROJECT);
    }

    @Test
    void add_moreThanAHundredADay_isRefusedByAccountAndByAddress() {
        PublisherRegistrations few = PublisherRegistrations.builder(
                        desk.node().store(),
                        PublisherProviders.standard(),
                        IssuerDirectory.of(List.of(PublishingDesk.GITHUB.issuer("github"))),
                        desk.node().state())
                .clock(desk.clock)
                .attempts(new RateWindow(2, Duration.ofDays(1)))
                .build();
        few.add("gone", settings(RUN), Map.of(), ALICE);
        few.add("gone", settings(RUN), Map.of(), ALICE);

        Registration<TrustedPublisher> third = few.add("gone", settings(RUN), Map.of(), ALICE);
        assertThat(obstacle(third)).isEqualTo(Obstacle.TOO_MANY_ATTEMPTS);
        assertThat(not(third).text())
                .isEqualTo("There have been too many attempted trusted publisher registrations. Try again later.");
        assertThat(not(third).retryAfter()).contains(Duration.ofDays(1));
        assertThat(obstacle(few.pending().add("new", settings(RUN), Map.of(), new Requester("carol", "192.0.2.1"))))
                .isEqualTo(Obstacle.TOO_MANY_ATTEMPTS);
        assertThat(obstacle(few.constrain("gone", "gone", "e", ALICE))).isEqualTo(Obstacle.TOO_MANY_ATTEMPTS);
        assertThat(obstacle(few.add("gone", settings(RUN), Map.of(), BOB))).isEqualTo(Obstacle.NOT_FOUND);
    }

    @Test
    void exchange_ofAPendingPublisher_forgetsTheAttemptsOfItsRegistrantButNotOfTheAddress() {
        PublisherRegistrations few = PublisherRegistrations.builder(
                        desk.node().store(),
                        PublisherProviders.standard(),
                        IssuerDirectory.of(List.of(PublishingDesk.GITHUB.issuer("github"))),
                        desk.node().state())
                .clock(desk.clock)
                .attempts(new RateWindow(1, Duration.ofDays(1)))
                .build();
        registered(few.pending().add("new", settings(RUN), Map.of(), ALICE));
        desk.exchanged(desk.run(RUN).sign());

        assertThat(obstacle(few.add("gone", settings(RUN), Map.of(), new Requester("alice", "192.0.2.99"))))
                .isEqualTo(Obstacle.NOT_FOUND);
        assertThat(obstacle(few.add("gone", settings(RUN), Map.of(), new Requester("dave", "192.0.2.1"))))
                .isEqualTo(Obstacle.TOO_MANY_ATTEMPTS);
    }

    @Test
    void remove_ofWhatIsNotLinked_isRefused() {
        TrustedPublisher publisher = desk.publisher(PROJECT, settings(RUN));

        assertThat(obstacle(registrations.remove("id-2", publisher.id(), ALICE)))
                .isEqualTo(Obstacle.NOT_FOUND);
        assertThat(obstacle(registrations.remove(PROJECT.id(), "gone", ALICE))).isEqualTo(Obstacle.NOT_FOUND);
        assertThat(registrations.list(PROJECT.id())).containsExactly(publisher);
    }

    /** Trust can be taken back whatever the host is configured with by now. */
    @Test
    void remove_aSharedPublisherWhoseProviderIsGone_unlinksItAndLeavesTheOther() {
        PublishingProject second = PublishingProject.of("id-2", "second");
        TrustedPublisher publisher = desk.publisher(PROJECT, settings(RUN));
        desk.publisher(second, settings(RUN));
        PublisherRegistrations without = PublisherRegistrations.builder(
                        desk.node().store(),
                        PublisherProviders.of(List.of()),
                        IssuerDirectory.of(List.of()),
                        desk.node().state())
                .clock(desk.clock)
                .build();

        assertThat(obstacle(without.constrain(PROJECT.id(), publisher.id(), "release", ALICE)))
                .isEqualTo(Obstacle.ENVIRONMENT);
        registered(without.remove(PROJECT.id(), publisher.id(), BOB));

        assertThat(without.list(PROJECT.id())).isEmpty();
        assertThat(without.list(second.id())).hasSize(1);
        desk.exchanged(desk.run(RUN).sign());
    }

    @Test
    void remove_fromOneOfTwoProjects_leavesTheOther() {
        PublishingProject second = PublishingProject.of("id-2", "second");
        TrustedPublisher publisher = desk.publisher(PROJECT, settings(RUN));
        desk.publisher(second, settings(RUN));

        registered(registrations.remove(PROJECT.id(), publisher.id(), BOB));

        assertThat(registrations.list(PROJECT.id())).isEmpty();
        assertThat(registrations.list(second.id())).hasSize(1);
        assertThat(desk.of(AuditTag.PUBLISHER_REMOVED))
                .singleElement()
                .satisfies(event -> assertThat(event.actor()).contains("bob"));
        assertThat(desk.of(AuditTag.TOKEN_CHANGED))
                .singleElement()
                .satisfies(event -> assertThat(event.address()).contains("192.0.2.2"));
        assertThat(desk.node()
                        .tokens()
                        .ownerState(TokenOwner.publisher(publisher.id()))
                        .version())
                .isEqualTo(1);
        assertThat(desk.exchanged(desk.run(RUN).sign()).projects()).containsExactly(second);
    }

    @Test
    void constrain_whatCannotBe_isRefusedAndChangesNothing() {
        TrustedPublisher bare = desk.publisher(PROJECT, settings(RUN));
        TrustedPublisher held = desk.publisher(PROJECT, settings(RUN, Map.of("environment", "e")));
        List<TrustedPublisher> before = registrations.list(PROJECT.id());

        assertThat(obstacle(registrations.constrain(PROJECT.id(), held.id(), "f", ALICE)))
                .isEqualTo(Obstacle.ENVIRONMENT);
        assertThat(obstacle(registrations.constrain(PROJECT.id(), bare.id(), "", ALICE)))
                .isEqualTo(Obstacle.ENVIRONMENT);
        assertThat(obstacle(registrations.constrain(PROJECT.id(), bare.id(), " x ", ALICE)))
                .isEqualTo(Obstacle.ENVIRONMENT);
        assertThat(obstacle(registrations.constrain(PROJECT.id(), bare.id(), "E", ALICE)))
                .isEqualTo(Obstacle.ALREADY_REGISTERED);
        assertThat(obstacle(registrations.constrain("id-2", bare.id(), "f", ALICE)))
                .isEqualTo(Obstacle.NOT_FOUND);
        assertThat(registrations.list(PROJECT.id())).isEqualTo(before);
    }

    /** Both that it was held to an environment and that it was unlinked would be said, and one with the environment would be left. */
    @Test
    void constrain_ofOneThatIsUnlinkedBetweenTwoReads_linksNothing() {
        TrustedPublisher publisher = desk.publisher(PROJECT, settings(RUN));
        registered(registrations.remove(PROJECT.id(), publisher.id(), BOB));
        FaultyPublishingStore torn = new FaultyPublishingStore(store, Integer.MAX_VALUE);
        torn.answerFirst(PublisherRepository.class, "find", Optional.of(publisher));

        Registration<TrustedPublisher> constrained =
                desk.registrations(desk.node(), torn).constrain(PROJECT.id(), publisher.id(), "release", ALICE);

        assertThat(torn.isTold()).isTrue();
        assertThat(obstacle(constrained)).isEqualTo(Obstacle.NOT_FOUND);
        assertThat(registrations.list(PROJECT.id())).isEmpty();
    }

    @Test
    void pending_moreThanThree_areRefusedInPypisWords() {
        for (int i = 0; i < 3; i++) {
            desk.waiting("project-" + "x".repeat(i + 1), settings(RUN), ALICE);
        }

        assertThat(desk.of(AuditTag.PENDING_PUBLISHER_ADDED))
                .hasSize(3)
                .allSatisfy(event -> assertThat(event.address()).contains("192.0.2.1"));
        Registration<PendingPublisher> fourth = pending.add("fourth", settings(RUN), Map.of(), ALICE);

        assertThat(obstacle(fourth)).isEqualTo(Obstacle.PENDING_LIMIT);
        assertThat(not(fourth).text()).isEqualTo("You can't register more than 3 pending trusted publishers at once.");
        assertThat(registered(pending.addFor("org", "fourth", settings(RUN), Map.of(), ALICE))
                        .organization())
                .contains("org");
        assertThat(pending.listFor("org")).hasSize(1);
        assertThat(desk.of(AuditTag.ORGANIZATION_PENDING_PUBLISHER_ADDED)).hasSize(1);
    }

    @Test
    void pending_whatIsThere_isRefused() {
        desk.publisher(PROJECT, settings(RUN));
        desk.waiting("new-project", settings(RUN), ALICE);

        assertThat(obstacle(pending.add("some.project", settings(RUN), Map.of(), BOB)))
                .isEqualTo(Obstacle.PROJECT_EXISTS);
        Registration<PendingPublisher> again = pending.add("New_Project", settings(RUN), Map.of(), BOB);
        assertThat(obstacle(again)).isEqualTo(Obstacle.ALREADY_REGISTERED);
        assertThat(not(again).text()).startsWith("This trusted publisher has already been registered.");
        assertThat(registered(pending.add("new-project", settings("other"), Map.of(), BOB)))
                .as("the name is not reserved")
                .isNotNull();
    }

    @Test
    void remove_aPendingPublisher_isForWhoRegisteredItAlone() {
        PendingPublisher own = desk.waiting("new", settings(RUN), ALICE);
        PendingPublisher ours = registered(pending.addFor("org", "other", settings(RUN), Map.of(), ALICE));

        assertThat(obstacle(pending.remove(own.id(), BOB))).isEqualTo(Obstacle.NOT_FOUND);
        assertThat(obstacle(pending.removeFor("org", own.id(), ALICE))).isEqualTo(Obstacle.NOT_FOUND);
        assertThat(obstacle(pending.remove(ours.id(), ALICE))).isEqualTo(Obstacle.NOT_FOUND);
        assertThat(obstacle(pending.removeFor("other", ours.id(), BOB))).isEqualTo(Obstacle.NOT_FOUND);
        assertThat(registered(pending.remove(own.id(), ALICE))).isEqualTo(own);
        assertThat(registered(pending.removeFor("org", ours.id(), BOB))).isEqualTo(ours);
        assertThat(desk.of(AuditTag.PENDING_PUBLISHER_REMOVED))
                .singleElement()
                .satisfies(event -> assertThat(event.attributes()).containsEntry("why", "removed"));
        assertThat(desk.of(AuditTag.ORGANIZATION_PENDING_PUBLISHER_REMOVED)).hasSize(1);
    }

    @Test
    void remind_fiveDaysBefore_happensOnceAndPurgeAtTheEnd() {
        PendingPublisher waiting = desk.waiting("new", settings(RUN), ALICE);
        desk.clock.set(waiting.expires().minus(Duration.ofDays(5)).minusNanos(1));
        assertThat(pending.remind()).isEmpty();
        desk.clock.set(waiting.expires().minus(Duration.ofDays(5)));

        assertThat(pending.remind()).extracting(PendingPublisher::id).containsExactly(waiting.id());
        assertThat(pending.remind()).isEmpty();
        assertThat(desk.of(AuditTag.PENDING_PUBLISHER_EXPIRING)).hasSize(1);
        desk.clock.set(waiting.expires().minusNanos(1));
        assertThat(pending.purge()).isEmpty();
        desk.clock.set(waiting.expires());
        assertThat(pending.purge()).hasSize(1);
        assertThat(pending.purge()).isEmpty();
        assertThat(desk.of(AuditTag.PENDING_PUBLISHER_REMOVED))
                .singleElement()
                .satisfies(event -> assertThat(event.attributes()).containsEntry("why", "expired"));
    }

    @Test
    void pending_afterOneThatHasExpired_takesItsPlace() {
        PendingPublisher first = desk.waiting("new", settings(RUN), BOB);
        desk.clock.set(first.expires());

        PendingPublisher second = desk.waiting("new", settings(RUN), ALICE);

        assertThat(pending.list("bob")).isEmpty();
        assertThat(pending.list("alice")).containsExactly(second);
    }
}
