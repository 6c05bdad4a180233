package dev.gatehouse.testkit.contract;

import static dev.gatehouse.testkit.contract.PublishingDesk.ALICE;
import static dev.gatehouse.testkit.contract.PublishingDesk.BOB;
import static dev.gatehouse.testkit.contract.PublishingDesk.PROJECT;
import static dev.gatehouse.testkit.contract.PublishingDesk.RUNNER;
import static dev.gatehouse.testkit.contract.PublishingDesk.registered;
import static dev.gatehouse.testkit.contract.PublishingDesk.settings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.audit.InMemoryAuditLog;
import dev.gatehouse.publisher.Exchange;
import dev.gatehouse.publisher.ExchangeRequest;
import dev.gatehouse.publisher.Exchanged;
import dev.gatehouse.publisher.InMemoryPublishingStore;
import dev.gatehouse.publisher.PublisherSettings;
import dev.gatehouse.publisher.PublishingProject;
import dev.gatehouse.publisher.TrustedPublisher;
import dev.gatehouse.token.TokenOwner;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A repository that has another name today, and is registered under both. */
class RenamedPublisherTest {
    private static final String OLD = "octo-repo";
    private static final String NEW = "new-name";
    private static final Map<String, String> PINS = Map.of("repository_id", "74", "repository_owner_id", "65");
    private static final PublishingProject SECOND = PublishingProject.of("id-2", "second");

    private final InMemoryAuditLog events = InMemoryAuditLog.create();
    private final InMemoryPublishingStore store = InMemoryPublishingStore.create(events);
    private final PublishingDesk desk = new PublishingDesk(InMemoryPublishingTest.nodes(1, store), events);

    /** The publisher under the old name, whose run has shown its ids. */
    private TrustedPublisher old(PublisherSettings settings) {
        TrustedPublisher publisher = desk.publisher(PROJECT, settings);
        desk.exchanged(desk.run(OLD).sign());
        return publisher;
    }

    private TrustedPublisher today(PublisherSettings settings, Map<String, String> pins) {
        desk.node().addProject().accept(SECOND);
        return registered(desk.registrations().add(SECOND.id(), settings, pins, BOB));
    }

    private Exchange exchange(String project) {
        ExchangeRequest request =
                ExchangeRequest.of(desk.run(NEW).claim("repository_id", "74").sign(), RUNNER);
        return desk.exchange(desk.node()).exchange(project.isEmpty() ? request : request.forProject(project));
    }

    private Exchanged exchanged(String project) {
        return PublishingDesk.exchanged(exchange(project));
    }

    private List<TrustedPublisher> publishers() {
        return Stream.of(PROJECT, SECOND)
                .flatMap(project -> desk.node().publishers().ofProject(project.id()).stream())
                .distinct()
                .toList();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void exchange_ofBoth_isForTheProjectsOfBothAndLeavesTheOneWithTheNameOfToday(boolean isPinned) {
        TrustedPublisher old = old(settings(OLD));
        TrustedPublisher today = today(settings(NEW), isPinned ? PINS : Map.of());

        Exchanged exchanged = exchanged("");

        assertThat(exchanged.projects()).containsExactlyInAnyOrder(PROJECT, SECOND);
        assertThat(exchanged.renamed())
                .as("told")
                .hasValueSatisfying(text -> assertThat(text).contains(NEW));
        assertThat(publishers()).singleElement().satisfies(left -> {
            assertThat(left.id()).isEqualTo(today.id());
            assertThat(left.settings()).isEqualTo(settings(NEW));
            assertThat(left.pins()).isEqualTo(PINS);
        });
        assertThat(desk.of(AuditTag.PUBLISHER_PINNED))
                .filteredOn(event -> event.subject().equals(Optional.of(old.id())))
                .filteredOn(event -> event.attributes().containsKey("merged_into"))
                .singleElement()
                .satisfies(event -> assertThat(event.attributes()).containsEntry("merged_into", today.id()));
        assertThat(desk.of(AuditTag.TOKEN_CHANGED))
                .anySatisfy(event -> assertThat(event.attributes()).containsEntry("owner", "publisher:" + old.id()));
        Exchanged next = exchanged("");
        assertThat(next.projects()).containsExactlyInAnyOrder(PROJECT, SECOND);
        assertThat(next.renamed()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"some-project", "second"})
    void exchange_forAProjectOfOne_leavesTheOneWithTheNameOfTodayToo(String project) {
        old(settings(OLD));
        TrustedPublisher today = today(settings(NEW), Map.of());

        assertThat(exchanged(project).projects()).hasSize(1);

        assertThat(publishers()).extracting(TrustedPublisher::id).containsExactly(today.id());
        assertThat(exchanged("").projects()).hasSize(2);
    }

    /** The new name is no way around the ids: what has another id is another repository. */
    @Test
    void exchange_ofAnotherRepositoryWithTheNewName_isForWhatIsRegisteredForIt() {
        old(settings(OLD));
        today(settings(NEW), Map.of());

        Exchanged other =
                desk.exchanged(desk.run(NEW).claim("repository_id", "75").sign());

        assertThat(other.projects()).containsExactly(SECOND);
        assertThat(publishers()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void exchange_whereOneIsSuspended_isRefusedWhateverItIsFor(boolean isOld) {
        TrustedPublisher old = old(settings(OLD));
        TrustedPublisher today = today(settings(NEW), Map.of());
        String id = isOld ? old.id() : today.id();
        desk.tokens(desk.node()).suspendAll(TokenOwner.publisher(id), ALICE);

        for (String project : List.of("", PROJECT.name(), SECOND.name())) {
            assertThat(PublishingDesk.refused(exchange(project)).reason())
                    .as(project)
                    .isEqualTo("publisher " + id + ": its tokens are suspended");
        }
        assertThat(publishers()).hasSize(2);
    }

    /** Others may let in less: they stay what they are. */
    @Test
    void exchange_ofOneThatIsNarrower_leavesBoth() {
        old(settings(OLD, Map.of("renames", "refuse")));
        today(settings(NEW), Map.of());

        assertThat(exchanged("").projects()).containsExactly(SECOND);
        assertThat(publishers()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void exchange_ofAPendingOneWithTheNameOfToday_isOfThePublisherThatIsThere(boolean isSuspended) {
        TrustedPublisher old = old(settings(OLD));
        desk.waiting("new", settings(NEW), ALICE);
        if (isSuspended) {
            desk.tokens(desk.node()).suspendAll(TokenOwner.publisher(old.id()), ALICE);
            assertThat(PublishingDesk.refused(exchange("")).reason())
                    .contains(old.id())
                    .contains("suspended");
            assertThat(desk.node().projects().byName("new")).isEmpty();
            return;
        }

        Exchanged exchanged = exchanged("");

        assertThat(exchanged.publisher().id()).isEqualTo(old.id());
        assertThat(exchanged.projects()).containsExactly(exchanged.made().orElseThrow(), PROJECT);
        assertThat(exchanged("").projects()).hasSize(2);
    }
}
