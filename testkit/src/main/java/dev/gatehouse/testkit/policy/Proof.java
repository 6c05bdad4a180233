package dev.gatehouse.testkit.policy;

import dev.gatehouse.factor.EnrolledFactor;
import dev.gatehouse.factor.Evidence;
import java.time.Duration;
import java.time.Instant;

/**
 * Evidence as old as some duration, negative if dated in the future.
 *
 * @param inRequest whether this request brought it, rather than its session
 * @param own whether it is of the caller's account, session and request
 */
record Proof(EnrolledFactor factor, Duration ago, boolean inRequest, boolean own) {
    static Proof now(EnrolledFactor factor) {
        return new Proof(factor, Duration.ZERO, true, true);
    }

    Evidence at(Instant anchor, String account) {
        return Evidence.asserted(
                own ? account : "somebody-else",
                factor,
                anchor.minus(ago),
                inRequest ? Draft.REQUEST : Draft.SESSION,
                "testkit");
    }

    @Override
    public String toString() {
        return (own ? "" : "somebody else's ") + factor + " proven "
                + (ago.isZero() ? "now" : ago + " ago")
                + (inRequest ? " with this request" : " in this session");
    }
}
