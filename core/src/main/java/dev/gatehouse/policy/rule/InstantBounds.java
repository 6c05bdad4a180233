package dev.gatehouse.policy.rule;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The half-open span an instant must lie in: {@code since} &lt;= instant &lt; {@code before}; either may be missing.
 * Immutable and thread-safe.
 */
public final class InstantBounds {
    private static final InstantBounds NONE = new InstantBounds(null, null);

    private final @Nullable Instant since;
    private final @Nullable Instant before;

    private InstantBounds(@Nullable Instant since, @Nullable Instant before) {
        this.since = since;
        this.before = before;
    }

    /** No bound: a condition does not read the instant. */
    public static InstantBounds none() {
        return NONE;
    }

    public static InstantBounds since(Instant since) {
        return new InstantBounds(since, null);
    }

    public static InstantBounds before(Instant before) {
        return new InstantBounds(null, before);
    }

    public InstantBounds andBefore(Instant bound) {
        return new InstantBounds(since, bound);
    }

    public InstantBounds andSince(Instant bound) {
        return new InstantBounds(bound, before);
    }

    public boolean isNone() {
        return since == null && before == null;
    }

    /** Whether the instant lies in the span. */
    public boolean admits(Instant instant) {
        return (since == null || !instant.isBefore(since)) && (before == null || instant.isBefore(before));
    }

    public Optional<Instant> since() {
        return Optional.ofNullable(since);
    }

    public Optional<Instant> before() {
        return Optional.ofNullable(before);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof InstantBounds that
                && java.util.Objects.equals(since, that.since)
                && java.util.Objects.equals(before, that.before);
    }

    @Override
    public int hashCode() {
        return java.util.Objects.hash(since, before);
    }

    @Override
    public String toString() {
        String from = since == null ? "" : "since " + since;
        String to = before == null ? "" : "before " + before;
        return isNone() ? "any" : (from + " " + to).strip();
    }
}
