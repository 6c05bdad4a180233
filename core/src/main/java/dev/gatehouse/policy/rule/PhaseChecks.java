package dev.gatehouse.policy.rule;

import dev.gatehouse.policy.rule.Vocabulary.Section;
import java.math.BigDecimal;
import java.util.List;

/** P31, P33 and P35: phases that cannot be, and what their conditions say. */
final class PhaseChecks {
    private static final BigDecimal WHOLE = BigDecimal.valueOf(100);
    private static final int DECIMALS = 4;

    private final ConditionChecks conditions;
    private final NameChecks names;
    private final List<Finding> findings;

    PhaseChecks(ConditionChecks conditions, NameChecks names, List<Finding> findings) {
        this.conditions = conditions;
        this.names = names;
        this.findings = findings;
    }

    void check(Phase phase, String path) {
        phase.from().ifPresent(from -> BoundChecks.instant(from, "from", path + ".from", findings));
        phase.until().ifPresent(until -> BoundChecks.instant(until, "until", path + ".until", findings));
        if (phase.from().isPresent()
                && phase.until().isPresent()
                && !phase.until().get().isAfter(phase.from().get())) {
            findings.add(Finding.error("P31", path + ".until", "until is not after from"));
        }
        windows(phase, path + ".windows");
        boolean dated = phase.from().isPresent() || !phase.windows().isEmpty();
        if (phase.mode() == Mode.ANNOUNCE && !dated && !phase.tentative()) {
            findings.add(Finding.error("P33", path + ".mode", "an announce phase needs from, or tentative"));
        }
        phase.share().ifPresent(share -> share(share, path + ".share"));
        phase.switchName().ifPresent(name -> names.use(Section.SWITCHES, name, path + ".switch"));
        conditions.check(phase.when(), path + ".when", false);
        conditions.check(phase.unless(), path + ".unless", false);
    }

    private void windows(Phase phase, String path) {
        if (phase.windows().isEmpty()) {
            return;
        }
        if (phase.from().isPresent() || phase.until().isPresent()) {
            findings.add(Finding.error("P31", path, "windows and from/until exclude each other"));
        }
        Window before = null;
        for (int i = 0; i < phase.windows().size(); i++) {
            Window window = phase.windows().get(i);
            String at = path + "[" + i + "]";
            boolean dated = BoundChecks.instant(window.from(), "from", at + ".from", findings);
            boolean sound = BoundChecks.duration(window.length(), "for", at + ".for", findings) && dated;
            if (before != null && sound && window.from().isBefore(before.until())) {
                findings.add(Finding.error("P31", at, "windows overlap"));
            }
            before = sound ? window : before;
        }
    }

    private void share(BigDecimal share, String path) {
        if (share.signum() <= 0 || share.compareTo(WHOLE) > 0) {
            findings.add(Finding.error("P35", path, "share is above 0 and at most 100"));
        } else if (share.scale() > DECIMALS) {
            findings.add(Finding.error("P35", path, "share is above 0 and at most 100, with at most 4 decimals"));
        }
    }
}
