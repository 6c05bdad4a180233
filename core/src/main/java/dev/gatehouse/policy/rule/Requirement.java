package dev.gatehouse.policy.rule;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One rule: for these actions, when this holds, unless that holds, the caller must meet this demand, in these phases.
 *
 * <p>Without phases it is enforced always; without {@code when} it binds everybody. Immutable and thread-safe; equal by
 * content, whatever the order in which it was written.
 */
public final class Requirement {
    private final String id;
    private final List<String> actions;
    private final List<String> except;
    private final Condition when;
    private final Condition unless;
    private final Condition demand;
    private final @Nullable Remedy remedy;
    private final @Nullable String message;
    private final @Nullable String notice;
    private final List<Phase> phases;

    private Requirement(Builder b) {
        this.id = b.id;
        this.actions = List.copyOf(new TreeSet<>(b.actions));
        this.except = List.copyOf(new TreeSet<>(b.except));
        this.when = b.when;
        this.unless = b.unless;
        this.demand = b.demand;
        this.remedy = b.remedy;
        this.message = b.message;
        this.notice = b.notice;
        List<Phase> sorted = new ArrayList<>(new java.util.LinkedHashSet<>(b.phases));
        sorted.sort(Comparator.comparing((Phase p) -> p.from().orElse(java.time.Instant.MIN))
                .thenComparing(Phase::toString));
        this.phases = List.copyOf(sorted);
    }

    /**
     * A builder of a requirement.
     *
     * @param id lower-case letters, digits and {@code -}, starting with a letter; checked with the policy (P06)
     * @param actions actions, groups or umbrellas ({@code all}, {@code manage}, {@code write})
     * @param demand what the caller must meet
     */
    public static Builder builder(String id, Collection<String> actions, Condition demand) {
        return new Builder(id, actions, demand);
    }

    public String id() {
        return id;
    }

    /** Actions, groups or umbrellas as written; sorted. {@link Vocabulary#expand} resolves them. */
    public List<String> actions() {
        return actions;
    }

    /** Groups or actions taken out again; sorted. */
    public List<String> except() {
        return except;
    }

    public Condition when() {
        return when;
    }

    public Condition unless() {
        return unless;
    }

    public Condition demand() {
        return demand;
    }

    /** The one remedy that replaces those of the demand's atoms. */
    public Optional<Remedy> remedy() {
        return Optional.ofNullable(remedy);
    }

    /** The template of the refusal's text. */
    public Optional<String> message() {
        return Optional.ofNullable(message);
    }

    /** The template of the warning's text. */
    public Optional<String> notice() {
        return Optional.ofNullable(notice);
    }

    /** The phases; empty means enforced always. */
    public List<Phase> phases() {
        return phases;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Requirement that
                && id.equals(that.id)
                && actions.equals(that.actions)
                && except.equals(that.except)
                && when.equals(that.when)
                && unless.equals(that.unless)
                && demand.equals(that.demand)
                && remedy == that.remedy
                && Objects.equals(message, that.message)
                && Objects.equals(notice, that.notice)
                && phases.equals(that.phases);
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, actions, except, when, unless, demand, remedy, message, notice, phases);
    }

    @Override
    public String toString() {
        return id + " on " + actions + (except.isEmpty() ? "" : " except " + except) + " demands " + demand + " "
                + (phases.isEmpty() ? "always" : phases);
    }

    /** Builds a {@link Requirement}; not thread-safe, may be reused. */
    public static final class Builder {
        private final String id;
        private final List<String> actions;
        private final Condition demand;
        private List<String> except = List.of();
        private Condition when = Condition.empty();
        private Condition unless = Condition.empty();
        private @Nullable Remedy remedy;
        private @Nullable String message;
        private @Nullable String notice;
        private List<Phase> phases = List.of();

        private Builder(String id, Collection<String> actions, Condition demand) {
            this.id = Objects.requireNonNull(id, "id");
            this.actions = List.copyOf(actions);
            this.demand = Objects.requireNonNull(demand, "demand");
        }

        public Builder except(Collection<String> removed) {
            this.except = List.copyOf(removed);
            return this;
        }

        public Builder when(Condition bound) {
            this.when = bound;
            return this;
        }

        public Builder unless(Condition exempt) {
            this.unless = exempt;
            return this;
        }

        public Builder remedy(Remedy one) {
            this.remedy = one;
            return this;
        }

        /** The refusal's template; needed if any phase enforces (P36). */
        public Builder message(String template) {
            this.message = template;
            return this;
        }

        /** The warning's template; needed if any phase warns (P36). */
        public Builder notice(String template) {
            this.notice = template;
            return this;
        }

        public Builder phases(Collection<Phase> all) {
            this.phases = List.copyOf(all);
            return this;
        }

        public Builder phases(Phase... all) {
            return phases(List.of(all));
        }

        public Requirement build() {
            return new Requirement(this);
        }
    }
}
