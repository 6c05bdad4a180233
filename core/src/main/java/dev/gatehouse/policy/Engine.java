package dev.gatehouse.policy;

import dev.gatehouse.factor.FactorSelector;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.CredentialKind;
import dev.gatehouse.policy.rule.Mode;
import dev.gatehouse.policy.rule.Phase;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.Requirement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One definition made ready to decide. Immutable and thread-safe. */
final class Engine implements Evaluator {
    private static final Comparator<Unmet> ORDER =
            Comparator.comparing(Unmet::stage).thenComparing(Unmet::requirement);

    private final Setting setting;
    private final List<Rule> rules;
    private final Set<Action> actions;

    Engine(PolicyDefinition definition, Setting setting) {
        this.setting = setting;
        this.actions = Set.copyOf(definition.vocabulary().actions());
        List<Rule> all = new ArrayList<>();
        for (Requirement requirement : definition.requirements()) {
            all.add(new Rule(requirement, definition.vocabulary().gatedBy(requirement)));
        }
        this.rules = List.copyOf(all);
    }

    @Override
    public Decision decide(AccessRequest request, Instant now) {
        if (!actions.contains(request.action())) {
            return Unmapped.refused(request.action());
        }
        Reading reading = new Reading(
                Reading.memo(request), now, setting, setting.controls().state());
        List<Refusal> refusals = new ArrayList<>();
        List<Notice> notices = new ArrayList<>();
        List<Notice> observed = new ArrayList<>();
        for (Rule rule : rules) {
            if (!rule.actions.contains(request.action())) {
                continue;
            }
            Mode mode = mode(rule, reading);
            if (mode == null || mode == Mode.ANNOUNCE || !isUnmet(rule.requirement, reading)) {
                continue;
            }
            Lack lack = Lack.of(rule.requirement, situation(reading));
            Waiver waiver = rule.isClosed ? null : waiver(rule, reading);
            if (mode == Mode.ENFORCE && waiver == null) {
                refusals.add(new Refusal(
                        rule.id(), lack.codes(), lack.ways(), rule.readsProject, message(rule, mode, lack, reading)));
            } else {
                Notice notice = new Notice(
                        rule.id(), mode, lack.codes(), lack.ways(), waiver, message(rule, mode, lack, reading));
                Mode told = waiver == null ? Mode.WARN : Mode.ENFORCE;
                (mode == told ? notices : observed).add(notice);
            }
        }
        refusals.sort(ORDER);
        notices.sort(ORDER);
        observed.sort(ORDER);
        return refusals.isEmpty()
                ? new Decision.Permitted(notices, observed)
                : new Decision.Refused(refusals, notices, observed);
    }

    private static boolean isUnmet(Requirement requirement, Reading reading) {
        return reading.holds(requirement.when(), true)
                && !reading.exempts(requirement.unless())
                && !reading.holds(requirement.demand(), false);
    }

    private @Nullable Mode mode(Rule rule, Reading reading) {
        Mode strongest = rule.requirement.phases().isEmpty() ? Mode.ENFORCE : null;
        for (Phase phase : rule.requirement.phases()) {
            Mode mode = mode(phase, rule, reading);
            if (mode != null && (strongest == null || mode.compareTo(strongest) > 0)) {
                strongest = mode;
            }
        }
        return strongest;
    }

    private @Nullable Mode mode(Phase phase, Rule rule, Reading reading) {
        if (phase.tentative()) {
            return phase.isOn(reading.now) ? Mode.ANNOUNCE : null;
        }
        boolean active = phase.isOn(reading.now)
                && phase.switchName().map(reading::isSwitchOn).orElse(true)
                && reading.holds(phase.when(), true)
                && !reading.exempts(phase.unless())
                && isInside(phase, rule, reading);
        return active ? phase.mode() : null;
    }

    private boolean isInside(Phase phase, Rule rule, Reading reading) {
        Long limit = phase.share().map(Share::limit).orElse(null);
        Fact<String> id = limit == null ? Fact.unknown() : reading.account.id();
        return !id.isKnown() || setting.share().isInside(rule.id(), id.value(), limit);
    }

    private @Nullable Waiver waiver(Rule rule, Reading reading) {
        Waiver best = null;
        for (Waiver waiver : reading.controls.byRequirement().getOrDefault(rule.id(), List.of())) {
            if (waiver.isActive(reading.now)
                    && Duration.between(waiver.from(), waiver.until()).compareTo(setting.longestWaiver()) <= 0
                    && isSubject(waiver, reading)
                    && (best == null || waiver.until().isAfter(best.until()))) {
                best = waiver;
            }
        }
        return best;
    }

    private static boolean isSubject(Waiver waiver, Reading reading) {
        Fact<String> id = waiver.subject() == Waiver.Subject.ACCOUNT ? reading.account.id() : reading.project.id();
        return id.isKnown() && id.value().equals(waiver.subjectId());
    }

    private static Message message(Rule rule, Mode mode, Lack lack, Reading reading) {
        Template template = rule.template(mode);
        Values values = new Values(
                reading.request.action(),
                template.uses(Template.ACCOUNT) ? Values.known(reading.account.name()) : null,
                template.uses(Template.PROJECT) ? Values.known(reading.project.name()) : null,
                template.uses(Template.ORGANIZATION) ? Values.known(reading.organization.name()) : null);
        return new PolicyMessage(
                rule.id(),
                template,
                lack.ways().get(0).first(),
                values,
                template.uses(Template.ENFORCED_FROM)
                        ? rule.enforcedFrom(reading.now).map(Instant::toString).orElse(null)
                        : null,
                template.uses(Template.WAIT_UNTIL) ? waitUntil(rule, reading) : null);
    }

    private static @Nullable String waitUntil(Rule rule, Reading reading) {
        return Rule.atoms(rule.requirement.demand())
                .filter(atom -> atom instanceof Atom.Elapsed)
                .map(Atom.Elapsed.class::cast)
                .filter(atom -> !reading.holds(atom, false))
                .flatMap(atom -> ends(atom, reading))
                .max(Comparator.naturalOrder())
                .map(Instant::toString)
                .orElse(null);
    }

    /** When the wait after each event is over, of those that are known. */
    private static Stream<Instant> ends(Atom.Elapsed atom, Reading reading) {
        return atom.since().stream()
                .filter(reading.setting::hasEvent)
                .map(reading.account::event)
                .filter(Fact::isKnown)
                .map(fact -> fact.value().lastOrNull())
                .filter(java.util.Objects::nonNull)
                .map(last -> Times.plus(last, atom.atLeast()));
    }

    private static Lack.Situation situation(Reading reading) {
        return new Lack.Situation() {
            @Override
            public boolean isMet(Atom atom) {
                return reading.holds(atom, false);
            }

            @Override
            public boolean isEnrolled(FactorSelector factor) {
                return reading.isEnrolled(factor);
            }

            @Override
            public boolean isAnonymous() {
                return reading.request.credential().kind() == CredentialKind.ANONYMOUS;
            }

            @Override
            public boolean isAccountAbsent() {
                return reading.isAccountAbsent();
            }
        };
    }
}
