package dev.gatehouse.policy;

import dev.gatehouse.policy.Explanation.Truth;
import org.jspecify.annotations.Nullable;

/**
 * Reads one fact, once, and says what every test of it comes to. Immutable and thread-safe.
 *
 * <p>A test has two bits of a word: the lower one is set if it is true, the upper one if it is unknown; neither if it is false
 * or there is nothing to test.
 */
abstract class Reader {
    /** The first bit of the first test. */
    final int base;

    /** The upper bits of all tests. */
    final long unknown;

    /** Whether the account's id must be known first. */
    final boolean readsId;

    Reader(int base, int tests) {
        this(base, tests, false);
    }

    Reader(int base, int tests, boolean readsId) {
        this.readsId = readsId;
        this.base = base;
        long lower = 0;
        for (int i = 0; i < tests; i++) {
            lower |= 1L << (base + 2 * i);
        }
        this.unknown = lower << 1;
    }

    /**
     * What the tests come to.
     *
     * @param id the account's id; given only if {@link #readsId} is set
     */
    abstract long read(AccessRequest q, Fact<String> id, long second, int nano, PolicyControls.State controls);

    final long missing(@Nullable Fact<?> answer, boolean mayBeAbsent) {
        return answer != null && answer.isAbsent() && mayBeAbsent ? 0 : unknown;
    }

    final long bit(int test) {
        return 1L << (base + 2 * test);
    }

    final long bits(int test, Truth truth) {
        return switch (truth) {
            case TRUE -> bit(test);
            case UNKNOWN -> bit(test) << 1;
            case FALSE, ABSENT -> 0;
        };
    }

    final long bits(int test, boolean holds) {
        return holds ? bit(test) : 0;
    }
}
