package dev.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.Bounds;
import dev.gatehouse.policy.rule.Condition;
import dev.gatehouse.policy.rule.MetricTest;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.Requirement;
import dev.gatehouse.policy.rule.ThingTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Policies with more rules on one action than one program holds: they are split, and gated. */
class WidePoliciesTest {
    private static final PlainSubject PLAIN = new PlainInterpreter();

    /** Asked by a host that answers itself, and by one that has all at hand. */
    private static void isWhatTheModelSays(PolicyCase wide) {
        Evaluator engine = EngineSubject.evaluator(wide.setup());
        for (AccessRequest request :
                List.of(wide.draft().toRequest(), wide.draft().toRequestOfValues())) {
            assertThat(PlainSubject.Verdict.of(engine.decide(request, wide.now())))
                    .as("%s", wide)
                    .isEqualTo(PLAIN.decide(wide.setup(), request, wide.now()));
        }
    }

    @Property(tries = 100)
    void decide_manyRequirements_isWhatTheModelSays(@ForAll long seed) {
        isWhatTheModelSays(PolicyCase.of(seed).with(wide(new Random(seed), 60)));
    }

    /** Conditions of one flag, number or date each, on few demands: those that a gate makes one of. */
    @Property(tries = 200)
    void decide_manyThresholds_isWhatTheModelSays(@ForAll long seed) {
        isWhatTheModelSays(PolicyCase.of(seed).with(thresholds(new Random(seed), 80)));
    }

    @Test
    void decide_moreTestsInOneRuleThanAProgramHolds_isWhatTheModelSays() {
        ThingTest test = ThingTest.any();
        for (int i = 0; i < 40; i++) {
            test = test.andMetric(new MetricTest("downloads", Bounds.over((double) i)));
        }
        Requirement huge = Requirement.builder("huge", List.of("all"), Condition.all(new Atom.EmailVerified()))
                .when(Condition.all(new Atom.Project(test)))
                .message("No.")
                .build();
        for (long seed = 0; seed < 300; seed++) {
            PolicyCase any = PolicyCase.of(seed);

            isWhatTheModelSays(any.with(
                    any.setup().definition().toBuilder().requirement(huge).build()));
        }
    }

    private static PolicyDefinition wide(Random random, int requirements) {
        RandomPolicies policies = new RandomPolicies(random);
        PolicyDefinition.Builder wide = policies.policy().toBuilder();
        for (int i = 0; i < requirements; i++) {
            wide.requirement(policies.requirement("w" + i));
        }
        return wide.build();
    }

    private static PolicyDefinition thresholds(Random random, int requirements) {
        RandomPolicies policies = new RandomPolicies(random);
        List<Requirement> some = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            some.add(policies.requirement("d" + i));
        }
        PolicyDefinition.Builder wide = policies.policy().toBuilder();
        for (int i = 0; i < requirements; i++) {
            Requirement demanding = some.get(random.nextInt(some.size()));
            wide.requirement(Requirement.builder("t" + i, List.of("all"), demanding.demand())
                    .when(threshold(random))
                    .message("No.")
                    .build());
        }
        return wide.build();
    }

    private static Condition threshold(Random random) {
        RandomValues values = new RandomValues(random);
        double number = random.nextInt(200);
        return switch (random.nextInt(6)) {
            case 0 ->
                Condition.all(new Atom.Account(
                        ThingTest.registered(dev.gatehouse.policy.rule.InstantBounds.since(values.instant()))));
            case 1 -> Condition.all(new Atom.Project(ThingTest.metric("downloads", Bounds.over(number))));
            case 2 -> Condition.all(new Atom.Project(ThingTest.metric("downloads", Bounds.atMost(number))));
            case 3 -> Condition.all(new Atom.Project(ThingTest.flag(values.chance(50) ? "critical" : "mandated")));
            case 4 ->
                Condition.all(new Atom.Project(
                        ThingTest.flag("critical").andMetric(new MetricTest("downloads", Bounds.atLeast(number)))));
            default -> Condition.all(new Atom.Maintains(ThingTest.metric("downloads", Bounds.atLeast(number))));
        };
    }
}
