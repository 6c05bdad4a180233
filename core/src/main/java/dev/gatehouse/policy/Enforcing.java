package dev.gatehouse.policy;

import dev.gatehouse.policy.rule.Mode;
import dev.gatehouse.policy.rule.Phase;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.Requirement;
import java.util.ArrayList;
import java.util.List;

/** What of a policy can ever refuse, for everybody who may be in a share. */
final class Enforcing {
    private Enforcing() {}

    static PolicyDefinition of(PolicyDefinition definition) {
        PolicyDefinition.Builder left = PolicyDefinition.builder(definition.name(), definition.revision())
                .vocabulary(definition.vocabulary());
        for (Requirement requirement : definition.requirements()) {
            List<Phase> phases = new ArrayList<>();
            for (Phase phase : requirement.phases()) {
                if (phase.mode() == Mode.ENFORCE && !phase.tentative()) {
                    phases.add(withoutShare(phase));
                }
            }
            if (requirement.phases().isEmpty() || !phases.isEmpty()) {
                left.requirement(with(requirement, phases));
            }
        }
        return left.build();
    }

    private static Phase withoutShare(Phase phase) {
        if (phase.share().isEmpty()) {
            return phase;
        }
        Phase.Builder all = Phase.builder(phase.mode())
                .windows(phase.windows())
                .when(phase.when())
                .unless(phase.unless());
        phase.from().ifPresent(all::from);
        phase.until().ifPresent(all::until);
        phase.switchName().ifPresent(all::switchName);
        return all.build();
    }

    private static Requirement with(Requirement requirement, List<Phase> phases) {
        Requirement.Builder copy = Requirement.builder(requirement.id(), requirement.actions(), requirement.demand())
                .except(requirement.except())
                .when(requirement.when())
                .unless(requirement.unless())
                .message("")
                .phases(phases);
        requirement.remedy().ifPresent(copy::remedy);
        return copy.build();
    }
}
