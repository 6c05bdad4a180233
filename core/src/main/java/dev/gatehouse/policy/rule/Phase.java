package dev.gatehouse.policy.rule;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A span of time in which a requirement has a mode, perhaps for a cohort, a share of accounts or while a switch is on.
 *
 * <p>Active while {@code from <= now < until}; without {@code from} it always was, without {@code until} it stays. Windows
 * stand instead of both. Immutable and thread-safe; equal by content.
 */
public final class Phase {
    private final Mode mode;
    private final @Nullable Instant from;
    private final @Nullable Instant until;
    private final List<Window> windows;
    private final Condition when;
    private final Condition unless;
    private final @Nullable BigDecimal share;
    private final @Nullable String switchName;
    private final boolean tentative;

    private Phase(Builder b) {
        this.mode = b.mode;
        this.from = b.from;
        this.until = b.until;
        List<Window> sorted = new ArrayList<>(b.windows);
        sorted.sort(Comparator.comparing(Window::from));
        this.windows = List.copyOf(sorted);
        this.when = b.when;
        this.unless = b.unless;
        this.share = b.share;
        this.switchName = b.switchName;
        this.tentative = b.tentative;
    }

    /** A builder of a phase that is active always until narrowed. */
    public static Builder builder(Mode mode) {
        return new Builder(mode);
    }

    /** A phase that begins and does not end. */
    public static Phase from(Mode mode, Instant from) {
        return builder(mode).from(from).build();
    }

    public Mode mode() {
        return mode;
    }

    /** The first active instant, or empty if the phase always was. */
    public Optional<Instant> from() {
        return Optional.ofNullable(from);
    }

    /** The first instant after the phase, or empty if it stays. */
    public Optional<Instant> until() {
        return Optional.ofNullable(until);
    }

    /** Windows instead of {@code from} and {@code until}; sorted. */
    public List<Window> windows() {
        return windows;
    }

    public Condition when() {
        return when;
    }

    public Condition unless() {
        return unless;
    }

    /** Percent of accounts inside, above 0 to 100 with at most four decimals, without trailing zeros. */
    public Optional<BigDecimal> share() {
        return Optional.ofNullable(share);
    }

    /** The switch that must be on. */
    public Optional<String> switchName() {
        return Optional.ofNullable(switchName);
    }

    /** Whether the date is only a plan: never more than {@link Mode#ANNOUNCE}. */
    public boolean tentative() {
        return tentative;
    }

    /** Whether time alone would make the phase active now; switch, cohort and share are not read. */
    public boolean isOn(Instant now) {
        if (!windows.isEmpty()) {
            for (Window window : windows) {
                if (!now.isBefore(window.from()) && now.isBefore(window.until())) {
                    return true;
                }
            }
            return false;
        }
        return (from == null || !now.isBefore(from)) && (until == null || now.isBefore(until));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Phase that
                && mode == that.mode
                && Objects.equals(from, that.from)
                && Objects.equals(until, that.until)
                && windows.equals(that.windows)
                && when.equals(that.when)
                && unless.equals(that.unless)
                && Objects.equals(share, that.share)
                && Objects.equals(switchName, that.switchName)
                && tentative == that.tentative;
    }

    @Override
    public int hashCode() {
        return Objects.hash(mode, from, until, windows, when, unless, share, switchName, tentative);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(mode.id());
        if (tentative) {
            text.append(" (tentative)");
        }
        if (from != null) {
            text.append(" from ").append(from);
        }
        if (until != null) {
            text.append(" until ").append(until);
        }
        if (!windows.isEmpty()) {
            text.append(" in ").append(windows);
        }
        if (!when.isEmpty()) {
            text.append(" when ").append(when);
        }
        if (!unless.isEmpty()) {
            text.append(" unless ").append(unless);
        }
        if (share != null) {
            text.append(" for ").append(share).append(" %");
        }
        if (switchName != null) {
            text.append(" while ").append(switchName);
        }
        return text.toString();
    }

    /** Builds a {@link Phase}; not thread-safe, may be reused. */
    public static final class Builder {
        private final Mode mode;
        private @Nullable Instant from;
        private @Nullable Instant until;
        private List<Window> windows = List.of();
        private Condition when = Condition.empty();
        private Condition unless = Condition.empty();
        private @Nullable BigDecimal share;
        private @Nullable String switchName;
        private boolean tentative;

        private Builder(Mode mode) {
            this.mode = Objects.requireNonNull(mode, "mode");
        }

        public Builder from(Instant first) {
            this.from = first;
            return this;
        }

        public Builder until(Instant end) {
            this.until = end;
            return this;
        }

        public Builder windows(Collection<Window> all) {
            this.windows = List.copyOf(all);
            return this;
        }

        public Builder when(Condition cohort) {
            this.when = cohort;
            return this;
        }

        public Builder unless(Condition exemption) {
            this.unless = exemption;
            return this;
        }

        /** Percent of accounts, above 0 to 100, at most four decimals; checked when the policy is built (P35). */
        public Builder share(BigDecimal percent) {
            BigDecimal stripped = percent.stripTrailingZeros();
            this.share = stripped.scale() < 0 ? stripped.setScale(0) : stripped;
            return this;
        }

        public Builder switchName(String name) {
            this.switchName = name;
            return this;
        }

        public Builder tentative() {
            this.tentative = true;
            return this;
        }

        /** The phase; combinations are checked with the whole policy (P31, P33, P35). */
        public Phase build() {
            return new Phase(this);
        }
    }
}
