package dev.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.policy.PlainSubject.Setup;
import dev.gatehouse.policy.PlainSubject.Verdict;
import dev.gatehouse.policy.rule.PolicyDefinition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Each fact, switch and waiver is read at most once, by decide and by explain, and both say the same. */
class OneReadingTest {
    @Provide
    Arbitrary<PolicyCase> cases() {
        return PolicyCase.arbitrary();
    }

    @Property(tries = 700)
    void decide_anyCase_readsEachFactAtMostOnce(@ForAll("cases") PolicyCase any) {
        Counted counted = new Counted();
        Setup setup = counting(any.setup(), counted);

        Verdict verdict =
                new EngineSubject().decide(setup, counted.request(any.draft().toRequest()), any.now());

        assertThat(counted.reads)
                .as("%s", any)
                .allSatisfy((fact, times) -> assertThat(times).isEqualTo(1));
        assertThat(verdict).isEqualTo(any.decidedBy(new EngineSubject()));
    }

    @Property(tries = 150)
    void decide_manyRequirements_readsEachFactAtMostOnce(@ForAll long seed) {
        RandomPolicies policies = new RandomPolicies(new Random(seed));
        PolicyDefinition.Builder wide = PolicyDefinition.builder("wide", 1).vocabulary(RandomValues.VOCABULARY);
        for (int i = 0; i < 60; i++) {
            wide.requirement(policies.requirement("w" + i));
        }
        PolicyCase any = PolicyCase.of(seed).with(wide.build());
        Counted counted = new Counted();

        new EngineSubject()
                .decide(
                        counting(any.setup(), counted),
                        counted.request(any.draft().toRequest()),
                        any.now());

        assertThat(counted.reads)
                .as("%s", any)
                .allSatisfy((fact, times) -> assertThat(times).isEqualTo(1));
    }

    @Property(tries = 700)
    void explain_anyCase_readsEachFactAtMostOnceAndAgreesWithDecide(@ForAll("cases") PolicyCase any) {
        Counted counted = new Counted();
        Engine engine = (Engine) EngineSubject.evaluator(counting(any.setup(), counted));

        Explanation explanation =
                Explainer.explain(engine, counted.request(any.draft().toRequest()), any.now());

        assertThat(counted.reads)
                .as("%s", any)
                .allSatisfy((fact, times) -> assertThat(times).isEqualTo(1));
        Verdict verdict = any.decidedBy(new EngineSubject());
        assertThat(Verdict.of(explanation.decision())).isEqualTo(verdict);
        if (any.setup().definition().vocabulary().actions().contains(any.draft().action)) {
            assertThat(unmet(explanation, Explanation.Outcome.UNMET)).isEqualTo(unmet(verdict, false));
            assertThat(unmet(explanation, Explanation.Outcome.WAIVED)).isEqualTo(unmet(verdict, true));
        }
    }

    private static Map<String, List<Way>> unmet(Explanation explanation, Explanation.Outcome outcome) {
        return explanation.lines().stream()
                .filter(line -> line.outcome() == outcome)
                .collect(java.util.stream.Collectors.toMap(Explanation.Line::requirement, Explanation.Line::ways));
    }

    private static Map<String, List<Way>> unmet(Verdict verdict, boolean waived) {
        return java.util.stream.Stream.of(verdict.refusals(), verdict.notices(), verdict.observed())
                .flatMap(List::stream)
                .filter(line -> line.waived() == waived)
                .collect(java.util.stream.Collectors.toMap(PlainSubject.Line::requirement, PlainSubject.Line::ways));
    }

    private static Setup counting(Setup setup, Counted counted) {
        return new Setup(
                setup.definition(),
                setup.supplied(),
                setup.switches(),
                setup.waivers(),
                setup.conditions().stream().map(counted::condition).toList(),
                setup.salt(),
                setup.skew());
    }

    @Property(tries = 1_000)
    void nextChange_anyCase_isWhenTheAnswerChangesNotLater(@ForAll("cases") PolicyCase any) {
        Engine engine = (Engine) EngineSubject.evaluator(any.setup());
        AccessRequest q = any.draft().toRequest();
        Explanation now = Explainer.explain(engine, q, any.now());
        Instant next = now.lines().stream()
                .flatMap(line -> line.nextChange().stream())
                .min(Instant::compareTo)
                .orElse(Instant.MAX);

        assertThat(next).isAfter(any.now());
        for (Instant before : List.of(next.minusNanos(1), any.now().plus(half(any.now(), next)))) {
            if (!before.isBefore(any.now()) && before.isBefore(Instant.parse("2100-01-01T00:00:00Z"))) {
                assertThat(Verdict.of(engine.decide(q, before)))
                        .as("%s, next %s", any, next)
                        .isEqualTo(Verdict.of(now.decision()));
            }
        }
    }

    private static java.time.Duration half(Instant from, Instant until) {
        Instant end = until.isAfter(Instant.parse("2100-01-01T00:00:00Z")) ? from.plusSeconds(86_400) : until;
        return java.time.Duration.between(from, end).dividedBy(2);
    }

    @Test
    void decide_hostThrows_theExceptionReachesTheCaller() {
        IllegalStateException broken = new IllegalStateException("the database is gone");
        AccountFacts account = new AccountFacts() {
            @Override
            public Fact<Boolean> emailVerified() {
                throw broken;
            }
        };
        TwoFactorPolicy policy = Samples.policy(Samples.emailNeeded());
        AccessRequest q = Samples.session().account(account).build();

        assertThatThrownBy(() -> policy.decide(q)).isSameAs(broken);
        assertThatThrownBy(() -> policy.explain(q)).isSameAs(broken);
    }

    @Property(tries = 1_000)
    void decide_hostAnswersNothing_neverPermitsMore(@ForAll("cases") PolicyCase any, @ForAll long seed) {
        Random random = new Random(seed);
        AccessRequest q = any.draft().toRequest();
        AccessRequest silent = new Silent(random).request(q);
        Evaluator engine = EngineSubject.evaluator(any.setup());

        if (engine.decide(silent, any.now()) instanceof Decision.Permitted) {
            assertThat(engine.decide(q, any.now())).as("%s", any).isInstanceOf(Decision.Permitted.class);
        }
    }
}
