package dev.gatehouse.factor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The set of factors that an account has set up. Immutable and thread-safe; equal by content. */
public final class EnrolledFactors {
    private static final EnrolledFactors NONE = new EnrolledFactors(List.of());

    private final List<EnrolledFactor> factors;
    private final long bits;

    private EnrolledFactors(List<EnrolledFactor> factors) {
        this.factors = factors;
        long mask = 0;
        for (EnrolledFactor factor : factors) {
            mask |= factor.bits();
        }
        this.bits = mask;
    }

    /** The account has no factor. */
    public static EnrolledFactors none() {
        return NONE;
    }

    /** One factor of each kind, each of its kind's weakest strength. */
    public static EnrolledFactors of(FactorKind... kinds) {
        List<EnrolledFactor> list = new ArrayList<>();
        for (FactorKind kind : kinds) {
            list.add(EnrolledFactor.of(kind));
        }
        return of(list);
    }

    /** These factors; duplicates are merged. */
    public static EnrolledFactors of(Collection<EnrolledFactor> factors) {
        return factors.isEmpty() ? NONE : new EnrolledFactors(List.copyOf(new LinkedHashSet<>(factors)));
    }

    public List<EnrolledFactor> list() {
        return factors;
    }

    /** What is left after this factor is removed. */
    public EnrolledFactors without(EnrolledFactor removed) {
        List<EnrolledFactor> left = new ArrayList<>(factors);
        left.remove(removed);
        return of(left);
    }

    /** Whether any factor of the kind is set up. */
    public boolean has(FactorKind kind) {
        for (EnrolledFactor factor : factors) {
            if (factor.kind().equals(kind)) {
                return true;
            }
        }
        return false;
    }

    long bits() {
        return bits;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EnrolledFactors that
                && new LinkedHashSet<>(factors).equals(new LinkedHashSet<>(that.factors));
    }

    @Override
    public int hashCode() {
        return new LinkedHashSet<>(factors).hashCode();
    }

    @Override
    public String toString() {
        return factors.toString();
    }
}
