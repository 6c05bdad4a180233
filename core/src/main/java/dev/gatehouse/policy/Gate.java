package dev.gatehouse.policy;

import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.Condition;
import dev.gatehouse.policy.rule.Requirement;
import dev.gatehouse.policy.rule.ThingTest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Makes few lines out of many that ask the same question: is anybody bound to a demand that they do not meet? Of lines with one
 * demand, those that bind only where another does are left out, and those that differ in one list of flags are joined.
 */
final class Gate {
    private Gate() {}

    static List<Line> of(List<Line> lines) {
        Map<Condition, List<Line>> plain = new LinkedHashMap<>();
        List<Line> gate = new ArrayList<>();
        for (Line line : lines) {
            if (isPlain(line)) {
                plain.computeIfAbsent(line.rule().requirement.demand(), demand -> new ArrayList<>())
                        .add(line);
            } else {
                gate.add(line);
            }
        }
        plain.forEach((demand, group) -> weakest(joined(group)).forEach(when -> gate.add(line(group.get(0), when))));
        return gate;
    }

    /** Whether only {@code when} decides who is bound. */
    private static boolean isPlain(Line line) {
        return line.mode().isPresent() && line.rule().requirement.unless().isEmpty();
    }

    private static Line line(Line of, Condition when) {
        Requirement old = of.rule().requirement;
        Requirement one = Requirement.builder(old.id() + " " + when, old.actions(), old.demand())
                .when(when)
                .build();
        return new Line(new Rule(one, of.rule().actions), of.mode(), List.of(), null);
    }

    private static List<Condition> joined(List<Line> group) {
        List<Condition> others = new ArrayList<>();
        Map<String, TreeSet<String>> flags = new LinkedHashMap<>();
        for (Line line : group) {
            Condition when = line.rule().requirement.when();
            Optional<ThingTest> test = flagsOnly(when);
            if (test.isPresent()) {
                flags.computeIfAbsent(when.atoms().get(0).key(), key -> new TreeSet<>())
                        .addAll(test.get().anyFlag());
            } else {
                others.add(when);
            }
        }
        flags.forEach(
                (key, all) -> others.add(Condition.all(atom(key, ThingTest.any().andAnyFlag(all)))));
        return others;
    }

    /** The test of a condition that asks for one of some flags and nothing else. */
    private static Optional<ThingTest> flagsOnly(Condition when) {
        if (when.atoms().size() != 1 || !when.anyOf().isEmpty()) {
            return Optional.empty();
        }
        Atom atom = when.atoms().get(0);
        Optional<ThingTest> test = Optional.empty();
        if (atom instanceof Atom.Account a) {
            test = Optional.of(a.test());
        } else if (atom instanceof Atom.Project a) {
            test = Optional.of(a.test());
        } else if (atom instanceof Atom.Organization a) {
            test = Optional.of(a.test());
        } else if (atom instanceof Atom.Release a) {
            test = Optional.of(a.test());
        }
        return test.filter(
                one -> !one.anyFlag().isEmpty() && one.equals(ThingTest.any().andAnyFlag(one.anyFlag())));
    }

    private static Atom atom(String key, ThingTest test) {
        return switch (key) {
            case "account" -> new Atom.Account(test);
            case "project" -> new Atom.Project(test);
            case "organization" -> new Atom.Organization(test);
            default -> new Atom.Release(test);
        };
    }

    /** Without those that hold only where another one does. */
    private static List<Condition> weakest(List<Condition> all) {
        List<Condition> kept = new ArrayList<>();
        for (Condition next : all) {
            if (kept.stream().noneMatch(one -> Implication.implies(next, one))) {
                kept.removeIf(one -> Implication.implies(one, next));
                kept.add(next);
            }
        }
        return kept;
    }
}
