package dev.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.policy.rule.Bounds;
import dev.gatehouse.policy.rule.InstantBounds;
import java.time.Instant;
import java.util.List;
import java.util.function.IntPredicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** Wherever a value stands, the ladder says what each test would say by itself. */
class LadderTest {
    private static final int BASE = 6;
    private static final Double[] NUMBERS = {
        Double.NEGATIVE_INFINITY,
        -Double.MAX_VALUE,
        -2.5,
        -Double.MIN_VALUE,
        -0.0,
        0.0,
        Double.MIN_VALUE,
        Math.nextDown(1.0),
        1.0,
        Math.nextUp(1.0),
        1e6,
        Double.MAX_VALUE,
        Double.POSITIVE_INFINITY
    };
    private static final Instant DAY = Instant.parse("2024-01-01T05:00:00Z");
    private static final Instant[] INSTANTS = {
        Instant.MIN,
        Instant.ofEpochSecond(-1, 999_999_999),
        Instant.EPOCH,
        DAY.minusNanos(1),
        DAY,
        DAY.plusNanos(1),
        DAY.plusSeconds(1),
        Instant.MAX.minusNanos(1),
        Instant.MAX
    };

    @Provide
    Arbitrary<Bounds<Double>> bounds() {
        Arbitrary<Double> number = Arbitraries.of(NUMBERS);
        return Arbitraries.oneOf(
                number.map(Bounds::over),
                number.map(Bounds::atLeast),
                number.map(Bounds::below),
                number.map(Bounds::atMost),
                number.list().ofMinSize(1).ofMaxSize(3).uniqueElements().map(Bounds::oneOf));
    }

    @Provide
    Arbitrary<InstantBounds> spans() {
        Arbitrary<Instant> instant = Arbitraries.of(INSTANTS);
        return Arbitraries.oneOf(
                instant.map(InstantBounds::since),
                instant.map(InstantBounds::before),
                Combinators.combine(instant, instant)
                        .as((since, before) -> InstantBounds.since(since).andBefore(before)));
    }

    @Property
    void ofNumbers_anyBoundsAndValue_isWhatEachBoundSays(
            @ForAll @Size(max = 8) List<@From("bounds") Bounds<Double>> tests) {
        Ladder ladder = Ladder.ofNumbers(tests, BASE);
        for (double value : NUMBERS) {
            assertThat(ladder.at(value))
                    .as("%s of %s", value, tests)
                    .isEqualTo(word(tests.size(), i -> tests.get(i).admits(value)));
        }
    }

    @Property
    void ofInstants_anySpansAndInstant_isWhatEachSpanSays(
            @ForAll @Size(max = 8) List<@From("spans") InstantBounds> tests) {
        Ladder ladder = Ladder.ofInstants(tests, BASE);
        for (Instant value : INSTANTS) {
            assertThat(ladder.at(value))
                    .as("%s of %s", value, tests)
                    .isEqualTo(word(tests.size(), i -> tests.get(i).admits(value)));
        }
    }

    private static long word(int tests, IntPredicate admits) {
        long word = 0;
        for (int i = 0; i < tests; i++) {
            word |= admits.test(i) ? 1L << (BASE + 2 * i) : 0;
        }
        return word;
    }
}
