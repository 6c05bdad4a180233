package dev.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** Arithmetic of time ends at the ends of time, and is otherwise that of the platform. */
class TimesTest {
    private static final Instant[] INSTANTS = {
        Instant.MIN,
        Instant.MIN.plusNanos(1),
        Instant.EPOCH.minusNanos(1),
        Instant.EPOCH,
        Samples.NOW,
        Instant.MAX.minusNanos(1),
        Instant.MAX
    };
    private static final Duration[] LENGTHS = {
        Duration.ZERO,
        Duration.ofNanos(1),
        Duration.ofSeconds(1),
        Duration.ofDays(1).plusNanos(999_999_999),
        Duration.between(Instant.EPOCH, Instant.MAX),
        Duration.between(Instant.MIN, Instant.MAX),
        Duration.ofSeconds(Long.MAX_VALUE, 999_999_999)
    };

    @Test
    void plusAndMinus_anyInstantAndLength_areClamped() {
        for (Instant instant : INSTANTS) {
            for (Duration length : LENGTHS) {
                boolean after = Duration.between(instant, Instant.MAX).compareTo(length) < 0;
                boolean before = Duration.between(Instant.MIN, instant).compareTo(length) < 0;

                assertThat(Times.plus(instant, length))
                        .as("%s plus %s", instant, length)
                        .isEqualTo(after ? Instant.MAX : instant.plus(length));
                assertThat(Times.minus(instant, length))
                        .as("%s minus %s", instant, length)
                        .isEqualTo(before ? Instant.MIN : instant.minus(length));
                assertThat(Times.minus(instant, length.negated()))
                        .as("%s minus minus %s", instant, length)
                        .isEqualTo(Times.plus(instant, length));
            }
        }
    }

    @Provide
    Arbitrary<Long> seconds() {
        return Arbitraries.oneOf(
                Arbitraries.longs().between(-2, 2), Arbitraries.longs().between(-100_000, 100_000));
    }

    @Property
    void compare_anySpans_isThatOfDurations(
            @ForAll("seconds") long seconds,
            @ForAll @IntRange(min = -999_999_999, max = 999_999_999) int nanos,
            @ForAll @LongRange(min = -2, max = 2) long apart,
            @ForAll @IntRange(min = -999_999_999, max = 999_999_999) int otherNanos) {
        long other = seconds + apart;

        assertThat(Integer.signum(Times.compare(seconds, nanos, other, otherNanos)))
                .isEqualTo(Integer.signum(
                        Duration.ofSeconds(seconds, nanos).compareTo(Duration.ofSeconds(other, otherNanos))));
    }

    @Test
    void compare_equalSpansWrittenDifferently_isNone() {
        assertThat(Times.compare(1, -1, 0, 999_999_999)).isZero();
        assertThat(Times.compare(0, 999_999_999, 1, -1)).isZero();
        assertThat(Times.compare(0, 0, 0, -1)).isPositive();
        assertThat(Times.compare(0, -1, 0, 0)).isNegative();
    }
}
