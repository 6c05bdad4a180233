package dev.gatehouse.policy;

import java.time.Instant;
import java.util.Optional;

/**
 * Hears what a policy does that somebody may have to answer for; {@code DecisionAudit} in {@code dev.gatehouse.signin} writes it
 * to the audit log.
 *
 * <p>Non-sealed on purpose: hosts implement it. Called on the thread of the decision or reload, so it must be quick and
 * thread-safe; what it throws reaches the caller, and the answer of the policy is then lost: nothing is let through that
 * could not be recorded.
 */
public interface PolicyListener {
    /** A request was refused, or permitted with notices or observations. A plain permission is not reported. */
    default void decided(Decided decided) {}

    /** A policy was put in force in the place of another. */
    default void reloaded(PolicyChange change) {}

    /** The clock went back by more than the allowed skew; told once for each time it does. */
    default void clockWentBack(ClockRegression regression) {}

    /** A listener that does nothing. */
    static PolicyListener none() {
        return NoListener.INSTANCE;
    }

    /**
     * One decision with the ids it was about, as far as they are known; no secret is in it.
     *
     * @param at the instant as of which it was decided
     * @param request the question
     * @param account the host's immutable id of the account
     * @param project the host's immutable id of the project
     * @param decision the answer
     */
    record Decided(
            Instant at, AccessRequest request, Optional<String> account, Optional<String> project, Decision decision) {}
}
