package dev.gatehouse.policy.rule;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The bounds a value must keep: {@code over} &gt;, {@code at-least} &gt;=, {@code below} &lt;, {@code at-most} &lt;=, or one
 * of a list; all that are given must hold. Immutable and thread-safe.
 *
 * @param <T> the type of the value: a duration, or a number as {@code Double}
 */
public final class Bounds<T extends Comparable<T>> {
    private static final Bounds<?> NONE = new Bounds<Integer>(null, null, null, null, List.of());

    private final @Nullable T over;
    private final @Nullable T atLeast;
    private final @Nullable T below;
    private final @Nullable T atMost;
    private final List<T> oneOf;

    private Bounds(@Nullable T over, @Nullable T atLeast, @Nullable T below, @Nullable T atMost, List<T> oneOf) {
        this.over = over;
        this.atLeast = atLeast;
        this.below = below;
        this.atMost = atMost;
        this.oneOf = oneOf;
    }

    /** No bound: every value keeps it, and a condition does not read the value. */
    @SuppressWarnings("unchecked")
    public static <T extends Comparable<T>> Bounds<T> none() {
        return (Bounds<T>) NONE;
    }

    public static <T extends Comparable<T>> Bounds<T> over(T bound) {
        return Bounds.<T>none().andOver(bound);
    }

    public static <T extends Comparable<T>> Bounds<T> atLeast(T bound) {
        return Bounds.<T>none().andAtLeast(bound);
    }

    public static <T extends Comparable<T>> Bounds<T> below(T bound) {
        return Bounds.<T>none().andBelow(bound);
    }

    public static <T extends Comparable<T>> Bounds<T> atMost(T bound) {
        return Bounds.<T>none().andAtMost(bound);
    }

    /** One of these values; the list is sorted and its duplicates are dropped. */
    public static <T extends Comparable<T>> Bounds<T> oneOf(List<T> values) {
        return Bounds.<T>none().andOneOf(values);
    }

    public Bounds<T> andOver(T bound) {
        return new Bounds<>(Objects.requireNonNull(bound), atLeast, below, atMost, oneOf);
    }

    public Bounds<T> andAtLeast(T bound) {
        return new Bounds<>(over, Objects.requireNonNull(bound), below, atMost, oneOf);
    }

    public Bounds<T> andBelow(T bound) {
        return new Bounds<>(over, atLeast, Objects.requireNonNull(bound), atMost, oneOf);
    }

    public Bounds<T> andAtMost(T bound) {
        return new Bounds<>(over, atLeast, below, Objects.requireNonNull(bound), oneOf);
    }

    public Bounds<T> andOneOf(List<T> values) {
        return new Bounds<>(
                over,
                atLeast,
                below,
                atMost,
                values.stream().distinct().sorted().toList());
    }

    /** Whether nothing is bounded. */
    public boolean isNone() {
        return over == null && atLeast == null && below == null && atMost == null && oneOf.isEmpty();
    }

    /** Whether the value keeps every bound. */
    public boolean admits(T value) {
        if (over != null && compare(value, over) <= 0) {
            return false;
        }
        if (atLeast != null && compare(value, atLeast) < 0) {
            return false;
        }
        if (below != null && compare(value, below) >= 0) {
            return false;
        }
        if (atMost != null && compare(value, atMost) > 0) {
            return false;
        }
        return oneOf.isEmpty() || oneOf.stream().anyMatch(one -> compare(value, one) == 0);
    }

    /** As {@code compareTo}, but zero is zero whatever its sign. */
    private static <T extends Comparable<T>> int compare(T a, T b) {
        return a instanceof Double x && b instanceof Double y ? Double.compare(x + 0.0, y + 0.0) : a.compareTo(b);
    }

    /** Whether a value above every other keeps the bounds, as a lifetime without end. */
    public boolean admitsEndless() {
        return below == null && atMost == null && oneOf.isEmpty();
    }

    /** The bound of {@code over}, if given. */
    public Optional<T> over() {
        return Optional.ofNullable(over);
    }

    /** The bound of {@code at-least}, if given. */
    public Optional<T> atLeast() {
        return Optional.ofNullable(atLeast);
    }

    /** The bound of {@code below}, if given. */
    public Optional<T> below() {
        return Optional.ofNullable(below);
    }

    /** The bound of {@code at-most}, if given. */
    public Optional<T> atMost() {
        return Optional.ofNullable(atMost);
    }

    /** The values of {@code one-of}; empty if not given. */
    public List<T> oneOf() {
        return oneOf;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Bounds<?> that
                && Objects.equals(over, that.over)
                && Objects.equals(atLeast, that.atLeast)
                && Objects.equals(below, that.below)
                && Objects.equals(atMost, that.atMost)
                && oneOf.equals(that.oneOf);
    }

    @Override
    public int hashCode() {
        return Objects.hash(over, atLeast, below, atMost, oneOf);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        append(text, "over", over);
        append(text, "at-least", atLeast);
        append(text, "below", below);
        append(text, "at-most", atMost);
        append(text, "one-of", oneOf.isEmpty() ? null : oneOf);
        return text.length() == 0 ? "any" : text.toString();
    }

    private static void append(StringBuilder text, String word, @Nullable Object bound) {
        if (bound != null) {
            text.append(text.length() == 0 ? "" : " ").append(word).append(' ').append(bound);
        }
    }
}
