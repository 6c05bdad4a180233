package dev.gatehouse.policy;

import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.Condition;
import dev.gatehouse.policy.rule.Mode;
import dev.gatehouse.policy.rule.Phase;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.Requirement;
import dev.gatehouse.policy.rule.ThingTest;
import dev.gatehouse.policy.rule.Vocabulary.Section;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Changes to a policy that the laws speak of. */
final class PolicyEdits {
    private static final Set<String> EVIDENCE =
            Set.of("credential", "enrolled", "proven", "factors-left", "email-verified", "recovery-codes-saved");

    private PolicyEdits() {}

    /** A phase whose mode or share can be changed. */
    record PhaseEdit(Phase phase, Mode mode, BigDecimal share) {
        PhaseEdit mode(Mode other) {
            return new PhaseEdit(phase, other, share);
        }

        PhaseEdit share(BigDecimal other) {
            return new PhaseEdit(phase, mode, other);
        }

        Phase done() {
            Phase.Builder copy = Phase.builder(mode)
                    .windows(phase.windows())
                    .when(phase.when())
                    .unless(phase.unless());
            phase.from().ifPresent(copy::from);
            phase.until().ifPresent(copy::until);
            phase.switchName().ifPresent(copy::switchName);
            if (phase.share().isPresent()) {
                copy.share(share);
            }
            if (phase.tentative()) {
                copy.tentative();
            }
            return copy.build();
        }
    }

    static Requirement.Builder copy(Requirement r, String id, Condition demand) {
        Requirement.Builder copy = Requirement.builder(id, r.actions(), demand)
                .except(r.except())
                .when(r.when())
                .unless(r.unless())
                .phases(r.phases());
        r.remedy().ifPresent(copy::remedy);
        r.message().ifPresent(copy::message);
        r.notice().ifPresent(copy::notice);
        return copy;
    }

    private static PolicyDefinition with(PolicyDefinition definition, List<Requirement> requirements) {
        return PolicyDefinition.builder(definition.name(), definition.revision())
                .vocabulary(definition.vocabulary())
                .requirements(requirements)
                .build();
    }

    static PolicyDefinition only(PolicyDefinition definition, Predicate<Requirement> wanted) {
        return with(
                definition, definition.requirements().stream().filter(wanted).toList());
    }

    static PolicyDefinition rename(PolicyDefinition definition, UnaryOperator<String> ids) {
        List<Requirement> all = new ArrayList<>();
        definition
                .requirements()
                .forEach(r -> all.add(copy(r, ids.apply(r.id()), r.demand()).build()));
        return with(definition, all);
    }

    static PolicyDefinition editPhase(PolicyDefinition definition, UnaryOperator<PhaseEdit> edit) {
        List<Requirement> all = new ArrayList<>();
        for (Requirement r : definition.requirements()) {
            List<Phase> phases = new ArrayList<>();
            for (Phase phase : r.phases()) {
                BigDecimal share = phase.share().orElse(BigDecimal.valueOf(100));
                phases.add(edit.apply(new PhaseEdit(phase, phase.mode(), share)).done());
            }
            all.add(copy(r, r.id(), r.demand()).phases(phases).build());
        }
        return with(definition, all);
    }

    static PolicyDefinition editOne(
            PolicyDefinition definition,
            Random random,
            BiFunction<Requirement, Requirement.Builder, Requirement.Builder> edit) {
        List<Requirement> all = new ArrayList<>(definition.requirements());
        int index = random.nextInt(all.size());
        Requirement r = all.get(index);
        all.set(index, edit.apply(r, copy(r, r.id(), r.demand())).build());
        return with(definition, all);
    }

    /** One more phase; a requirement without phases is always enforced and stays so. */
    static PolicyDefinition addPhase(PolicyDefinition definition, Random random, Phase phase) {
        return editOne(definition, random, (r, b) -> {
            List<Phase> phases = new ArrayList<>(r.phases());
            if (!phases.isEmpty()) {
                phases.add(phase);
            }
            return b.phases(phases);
        });
    }

    static PolicyDefinition dropAlternative(PolicyDefinition definition, Random random) {
        List<Requirement> all = new ArrayList<>();
        for (Requirement r : definition.requirements()) {
            List<Condition> alternatives = new ArrayList<>(r.demand().anyOf());
            if (alternatives.isEmpty()) {
                all.add(r);
                continue;
            }
            alternatives.remove(random.nextInt(alternatives.size()));
            Condition outside = Condition.all(r.demand().atoms());
            if (alternatives.size() > 1) {
                all.add(copy(r, r.id(), outside.andAnyOf(alternatives)).build());
            } else {
                List<Atom> atoms = new ArrayList<>(outside.atoms());
                Condition last = alternatives.get(0);
                boolean clash = last.atoms().stream()
                        .anyMatch(a -> outside.atom(a.key()).isPresent());
                if (!clash) {
                    atoms.addAll(last.atoms());
                }
                all.add(clash ? r : copy(r, r.id(), Condition.all(atoms)).build());
            }
        }
        return with(definition, all);
    }

    static Supplied withoutSome(Supplied supplied, Random random) {
        Supplied fewer = Supplied.nothing();
        for (Section section : Section.values()) {
            for (String name : RandomValues.VOCABULARY.of(section).keySet()) {
                if (supplied.has(section, name) && random.nextInt(3) > 0) {
                    fewer = fewer.and(section, name);
                }
            }
        }
        return fewer;
    }

    static Stream<Atom> atoms(Condition condition) {
        return Stream.concat(
                condition.atoms().stream(), condition.anyOf().stream().flatMap(PolicyEdits::atoms));
    }

    private static Stream<Atom> allAtoms(Requirement r) {
        return Stream.of(
                        Stream.of(r.when(), r.unless(), r.demand()),
                        r.phases().stream().map(Phase::when),
                        r.phases().stream().map(Phase::unless))
                .flatMap(s -> s)
                .flatMap(PolicyEdits::atoms);
    }

    private static Stream<Atom> whenAtoms(Requirement r) {
        return Stream.concat(Stream.of(r.when()), r.phases().stream().map(Phase::when))
                .flatMap(PolicyEdits::atoms);
    }

    static boolean readsNoEvidenceInWhen(Requirement r) {
        return whenAtoms(r).noneMatch(a -> EVIDENCE.contains(a.key()));
    }

    static boolean onlyGetsStricter(Requirement r) {
        return r.phases().stream()
                        .allMatch(p -> p.until().isEmpty()
                                && p.windows().isEmpty()
                                && p.switchName().isEmpty()
                                && p.unless().isEmpty())
                && allAtoms(r).noneMatch(Atom.Elapsed.class::isInstance)
                && whenAtoms(r).noneMatch(PolicyEdits::isAged);
    }

    static boolean readsNoAge(Requirement r) {
        return allAtoms(r).noneMatch(PolicyEdits::isAged);
    }

    private static boolean isAged(Atom atom) {
        if (atom instanceof Atom.Proven a) {
            return a.within().duration().isPresent();
        } else if (atom instanceof Atom.Credential a) {
            return !a.test().age().isNone() || !a.test().idle().isNone();
        } else if (atom instanceof Atom.Release a) {
            return isAged(a.test());
        }
        return atom instanceof Atom.Elapsed;
    }

    private static boolean isAged(ThingTest test) {
        return !test.age().isNone();
    }
}
