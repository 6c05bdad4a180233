package dev.gatehouse.servlet;

import dev.gatehouse.policy.Fact;
import dev.gatehouse.policy.ThingFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The facts of the project that a request names, loaded when the first is read. For one decision on one thread. */
final class LazyProject implements ThingFacts {
    private final IndexHost host;
    private final String asked;
    private @Nullable ThingFacts loaded;

    LazyProject(IndexHost host, String asked) {
        this.host = host;
        this.asked = asked;
    }

    private ThingFacts facts() {
        ThingFacts facts = loaded;
        if (facts == null) {
            facts = Objects.requireNonNull(host.project(asked), "host: project facts are null");
            loaded = facts;
        }
        return facts;
    }

    @Override
    public Fact<String> id() {
        return facts().id();
    }

    @Override
    public Fact<String> name() {
        return facts().name();
    }

    @Override
    public Fact<Set<String>> flags() {
        return facts().flags();
    }

    @Override
    public Fact<Double> metric(String metric) {
        return facts().metric(metric);
    }

    @Override
    public Fact<Instant> created() {
        return facts().created();
    }

    @Override
    public Fact<Duration> age(Instant now) {
        return facts().age(now);
    }
}
