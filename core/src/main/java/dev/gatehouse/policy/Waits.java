package dev.gatehouse.policy;

import dev.gatehouse.policy.rule.Atom;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When a wait is over that a demand asks for. */
final class Waits {
    private Waits() {}

    /**
     * The instant from which every event of the demand is old enough; {@code null} if nobody knows it.
     *
     * @param q a request whose facts may be asked again
     */
    static @Nullable String end(Rule rule, AccessRequest q, Setting setting, Instant now) {
        Instant end = null;
        for (Atom atom : Rule.atoms(rule.requirement.demand()).toList()) {
            if (atom instanceof Atom.Elapsed elapsed) {
                for (String event : elapsed.since()) {
                    Instant over = setting.hasEvent(event) ? end(q.account().event(event), elapsed.atLeast()) : null;
                    if (over != null && over.isAfter(now) && (end == null || over.isAfter(end))) {
                        end = over;
                    }
                }
            }
        }
        return end == null ? null : end.toString();
    }

    private static @Nullable Instant end(@Nullable Fact<Occurrence> fact, Duration atLeast) {
        Instant last = fact == null || !fact.isKnown() ? null : fact.value().lastOrNull();
        return last == null ? null : Times.plus(last, atLeast);
    }
}
