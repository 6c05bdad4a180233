package dev.gatehouse.testkit.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/**
 * The values of one fact that a policy can tell apart: at, just below and just above each of its constants, each set of its
 * names. Simplest first, which is where shrinking ends.
 */
sealed interface Domain {
    /** How many values there are; never more than {@link Long#MAX_VALUE}. */
    long size();

    /** The value at a position from 0. */
    Object at(long index);

    Arbitrary<Object> arbitrary();

    /** These values, without duplicates. */
    static Domain of(Collection<?> values) {
        return new Choice(List.copyOf(new LinkedHashSet<>(values)));
    }

    /** Every set of these names. */
    static Domain sets(Collection<String> names) {
        return new Sets(List.copyOf(new LinkedHashSet<>(names)));
    }

    /** One of a few. */
    record Choice(List<Object> values) implements Domain {
        @Override
        public long size() {
            return values.size();
        }

        @Override
        public Object at(long index) {
            return values.get((int) index);
        }

        @Override
        public Arbitrary<Object> arbitrary() {
            return Arbitraries.of(values);
        }
    }

    /** A set of names, as a set of bits. */
    record Sets(List<String> names) implements Domain {
        @Override
        public long size() {
            return names.size() > 62 ? Long.MAX_VALUE : 1L << names.size();
        }

        @Override
        public Object at(long index) {
            Set<String> set = new LinkedHashSet<>();
            for (int i = 0; i < names.size(); i++) {
                if ((index >> i & 1) == 1) {
                    set.add(names.get(i));
                }
            }
            return Set.copyOf(set);
        }

        @Override
        public Arbitrary<Object> arbitrary() {
            return Arbitraries.subsetOf(names).map(set -> Set.copyOf(new ArrayList<>(set)));
        }
    }
}
