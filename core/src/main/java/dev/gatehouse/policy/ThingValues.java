package dev.gatehouse.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Facts of a thing that are already at hand; what is not set is unknown. Immutable and thread-safe. */
public final class ThingValues implements ThingFacts {
    private static final ThingValues UNKNOWN = new Builder().build();
    private static final ThingValues ABSENT = Builder.absentThing().build();

    private static final ThingValues WITHOUT_FLAGS =
            new Builder().flags(Set.of()).build();

    private final Fact<String> id;
    private final Fact<String> name;
    private final Fact<Set<String>> flags;
    private final Map<String, Fact<Double>> metrics;
    private final Fact<Double> otherMetrics;
    private final Fact<Instant> created;
    private final @Nullable Fact<Duration> age;

    private ThingValues(Builder b) {
        this.id = b.id;
        this.name = b.name;
        this.flags = b.flags;
        this.metrics = Map.copyOf(b.metrics);
        this.otherMetrics = b.otherMetrics;
        this.created = b.created;
        this.age = b.age;
    }

    /** A thing with this immutable id and this name. */
    public static Builder builder(String id, String name) {
        Builder b = new Builder();
        b.id = Fact.of(id);
        b.name = Fact.of(name);
        return b;
    }

    /** A thing of which nothing is known. */
    public static ThingFacts unknown() {
        return UNKNOWN;
    }

    /** There is no such thing in this request. */
    public static ThingFacts absent() {
        return ABSENT;
    }

    /** What stands for the organization of a request that is about none: it cannot be absent. */
    static ThingFacts withoutFlags() {
        return WITHOUT_FLAGS;
    }

    @Override
    public Fact<String> id() {
        return id;
    }

    @Override
    public Fact<String> name() {
        return name;
    }

    @Override
    public Fact<Set<String>> flags() {
        return flags;
    }

    @Override
    public Fact<Double> metric(String metric) {
        return metrics.getOrDefault(metric, otherMetrics);
    }

    @Override
    public Fact<Instant> created() {
        return created;
    }

    @Override
    public Fact<Duration> age(Instant now) {
        return age != null ? age : Facts.since(created, now);
    }

    /** The age where it was given; otherwise the engine takes the time since the creation. */
    @Nullable
    Fact<Duration> ageOrNull() {
        return age;
    }

    /** Builds {@link ThingValues}; not thread-safe, may be reused. */
    public static final class Builder {
        private Fact<String> id = Fact.unknown();
        private Fact<String> name = Fact.unknown();
        private Fact<Set<String>> flags = Fact.unknown();
        private final Map<String, Fact<Double>> metrics = new HashMap<>();
        private Fact<Double> otherMetrics = Fact.unknown();
        private Fact<Instant> created = Fact.unknown();
        private @Nullable Fact<Duration> age;

        private Builder() {}

        private static Builder absentThing() {
            Builder b = new Builder();
            b.id = Fact.absent();
            b.name = Fact.absent();
            b.flags = Fact.absent();
            b.otherMetrics = Fact.absent();
            b.created = Fact.absent();
            return b;
        }

        /** Exactly the flags that are set. */
        public Builder flags(Set<String> set) {
            this.flags = Fact.of(Set.copyOf(set));
            return this;
        }

        public Builder metric(String metric, double value) {
            this.metrics.put(
                    Objects.requireNonNull(metric, "metric"), Double.isNaN(value) ? Fact.unknown() : Fact.of(value));
            return this;
        }

        public Builder created(Instant instant) {
            this.created = Fact.of(instant);
            return this;
        }

        /** The age, where the host knows it without the instant of creation. */
        public Builder age(Duration known) {
            this.age = Fact.of(known);
            return this;
        }

        public ThingValues build() {
            return new ThingValues(this);
        }
    }
}
