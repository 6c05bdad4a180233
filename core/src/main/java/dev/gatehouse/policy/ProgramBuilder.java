package dev.gatehouse.policy;

import dev.gatehouse.factor.FactorSelector;
import dev.gatehouse.policy.Asks.Probe;
import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.Condition;
import dev.gatehouse.policy.rule.Mode;
import dev.gatehouse.policy.rule.Phase;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Collects lines, which come by id, until a program is full, then writes it. Not thread-safe. */
final class ProgramBuilder {
    private static final int MOST_EXITS = Long.SIZE - 1;

    /** From so many lines on it pays to ask first whether anybody is bound. */
    private static final int MANY = 8;

    private final Asker asker;
    private final Setting setting;
    private final Set<Probe> probes = new LinkedHashSet<>();
    private final List<Line> lines = new ArrayList<>();
    private int exits;

    ProgramBuilder(Asker asker, Setting setting) {
        this.asker = asker;
        this.setting = setting;
    }

    /** Adds the line if there is room for it. */
    boolean add(Line line) {
        Set<Probe> more = new LinkedHashSet<>(probes);
        more.addAll(probes(line));
        int moreExits = exits + modes(line).size();
        if (more.size() > Bits.MOST_TESTS || moreExits > MOST_EXITS) {
            return false;
        }
        probes.addAll(more);
        exits = moreExits;
        lines.add(line);
        return true;
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    private static Collection<Mode> modes(Line line) {
        Set<Mode> modes = new LinkedHashSet<>();
        line.open().forEach(phase -> modes.add(phase.mode()));
        line.mode().ifPresent(modes::add);
        return modes;
    }

    private List<Probe> probes(Line line) {
        Stream<Probe> conditions = Stream.concat(
                        Stream.of(
                                line.rule().requirement.when(),
                                line.rule().requirement.unless(),
                                line.rule().requirement.demand()),
                        line.open().stream().flatMap(phase -> Stream.of(phase.when(), phase.unless())))
                .flatMap(Rule::atoms)
                .flatMap(atom -> asker.of(atom).probes().stream());
        Stream<Probe> phases = line.open().stream().flatMap(phase -> own(line, phase).stream());
        Stream<Probe> enrolled = enrolments(line).flatMap(atom -> asker.of(atom).probes().stream());
        return Stream.of(conditions, phases, enrolled).flatMap(all -> all).toList();
    }

    /** The switch and share of a phase. */
    private static List<Probe> own(Line line, Phase phase) {
        List<Probe> own = new ArrayList<>();
        phase.switchName().ifPresent(name -> own.add(new Probe(new FactKey(FactType.SWITCH, name), "on")));
        phase.share().ifPresent(share -> {
            Share.Part part = Share.Part.of(line.rule().id(), share);
            if (part.limit() != null) {
                own.add(new Probe(new FactKey(FactType.SHARE, part.requirement() + " " + part.limit()), part));
            }
        });
        return own;
    }

    /** For each list of factors to prove that must be enrolled first, whether one of them is. */
    private static Stream<Atom> enrolments(Line line) {
        return Rule.atoms(line.rule().requirement.demand())
                .filter(Atom.Proven.class::isInstance)
                .map(atom -> ((Atom.Proven) atom).factor())
                .filter(factor -> Lack.isOnlyEnrollable(factor) && ProofTest.readsEnrolled(factor))
                .map((FactorSelector factor) -> new Atom.Enrolled(factor));
    }

    Program build() {
        Map<Condition, List<Line>> byDemand = new LinkedHashMap<>();
        Map<Line, Map<Mode, Long>> exitBits = new HashMap<>();
        List<Exit> all = new ArrayList<>();
        Bits bits = new Bits(probes, setting);
        for (Line line : lines) {
            byDemand.computeIfAbsent(line.rule().requirement.demand(), demand -> new ArrayList<>())
                    .add(line);
            Map<Mode, Long> own = new HashMap<>();
            for (Mode mode : modes(line)) {
                own.put(mode, 1L << all.size());
                all.add(exit(line, mode, bits));
            }
            exitBits.put(line, own);
        }
        Steps steps = new Steps(asker, bits);
        Map<Condition, List<Line>> plain = new LinkedHashMap<>(byDemand);
        plain.keySet().removeIf(demand -> !steps.isPlain(demand));
        byDemand.keySet().removeAll(plain.keySet());
        int others = steps.label();
        int end = steps.label();
        Optional<List<Probe>> binding = whatBinds(byDemand, steps);
        if (plain.size() > 1 || (!plain.isEmpty() && binding.isPresent() && !byDemand.isEmpty())) {
            skipIfAllAreMet(plain.keySet(), binding.orElse(List.of()), binding.isPresent() ? end : others, steps);
        }
        if (lines.size() >= MANY) {
            skipIfNobodyElseIsBound(end, steps);
        }
        plain.forEach((demand, group) -> write(demand, group, bits, exitBits, steps));
        steps.here(others);
        byDemand.forEach((demand, group) -> write(demand, group, bits, exitBits, steps));
        steps.here(end);
        return new Program(bits.readers(), steps.finish(), all.toArray(new Exit[0]), setting);
    }

    /** Most callers have all that is asked of anybody: one look at all the bits is then the whole decision. */
    private void skipIfAllAreMet(Set<Condition> demands, List<Probe> binding, int met, Steps steps) {
        List<Probe> all = demands.stream()
                .flatMap(Rule::atoms)
                .flatMap(atom -> asker.of(atom).probes().stream())
                .distinct()
                .toList();
        int next = steps.label();
        steps.allAndNone(all, binding, met, next);
        steps.here(next);
    }

    /**
     * Of demands that nobody with this credential meets, and that read nothing: what is read first of each line, and without
     * which it does not bind. Empty if there is another demand, or a line that binds without.
     */
    private Optional<List<Probe>> whatBinds(Map<Condition, List<Line>> unmet, Steps steps) {
        Set<Probe> first = new LinkedHashSet<>();
        for (Map.Entry<Condition, List<Line>> entry : unmet.entrySet()) {
            if (!steps.isUnmeetable(entry.getKey())) {
                return Optional.empty();
            }
            for (Line line : entry.getValue()) {
                List<Probe> read = steps.firstRead(line.rule().requirement.when());
                if (read.isEmpty()) {
                    return Optional.empty();
                }
                first.add(read.get(0));
            }
        }
        return Optional.of(List.copyOf(first));
    }

    /**
     * Of many rules most bind few: if nothing is true or unknown of what each of them needs to bind, only the demands of those
     * that bind everybody count.
     */
    private void skipIfNobodyElseIsBound(int end, Steps steps) {
        Set<Probe> musts = new LinkedHashSet<>();
        Set<Probe> needed = new LinkedHashSet<>();
        for (Line line : lines) {
            Optional<Set<Probe>> needs = needs(line.rule().requirement.when());
            if (needs.isPresent()) {
                needed.addAll(needs.get());
            } else if (steps.isPlain(line.rule().requirement.demand())) {
                Rule.atoms(line.rule().requirement.demand())
                        .forEach(atom -> musts.addAll(asker.of(atom).probes()));
            } else {
                return;
            }
        }
        int next = steps.label();
        steps.allAndNone(List.copyOf(musts), List.copyOf(needed), end, next);
        steps.here(next);
    }

    /** Probes of which one must be true or unknown for the condition to hold; empty if it may hold without. */
    private Optional<Set<Probe>> needs(Condition when) {
        for (Atom atom : when.atoms()) {
            List<Probe> probes = asker.of(atom).probes();
            if (!probes.isEmpty()) {
                return Optional.of(Set.of(probes.get(0)));
            }
        }
        Set<Probe> any = new LinkedHashSet<>();
        for (Condition alternative : when.anyOf()) {
            Optional<Set<Probe>> needs = needs(alternative);
            if (needs.isEmpty()) {
                return needs;
            }
            any.addAll(needs.get());
        }
        return any.isEmpty() ? Optional.empty() : Optional.of(any);
    }

    private void write(
            Condition demand, List<Line> group, Bits bits, Map<Line, Map<Mode, Long>> exitBits, Steps steps) {
        int met = steps.label();
        int unmet = steps.label();
        steps.condition(demand, false, met, unmet);
        steps.here(unmet);
        long facts = bits.facts(demandProbes(group.get(0)));
        group.forEach(line -> write(line, facts, exitBits.getOrDefault(line, Map.of()), steps));
        steps.here(met);
    }

    private void write(Line line, long facts, Map<Mode, Long> exitBits, Steps steps) {
        int next = steps.label();
        binding(line.rule().requirement.when(), line.rule().requirement.unless(), next, steps);
        for (Phase phase : line.open()) {
            int other = steps.label();
            for (Probe probe : own(line, phase)) {
                if (probe.fact().type() == FactType.SWITCH) {
                    probe(probe, other, steps);
                }
            }
            binding(phase.when(), phase.unless(), other, steps);
            for (Probe probe : own(line, phase)) {
                if (probe.fact().type() == FactType.SHARE) {
                    probe(probe, other, steps);
                }
            }
            steps.exit(facts, exitBits.getOrDefault(phase.mode(), 0L), next);
            steps.here(other);
        }
        line.mode().ifPresent(mode -> steps.exit(facts, exitBits.getOrDefault(mode, 0L), next));
        steps.here(next);
    }

    private static void probe(Probe probe, int no, Steps steps) {
        int yes = steps.label();
        steps.probe(probe, true, yes, no);
        steps.here(yes);
    }

    private void binding(Condition when, Condition unless, int no, Steps steps) {
        int bound = steps.label();
        steps.condition(when, true, bound, no);
        steps.here(bound);
        if (!unless.isEmpty()) {
            int notExempt = steps.label();
            steps.condition(unless, false, no, notExempt);
            steps.here(notExempt);
        }
    }

    private List<Probe> demandProbes(Line line) {
        return Stream.concat(Rule.atoms(line.rule().requirement.demand()), enrolments(line))
                .flatMap(atom -> asker.of(atom).probes().stream())
                .toList();
    }

    private Exit exit(Line line, Mode mode, Bits bits) {
        Map<Atom, Long> atoms = new HashMap<>();
        long key = 0;
        for (Atom atom : Stream.concat(Rule.atoms(line.rule().requirement.demand()), enrolments(line))
                .toList()) {
            Asks asks = asker.of(atom);
            if (!asks.never() && !asks.unknown()) {
                long mask = bits.mask(asks.probes());
                atoms.put(atom, mask);
                key |= mask;
            }
        }
        return new Exit(line, mode, asker.action(), asker.kind(), key, atoms);
    }
}
