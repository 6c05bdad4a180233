package dev.gatehouse.factor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The factors that a rule accepts: any of these classes or kinds.
 *
 * <p>A recovery code never counts as enrolled, and counts as proven only where it is listed. Immutable and thread-safe;
 * equal by content.
 */
public final class FactorSelector {
    private static final int CLASS_SHIFT = 32;

    private final List<FactorClass> classes;
    private final List<FactorKind> kinds;
    private final long bits;
    private final long enrolledBits;
    private final boolean custom;

    private FactorSelector(Collection<FactorClass> classes, Collection<FactorKind> kinds) {
        this.classes = List.copyOf(new TreeSet<>(classes));
        List<FactorKind> sorted = new ArrayList<>(new java.util.LinkedHashSet<>(kinds));
        sorted.sort(java.util.Comparator.comparing(FactorKind::id));
        this.kinds = List.copyOf(sorted);
        if (this.classes.isEmpty() && this.kinds.isEmpty()) {
            throw new IllegalArgumentException("a selector names at least one class or kind");
        }
        long mask = 0;
        boolean anyCustom = false;
        for (FactorClass factorClass : this.classes) {
            mask |= 1L << (CLASS_SHIFT + factorClass.rank());
        }
        for (FactorKind kind : this.kinds) {
            if (kind.bit() >= 0) {
                mask |= 1L << kind.bit();
            } else {
                anyCustom = true;
            }
        }
        this.bits = mask;
        this.enrolledBits = mask & ~(1L << FactorKind.RECOVERY_CODE.bit());
        this.custom = anyCustom;
    }

    /** Any factor of these classes. */
    public static FactorSelector ofClasses(FactorClass... classes) {
        return new FactorSelector(List.of(classes), List.of());
    }

    /** Exactly these kinds. */
    public static FactorSelector ofKinds(FactorKind... kinds) {
        return new FactorSelector(List.of(), List.of(kinds));
    }

    /**
     * Any of these classes or kinds.
     *
     * @throws IllegalArgumentException if both are empty
     */
    public static FactorSelector of(Collection<FactorClass> classes, Collection<FactorKind> kinds) {
        return new FactorSelector(classes, kinds);
    }

    public List<FactorClass> classes() {
        return classes;
    }

    /** The kinds listed by name, sorted by id. */
    public List<FactorKind> kinds() {
        return kinds;
    }

    /** Whether a proof of this kind and strength is accepted. */
    public boolean accepts(FactorKind kind, @Nullable FactorClass strength) {
        return (bitsOf(kind, strength) & bits) != 0 || (custom && kinds.contains(kind));
    }

    /** Whether this factor, at its asserted strength, is accepted as a proof. */
    public boolean accepts(EnrolledFactor factor) {
        return (factor.bits() & bits) != 0 || (custom && kinds.contains(factor.kind()));
    }

    /** Whether some enrolled factor is accepted; a recovery code never is. */
    public boolean acceptsAny(EnrolledFactors enrolled) {
        return (enrolled.bits() & enrolledBits) != 0 || (custom && acceptsAnyCustom(enrolled));
    }

    private boolean acceptsAnyCustom(EnrolledFactors enrolled) {
        for (EnrolledFactor factor : enrolled.list()) {
            if (!factor.kind().equals(FactorKind.RECOVERY_CODE) && kinds.contains(factor.kind())) {
                return true;
            }
        }
        return false;
    }

    static long bitsOf(FactorKind kind, @Nullable FactorClass strength) {
        long mask = kind.bit() >= 0 ? 1L << kind.bit() : 0;
        if (strength != null) {
            for (int i = 0; i <= strength.rank(); i++) {
                mask |= 1L << (CLASS_SHIFT + i);
            }
        }
        return mask;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FactorSelector that && classes.equals(that.classes) && kinds.equals(that.kinds);
    }

    @Override
    public int hashCode() {
        return Objects.hash(classes, kinds);
    }

    @Override
    public String toString() {
        List<String> words = new ArrayList<>();
        classes.forEach(c -> words.add(c.id()));
        kinds.forEach(k -> words.add(k.id()));
        return words.toString();
    }
}
