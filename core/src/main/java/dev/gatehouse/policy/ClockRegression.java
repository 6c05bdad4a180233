package dev.gatehouse.policy;

import java.time.Instant;
import java.util.Objects;

/**
 * The clock has gone back by more than the allowed skew. Until it has caught up the policy decides as of the latest second it
 * has seen, so that no phase begins again or is taken back; a filter answers 503 to all but public reads.
 *
 * @param seen the latest whole second in which something was decided
 * @param now what the clock says
 */
public record ClockRegression(Instant seen, Instant now) {
    public ClockRegression {
        Objects.requireNonNull(seen, "seen");
        Objects.requireNonNull(now, "now");
    }
}
