package dev.gatehouse.testkit.policy;

import dev.gatehouse.policy.rule.Requirement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Laws of what time alone does to an answer. */
final class TimeLaws extends Law {
    TimeLaws(PolicySubject subject, World world) {
        super(subject, world);
    }

    /** The same request with ages that stand still and no proof of the future. */
    private static PolicyTrial held(PolicyTrial trial, List<String> owners) {
        Draft draft = trial.draft();
        for (String key : owners) {
            if (draft.value(key) == null) {
                draft = draft.with(key, Duration.ofDays(1));
            }
        }
        List<Proof> past = draft.proofs().stream()
                .filter(proof -> !proof.ago().isNegative())
                .toList();
        return trial.with(draft.withProofs(past));
    }

    private static PolicyTrial held(PolicyTrial trial) {
        List<String> ages = new ArrayList<>(List.of("credential.age", "credential.idle"));
        if (World.belongs("release.age", trial.draft().action(), trial.draft().kind())) {
            ages.add("release.age");
        }
        return held(trial, ages);
    }

    /**
     * What is refused now is refused later, facts held, unless the requirement says that it ends; and what ends and comes back
     * without being a brown-out has a hole. Each instant of interest after the trial's own is asked, in order.
     */
    void timeOnlyTightens(PolicyTrial trial) {
        PolicyTrial early = held(trial).startedAt(trial.now());
        Map<String, String> ended = new HashMap<>();
        Instant earlier = trial.now();
        Answer before = ask(early);
        for (Instant later : new TreeSet<>(world.instants()).tailSet(trial.now(), false)) {
            Answer after = ask(early.at(later));
            for (String id : after.by()) {
                String times = ended.get(id);
                if (times != null) {
                    throw broken(
                            "There is a hole in time: '" + id
                                    + "' refuses, then lets pass, then refuses again, and no windows"
                                    + " say that this is a brown-out.",
                            early,
                            times + "\n  at " + later + ": " + after);
                }
            }
            for (String id : before.beyond(after)) {
                Requirement r = trial.definition().requirement(id).orElse(null);
                if (r == null || !Atoms.isSteady(r)) {
                    continue;
                }
                String times = "at " + earlier + ": " + before + "\n  at " + later + ": " + after;
                if (Atoms.onlyTightens(r)) {
                    throw broken(
                            "Time loosens: '" + id + "' refuses and later does not, though no phase of it ends.",
                            early,
                            times);
                }
                ended.put(id, times);
            }
            earlier = later;
            before = after;
        }
    }

    /** Between two edges time changes nothing about requirements that read no age. */
    void nothingChangesBetweenEdges(PolicyTrial trial, int percent) {
        Instant from = floor(trial.now());
        Instant to = world.edges().stream()
                .filter(edge -> edge.isAfter(trial.now()))
                .findFirst()
                .orElse(from.plus(Duration.ofDays(30)));
        Duration length = Duration.between(from, to);
        Instant other =
                from.plus(length.multipliedBy(Math.floorMod(percent, 100)).dividedBy(100));
        Instant first = trial.now().isBefore(other) ? trial.now() : other;
        Instant second = trial.now().isBefore(other) ? other : trial.now();
        PolicyTrial early = held(trial).startedAt(first);
        Answer here = ask(early);
        Answer there = ask(early.at(second));
        Set<String> changed = new TreeSet<>(here.beyond(there));
        changed.addAll(there.beyond(here));
        for (String id : changed) {
            Requirement r = trial.definition().requirement(id).orElse(null);
            if (r != null && Atoms.readsNoAge(r)) {
                throw broken(
                        "'" + id + "' changes between two edges, though it reads no age.",
                        early,
                        "at " + early.now() + ": " + here + "\n  at " + second + ": " + there);
            }
        }
    }

    private Instant floor(Instant now) {
        Instant floor = null;
        for (Instant edge : world.edges()) {
            if (!edge.isAfter(now)) {
                floor = edge;
            }
        }
        return floor == null ? now : floor;
    }
}
