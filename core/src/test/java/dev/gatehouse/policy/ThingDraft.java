package dev.gatehouse.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Facts of a thing that a test can change one by one. */
class ThingDraft implements ThingFacts {
    Fact<String> id = Fact.unknown();
    Fact<String> name = Fact.unknown();
    Fact<Set<String>> flags = Fact.unknown();
    final Map<String, Fact<Double>> metrics = new TreeMap<>();
    Fact<Double> otherMetrics = Fact.unknown();
    Fact<Instant> created = Fact.unknown();
    /** Null means since {@link #created}. */
    @Nullable
    Fact<Duration> age;

    static ThingDraft absent() {
        ThingDraft draft = new ThingDraft();
        draft.makeAbsent();
        return draft;
    }

    static ThingDraft of(String id) {
        ThingDraft draft = new ThingDraft();
        draft.id = Fact.of(id);
        draft.name = Fact.of(id);
        return draft;
    }

    ThingDraft copy() {
        return copyInto(new ThingDraft());
    }

    <T extends ThingDraft> T copyInto(T copy) {
        copy.id = id;
        copy.name = name;
        copy.flags = flags;
        copy.metrics.putAll(metrics);
        copy.otherMetrics = otherMetrics;
        copy.created = created;
        copy.age = age;
        return copy;
    }

    void makeAbsent() {
        id = Fact.absent();
        name = Fact.absent();
        flags = Fact.absent();
        metrics.clear();
        otherMetrics = Fact.absent();
        created = Fact.absent();
        age = null;
    }

    /** What is known, in the library's own form; nothing else of a thing that is there can be absent in it. */
    ThingFacts toValues() {
        if (id.isAbsent()) {
            return ThingValues.absent();
        }
        String word = id.isKnown() ? id.value() : "unnamed";
        ThingValues.Builder values = ThingValues.builder(word, word);
        if (flags.isKnown()) {
            values.flags(flags.value());
        }
        metrics.forEach((metric, value) -> {
            if (value.isKnown()) {
                values.metric(metric, value.value());
            }
        });
        if (created.isKnown()) {
            values.created(created.value());
        }
        if (age != null && age.isKnown()) {
            values.age(age.value());
        }
        return values.build();
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
        if (age != null) {
            return age;
        }
        return created.isKnown() ? Fact.of(Duration.between(created.value(), now)) : ageOfMissing();
    }

    private Fact<Duration> ageOfMissing() {
        return created.isAbsent() ? Fact.absent() : Fact.unknown();
    }

    @Override
    public String toString() {
        return "id " + id + " flags " + flags + " metrics " + metrics + " created " + created + " age " + age;
    }
}
