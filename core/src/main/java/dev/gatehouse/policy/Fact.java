package dev.gatehouse.policy;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An answer of the host: a value, <em>unknown</em> (the host does not know) or <em>absent</em> (there is none).
 *
 * <p>An unknown fact never lets a request through that a known one would stop. A host that answers {@code null} is read as
 * unknown. Immutable and thread-safe.
 *
 * @param <T> type of the value
 */
public final class Fact<T> {
    private static final Fact<?> UNKNOWN = new Fact<>(null, State.UNKNOWN);
    private static final Fact<?> ABSENT = new Fact<>(null, State.ABSENT);
    /** Unknown to everybody but the engine, which takes the time since the creation; so no host is asked twice. */
    private static final Fact<?> SINCE_CREATED = new Fact<>(null, State.UNKNOWN);

    private static final Fact<Boolean> TRUE = new Fact<>(Boolean.TRUE, State.KNOWN);
    private static final Fact<Boolean> FALSE = new Fact<>(Boolean.FALSE, State.KNOWN);

    private enum State {
        KNOWN,
        UNKNOWN,
        ABSENT
    }

    private final @Nullable T value;
    private final State state;

    private Fact(@Nullable T value, State state) {
        this.value = value;
        this.state = state;
    }

    /** A known value. */
    public static <T> Fact<T> of(T value) {
        return new Fact<>(Objects.requireNonNull(value, "value"), State.KNOWN);
    }

    /** A known truth value, without a new object. */
    public static Fact<Boolean> of(boolean value) {
        return value ? TRUE : FALSE;
    }

    /** The host does not know. */
    @SuppressWarnings("unchecked")
    public static <T> Fact<T> unknown() {
        return (Fact<T>) UNKNOWN;
    }

    /** There is none: no project in this request, no account behind a trusted publisher. */
    @SuppressWarnings("unchecked")
    public static <T> Fact<T> absent() {
        return (Fact<T>) ABSENT;
    }

    @SuppressWarnings("unchecked")
    static <T> Fact<T> sinceCreated() {
        return (Fact<T>) SINCE_CREATED;
    }

    @SuppressWarnings("ReferenceEquality")
    boolean isSinceCreated() {
        return this == SINCE_CREATED;
    }

    /** What the host answered, with nothing for an answer read as unknown, and absence only where it may be. */
    @SuppressWarnings("NullAway")
    static <T> Fact<T> read(@Nullable Fact<T> answer, boolean mayBeAbsent) {
        if (answer == null || (answer.state == State.ABSENT && !mayBeAbsent)) {
            return unknown();
        }
        return answer;
    }

    /** The value if known, otherwise unknown: for hosts with nullable columns whose {@code null} means "not recorded". */
    public static <T> Fact<T> ofNullable(@Nullable T value) {
        return value == null ? unknown() : of(value);
    }

    public boolean isKnown() {
        return value != null;
    }

    public boolean isUnknown() {
        return state == State.UNKNOWN;
    }

    public boolean isAbsent() {
        return state == State.ABSENT;
    }

    /**
     * The known value.
     *
     * @throws IllegalStateException if the fact is unknown or absent
     */
    public T value() {
        T known = value;
        if (known == null) {
            throw new IllegalStateException("the fact is " + this);
        }
        return known;
    }

    @Nullable
    T orNull() {
        return value;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Fact<?> that && state == that.state && Objects.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return Objects.hash(state, value);
    }

    @Override
    public String toString() {
        return value != null ? value.toString() : state.name().toLowerCase(Locale.ROOT);
    }
}
