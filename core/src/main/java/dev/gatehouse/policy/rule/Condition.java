package dev.gatehouse.policy.rule;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Atoms that must all hold, and at most one list of alternatives of which one must hold.
 *
 * <p>At most one atom per key. Alternatives do not nest. The empty condition holds always as {@code when} and never as
 * {@code unless}. Immutable and thread-safe; equal by content, whatever the order of atoms and alternatives.
 */
public final class Condition {
    private static final Condition EMPTY = new Condition(List.of(), List.of());

    private final List<Atom> atoms;
    private final List<Condition> anyOf;

    private Condition(List<Atom> atoms, List<Condition> anyOf) {
        this.atoms = atoms;
        this.anyOf = anyOf;
    }

    /** The condition that asks nothing. */
    public static Condition empty() {
        return EMPTY;
    }

    /**
     * All these atoms.
     *
     * @throws IllegalArgumentException if two atoms have the same key
     */
    public static Condition all(Atom... atoms) {
        return all(List.of(atoms));
    }

    /**
     * All these atoms.
     *
     * @throws IllegalArgumentException if two atoms have the same key
     */
    public static Condition all(Collection<Atom> atoms) {
        List<Atom> sorted = new ArrayList<>(atoms);
        sorted.sort(Comparator.comparing(Atom::key));
        for (int i = 1; i < sorted.size(); i++) {
            if (sorted.get(i).key().equals(sorted.get(i - 1).key())) {
                throw new IllegalArgumentException("atoms: '" + sorted.get(i).key() + "' is given twice");
            }
        }
        return sorted.isEmpty() ? EMPTY : new Condition(List.copyOf(sorted), List.of());
    }

    /** One of these alternatives. */
    public static Condition anyOf(Condition... alternatives) {
        return EMPTY.andAnyOf(List.of(alternatives));
    }

    /**
     * These atoms and also one of the alternatives.
     *
     * @throws IllegalArgumentException if there are fewer than two that differ, or one is empty or has alternatives itself
     */
    public Condition andAnyOf(Collection<Condition> alternatives) {
        List<Condition> copy = new ArrayList<>(new java.util.LinkedHashSet<>(alternatives));
        if (copy.size() < 2) {
            throw new IllegalArgumentException("alternatives: two or more that differ");
        }
        for (Condition alternative : copy) {
            if (!alternative.anyOf.isEmpty()) {
                throw new IllegalArgumentException("alternatives: any-of inside any-of: write two requirements");
            }
            if (alternative.atoms.isEmpty()) {
                throw new IllegalArgumentException("alternatives: an empty one always holds");
            }
        }
        copy.sort(Comparator.comparing(Condition::toString));
        return new Condition(atoms, List.copyOf(copy));
    }

    /** The atoms that must all hold, sorted by key. */
    public List<Atom> atoms() {
        return atoms;
    }

    /** The alternatives of which one must hold; empty if there are none. */
    public List<Condition> anyOf() {
        return anyOf;
    }

    /** The atom with this key outside the alternatives. */
    public Optional<Atom> atom(String key) {
        return atoms.stream().filter(a -> a.key().equals(key)).findFirst();
    }

    public boolean isEmpty() {
        return atoms.isEmpty() && anyOf.isEmpty();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Condition that && atoms.equals(that.atoms) && anyOf.equals(that.anyOf);
    }

    @Override
    public int hashCode() {
        return Objects.hash(atoms, anyOf);
    }

    @Override
    public String toString() {
        return anyOf.isEmpty() ? atoms.toString() : atoms + " any of " + anyOf;
    }
}
