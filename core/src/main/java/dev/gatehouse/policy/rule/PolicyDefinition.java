package dev.gatehouse.policy.rule;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A whole policy as data: vocabulary and requirements, whatever preset it was made from.
 *
 * <p>A definition may hold errors; {@code TwoFactorPolicy} refuses to be built from one that does. Immutable and
 * thread-safe; equal by content, whatever the order of its parts.
 */
public final class PolicyDefinition {
    private final String name;
    private final int revision;
    private final @Nullable LocalDate reviewed;
    private final List<String> lineage;
    private final List<String> dropped;
    private final List<String> ungated;
    private final Set<String> shipped;
    private final Vocabulary vocabulary;
    private final List<Requirement> requirements;
    private final Map<String, Requirement> byId;

    private PolicyDefinition(Builder b) {
        this.name = b.name;
        this.revision = b.revision;
        this.reviewed = b.reviewed;
        this.lineage = List.copyOf(b.lineage);
        this.dropped = List.copyOf(new TreeSet<>(b.dropped));
        this.ungated = List.copyOf(new TreeSet<>(b.ungated));
        this.vocabulary = b.vocabulary;
        List<Requirement> sorted = new ArrayList<>(b.requirements.values());
        sorted.sort(Comparator.comparing(Requirement::id));
        this.requirements = List.copyOf(sorted);
        Map<String, Requirement> map = new LinkedHashMap<>();
        sorted.forEach(r -> map.put(r.id(), r));
        this.byId = map;
        Set<String> unchanged = new TreeSet<>(b.shipped);
        unchanged.retainAll(map.keySet());
        this.shipped = Collections.unmodifiableSet(unchanged);
    }

    /** A builder of a definition that has no requirement yet. */
    public static Builder builder(String name, int revision) {
        return new Builder(name, revision);
    }

    /** A builder that starts with everything this definition has. */
    public Builder toBuilder() {
        Builder b = new Builder(name, revision)
                .lineage(lineage)
                .dropped(dropped)
                .ungated(ungated)
                .vocabulary(vocabulary)
                .requirements(requirements)
                .shipped(shipped);
        b.reviewed = reviewed;
        return b;
    }

    public String name() {
        return name;
    }

    public int revision() {
        return revision;
    }

    /** The day on which the policy was last compared with what the registry publishes. */
    public Optional<LocalDate> reviewed() {
        return Optional.ofNullable(reviewed);
    }

    /** The presets this was extended from, nearest first, as {@code name/revision}. */
    public List<String> lineage() {
        return lineage;
    }

    /** Requirements of a parent that were dropped: loosenings. */
    public List<String> dropped() {
        return dropped;
    }

    /** Action groups that are acknowledged to be covered by no requirement. */
    public List<String> ungated() {
        return ungated;
    }

    /**
     * The ids of the requirements that stand here as a preset of this library has them, sorted.
     *
     * <p>Known where the definition was read from a preset, or from a document that extends one; what was written and read again
     * is the host's own. Where a requirement comes from is no part of what it says: equality leaves it out.
     */
    public Set<String> shipped() {
        return shipped;
    }

    public Vocabulary vocabulary() {
        return vocabulary;
    }

    /** The requirements, sorted by id. */
    public List<Requirement> requirements() {
        return requirements;
    }

    public Optional<Requirement> requirement(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /**
     * What is wrong or remarkable about this definition by its form: names, bounds, dates, texts (P04 to P37).
     *
     * <p>Errors and warnings, in the order of the requirements. Whether the policy locks somebody out is another question,
     * asked when a policy is built.
     */
    public List<Finding> findings() {
        return PolicyChecks.of(this);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PolicyDefinition that
                && name.equals(that.name)
                && revision == that.revision
                && Objects.equals(reviewed, that.reviewed)
                && lineage.equals(that.lineage)
                && dropped.equals(that.dropped)
                && ungated.equals(that.ungated)
                && vocabulary.equals(that.vocabulary)
                && requirements.equals(that.requirements);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, revision, requirements);
    }

    @Override
    public String toString() {
        return name + "/" + revision + (lineage.isEmpty() ? "" : " extends " + lineage)
                + (dropped.isEmpty() ? "" : " LOOSENED: drops " + dropped) + " " + byId.keySet();
    }

    /** Builds a {@link PolicyDefinition}; not thread-safe, may be reused. */
    public static final class Builder {
        private final String name;
        private final int revision;
        private @Nullable LocalDate reviewed;
        private List<String> lineage = List.of();
        private List<String> dropped = List.of();
        private List<String> ungated = List.of();
        private final Set<String> shipped = new HashSet<>();
        private Vocabulary vocabulary = Vocabulary.empty();
        private final Map<String, Requirement> requirements = new LinkedHashMap<>();

        private Builder(String name, int revision) {
            this.name = Objects.requireNonNull(name, "name");
            this.revision = revision;
        }

        public Builder reviewed(LocalDate day) {
            this.reviewed = day;
            return this;
        }

        public Builder lineage(List<String> presets) {
            this.lineage = List.copyOf(presets);
            return this;
        }

        public Builder dropped(Collection<String> ids) {
            this.dropped = List.copyOf(ids);
            return this;
        }

        public Builder ungated(Collection<String> groups) {
            this.ungated = List.copyOf(groups);
            return this;
        }

        public Builder vocabulary(Vocabulary all) {
            this.vocabulary = all;
            return this;
        }

        /** Adds the requirement, or replaces the one with its id; what it replaces by another is no longer {@link #shipped}. */
        public Builder requirement(Requirement requirement) {
            Requirement before = requirements.put(requirement.id(), requirement);
            if (!requirement.equals(before)) {
                shipped.remove(requirement.id());
            }
            return this;
        }

        /** These requirements, added before, stand as a preset of this library has them. */
        public Builder shipped(Collection<String> ids) {
            shipped.addAll(ids);
            return this;
        }

        public Builder requirements(Collection<Requirement> all) {
            all.forEach(this::requirement);
            return this;
        }

        public PolicyDefinition build() {
            return new PolicyDefinition(this);
        }
    }
}
