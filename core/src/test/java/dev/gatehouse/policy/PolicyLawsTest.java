package dev.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.policy.PlainInterpreter.Fault;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The laws of the policy model on the engine. That each law bites is shown with faulty interpreters: every law notices the
 * faults it speaks of, and the comparison of engine and interpreter notices every fault there is.
 */
@Tag("unmutated")
class PolicyLawsTest {
    private static final PlainSubject ENGINE = new EngineSubject();
    private static final int CASES = 500;
    private static final int TRIES_TO_NOTICE = 60_000;

    /** Fixed, the first ones chosen to meet rare faults soon, which take some thousand cases by most seeds. */
    private static final List<Long> LAWS_SEEDS = LongStream.concat(
                    LongStream.of(2, 55, 12, 3), LongStream.range(100, 300))
            .boxed()
            .toList();

    private static final int CASES_OF_A_SEED = 250;

    private static final long COMPARISON_SEED = 10;

    private static final Map<PolicyLaw, List<Fault>> NOTICES = Map.ofEntries(
            Map.entry(PolicyLaw.ORDER_IS_IRRELEVANT, List.of(Fault.FIRST_REQUIREMENT_ONLY)),
            Map.entry(
                    PolicyLaw.MORE_RULES_NEVER_PERMIT_MORE,
                    List.of(Fault.FIRST_REQUIREMENT_ONLY, Fault.LAST_PHASE_WINS, Fault.WEAKEST_MODE_WINS)),
            Map.entry(PolicyLaw.FEWER_ALTERNATIVES_NEVER_PERMIT_MORE, List.of(Fault.ALTERNATIVES_ARE_ALL_NEEDED)),
            Map.entry(
                    PolicyLaw.UNKNOWN_NEVER_PERMITS_MORE,
                    List.of(
                            Fault.UNKNOWN_DOES_NOT_BIND,
                            Fault.UNKNOWN_EXEMPTS,
                            Fault.UNKNOWN_MEETS_DEMAND,
                            Fault.UNKNOWN_SWITCH_IS_OFF,
                            Fault.SHARE_IGNORES_UNKNOWN_ACCOUNTS)),
            Map.entry(PolicyLaw.STRONGER_MODE_NEVER_PERMITS_MORE, List.of(Fault.FIRST_REQUIREMENT_ONLY)),
            Map.entry(PolicyLaw.BIGGER_SHARE_KEEPS_EVERYBODY, List.of(Fault.SMALL_SHARES_ARE_OTHER_ACCOUNTS)),
            Map.entry(PolicyLaw.MORE_EVIDENCE_NEVER_REFUSES_MORE, List.of(Fault.ONLY_THE_FIRST_PROOF_COUNTS)),
            Map.entry(PolicyLaw.LATER_NEVER_PERMITS_MORE, List.of(Fault.HOUR_MATTERS)),
            Map.entry(PolicyLaw.TIME_ALONE_CHANGES_NOTHING, List.of(Fault.HOUR_MATTERS)),
            Map.entry(
                    PolicyLaw.WAIVER_NEVER_REFUSES_MORE,
                    List.of(Fault.WAIVER_REFUSES, Fault.WAIVER_LIFTS_OTHERS, Fault.WAIVER_LIFTS_CLOSED)),
            Map.entry(PolicyLaw.FEWER_SUPPLIED_NEVER_PERMIT_MORE, List.of(Fault.UNSUPPLIED_FLAG_IS_FALSE)),
            Map.entry(
                    PolicyLaw.ABSENT_IS_FALSE_WHERE_IT_MAY_BE, List.of(Fault.ABSENT_BINDS, Fault.ABSENCE_IS_BELIEVED)));

    static Stream<Arguments> lawsAndFaults() {
        return NOTICES.entrySet().stream()
                .flatMap(e -> e.getValue().stream().map(fault -> Arguments.of(e.getKey(), fault)));
    }

    private static Stream<PolicyCase> cases(long seed, int count) {
        return new Random(seed).longs(count).mapToObj(PolicyCase::of);
    }

    @ParameterizedTest
    @EnumSource(PolicyLaw.class)
    void engine_anyCase_keepsTheLaw(PolicyLaw law) {
        long seed = new Random().nextLong();

        assertThat(cases(seed, CASES).filter(c -> !law.holds(ENGINE, c)).findFirst())
                .as("seed %s", seed)
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("lawsAndFaults")
    void law_aFaultItSpeaksOf_isNoticed(PolicyLaw law, Fault fault) {
        PlainSubject faulty = new PlainInterpreter(fault);

        assertThat(LAWS_SEEDS.stream()
                        .flatMap(seed -> cases(seed, CASES_OF_A_SEED))
                        .filter(c -> !law.holds(faulty, c))
                        .findFirst())
                .isPresent();
    }

    @Test
    void comparison_anyFault_isNoticed() {
        PlainSubject right = new PlainInterpreter();
        Map<Fault, PlainSubject> unnoticed = new EnumMap<>(Fault.class);
        for (Fault fault : Fault.values()) {
            unnoticed.put(fault, new PlainInterpreter(fault));
        }

        cases(COMPARISON_SEED, TRIES_TO_NOTICE)
                .takeWhile(c -> !unnoticed.isEmpty())
                .forEach(c -> {
                    PlainSubject.Verdict decision = c.decidedBy(right);
                    unnoticed.values().removeIf(faulty -> !c.decidedBy(faulty).equals(decision));
                });

        assertThat(unnoticed.keySet()).isEmpty();
    }
}
