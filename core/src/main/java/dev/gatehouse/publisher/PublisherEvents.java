package dev.gatehouse.publisher;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.internal.AddressBucket;
import dev.gatehouse.token.TokenOwner;
import java.time.Instant;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** The events of publishers, in PyPI's words where it has some. */
final class PublisherEvents {
    /** Why a pending publisher is gone. */
    enum Gone {
        /** Its registrant took it back. */
        REMOVED("removed"),
        /** Its run came, and its project was made. */
        REIFIED("reified"),
        /** Somebody else has made a project of its name. */
        PROJECT_EXISTS("project_exists"),
        /** It waited for too long. */
        EXPIRED("expired");

        private final String word;

        Gone(String word) {
            this.word = word;
        }
    }

    private PublisherEvents() {}

    /** An event about a pending publisher, for its organisation or else for its registrant. */
    static AuditEvent.Builder pending(boolean isAdded, PendingPublisher pending, Instant now) {
        boolean isOrganizations = pending.organization().isPresent();
        AuditTag tag;
        if (isAdded) {
            tag = isOrganizations ? AuditTag.ORGANIZATION_PENDING_PUBLISHER_ADDED : AuditTag.PENDING_PUBLISHER_ADDED;
        } else {
            tag = isOrganizations
                    ? AuditTag.ORGANIZATION_PENDING_PUBLISHER_REMOVED
                    : AuditTag.PENDING_PUBLISHER_REMOVED;
        }
        return about(tag, pending, now);
    }

    static AuditEvent.Builder about(AuditTag tag, PendingPublisher pending, Instant now) {
        AuditEvent.Builder event = AuditEvent.of(tag, now)
                .account(pending.registrant())
                .subject(pending.id())
                .attribute("project", pending.projectName())
                .attribute("provider", pending.settings().provider())
                .attribute("specifier", specifier(pending.settings()));
        pending.organization().ifPresent(id -> event.attribute("organization", id));
        return event;
    }

    static AuditEvent gone(PendingPublisher pending, Gone why, String actor, Instant now) {
        return pending(false, pending, now)
                .actor(actor)
                .attribute("why", why.word)
                .build();
    }

    /** An event about a project's publisher. */
    static AuditEvent.Builder project(
            AuditTag tag, PublishingProject project, TrustedPublisher publisher, Instant now) {
        return AuditEvent.of(tag, now)
                .subject(project.id())
                .attribute("project", project.name())
                .attribute("publisher", publisher.id())
                .attribute("provider", publisher.settings().provider())
                .attribute("specifier", specifier(publisher.settings()));
    }

    static AuditEvent pinned(TrustedPublisher next, ExchangeCourse course) {
        return AuditEvent.of(AuditTag.PUBLISHER_PINNED, course.now)
                .subject(next.id())
                .actor(actor(next.id()))
                .address(address(course))
                .attribute("pins", text(next.pins()))
                .build();
    }

    static AuditEvent absorbed(TrustedPublisher gone, TrustedPublisher next, ExchangeCourse course) {
        return AuditEvent.of(AuditTag.PUBLISHER_PINNED, course.now)
                .subject(gone.id())
                .actor(actor(next.id()))
                .address(address(course))
                .attribute("merged_into", next.id())
                .attribute("projects", String.join(",", gone.projects()))
                .build();
    }

    /** No token of a publisher that was merged is renewed. */
    static AuditEvent tokensOver(TrustedPublisher gone, TrustedPublisher next, ExchangeCourse course) {
        return AuditEvent.of(AuditTag.TOKEN_CHANGED, course.now)
                .actor(actor(next.id()))
                .address(address(course))
                .attribute("owner", TokenOwner.publisher(gone.id()).text())
                .attribute("all", "changed")
                .build();
    }

    static String actor(String publisher) {
        return "publisher:" + publisher;
    }

    static String address(ExchangeCourse course) {
        return AddressBucket.of(course.request.address()).text();
    }

    /** The settings in one text, which is all that a mail needs; each event cuts it. */
    static String specifier(PublisherSettings settings) {
        return text(settings.values());
    }

    private static String text(SortedMap<String, String> values) {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(", "));
    }
}
