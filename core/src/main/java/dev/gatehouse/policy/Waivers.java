package dev.gatehouse.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The waivers that may lift something for one request. */
record Waivers(
        PolicyControls.State controls, Setting setting, Fact<String> account, Fact<String> project, Instant now) {

    /**
     * The waiver that lifts the rule, of several the one that ends last. It matches known and equal ids only; {@code closed} is
     * never lifted, and a waiver that is longer than allowed lifts nothing.
     */
    @Nullable
    Waiver of(Rule rule) {
        Waiver best = null;
        if (rule.isClosed) {
            return null;
        }
        for (Waiver waiver : controls.byRequirement().getOrDefault(rule.id(), List.of())) {
            if (waiver.isActive(now)
                    && Duration.between(waiver.from(), waiver.until()).compareTo(setting.longestWaiver()) <= 0
                    && isSubject(waiver)
                    && (best == null || waiver.until().isAfter(best.until()))) {
                best = waiver;
            }
        }
        return best;
    }

    private boolean isSubject(Waiver waiver) {
        Fact<String> id = waiver.subject() == Waiver.Subject.ACCOUNT ? account : project;
        return id.isKnown() && id.value().equals(waiver.subjectId());
    }
}
