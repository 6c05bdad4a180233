package dev.gatehouse.testkit.contract;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.publisher.PendingPublisher;
import dev.gatehouse.publisher.PublisherSettings;
import dev.gatehouse.publisher.TrustedPublisher;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/** Publishers for contracts. */
final class PublisherSamples {
    static final Instant T0 = Instant.parse("2026-03-01T10:00:00.123456789Z");
    static final Set<String> KEYS = Set.of("name:a", "id:1");

    private PublisherSamples() {}

    static PublisherSettings settings(String repository) {
        return PublisherSettings.of(
                "github",
                "https://token.actions.githubusercontent.com",
                Map.of("repository", repository, "workflow", "it's \u00e9\ud83d\udd11 \"100\" %_=\\\n"));
    }

    static TrustedPublisher publisher(String id, String repository) {
        return TrustedPublisher.builder(id, settings(repository), T0)
                .projects(Set.of("p1"))
                .build();
    }

    static TrustedPublisher full(String id) {
        return publisher(id, "full").toBuilder()
                .pins(Map.of("repository_owner_id", "65", "https://example.org/id", "a=b\nc"))
                .organization("org \u00e9")
                .projects(Set.of("p1", "p2", "P1"))
                .addedBy("alice")
                .build();
    }

    static PendingPublisher pending(String id, String name, String registrant) {
        return PendingPublisher.builder(id, settings("r-" + name), name, name, registrant, T0)
                .build();
    }

    static AuditEvent event(String subject) {
        return AuditEvent.of(AuditTag.PUBLISHER_ADDED, T0).subject(subject).build();
    }
}
