package dev.gatehouse.servlet;

import dev.gatehouse.policy.Decision;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request that is passed on: as what, for whom.
 *
 * @param route what it was decided as
 * @param project the project that the path named
 * @param decision the decision; {@code null} where the body decides all, and on error pages
 * @param proven whom the credential proved; {@code null} if nobody, and not to be shown while open
 * @param open what the host has to complete
 */
record Outcome(
        Route route,
        @Nullable String project,
        @Nullable Decision decision,
        @Nullable Identity proven,
        @Nullable OpenDecision open)
        implements Verdict {

    /** Whom the host may take the request to be from: nobody before an open decision is completed. */
    @Nullable
    Identity identity() {
        return open == null ? proven : open.identityOrNull();
    }

    /** Whether it is this very outcome; equal ones may be of different requests. */
    @SuppressWarnings("ReferenceEquality")
    boolean isSame(@Nullable Outcome other) {
        return this == other;
    }

    /** Whether this stands for a dispatch to that route and project too. */
    boolean covers(Route other, @Nullable String otherProject) {
        return route.decidesLike(other) && Objects.equals(project, otherProject);
    }
}
