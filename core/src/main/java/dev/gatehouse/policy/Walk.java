package dev.gatehouse.policy;

import dev.gatehouse.factor.FactorSelector;
import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.CredentialKind;
import dev.gatehouse.policy.rule.Mode;
import dev.gatehouse.policy.rule.Phase;
import dev.gatehouse.policy.rule.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rules gone through one by one over a reading: for explanations, and for rules that ask too much to fit into a program.
 */
final class Walk {
    private final Reading reading;
    private final Waivers waivers;

    Walk(Reading reading) {
        this.reading = reading;
        this.waivers =
                new Waivers(reading.controls, reading.setting, reading.account.id(), reading.project.id(), reading.now);
    }

    Decision decide(List<Rule> rules) {
        List<Refusal> refusals = new ArrayList<>();
        List<Notice> notices = new ArrayList<>();
        List<Notice> observed = new ArrayList<>();
        for (Rule rule : rules) {
            Mode mode = mode(rule).orElse(Mode.ANNOUNCE);
            if (mode == Mode.ANNOUNCE || !isBound(rule.requirement) || isMet(rule.requirement)) {
                continue;
            }
            Grounds grounds = grounds(rule, mode);
            Values values = values(rule, mode);
            Waiver waiver = waivers.of(rule);
            if (waiver == null && mode == Mode.ENFORCE) {
                refusals.add(new Refusal(grounds, values));
            } else {
                Mode told = waiver == null ? Mode.WARN : Mode.ENFORCE;
                (mode == told ? notices : observed).add(new Notice(grounds, values, waiver));
            }
        }
        return Finish.of(refusals, notices, observed);
    }

    boolean isBound(Requirement requirement) {
        return reading.holds(requirement.when(), true) && !reading.exempts(requirement.unless());
    }

    boolean isMet(Requirement requirement) {
        return reading.holds(requirement.demand(), false);
    }

    Optional<Waiver> waiver(Rule rule) {
        return Optional.ofNullable(waivers.of(rule));
    }

    /** The strongest mode of an active phase. */
    Optional<Mode> mode(Rule rule) {
        return rule.requirement.phases().isEmpty()
                ? Optional.of(Mode.ENFORCE)
                : rule.requirement.phases().stream()
                        .flatMap(phase -> mode(phase, rule).stream())
                        .max(Mode::compareTo);
    }

    private Optional<Mode> mode(Phase phase, Rule rule) {
        if (phase.tentative()) {
            return phase.isOn(reading.now) ? Optional.of(Mode.ANNOUNCE) : Optional.empty();
        }
        boolean active = phase.isOn(reading.now)
                && phase.switchName().map(reading::isSwitchOn).orElse(true)
                && reading.holds(phase.when(), true)
                && !reading.exempts(phase.unless())
                && isInside(phase, rule);
        return active ? Optional.of(phase.mode()) : Optional.empty();
    }

    boolean isInside(Phase phase, Rule rule) {
        if (phase.share().isEmpty()) {
            return true;
        }
        Fact<String> id = reading.account.id();
        return !id.isKnown()
                || reading.setting
                        .share()
                        .isInside(Share.Part.of(rule.id(), phase.share().get()), id.value());
    }

    Lack lack(Requirement requirement) {
        return Lack.of(requirement, situation());
    }

    private Grounds grounds(Rule rule, Mode mode) {
        String enforcedFrom =
                rule.enforcedFrom(reading.now).map(Object::toString).orElse(null);
        return new Grounds(rule, mode, lack(rule.requirement), enforcedFrom, reading.request.action());
    }

    private Values values(Rule rule, Mode mode) {
        Template template = rule.template(mode);
        return new Values(
                reading.request.action(),
                template.uses(Template.ACCOUNT) ? Values.known(reading.account.name()) : null,
                template.uses(Template.PROJECT) ? Values.known(reading.project.name()) : null,
                template.uses(Template.ORGANIZATION) ? Values.known(reading.organization.name()) : null,
                template.uses(Template.WAIT_UNTIL)
                        ? Waits.end(rule, reading.request, reading.setting, reading.now)
                        : null);
    }

    private Lack.Situation situation() {
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
            public CredentialKind caller() {
                return reading.request.credential().kind();
            }

            @Override
            public boolean isAccountAbsent() {
                return reading.isAccountAbsent();
            }
        };
    }
}
