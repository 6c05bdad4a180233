package dev.gatehouse.policy;

import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.Requirement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** One definition made ready to decide. Immutable but for what it works out once; thread-safe. */
final class Engine implements Evaluator {
    private final Setting setting;
    private final List<Rule> rules;
    private final ActionIndex actions;
    private final Timeline timeline;

    Engine(PolicyDefinition definition, Setting setting) {
        this.setting = setting;
        Set<Action> declared = definition.vocabulary().actions();
        this.actions = new ActionIndex(declared);
        List<Rule> all = new ArrayList<>();
        for (Requirement requirement : definition.requirements()) {
            all.add(new Rule(requirement, definition.vocabulary().gatedBy(requirement)));
        }
        this.rules = List.copyOf(all);
        this.timeline = new Timeline(rules, declared.size());
    }

    List<Rule> rules() {
        return rules;
    }

    Setting setting() {
        return setting;
    }

    @Override
    public Decision decide(AccessRequest request, Instant now) {
        return decide(request, now.getEpochSecond(), now.getNano(), NoListener.INSTANCE);
    }

    /**
     * Decides as of an instant.
     *
     * @param second seconds of the epoch
     * @param nano nanoseconds of the second
     */
    Decision decide(AccessRequest q, long second, int nano, PolicyListener listener) {
        Action action = q.action();
        int index = actions.of(action);
        if (index < 0) {
            return unmapped(q, second, nano, listener);
        }
        Plan plan = plan(q, index, second, nano);
        return plan.isOpen()
                ? Decision.Permitted.PLAIN
                : plan.decide(q, second, nano, setting, setting.controls().state(), listener);
    }

    /** Decides as of an instant with these switches and waivers, and tells nobody. */
    Decision decide(AccessRequest q, long second, int nano, PolicyControls.State controls) {
        int index = actions.of(q.action());
        return index < 0
                ? Unmapped.refused(q.action())
                : plan(q, index, second, nano).decide(q, second, nano, setting, controls, NoListener.INSTANCE);
    }

    private Plan plan(AccessRequest q, int index, long second, int nano) {
        return timeline.at(second, nano).plan(q.action(), index, q.credential().kind(), setting);
    }

    private static Decision unmapped(AccessRequest q, long second, int nano, PolicyListener listener) {
        Decision decision = Unmapped.refused(q.action());
        if (listener != NoListener.INSTANCE) {
            listener.decided(new PolicyListener.Decided(
                    Instant.ofEpochSecond(second, nano),
                    q,
                    Finish.known(Program.accountId(q)),
                    Finish.known(Program.projectId(q)),
                    decision));
        }
        return decision;
    }
}
