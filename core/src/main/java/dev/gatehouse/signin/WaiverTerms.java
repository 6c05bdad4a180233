package dev.gatehouse.signin;

import dev.gatehouse.policy.Waiver;
import java.time.Instant;
import java.util.Objects;

/**
 * What somebody wants to waive, before it is asked whether they may. Immutable and thread-safe.
 *
 * @param requirement id of the requirement
 * @param subject whether {@code subjectId} names an account or a project
 * @param subjectId the host's immutable id, 1 to 255 characters; never a name that can be given to somebody else
 * @param until first instant at which it no longer holds
 * @param reason why, 1 to 800 characters
 */
public record WaiverTerms(String requirement, Waiver.Subject subject, String subjectId, Instant until, String reason) {
    private static final int MAX_ID_LENGTH = 255;
    private static final int MAX_REASON_LENGTH = 800;

    /** Checks the bounds. */
    public WaiverTerms {
        check(requirement, MAX_ID_LENGTH, "requirement");
        Objects.requireNonNull(subject, "subject");
        check(subjectId, MAX_ID_LENGTH, "subjectId");
        Objects.requireNonNull(until, "until");
        check(reason, MAX_REASON_LENGTH, "reason");
    }

    private static void check(String value, int limit, String name) {
        if (value.isBlank() || value.length() > limit || value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(name + ": blank, over " + limit + " characters, or with a NUL");
        }
    }
}
