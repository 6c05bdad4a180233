package dev.gatehouse.policy;

import dev.gatehouse.policy.rule.Bounds;
import dev.gatehouse.policy.rule.InstantBounds;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What some tests of one number or instant come to: worked out once for every bound and every stretch between two bounds, and
 * found by where the value stands. Immutable and thread-safe.
 */
final class Ladder {
    private final long[] rungs;
    private final int[] fine;

    /** Below the first rung, on it, between it and the next, and so on. */
    private final long[] words;

    private <T extends Comparable<T>> Ladder(
            SortedSet<T> bounds,
            ToLongFunction<T> key,
            ToIntFunction<T> rest,
            T lowest,
            UnaryOperator<T> next,
            ToLongFunction<T> word) {
        this.rungs = new long[bounds.size()];
        this.fine = new int[bounds.size()];
        this.words = new long[2 * bounds.size() + 1];
        words[0] = word.applyAsLong(lowest);
        int i = 0;
        for (T bound : bounds) {
            rungs[i] = key.applyAsLong(bound);
            fine[i] = rest.applyAsInt(bound);
            words[2 * i + 1] = word.applyAsLong(bound);
            words[2 * i + 2] = word.applyAsLong(next.apply(bound));
            i++;
        }
    }

    /** A ladder of numbers; none may be asked for that is none. */
    static Ladder ofNumbers(List<Bounds<Double>> tests, int base) {
        TreeSet<Double> bounds = new TreeSet<>();
        for (Bounds<Double> test : tests) {
            Stream.of(test.over(), test.atLeast(), test.below(), test.atMost())
                    .flatMap(Optional::stream)
                    .forEach(bound -> bounds.add(bound + 0.0));
            test.oneOf().forEach(one -> bounds.add(one + 0.0));
        }
        return new Ladder(
                bounds,
                Ladder::key,
                bound -> 0,
                Double.NEGATIVE_INFINITY,
                Math::nextUp,
                value -> word(tests.size(), base, i -> tests.get(i).admits(value)));
    }

    static Ladder ofInstants(List<InstantBounds> tests, int base) {
        TreeSet<Instant> bounds = new TreeSet<>();
        for (InstantBounds test : tests) {
            test.since().ifPresent(bounds::add);
            test.before().ifPresent(bounds::add);
        }
        return new Ladder(
                bounds,
                Instant::getEpochSecond,
                Instant::getNano,
                Instant.MIN,
                bound -> bound.equals(Instant.MAX) ? bound : bound.plusNanos(1),
                value -> word(tests.size(), base, i -> tests.get(i).admits(value)));
    }

    private static long word(int tests, int base, IntPredicate admits) {
        long word = 0;
        for (int i = 0; i < tests; i++) {
            word |= admits.test(i) ? 1L << (base + 2 * i) : 0;
        }
        return word;
    }

    /** The order of doubles as one of longs; both zeros are one. */
    private static long key(double value) {
        long bits = Double.doubleToLongBits(value + 0.0);
        return bits ^ ((bits >> 63) & Long.MAX_VALUE);
    }

    /** What the tests come to for a number that is one. */
    long at(double value) {
        return at(key(value), 0);
    }

    /** What the tests come to for an instant. */
    long at(Instant value) {
        return at(value.getEpochSecond(), value.getNano());
    }

    private long at(long key, int rest) {
        int low = 0;
        int high = rungs.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            long rung = rungs[middle];
            if (rung < key || (rung == key && fine[middle] < rest)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        boolean on = low < rungs.length && rungs[low] == key && fine[low] == rest;
        return words[on ? 2 * low + 1 : 2 * low];
    }
}
