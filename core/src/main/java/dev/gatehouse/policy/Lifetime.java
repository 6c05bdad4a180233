package dev.gatehouse.policy;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How long a token lives from its making: a duration, or endless, which is over every bound. Immutable and thread-safe. */
public final class Lifetime {
    private static final Lifetime ENDLESS = new Lifetime(null);

    private final @Nullable Duration duration;

    private Lifetime(@Nullable Duration duration) {
        this.duration = duration;
    }

    /** A token without expiry. */
    public static Lifetime endless() {
        return ENDLESS;
    }

    /** A token that expires this long after its making. */
    public static Lifetime of(Duration duration) {
        return new Lifetime(Objects.requireNonNull(duration, "duration"));
    }

    /** The duration, or empty if endless. */
    public Optional<Duration> duration() {
        return Optional.ofNullable(duration);
    }

    @Nullable
    Duration durationOrNull() {
        return duration;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Lifetime that && Objects.equals(duration, that.duration);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(duration);
    }

    @Override
    public String toString() {
        return duration == null ? "endless" : duration.toString();
    }
}
