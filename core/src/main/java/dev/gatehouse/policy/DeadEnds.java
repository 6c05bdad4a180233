package dev.gatehouse.policy;

import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.Finding;
import dev.gatehouse.policy.rule.Phase;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.Requirement;
import dev.gatehouse.policy.rule.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * P40: somebody is refused and cannot, by all that a person does alone, come to where they are permitted.
 *
 * <p>For each slice of time from now on, each class of the facts that conditions read and each state to start from, the
 * states within reach are searched. Slices and classes are told apart only by what the requirements of the action, and of
 * the steps on the way, can see. What the caller may choose (a new token, the release, the proofs shown) is chosen best.
 * What ends only by another person, time or support (stages 9 to 11) is taken for passable: it is no dead end. The search
 * is bounded; where it is cut short a warning says so.
 */
final class DeadEnds {
    /** Requirements that a search may look at: counted, not timed, so that a policy gives the same findings every time. */
    private static final long MOST_WORK = 50_000_000;

    private final PolicyDefinition definition;
    private final Instant now;
    private final List<Finding> findings;
    private final long mostWork;
    private final Set<String> told = new HashSet<>();

    DeadEnds(PolicyDefinition definition, Instant now, List<Finding> findings) {
        this(definition, now, findings, MOST_WORK);
    }

    DeadEnds(PolicyDefinition definition, Instant now, List<Finding> findings, long mostWork) {
        this.definition = Enforcing.of(definition);
        this.now = now;
        this.findings = findings;
        this.mostWork = mostWork;
    }

    void check() {
        if (definition.requirements().isEmpty()) {
            return;
        }
        Dimensions dimensions = new Dimensions(definition);
        Surroundings surroundings = new Surroundings(definition);
        if (!surroundings.whole) {
            cutShort();
            return;
        }
        List<Instant> slices = slices();
        Set<Requirement> onTheWay = gating(Errands.ACTIONS);
        Map<String, Action> goals = new LinkedHashMap<>();
        for (Action action : definition.vocabulary().actions()) {
            Set<Requirement> gating = gating(List.of(action));
            if (!gating.isEmpty()) {
                goals.putIfAbsent(surroundings.sort(action) + ids(gating), action);
            }
        }
        Map<String, Errands> errands = new HashMap<>();
        for (Action goal : goals.values()) {
            Set<Requirement> gating = gating(List.of(goal));
            Set<Requirement> both = new LinkedHashSet<>(onTheWay);
            both.addAll(gating);
            boolean cut = surroundings.choices.isCutFor(both);
            Set<String> seen = new HashSet<>();
            for (Instant slice : slices) {
                if (!seen.add(inForce(both, slice))) {
                    continue;
                }
                List<Dimension> early = dimensions.readBy(onTheWay, slice);
                List<Dimension> late = new ArrayList<>(dimensions.readBy(gating, slice));
                late.removeAll(early);
                List<List<Dimension>> together = both.stream()
                        .flatMap(requirement -> Stream.of(
                                dimensions.readBy(List.of(requirement), slice),
                                dimensions.bindingBy(requirement, slice)))
                        .toList();
                List<Cohort> lateClasses = Dimension.classes(late, together);
                for (Cohort way : Dimension.classes(early, together)) {
                    String key = inForce(onTheWay, slice) + way.key();
                    Errands walked = errands.computeIfAbsent(key, k -> new Errands(surroundings, way, slice));
                    for (Cohort cohort : lateClasses) {
                        if (surroundings.work() > mostWork) {
                            cutShort();
                            return;
                        }
                        search(walked, surroundings, goal, way.and(cohort), slice, cut);
                    }
                }
            }
        }
    }

    /** What was not searched is not known to be sound, and says so; it does not stop the build. */
    private void cutShort() {
        if (!told.add("cut short")) {
            return;
        }
        findings.add(Finding.warning(
                "P40",
                "",
                "the search for dead ends was cut short: the policy tells too many cases apart, and one may be left"));
    }

    /** What is stuck where not every choice was tried may be in no dead end. */
    private void search(
            Errands errands, Surroundings surroundings, Action goal, Cohort cohort, Instant slice, boolean cut) {
        Person person = new Person(surroundings, cohort, slice);
        for (int start = 0; start < surroundings.states(); start++) {
            if (!errands.canReach(person, goal, start)) {
                if (cut) {
                    cutShort();
                    return;
                }
                Blame blame = Blame.of(errands, person, goal, start);
                if (told.add(blame.key())) {
                    findings.add(Finding.error(
                            "P40",
                            "requirement." + blame.requirement(),
                            "dead end: " + surroundings.words(start, cohort) + " is refused " + goal + " by '"
                                    + blame.requirement() + "' from " + slice + ", and the way out ("
                                    + blame.remedy().id() + ") is refused by '" + blame.refusedBy() + "'"));
                }
                return;
            }
        }
    }

    private Set<Requirement> gating(List<Action> actions) {
        Set<Requirement> gating = new LinkedHashSet<>();
        for (Requirement requirement : definition.requirements()) {
            Set<Action> gated = definition.vocabulary().gatedBy(requirement);
            if (actions.stream().anyMatch(gated::contains)) {
                gating.add(requirement);
            }
        }
        return gating;
    }

    private static List<String> ids(Set<Requirement> requirements) {
        return requirements.stream().map(Requirement::id).toList();
    }

    /** Which phases of these requirements are on, as a key. */
    private static String inForce(Set<Requirement> requirements, Instant slice) {
        StringBuilder key = new StringBuilder();
        for (Requirement requirement : requirements) {
            for (Phase phase : requirement.phases()) {
                key.append(phase.isOn(slice) ? '1' : '0');
            }
        }
        return key.append('|').toString();
    }

    /** The slice that holds now, by its first instant if it has one, and the first instant of every later one. */
    private List<Instant> slices() {
        TreeSet<Instant> edges = new TreeSet<>();
        for (Requirement requirement : definition.requirements()) {
            for (Phase phase : requirement.phases()) {
                phase.from().ifPresent(edges::add);
                phase.until().ifPresent(edges::add);
                for (Window window : phase.windows()) {
                    edges.add(window.from());
                    edges.add(window.until());
                }
            }
        }
        Instant current = edges.floor(now);
        List<Instant> slices = new ArrayList<>();
        slices.add(current == null ? now : current);
        slices.addAll(edges.tailSet(now, false));
        return slices;
    }
}
