package dev.gatehouse.testkit.contract;

import static dev.gatehouse.testkit.contract.PublishingDesk.ALICE;
import static dev.gatehouse.testkit.contract.PublishingDesk.BOB;
import static dev.gatehouse.testkit.contract.PublishingDesk.PROJECT;
import static dev.gatehouse.testkit.contract.PublishingDesk.RUNNER;
import static dev.gatehouse.testkit.contract.PublishingDesk.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.audit.InMemoryAuditLog;
import dev.gatehouse.publisher.Exchange;
import dev.gatehouse.publisher.ExchangeRefusal;
import dev.gatehouse.publisher.ExchangeRequest;
import dev.gatehouse.publisher.Exchanged;
import dev.gatehouse.publisher.PublishingProject;
import dev.gatehouse.publisher.RefusedExchange;
import dev.gatehouse.publisher.TrustedPublisher;
import dev.gatehouse.testkit.Race;
import dev.gatehouse.testkit.issuer.FakeToken;
import dev.gatehouse.token.TokenContext;
import dev.gatehouse.token.TokenOwner;
import dev.gatehouse.token.TokenProject;
import dev.gatehouse.token.TokenVerification;
import dev.gatehouse.token.VerifiedToken;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * What an exchange of identity tokens holds over every store: one token for one identity token, one project for one name, everything or
 * nothing, whoever comes between.
 */
public abstract class TokenExchangeContract {
    private static final int EVENTS = 100_000;

    /** For subclasses. */
    protected TokenExchangeContract() {}

    /**
     * Nodes of a new, empty index that share everything.
     *
     * @param nodes 1 or 2
     * @param sink told of each event within its transaction; what it throws must end it
     */
    protected abstract List<PublishingNode> create(int nodes, AuditSink sink);

    /** How many rounds a race has; fewer for a store that is slow. */
    protected int rounds() {
        return 20;
    }

    private PublishingDesk desk(int nodes) {
        InMemoryAuditLog events = InMemoryAuditLog.create(EVENTS);
        return new PublishingDesk(create(nodes, events), events);
    }

    private static boolean isVerified(PublishingDesk desk, String secret, PublishingProject project) {
        Set<String> linked = desk.node().publishers().ofProject(project.id()).stream()
                .map(TrustedPublisher::id)
                .collect(java.util.stream.Collectors.toSet());
        TokenVerification verification = desk.tokens(desk.node())
                .verify(
                        secret,
                        TokenContext.about(TokenProject.of(project.name())
                                .withId(project.id())
                                .withPublishers(linked)));
        return verification instanceof VerifiedToken;
    }

    private static int minted(List<Exchange> answers) {
        return (int) answers.stream().filter(Exchanged.class::isInstance).count();
    }

    private static List<ExchangeRefusal> refusals(List<Exchange> answers) {
        return answers.stream()
                .filter(RefusedExchange.class::isInstance)
                .map(answer -> ((RefusedExchange) answer).refusal())
                .toList();
    }

    @Test
    void exchange_aRunOfAPublisher_mintsATokenForItsProjectsAtTheTimeOfUse() {
        PublishingDesk desk = desk(1);
        TrustedPublisher publisher = desk.publisher(PROJECT, settings("octo-repo"));

        Exchanged exchanged = desk.exchanged(desk.run("octo-repo").sign());

        assertThat(exchanged.projects()).containsExactly(PROJECT);
        assertThat(exchanged.expires()).isEqualTo("2026-03-01T10:15:00Z");
        assertThat(exchanged.token().owner()).isEqualTo(TokenOwner.publisher(publisher.id()));
        assertThat(exchanged.token().run())
                .containsEntry("ref", "refs/heads/main")
                .containsEntry("provider", "github");
        assertThat(exchanged.token().restrictions())
                .containsExactly(
                        "[4,\"" + publisher.id() + "\"]",
                        "[1,[\"some-project\"]]",
                        "[2,[\"id-1\"]]",
                        "[0,1772360100,1772359140]");
        assertThat(exchanged.publisher().pins()).containsEntry("repository_id", "74");
        assertThat(desk.node().publishers().find(publisher.id())).contains(exchanged.publisher());
        assertThat(isVerified(desk, exchanged.secret(), PROJECT)).isTrue();
        assertThat(isVerified(desk, exchanged.secret(), PublishingProject.of("id-2", "Some.Project")))
                .isFalse();
        desk.clock.advance(Duration.ofMillis(899_499));
        assertThat(isVerified(desk, exchanged.secret(), PROJECT)).isTrue();
        desk.clock.advance(Duration.ofMillis(1));
        assertThat(isVerified(desk, exchanged.secret(), PROJECT)).isFalse();
    }

