package dev.gatehouse.state;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A named part of the short-lived state for keys of one kind, with a capacity of its own.
 *
 * <p>Spaces never touch each other: the same key in two spaces is two entries, and a space that is full leaves the others
 * alone. A space is a constant of the code that owns it. Within one state a name has one kind and one capacity.
 * Immutable and thread-safe.
 *
 * @param kind what its keys are for
 * @param name lower-case words joined by {@code . - _}, 48 characters at most; stable, for stores keep it
 * @param capacity the most live keys, 1 to 10,000,000; when it is reached new keys are refused
 */
public record StateSpace(Kind kind, String name, int capacity) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9._-]{0,47}");
    private static final int MAX_CAPACITY = 10_000_000;

    /** What the keys of a space are for. */
    public enum Kind {
        CLAIM,
        VALUE,
        COUNTER
    }

    /** Checks the bounds. */
    public StateSpace {
        Objects.requireNonNull(kind, "kind");
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("name: not lower-case words of 48 characters at most");
        }
        if (capacity < 1 || capacity > MAX_CAPACITY) {
            throw new IllegalArgumentException("capacity: 1 to " + MAX_CAPACITY);
        }
    }

    /** A space for {@link EphemeralState#claim}. */
    public static StateSpace claims(String name, int capacity) {
        return new StateSpace(Kind.CLAIM, name, capacity);
    }

    /** A space for {@link EphemeralState#put} and {@link EphemeralState#take}. */
    public static StateSpace values(String name, int capacity) {
        return new StateSpace(Kind.VALUE, name, capacity);
    }

    /** A space for {@link EphemeralState#count}, {@link EphemeralState#withdraw} and {@link EphemeralState#forget}. */
    public static StateSpace counters(String name, int capacity) {
        return new StateSpace(Kind.COUNTER, name, capacity);
    }

    /**
     * Holds that the space is of the kind that an operation needs; for implementations.
     *
     * @throws IllegalArgumentException if it is of another kind
     */
    public void require(Kind needed) {
        if (kind != needed) {
            throw new IllegalArgumentException("space: " + name + " is for " + kind + ", not " + needed);
        }
    }
}
