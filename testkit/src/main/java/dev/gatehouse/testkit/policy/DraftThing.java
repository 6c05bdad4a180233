package dev.gatehouse.testkit.policy;

import dev.gatehouse.policy.Fact;
import dev.gatehouse.policy.ThingFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One project, organization or release, answered from a map whose keys begin with its word. Immutable. */
final class DraftThing implements ThingFacts {
    private final String word;
    private final Map<String, Object> facts;

    DraftThing(String word, Map<String, Object> facts) {
        this.word = word;
        this.facts = Collections.unmodifiableMap(new TreeMap<>(facts));
    }

    static <T> Fact<T> fact(Map<String, Object> facts, String word, String key) {
        Object value = facts.get(word);
        if (value == null) {
            value = facts.get(word + "." + key);
        }
        if (value == null) {
            return Fact.unknown();
        }
        return value.equals(Draft.ABSENT) ? Fact.absent() : Fact.of(DraftThing.<T>cast(value));
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T> T cast(Object value) {
        return (T) value;
    }

    @Override
    public Fact<String> id() {
        return fact(facts, word, "id");
    }

    @Override
    public Fact<String> name() {
        return id();
    }

    @Override
    public Fact<Set<String>> flags() {
        return fact(facts, word, "flags");
    }

    @Override
    public Fact<Double> metric(String name) {
        return fact(facts, word, "metric." + name);
    }

    @Override
    public Fact<Instant> created() {
        return fact(facts, word, "created");
    }

    @Override
    public Fact<Duration> age(Instant now) {
        return facts.containsKey(word + ".age") ? fact(facts, word, "age") : ThingFacts.super.age(now);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DraftThing that && word.equals(that.word) && facts.equals(that.facts);
    }

    @Override
    public int hashCode() {
        return facts.hashCode();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        facts.forEach((key, value) -> text.append(text.isEmpty() ? "" : ", ")
                .append(key.substring(word.length() + 1))
                .append(' ')
                .append(value));
        return "{" + text + "}";
    }
}
