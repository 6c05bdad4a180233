package dev.gatehouse.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A host's facts, each asked at most once. Lives for one decision on one thread. */
class MemoThing implements ThingFacts {
    private final ThingFacts host;
    private final boolean mayBeAbsent;
    private @Nullable Fact<String> id;
    private @Nullable Fact<String> name;
    private @Nullable Fact<Set<String>> flags;
    private @Nullable Map<String, Fact<Double>> metrics;
    private @Nullable Fact<Instant> created;
    private @Nullable Fact<Duration> age;

    MemoThing(ThingFacts host, boolean mayBeAbsent) {
        this.host = host;
        this.mayBeAbsent = mayBeAbsent;
    }

    <T> Fact<T> read(@Nullable Fact<T> answer) {
        return Fact.read(answer, mayBeAbsent);
    }

    @Override
    public Fact<String> id() {
        Fact<String> known = id;
        if (known == null) {
            known = read(host.id());
            id = known;
        }
        return known;
    }

    @Override
    public Fact<String> name() {
        Fact<String> known = name;
        if (known == null) {
            known = read(host.name());
            name = known;
        }
        return known;
    }

    @Override
    public Fact<Set<String>> flags() {
        Fact<Set<String>> known = flags;
        if (known == null) {
            known = read(host.flags());
            flags = known;
        }
        return known;
    }

    @Override
    public Fact<Double> metric(String metric) {
        Map<String, Fact<Double>> known = metrics;
        if (known == null) {
            known = new HashMap<>(4);
            metrics = known;
        }
        Fact<Double> value = known.get(metric);
        if (value == null) {
            value = Facts.number(read(host.metric(metric)));
            known.put(metric, value);
        }
        return value;
    }

    @Override
    public Fact<Instant> created() {
        Fact<Instant> known = created;
        if (known == null) {
            known = read(host.created());
            created = known;
        }
        return known;
    }

    @Override
    public Fact<Duration> age(Instant now) {
        Fact<Duration> known = age;
        if (known == null) {
            Fact<Duration> given = read(host.age(now));
            known = given.isSinceCreated() ? Facts.since(created(), now) : given;
            age = known;
        }
        return known;
    }
}
