package dev.gatehouse.policy;

import java.time.Instant;
import java.util.Objects;

/**
 * The release of one account or project from one requirement until an instant. Immutable and thread-safe.
 *
 * <p>It matches only a known, equal, immutable id and never lifts {@code closed}.
 *
 * @param requirement id of the requirement that is lifted
 * @param subject whether {@code subjectId} names an account or a project
 * @param subjectId the host's immutable id
 * @param from when it was given
 * @param until first instant at which it no longer holds
 * @param reason why, for the audit
 * @param by who gave it: the id of an account other than the subject
 */
public record Waiver(
        String requirement, Subject subject, String subjectId, Instant from, Instant until, String reason, String by) {

    /** What a waiver releases. */
    public enum Subject {
        ACCOUNT,
        PROJECT
    }

    /** Checks that there is an end after the beginning, a reason, and a giver other than the account itself. */
    public Waiver {
        Objects.requireNonNull(subject, "subject");
        requireText(requirement, "requirement");
        requireText(subjectId, "subjectId");
        requireText(reason, "reason");
        requireText(by, "by");
        if (!until.isAfter(from)) {
            throw new IllegalArgumentException("until: not after from");
        }
        if (subject == Subject.ACCOUNT && subjectId.equals(by)) {
            throw new IllegalArgumentException("by: an account cannot give itself a waiver");
        }
    }

    /** Whether the waiver holds at this instant. */
    public boolean isActive(Instant now) {
        return !now.isBefore(from) && now.isBefore(until);
    }

    private static void requireText(String value, String name) {
        if (Objects.requireNonNull(value, name).isBlank()) {
            throw new IllegalArgumentException(name + ": blank");
        }
    }
}
