package dev.gatehouse.policy.rule;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How recent a proof must be: of this request, of this session, or younger than a duration (exclusive at its end). Immutable
 * and thread-safe.
 */
public final class Within {
    /** Only what this request carried. */
    public static final Within REQUEST = new Within("request", null);
    /** Any proof of this session or request. */
    public static final Within SESSION = new Within("session", null);

    private final String word;
    private final @Nullable Duration duration;

    private Within(String word, @Nullable Duration duration) {
        this.word = word;
        this.duration = duration;
    }

    /**
     * Younger than this, however the proof came.
     *
     * @throws IllegalArgumentException if the duration is not above zero
     */
    public static Within of(Duration duration) {
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException("duration: not above zero");
        }
        return new Within(duration.toString(), duration);
    }

    /** The duration, or empty for {@link #REQUEST} and {@link #SESSION}. */
    public Optional<Duration> duration() {
        return Optional.ofNullable(duration);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Within that && word.equals(that.word) && Objects.equals(duration, that.duration);
    }

    @Override
    public int hashCode() {
        return word.hashCode();
    }

    /** The word of the policy language, or the ISO duration. */
    @Override
    public String toString() {
        return word;
    }
}
