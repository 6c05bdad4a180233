package dev.gatehouse.policy;

import dev.gatehouse.policy.rule.Mode;
import dev.gatehouse.policy.rule.Phase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A rule in one slice of time: what its dates leave of its phases.
 *
 * @param rule the rule
 * @param mode the strongest mode that depends on dates alone, if above announce
 * @param open the phases that may make it stronger, strongest first
 * @param enforcedFrom the date its texts name
 */
record Line(
        Rule rule,
        Optional<Mode> mode,
        List<Phase> open,
        @Nullable String enforcedFrom) {

    /** The rule as of an instant; empty if nothing of it can be in force. */
    static Optional<Line> of(Rule rule, Instant at) {
        Mode sure = rule.requirement.phases().isEmpty() ? Mode.ENFORCE : Mode.ANNOUNCE;
        List<Phase> open = new ArrayList<>();
        for (Phase phase : rule.requirement.phases()) {
            if (phase.tentative() || !phase.isOn(at)) {
                continue;
            }
            if (isForAll(phase)) {
                sure = stronger(sure, phase.mode());
            } else {
                open.add(phase);
            }
        }
        Mode least = sure;
        open.removeIf(phase -> phase.mode().compareTo(least) <= 0);
        open.sort(Comparator.comparing(Phase::mode).reversed());
        return least == Mode.ANNOUNCE && open.isEmpty()
                ? Optional.empty()
                : Optional.of(new Line(
                        rule,
                        least == Mode.ANNOUNCE ? Optional.empty() : Optional.of(least),
                        List.copyOf(open),
                        rule.enforcedFrom(at).map(Instant::toString).orElse(null)));
    }

    private static Mode stronger(Mode a, Mode b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private static boolean isForAll(Phase phase) {
        return phase.when().isEmpty()
                && phase.unless().isEmpty()
                && phase.switchName().isEmpty()
                && phase.share()
                        .flatMap(share -> Optional.ofNullable(Share.limit(share)))
                        .isEmpty();
    }
}
