package dev.gatehouse.testkit.policy;

import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.Condition;
import dev.gatehouse.policy.rule.Finding;
import dev.gatehouse.policy.rule.Mode;
import dev.gatehouse.policy.rule.Phase;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.Requirement;
import dev.gatehouse.policy.rule.Window;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCases;
import net.jqwik.api.Tuple;

/** Whole random policies over the {@link SmallWorld}. */
final class Definitions {
    private static final int MOST_REQUIREMENTS = 4;
    private static final List<String> ACTIONS = List.of(
            "publish.release",
            "publish",
            "project.settings",
            "project",
            "webhook.manage",
            "release.yank",
            "token.create",
            "factor.remove",
            "factor.enrol",
            "account.password",
            "manage",
            "write");

    private Definitions() {}

    /** Policies whose form is sound; somebody may be locked out by one. */
    static Arbitrary<PolicyDefinition> wellFormed() {
        return requirements()
                .list()
                .ofMinSize(1)
                .ofMaxSize(MOST_REQUIREMENTS)
                .map(Definitions::definition)
                .edgeCases(EdgeCases.Config::none);
    }

    /** Policies that build. */
    static Arbitrary<PolicyDefinition> buildable() {
        return wellFormed().filter(Definitions::builds);
    }

    private static PolicyDefinition definition(List<Requirement> requirements) {
        PolicyDefinition.Builder b =
                PolicyDefinition.builder("random", 1).vocabulary(SmallWorld.DEFINITION.vocabulary());
        for (int i = 0; i < requirements.size(); i++) {
            Requirement r = requirements.get(i);
            b.requirement(Edits.copy(r, "r" + i, r.demand()).build());
        }
        return b.build();
    }

    static boolean builds(PolicyDefinition definition) {
        try {
            Law.builds(World.of(definition));
            return true;
        } catch (AssertionError e) {
            return false;
        }
    }

    private static boolean isSound(Requirement r) {
        return definition(List.of(r)).findings().stream()
                .noneMatch(finding -> finding.severity() == Finding.Severity.ERROR);
    }

    private static Arbitrary<Requirement> requirements() {
        return Combinators.combine(
                        Arbitraries.of(ACTIONS),
                        conditions(),
                        maybe(conditions()),
                        maybe(conditions()),
                        phases().list().ofMaxSize(2))
                .as((actions, demand, when, unless, phases) -> Requirement.builder("r", List.of(actions), demand)
                        .when(when)
                        .unless(unless)
                        .phases(phases)
                        .message("{action} is refused.")
                        .notice("{action} will be refused.")
                        .build())
                .filter(10_000, Definitions::isSound)
                .edgeCases(EdgeCases.Config::none);
    }

    private static Arbitrary<Condition> maybe(Arbitrary<Condition> conditions) {
        return Arbitraries.frequencyOf(Tuple.of(2, Arbitraries.just(Condition.empty())), Tuple.of(1, conditions));
    }

    /** One or two atoms, sometimes with alternatives. */
    private static Arbitrary<Condition> conditions() {
        Arbitrary<List<Atom>> atoms = Arbitraries.of(SmallWorld.ATOMS)
                .list()
                .uniqueElements(Atom::key)
                .ofMinSize(1)
                .ofMaxSize(2);
        Arbitrary<Condition> plain = atoms.map(Condition::all);
        Arbitrary<Condition> alternatives = Combinators.combine(atoms, atoms)
                .filter((one, other) -> !Condition.all(one).equals(Condition.all(other)))
                .as((one, other) -> Condition.anyOf(Condition.all(one), Condition.all(other)));
        return Arbitraries.frequencyOf(Tuple.of(3, plain), Tuple.of(1, alternatives));
    }

    private static Arbitrary<Phase> phases() {
        Arbitrary<Instant> from = Arbitraries.of(0, 1, 2, 3).map(day -> SmallWorld.BASE.plus(Duration.ofDays(day)));
        Arbitrary<Optional<Duration>> length = Arbitraries.frequency(
                Tuple.of(4, Optional.<Duration>empty()), Tuple.of(1, Optional.of(Duration.ofDays(1))));
        return Combinators.combine(
                        from,
                        length,
                        Arbitraries.frequency(
                                Tuple.of(4, Mode.ENFORCE),
                                Tuple.of(1, Mode.WARN),
                                Tuple.of(1, Mode.REPORT),
                                Tuple.of(1, Mode.ANNOUNCE)),
                        Arbitraries.frequency(Tuple.of(4, 0), Tuple.of(1, 1), Tuple.of(1, 2), Tuple.of(1, 3)))
                .as(Definitions::phase);
    }

    private static Phase phase(Instant from, Optional<Duration> length, Mode mode, int special) {
        Phase.Builder b = Phase.builder(mode);
        if (special == 1) {
            List<Window> windows = new ArrayList<>(List.of(new Window(from, Duration.ofHours(1))));
            windows.add(new Window(from.plus(Duration.ofDays(1)), Duration.ofHours(4)));
            return b.windows(windows).build();
        }
        b.from(from);
        length.ifPresent(some -> b.until(from.plus(some)));
        if (special == 2) {
            b.share(new BigDecimal("50"));
        } else if (special == 3) {
            b.switchName("go");
        }
        return b.build();
    }
}