    /** The request that follows may reach a node whose clock is a minute behind; the end is the same for all. */
    @Test
    void exchange_beforeAUseWhereTheClockIsBehind_mintsATokenThatIsGoodThere() {
        PublishingDesk desk = desk(1);
        desk.publisher(PROJECT, settings("octo-repo"));
        Exchanged exchanged = desk.exchanged(desk.run("octo-repo").sign());
        Instant end = exchanged.expires();

        desk.clock.set(Instant.parse("2026-03-01T09:59:30.5Z"));
        assertThat(isVerified(desk, exchanged.secret(), PROJECT)).isTrue();
        desk.clock.set(Instant.parse("2026-03-01T09:59:00Z"));
        assertThat(isVerified(desk, exchanged.secret(), PROJECT)).isTrue();
        desk.clock.set(Instant.parse("2026-03-01T09:58:59.999Z"));
        assertThat(isVerified(desk, exchanged.secret(), PROJECT)).isFalse();
        desk.clock.set(end.minusMillis(1));
        assertThat(isVerified(desk, exchanged.secret(), PROJECT)).isTrue();
        desk.clock.set(end);
        assertThat(isVerified(desk, exchanged.secret(), PROJECT)).isFalse();
    }

    @Test
    void remove_afterAMint_makesTheTokenWorthless() {
        PublishingDesk desk = desk(1);
        TrustedPublisher publisher = desk.publisher(PROJECT, settings("octo-repo"));
        Exchanged exchanged = desk.exchanged(desk.run("octo-repo").sign());

        PublishingDesk.registered(desk.registrations().remove(PROJECT.id(), publisher.id(), ALICE));

        assertThat(isVerified(desk, exchanged.secret(), PROJECT)).isFalse();
        assertThat(desk.node().publishers().find(publisher.id())).isEmpty();
        assertThat(desk.refused(desk.run("octo-repo").sign()).refusal()).isEqualTo(ExchangeRefusal.NO_PUBLISHER);
    }

    @Test
    void exchange_ofOneTokenByManyOnTwoNodes_mintsOnce() {
        PublishingDesk desk = desk(2);
        desk.publisher(PROJECT, settings("octo-repo"));
        for (int round = 0; round < rounds(); round++) {
            String token = desk.run("octo-repo").sign();
            List<Exchange> answers = Race.of(
                    4, i -> desk.exchange(desk.nodes.get(i % 2)).exchange(ExchangeRequest.of(token, RUNNER + i)));

            assertThat(minted(answers)).isEqualTo(1);
            assertThat(refusals(answers)).containsOnly(ExchangeRefusal.REUSED).hasSize(3);
        }
        assertThat(desk.of(AuditTag.TOKEN_ADDED)).hasSize(rounds());
    }

    @Test
    void exchange_ofTokensWithOneIdByManyOnTwoNodes_mintsOnce() {
        PublishingDesk desk = desk(2);
        desk.publisher(PROJECT, settings("octo-repo"));
        for (int round = 0; round < rounds(); round++) {
            FakeToken run = desk.run("octo-repo");
            List<String> tokens = List.of(
                    run.sign(),
                    run.claim("run_number", 2).sign(),
                    run.by(FakeToken.Algorithm.ES256).sign());
            List<Exchange> answers = Race.of(
                    3, i -> desk.exchange(desk.nodes.get(i % 2)).exchange(ExchangeRequest.of(tokens.get(i), RUNNER)));

            assertThat(minted(answers)).isEqualTo(1);
        }
    }

