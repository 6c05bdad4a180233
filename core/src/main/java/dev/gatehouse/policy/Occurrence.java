package dev.gatehouse.policy;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** When an event of an account last happened, or that it never did. Immutable and thread-safe. */
public final class Occurrence {
    private static final Occurrence NEVER = new Occurrence(null);

    private final @Nullable Instant last;

    private Occurrence(@Nullable Instant last) {
        this.last = last;
    }

    /** The event never happened. */
    public static Occurrence never() {
        return NEVER;
    }

    /** The event last happened then. */
    public static Occurrence at(Instant last) {
        return new Occurrence(Objects.requireNonNull(last, "last"));
    }

    /** The last time, or empty if never. */
    public Optional<Instant> last() {
        return Optional.ofNullable(last);
    }

    @Nullable
    Instant lastOrNull() {
        return last;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Occurrence that && Objects.equals(last, that.last);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(last);
    }

    @Override
    public String toString() {
        return last == null ? "never" : last.toString();
    }
}
