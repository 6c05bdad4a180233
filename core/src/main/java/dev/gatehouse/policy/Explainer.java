package dev.gatehouse.policy;

import dev.gatehouse.policy.Explanation.AtomTrace;
import dev.gatehouse.policy.Explanation.Line;
import dev.gatehouse.policy.Explanation.Outcome;
import dev.gatehouse.policy.Explanation.PhaseTrace;
import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.Condition;
import dev.gatehouse.policy.rule.Mode;
import dev.gatehouse.policy.rule.Phase;
import dev.gatehouse.policy.rule.Requirement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Goes through every rule, skipping nothing, over the one reading on which the decision rests as well. */
final class Explainer {
    private final Reading reading;
    private final Walk walk;
    private final Said said;

    private Explainer(Reading reading) {
        this.reading = reading;
        this.walk = new Walk(reading);
        this.said = new Said(reading);
    }

    static Explanation explain(Engine engine, AccessRequest request, Instant now) {
        PolicyControls.State controls = engine.setting().controls().state();
        AccessRequest kept = Reading.memo(request);
        Reading reading = new Reading(kept, now, engine.setting(), controls);
        Decision decision = engine.decide(kept, now.getEpochSecond(), now.getNano(), controls);
        Explainer explainer = new Explainer(reading);
        List<Line> lines = engine.rules().stream().map(explainer::line).toList();
        return new Explanation(now, decision, lines);
    }

    private Line line(Rule rule) {
        Requirement requirement = rule.requirement;
        if (!rule.actions.contains(reading.request.action())) {
            return new Line(
                    rule.id(),
                    Outcome.OTHER_ACTION,
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    Optional.empty());
        }
        List<PhaseTrace> phases = new ArrayList<>();
        for (Phase phase : requirement.phases()) {
            phases.add(phase(phase, rule));
        }
        List<AtomTrace> atoms = new ArrayList<>();
        atoms("when", requirement.when(), atoms);
        atoms("unless", requirement.unless(), atoms);
        atoms("demand", requirement.demand(), atoms);
        Optional<Mode> mode = walk.mode(rule);
        Outcome outcome = outcome(rule, mode);
        boolean unmet = outcome == Outcome.UNMET || outcome == Outcome.WAIVED;
        return new Line(
                rule.id(),
                outcome,
                mode,
                phases,
                atoms,
                unmet ? walk.lack(requirement).ways() : List.of(),
                outcome == Outcome.WAIVED ? walk.waiver(rule) : Optional.empty(),
                NextChange.of(rule, reading));
    }

    private Outcome outcome(Rule rule, Optional<Mode> mode) {
        if (mode.isEmpty() || mode.get() == Mode.ANNOUNCE) {
            return Outcome.NOT_IN_FORCE;
        }
        if (!walk.isBound(rule.requirement)) {
            return Outcome.NOT_BOUND;
        }
        if (walk.isMet(rule.requirement)) {
            return Outcome.MET;
        }
        return walk.waiver(rule).isPresent() ? Outcome.WAIVED : Outcome.UNMET;
    }

    /** The conditions of a phase are said in the order in which they would stop it. */
    private PhaseTrace phase(Phase phase, Rule rule) {
        String name = phase.toString();
        if (!phase.isOn(reading.now)) {
            return new PhaseTrace(name, false, time(phase));
        }
        if (phase.tentative()) {
            return new PhaseTrace(name, true, "tentative: no more than announced");
        }
        String off = phase.switchName()
                .filter(one -> !reading.isSwitchOn(one))
                .map(one -> "switch '" + one + "' is off")
                .orElse(null);
        if (off != null) {
            return new PhaseTrace(name, false, off);
        }
        if (!reading.holds(phase.when(), true)) {
            return new PhaseTrace(name, false, "outside its cohort: " + said.of(phase.when()));
        }
        if (reading.exempts(phase.unless())) {
            return new PhaseTrace(name, false, "exempt: " + said.of(phase.unless()));
        }
        return walk.isInside(phase, rule)
                ? new PhaseTrace(name, true, "in force")
                : new PhaseTrace(name, false, "outside its share");
    }

    private String time(Phase phase) {
        if (phase.windows().isEmpty()) {
            return phase.from().filter(from -> from.isAfter(reading.now)).isPresent() ? "not begun" : "over";
        }
        boolean more = phase.windows().stream().anyMatch(window -> window.from().isAfter(reading.now));
        return more ? "between windows" : "over";
    }

    private void atoms(String part, Condition condition, List<AtomTrace> traces) {
        for (Atom atom : condition.atoms()) {
            traces.add(trace(part, atom));
        }
        for (int i = 0; i < condition.anyOf().size(); i++) {
            for (Atom atom : condition.anyOf().get(i).atoms()) {
                traces.add(trace(part + " any-of " + (i + 1), atom));
            }
        }
    }

    private AtomTrace trace(String part, Atom atom) {
        return new AtomTrace(part, said.asked(atom), said.answered(atom), reading.truth(atom));
    }
}