    @Test
    void exchange_ofAPendingPublisher_makesItsProjectAndTakesOthersOfTheNameAway() {
        PublishingDesk desk = desk(1);
        desk.waiting("New-Project", settings("octo-repo"), ALICE);
        desk.waiting("new.project", settings("other-repo"), BOB);
        desk.waiting("other-project", settings("other-repo"), BOB);

        Exchanged exchanged = desk.exchanged(desk.run("octo-repo").sign());

        PublishingProject made = exchanged.made().orElseThrow();
        assertThat(made.name()).isEqualTo("New-Project");
        assertThat(exchanged.projects()).containsExactly(made);
        assertThat(desk.node().projects().byName("new_project")).contains(made);
        assertThat(desk.node().publishers().ofProject(made.id())).containsExactly(exchanged.publisher());
        assertThat(exchanged.publisher().addedBy()).contains("alice");
        assertThat(exchanged.publisher().pins()).containsEntry("repository_owner_id", "65");
        assertThat(isVerified(desk, exchanged.secret(), made)).isTrue();
        assertThat(desk.registrations().pending().list("bob")).hasSize(1);
        assertThat(desk.registrations().pending().list("alice")).isEmpty();
        assertThat(desk.of(AuditTag.PENDING_PUBLISHER_REMOVED))
                .extracting(event ->
                        event.account().orElseThrow() + " " + event.attributes().get("why"))
                .containsExactlyInAnyOrder("alice reified", "bob project_exists");
        assertThat(desk.of(AuditTag.PUBLISHER_ADDED))
                .singleElement()
                .satisfies(event ->
                        assertThat(event.attributes()).containsEntry("reified_from_pending_publisher", "true"));
        assertThat(desk.of(AuditTag.SHORT_LIVED_TOKEN_ADDED)).hasSize(1);
    }

    @Test
    void exchange_ofAPendingPublisherByTwoNodesAtOnce_makesOneProject() {
        PublishingDesk desk = desk(2);
        for (int round = 0; round < rounds(); round++) {
            String name = "project-" + "x".repeat(round + 1);
            String repository = "repo-" + round;
            desk.waiting(name, settings(repository), ALICE);
            List<String> tokens =
                    List.of(desk.run(repository).sign(), desk.run(repository).sign());
            List<Exchange> answers = Race.of(
                    2, i -> desk.exchange(desk.nodes.get(i)).exchange(ExchangeRequest.of(tokens.get(i), RUNNER)));

            assertThat(minted(answers)).as(name).isEqualTo(2);
            assertThat(answers.stream()
                            .filter(answer ->
                                    PublishingDesk.exchanged(answer).made().isPresent()))
                    .as(name)
                    .hasSize(1);
            PublishingProject made = desk.node().projects().byName(name).orElseThrow();
            assertThat(desk.node().publishers().ofProject(made.id())).hasSize(1);
        }
    }

    @Test
    void exchange_ofTwoPendingPublishersForOneNameAtOnce_makesOneProject() {
        PublishingDesk desk = desk(2);
        for (int round = 0; round < rounds(); round++) {
            String name = "project-" + "y".repeat(round + 1);
            List<String> repositories = List.of("a-repo-" + round, "b-repo-" + round);
            desk.waiting(name, settings(repositories.get(0)), ALICE);
            desk.waiting(name, settings(repositories.get(1)), BOB);
            List<String> tokens = repositories.stream()
                    .map(repository -> desk.run(repository).sign())
                    .toList();
            List<Exchange> answers = Race.of(
                    2, i -> desk.exchange(desk.nodes.get(i)).exchange(ExchangeRequest.of(tokens.get(i), RUNNER)));

            assertThat(minted(answers)).as(name).isEqualTo(1);
            assertThat(refusals(answers))
                    .as(name)
                    .containsAnyOf(ExchangeRefusal.PROJECT_EXISTS, ExchangeRefusal.NO_PUBLISHER);
            assertThat(desk.registrations().pending().list("alice")).isEmpty();
            assertThat(desk.registrations().pending().list("bob")).isEmpty();
        }
    }

    @Test
    void exchange_ofTwoFirstRunsWithOtherIdsAtOnce_pinsOneAndRefusesTheOther() {
        PublishingDesk desk = desk(2);
        for (int round = 0; round < rounds(); round++) {
            String repository = "repo-" + round;
            int otherId = round;
            PublishingProject project = PublishingProject.of("id-" + round, "project-" + "z".repeat(round + 1));
            desk.publisher(project, settings(repository));
            List<String> tokens = List.of(
                    desk.run(repository).sign(),
                    desk.run(repository).claim("repository_id", "9" + otherId).sign());
            List<Exchange> answers = Race.of(
                    2, i -> desk.exchange(desk.nodes.get(i)).exchange(ExchangeRequest.of(tokens.get(i), RUNNER)));

            assertThat(minted(answers)).as(repository).isEqualTo(1);
            assertThat(refusals(answers)).containsOnly(ExchangeRefusal.NO_PUBLISHER);
        }
    }

