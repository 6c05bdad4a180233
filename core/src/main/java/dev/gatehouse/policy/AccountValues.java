package dev.gatehouse.policy;

import dev.gatehouse.factor.EnrolledFactors;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Facts of an account that are already at hand; what is not set is unknown. Immutable and thread-safe. */
public final class AccountValues implements AccountFacts {
    private static final AccountValues UNKNOWN = new AccountValues(new Builder());
    private static final AccountValues ABSENT = new AccountValues(Builder.absentAccount());

    private final Fact<String> id;
    private final Fact<String> name;
    private final Fact<Instant> registered;
    private final Fact<Set<String>> flags;
    private final Map<String, Fact<Double>> metrics;
    private final Map<String, Fact<Occurrence>> events;
    private final Fact<Double> otherMetrics;
    private final Fact<Occurrence> otherEvents;
    private final Fact<EnrolledFactors> enrolled;
    private final Fact<Boolean> emailVerified;
    private final Fact<Boolean> recoveryCodesSaved;
    private final Fact<Collection<ThingFacts>> maintains;
    private final Fact<Collection<ThingFacts>> memberOf;

    private AccountValues(Builder b) {
        this.id = b.id;
        this.name = b.name;
        this.registered = b.registered;
        this.flags = b.flags;
        this.metrics = Map.copyOf(b.metrics);
        this.events = Map.copyOf(b.events);
        this.otherMetrics = b.otherMetrics;
        this.otherEvents = b.otherEvents;
        this.enrolled = b.enrolled;
        this.emailVerified = b.emailVerified;
        this.recoveryCodesSaved = b.recoveryCodesSaved;
        this.maintains = b.maintains;
        this.memberOf = b.memberOf;
    }

    /** An account with this immutable id and this name. */
    public static Builder builder(String id, String name) {
        Builder b = new Builder();
        b.id = Fact.of(id);
        b.name = Fact.of(name);
        return b;
    }

    /** An account of which nothing is known, as behind an unchecked password. */
    public static AccountFacts unknown() {
        return UNKNOWN;
    }

    /** No account is behind the credential, as with a trusted publisher. */
    public static AccountFacts absent() {
        return ABSENT;
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
    public Fact<Instant> registered() {
        return registered;
    }

    @Override
    public Fact<Instant> created() {
        return registered;
    }

    @Override
    public Fact<Duration> age(Instant now) {
        return Facts.since(registered, now);
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
    public Fact<EnrolledFactors> enrolled() {
        return enrolled;
    }

    @Override
    public Fact<Boolean> emailVerified() {
        return emailVerified;
    }

    @Override
    public Fact<Boolean> recoveryCodesSaved() {
        return recoveryCodesSaved;
    }

    @Override
    public Fact<Collection<ThingFacts>> maintains() {
        return maintains;
    }

    @Override
    public Fact<Collection<ThingFacts>> memberOf() {
        return memberOf;
    }

    @Override
    public Fact<Occurrence> event(String event) {
        return events.getOrDefault(event, otherEvents);
    }

    /** Builds {@link AccountValues}; not thread-safe, may be reused. */
    public static final class Builder {
        private Fact<String> id = Fact.unknown();
        private Fact<String> name = Fact.unknown();
        private Fact<Instant> registered = Fact.unknown();
        private Fact<Set<String>> flags = Fact.unknown();
        private final Map<String, Fact<Double>> metrics = new HashMap<>();
        private final Map<String, Fact<Occurrence>> events = new HashMap<>();
        private Fact<Double> otherMetrics = Fact.unknown();
        private Fact<Occurrence> otherEvents = Fact.unknown();
        private Fact<EnrolledFactors> enrolled = Fact.unknown();
        private Fact<Boolean> emailVerified = Fact.unknown();
        private Fact<Boolean> recoveryCodesSaved = Fact.unknown();
        private Fact<Collection<ThingFacts>> maintains = Fact.unknown();
        private Fact<Collection<ThingFacts>> memberOf = Fact.unknown();

        private Builder() {}

        private static Builder absentAccount() {
            Builder b = new Builder();
            b.id = Fact.absent();
            b.name = Fact.absent();
            b.registered = Fact.absent();
            b.flags = Fact.absent();
            b.otherMetrics = Fact.absent();
            b.otherEvents = Fact.absent();
            b.enrolled = Fact.absent();
            b.emailVerified = Fact.absent();
            b.recoveryCodesSaved = Fact.absent();
            b.maintains = Fact.absent();
            b.memberOf = Fact.absent();
            return b;
        }

        public Builder registered(Instant instant) {
            this.registered = Fact.of(instant);
            return this;
        }

        /** Exactly the flags that are set. */
        public Builder flags(Set<String> set) {
            this.flags = Fact.of(Set.copyOf(set));
            return this;
        }

        public Builder metric(String metric, double value) {
            this.metrics.put(metric, Double.isNaN(value) ? Fact.unknown() : Fact.of(value));
            return this;
        }

        public Builder event(String event, Occurrence occurrence) {
            this.events.put(event, Fact.of(occurrence));
            return this;
        }

        public Builder enrolled(EnrolledFactors factors) {
            this.enrolled = Fact.of(factors);
            return this;
        }

        public Builder emailVerified(boolean verified) {
            this.emailVerified = Fact.of(verified);
            return this;
        }

        public Builder recoveryCodesSaved(boolean saved) {
            this.recoveryCodesSaved = Fact.of(saved);
            return this;
        }

        public Builder maintains(Collection<? extends ThingFacts> projects) {
            this.maintains = Fact.of(List.copyOf(projects));
            return this;
        }

        public Builder memberOf(Collection<? extends ThingFacts> organizations) {
            this.memberOf = Fact.of(List.copyOf(organizations));
            return this;
        }

        public AccountValues build() {
            return new AccountValues(this);
        }
    }
}
