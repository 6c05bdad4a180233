package dev.gatehouse.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.audit.InMemoryAuditLog;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What the host is asked with and told, and the order in which the store in memory answers. */
class ExchangeValuesTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final PublisherSettings SETTINGS =
            PublisherSettings.of("github", "i", Map.of("owner", "acme", "repository", "tool"));
    private static final TrustedPublisher PUBLISHER =
            TrustedPublisher.builder("p1", SETTINGS, NOW).build();
    private static final AuditEvent EVENT =
            AuditEvent.of(AuditTag.PUBLISHER_ADDED, NOW).build();

    private final InMemoryPublishingStore store = InMemoryPublishingStore.create(InMemoryAuditLog.create());

    private static PendingPublisher.Builder pending(String id, PublisherSettings settings) {
        return PendingPublisher.builder(id, settings, "New", "new", "alice", NOW);
    }

    private static PublisherSettings settings(String owner) {
        return PublisherSettings.of("github", "i", Map.of("owner", owner));
    }

    @Test
    void attempt_ofAPublisher_isAboutItsProject() {
        PublishingProject project = PublishingProject.of("id-1", "Some").inOrganization("org");
        ExchangeAttempt attempt =
                ExchangeAttempt.of(PUBLISHER, project, new TreeMap<>(Map.of("ref", "main")), "192.0.2.1");

        assertThat(attempt.settings()).isEqualTo(SETTINGS);
        assertThat(attempt.run()).isEqualTo(Map.of("ref", "main"));
        assertThat(attempt.address()).isEqualTo("192.0.2.1");
        assertThat(attempt.publisher()).contains("p1");
        assertThat(attempt.project()).contains(project);
        assertThat(attempt.pending()).isEmpty();
        assertThat(attempt.projectName()).isEqualTo("Some");
        assertThat(attempt.organization()).contains("org");
        assertThat(attempt).hasToString("ExchangeAttempt[github]");
    }

    @Test
    void attempt_ofAPendingPublisher_isAboutTheNameItWaitsFor() {
        PendingPublisher waiting = pending("w1", SETTINGS).organization("org").build();
        ExchangeAttempt attempt = ExchangeAttempt.of(waiting, new TreeMap<>(), "192.0.2.1");

        assertThat(attempt.publisher()).isEmpty();
        assertThat(attempt.project()).isEmpty();
        assertThat(attempt.pending()).contains(waiting);
        assertThat(attempt.projectName()).isEqualTo("New");
        assertThat(attempt.organization()).contains("org");
    }

    @Test
    void request_doesNotShowItsToken() {
        assertThat(ExchangeRequest.of("secret", "192.0.2.1")).hasToString("ExchangeRequest[6 characters]");
    }

    @Test
    void fold_ofEachAnswerOfTheHost_takesItsFunction() {
        List<ProjectCreation> answers = List.of(
                new ProjectCreation.Created(PublishingProject.of("1", "a")),
                new ProjectCreation.NameTaken(),
                new ProjectCreation.Refused("no"));

        assertThat(answers.stream()
                        .map(each -> each.<String>fold(
                                created -> created.project().name(), taken -> "taken", refused -> refused.text())))
                .containsExactly("a", "taken", "no");
    }

    /** Rows come from a hash map: without an order of their own they would come in that of its buckets. */
    @Test
    void withAnyKey_ofOneMoment_answersById() {
        List<String> ids = List.of("zeta", "Aa", "BB", "x-17", "omega", "k9", "0f");
        for (String id : ids) {
            store.publishers()
                    .insert(TrustedPublisher.builder(id, settings(id), NOW).build(), Set.of("k"), EVENT);
            store.pending().insert(pending(id, settings(id)).build(), Set.of("k"), 9, EVENT);
        }
        List<String> sorted = ids.stream().sorted().toList();

        assertThat(store.publishers().withAnyKey(Set.of("k"), 9).stream().map(TrustedPublisher::id))
                .isEqualTo(sorted);
        assertThat(store.pending().withAnyKey(Set.of("k"), 9).stream().map(PendingPublisher::id))
                .isEqualTo(sorted);
        assertThat(store.pending().ending(NOW.plus(PendingPublisher.LIFETIME), false, 9).stream()
                        .map(PendingPublisher::id))
                .isEqualTo(sorted);
    }

    @Test
    void create_inMemory_countsItsProjects() {
        ProjectCreation first = store.projects().create(pending("a", SETTINGS).build());
        ProjectCreation second = store.projects().create(pending("b", SETTINGS).build());

        assertThat(first).isEqualTo(new ProjectCreation.Created(PublishingProject.of("project-1", "New")));
        assertThat(second).isEqualTo(new ProjectCreation.NameTaken());
    }

    @Test
    void events_tellWhatAndWhose() {
        PendingPublisher waiting = pending("w1", SETTINGS).organization("org").build();
        AuditEvent gone = PublisherEvents.gone(waiting, PublisherEvents.Gone.EXPIRED, "purge", NOW);

        assertThat(gone.tag()).isEqualTo(AuditTag.ORGANIZATION_PENDING_PUBLISHER_REMOVED);
        assertThat(gone.attributes())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "project", "New",
                        "provider", "github",
                        "specifier", "owner=acme, repository=tool",
                        "organization", "org",
                        "why", "expired"));
        assertThat(PublisherEvents.gone(pending("w1", SETTINGS).build(), PublisherEvents.Gone.REMOVED, "alice", NOW)
                        .attributes())
                .doesNotContainKey("organization");
    }
}
