package dev.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.policy.Explanation.Outcome;
import dev.gatehouse.policy.PlainSubject.Line;
import dev.gatehouse.policy.PlainSubject.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The engine and the plain interpreter give the same answer to every question, and an explanation says no other. */
class InterpreterAndEngineTest {
    private static final PlainSubject PLAIN = new PlainInterpreter();
    private static final PlainSubject ENGINE = new EngineSubject();

    @Provide
    Arbitrary<PolicyCase> cases() {
        return PolicyCase.arbitrary();
    }

    private static Explanation explain(PolicyCase any) {
        Engine engine = (Engine) EngineSubject.evaluator(any.setup());
        return Explainer.explain(engine, any.draft().toRequest(), any.now());
    }

    private static Map<String, Line> unmet(Verdict verdict) {
        Map<String, Line> unmet = new HashMap<>();
        verdict.refusals().forEach(line -> unmet.put(line.requirement(), line));
        verdict.notices().forEach(line -> unmet.put(line.requirement(), line));
        verdict.observed().forEach(line -> unmet.put(line.requirement(), line));
        return unmet;
    }

    @Property(tries = 1_500)
    void decide_anyPolicyAndRequest_isWhatTheModelSays(@ForAll("cases") PolicyCase any) {
        assertThat(any.decidedBy(ENGINE)).as("%s", any).isEqualTo(any.decidedBy(PLAIN));
    }

    /** Facts of the library's own classes take shorter ways. */
    @Property(tries = 1_500)
    void decide_anyPolicyAndRequestOfValues_isWhatTheModelSays(@ForAll("cases") PolicyCase any) {
        AccessRequest request = any.draft().toRequestOfValues();

        assertThat(ENGINE.decide(any.setup(), request, any.now()))
                .as("%s", any)
                .isEqualTo(PLAIN.decide(any.setup(), request, any.now()));
    }

    @Property(tries = 1_000)
    void explain_anyPolicyAndRequest_agreesWithDecide(@ForAll("cases") PolicyCase any) {
        Explanation explanation = explain(any);
        Verdict verdict = any.decidedBy(PLAIN);
        Map<String, Line> unmet = unmet(verdict);

        assertThat(Verdict.of(explanation.decision())).as("%s", any).isEqualTo(verdict);
        assertThat(explanation.lines())
                .extracting(Explanation.Line::requirement)
                .containsExactlyElementsOf(any.setup().definition().requirements().stream()
                        .map(r -> r.id())
                        .toList());
        for (Explanation.Line line : explanation.lines()) {
            Line said = unmet.get(line.requirement());
            Outcome expected = said == null ? null : said.waived() ? Outcome.WAIVED : Outcome.UNMET;
            if (expected == null) {
                assertThat(line.outcome()).as("%s of %s", line, any).isNotIn(Outcome.UNMET, Outcome.WAIVED);
            } else {
                assertThat(line.outcome()).as("%s of %s", line, any).isEqualTo(expected);
                assertThat(line.ways()).isEqualTo(said.ways());
                assertThat(line.mode()).contains(said.mode());
                assertThat(line.waiver().isPresent()).isEqualTo(said.waived());
            }
        }
    }

    /** Nothing changes by time alone before the instant that an explanation names. */
    @Property(tries = 1_000)
    void explain_untilTheNextChange_timeAloneChangesNothing(@ForAll("cases") PolicyCase any) {
        for (Explanation.Line line : explain(any).lines()) {
            Instant end = line.nextChange().orElse(any.now().plus(Duration.ofDays(200)));
            assertThat(end).as("%s of %s", line, any).isAfter(any.now());
            Duration length = Duration.between(any.now(), end);
            for (Instant before : new Instant[] {any.now().plus(length.dividedBy(2)), end.minusNanos(1)}) {
                assertThat(unmet(any.at(before).decidedBy(PLAIN)).get(line.requirement()))
                        .as("%s at %s of %s", line, before, any)
                        .isEqualTo(unmet(any.decidedBy(PLAIN)).get(line.requirement()));
            }
        }
    }
}
