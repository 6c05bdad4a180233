package dev.gatehouse.policy;

import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.Finding;
import dev.gatehouse.policy.rule.Mode;
import dev.gatehouse.policy.rule.Phase;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.Requirement;
import dev.gatehouse.policy.rule.Window;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** P32 and P45 to P48: what the phases of a policy do not say although somebody may think so. */
final class PhaseFindings {
    private static final BigDecimal WHOLE = BigDecimal.valueOf(100);

    private final PolicyDefinition definition;
    private final Instant now;
    private final List<Finding> findings;

    PhaseFindings(PolicyDefinition definition, Instant now, List<Finding> findings) {
        this.definition = definition;
        this.now = now;
        this.findings = findings;
    }

    /** A span of time; a missing end is no end. */
    private record Span(@Nullable Instant from, @Nullable Instant until) {
        boolean isWithin(Span other) {
            Instant otherFrom = other.from;
            Instant otherUntil = other.until;
            return (otherFrom == null || (from != null && !from.isBefore(otherFrom)))
                    && (otherUntil == null || (until != null && !until.isAfter(otherUntil)));
        }
    }

    void check() {
        for (Requirement requirement : definition.requirements()) {
            hidden(requirement);
            plans(requirement);
            over(requirement);
            shares(requirement);
        }
        history();
        uncovered();
    }

    private static String path(Requirement requirement, int phase) {
        return "requirement." + requirement.id() + ".phases[" + phase + "]";
    }

    /** P32. Of two phases that are always active together and equally strong, the later one is named. */
    private void hidden(Requirement requirement) {
        List<Phase> phases = requirement.phases();
        for (int i = 0; i < phases.size(); i++) {
            for (int j = 0; j < phases.size(); j++) {
                if (i != j
                        && covers(phases.get(j), phases.get(i))
                        && (j < i || !covers(phases.get(i), phases.get(j)))) {
                    findings.add(Finding.warning(
                            "P32",
                            path(requirement, i),
                            "this phase never shows: '" + phases.get(j)
                                    + "' is at least as strong whenever it is active"));
                    break;
                }
            }
        }
    }

    /** Whether the first is at least as strong whenever the second is active. A plan shows in calendars all the same. */
    private static boolean covers(Phase strong, Phase weak) {
        return !strong.tentative()
                && !weak.tentative()
                && strong.mode().compareTo(weak.mode()) >= 0
                && spans(weak).stream().allMatch(w -> spans(strong).stream().anyMatch(w::isWithin))
                && bindsWherever(strong, weak);
    }

    /** Whether whoever the second phase binds is bound by the first, as far as their forms show it. */
    private static boolean bindsWherever(Phase wide, Phase narrow) {
        boolean share = wide.share().isEmpty()
                || wide.share().get().compareTo(WHOLE) >= 0
                || narrow.share()
                        .filter(s -> s.compareTo(wide.share().get()) <= 0)
                        .isPresent();
        return share
                && (wide.switchName().isEmpty() || wide.switchName().equals(narrow.switchName()))
                && (wide.when().isEmpty()
                        || (!narrow.when().isEmpty() && Implication.implies(narrow.when(), wide.when())))
                && (wide.unless().isEmpty()
                        || (!narrow.unless().isEmpty() && Implication.implies(wide.unless(), narrow.unless())));
    }

    private static List<Span> spans(Phase phase) {
        if (phase.windows().isEmpty()) {
            return List.of(new Span(phase.from().orElse(null), phase.until().orElse(null)));
        }
        List<Span> spans = new ArrayList<>();
        for (Window window : phase.windows()) {
            spans.add(new Span(window.from(), window.until()));
        }
        return spans;
    }

    /** P46. */
    private void plans(Requirement requirement) {
        List<Phase> phases = requirement.phases();
        for (int i = 0; i < phases.size(); i++) {
            Phase phase = phases.get(i);
            boolean passed = spans(phase).stream().map(Span::from).anyMatch(from -> from != null && !from.isAfter(now));
            if (phase.tentative() && passed) {
                findings.add(Finding.warning(
                        "P46",
                        path(requirement, i) + ".tentative",
                        "the tentative date of '" + requirement.id() + "' has passed"));
            }
        }
    }

    static boolean isOver(Phase phase, Instant now) {
        return spans(phase).stream().allMatch(span -> {
            Instant until = span.until();
            return until != null && !until.isAfter(now);
        });
    }

    /** P47. */
    private void over(Requirement requirement) {
        if (onceEnforced(requirement) && !definition.shipped().contains(requirement.id())) {
            findings.add(Finding.warning(
                    "P47",
                    "requirement." + requirement.id() + ".phases",
                    "no phase of '" + requirement.id() + "' is active or to come, and it once enforced"));
        }
    }

    /** P47 for what a preset keeps of a registry's past: nobody here forgot a date, so all of it is one note. */
    private void history() {
        List<String> ids = definition.requirements().stream()
                .filter(requirement -> definition.shipped().contains(requirement.id()) && onceEnforced(requirement))
                .map(Requirement::id)
                .toList();
        if (!ids.isEmpty()) {
            findings.add(Finding.note(
                    "P47",
                    "requirement",
                    "no phase of '" + String.join("', '", ids)
                            + "' is active or to come, and it once enforced; so says the preset"));
        }
    }

    private boolean onceEnforced(Requirement requirement) {
        List<Phase> phases = requirement.phases();
        return phases.stream().anyMatch(p -> p.mode() == Mode.ENFORCE && !p.tentative())
                && phases.stream().allMatch(p -> isOver(p, now));
    }

    /** P48. A later phase that is only planned is a plan to cover all. */
    private void shares(Requirement requirement) {
        List<Phase> phases = requirement.phases();
        for (int i = 0; i < phases.size(); i++) {
            Phase phase = phases.get(i);
            boolean partial = phase.share().filter(s -> s.compareTo(WHOLE) < 0).isPresent();
            if (phase.mode() == Mode.ENFORCE
                    && !phase.tentative()
                    && partial
                    && !isOver(phase, now)
                    && phases.stream().noneMatch(later -> takesOver(later, phase))) {
                findings.add(Finding.warning(
                        "P48",
                        path(requirement, i) + ".share",
                        "'" + requirement.id() + "' enforces for a share of accounts and no later phase covers all"));
                return;
            }
        }
    }

    private static boolean takesOver(Phase later, Phase partial) {
        return later.mode() == Mode.ENFORCE
                && later.until().isEmpty()
                && later.windows().isEmpty()
                && later.share().filter(s -> s.compareTo(WHOLE) < 0).isEmpty()
                && bindsWherever(later, partial);
    }

    /** P45. */
    private void uncovered() {
        Set<String> groups = new TreeSet<>();
        Set<String> covered = new TreeSet<>();
        definition.vocabulary().actions().forEach(action -> groups.add(action.group()));
        for (Requirement requirement : definition.requirements()) {
            if (isEnforcedNow(requirement)) {
                definition.vocabulary().gatedBy(requirement).stream()
                        .map(Action::group)
                        .forEach(covered::add);
            }
        }
        groups.removeAll(covered);
        definition.ungated().forEach(groups::remove);
        for (String group : groups) {
            findings.add(Finding.warning(
                    "P45", "ungated", "action group '" + group + "' is not covered by any requirement enforced now"));
        }
    }

    private boolean isEnforcedNow(Requirement requirement) {
        return requirement.phases().isEmpty()
                || requirement.phases().stream()
                        .anyMatch(p -> p.mode() == Mode.ENFORCE && !p.tentative() && p.isOn(now));
    }
}