    @Test
    void exchange_againstARemoval_leavesNoTokenThatWorks() {
        PublishingDesk desk = desk(2);
        for (int round = 0; round < rounds(); round++) {
            String repository = "repo-" + round;
            PublishingProject project = PublishingProject.of("id-" + round, "project-" + "q".repeat(round + 1));
            TrustedPublisher publisher = desk.publisher(project, settings(repository));
            String token = desk.run(repository).sign();
            List<Exchange> answers = Race.of(2, i -> {
                if (i == 0) {
                    return desk.exchange(desk.nodes.get(0)).exchange(ExchangeRequest.of(token, RUNNER));
                }
                PublishingDesk.registered(
                        desk.registrations(desk.nodes.get(1)).remove(project.id(), publisher.id(), ALICE));
                return desk.exchange(desk.nodes.get(1)).exchange(ExchangeRequest.of("no-token", RUNNER));
            });

            assertThat(desk.node().publishers().find(publisher.id())).isEmpty();
            if (answers.get(0) instanceof Exchanged exchanged) {
                assertThat(isVerified(desk, exchanged.secret(), project)).isFalse();
            }
        }
    }

    /** Each call of the store made to fail in its turn: nothing is left, and the next run is as the first. */
    private void assertNothingLeft(PublishingDesk desk, String repository, Function<PublishingDesk, Object> seen) {
        Object before = seen.apply(desk);
        int faults = 0;
        while (true) {
            FaultyPublishingStore store = new FaultyPublishingStore(desk.node().store(), faults);
            int changes = changes(desk);
            try {
                Exchange exchange = desk.exchange(desk.node(), store, builder -> builder)
                        .exchange(ExchangeRequest.of(desk.run(repository).sign(), RUNNER + faults));
                assertThat(store.isSpent()).isFalse();
                PublishingDesk.exchanged(exchange);
                break;
            } catch (FaultyPublishingStore.Fault e) {
                assertThat(seen.apply(desk)).as("after call %d", faults).isEqualTo(before);
                assertThat(changes(desk)).as("events after call %d", faults).isEqualTo(changes);
            }
            faults++;
        }
        assertThat(faults).isGreaterThan(10);
        assertThat(seen.apply(desk)).isNotEqualTo(before);
    }

    private static int changes(PublishingDesk desk) {
        return (int) desk.events.events().stream()
                .filter(event -> !event.tag().equals(AuditTag.EXCHANGE_REFUSED))
                .count();
    }

    @Test
    void exchange_ofAPendingPublisherWithEachCallFailing_leavesNothingBehind() {
        PublishingDesk desk = desk(1);
        desk.waiting("new-project", settings("octo-repo"), ALICE);
        desk.waiting("newproject", settings("other-repo"), BOB);

        assertNothingLeft(
                desk,
                "octo-repo",
                each -> List.of(
                        each.registrations().pending().list("alice"),
                        each.registrations().pending().list("bob"),
                        each.node().projects().byName("new-project")));

        assertThat(desk.of(AuditTag.TOKEN_ADDED)).hasSize(1);
    }

    @Test
    void exchange_ofAFirstRunWithEachCallFailing_leavesNothingBehind() {
        PublishingDesk desk = desk(1);
        TrustedPublisher publisher = desk.publisher(PROJECT, settings("octo-repo"));

        assertNothingLeft(
                desk,
                "octo-repo",
                each -> List.of(
                        each.node().publishers().find(publisher.id()),
                        each.tokens(each.node()).list(TokenOwner.publisher(publisher.id()))));
    }

    @Test
    void exchange_whoseEventsAreNotRecorded_leavesNothingBehind() {
        for (int room = 1; room < 5; room++) {
            InMemoryAuditLog full = InMemoryAuditLog.create(room);
            PublishingDesk desk = new PublishingDesk(create(1, full), InMemoryAuditLog.create());
            desk.waiting("new-project", settings("octo-repo"), ALICE);

            assertThatExceptionOfType(RuntimeException.class)
                    .isThrownBy(() -> desk.exchange(desk.run("octo-repo").sign()));
            assertThat(desk.node().projects().byName("new-project")).isEmpty();
            assertThat(desk.registrations().pending().list("alice")).hasSize(1);
        }
    }
}
