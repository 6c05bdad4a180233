package dev.gatehouse.servlet;

import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.policy.AccountFacts;
import dev.gatehouse.policy.Fact;
import dev.gatehouse.policy.Occurrence;
import dev.gatehouse.policy.ThingFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The facts of the account that a credential proved: loaded when the first is read, under the id and name that were
 * verified, whatever the host's facts say. For one decision on one thread.
 */
final class LazyAccount implements AccountFacts {
    private final IndexHost host;
    private final String id;
    private final String name;
    private @Nullable AccountFacts loaded;

    LazyAccount(IndexHost host, String id, String name) {
        this.host = host;
        this.id = id;
        this.name = name;
    }

    private AccountFacts facts() {
        AccountFacts facts = loaded;
        if (facts == null) {
            facts = Objects.requireNonNull(host.account(id), "host: account facts are null");
            loaded = facts;
        }
        return facts;
    }

    @Override
    public Fact<String> id() {
        return Fact.of(id);
    }

    @Override
    public Fact<String> name() {
        return Fact.of(name);
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

    @Override
    public Fact<Instant> registered() {
        return facts().registered();
    }

    @Override
    public Fact<EnrolledFactors> enrolled() {
        return facts().enrolled();
    }

    @Override
    public Fact<Boolean> emailVerified() {
        return facts().emailVerified();
    }

    @Override
    public Fact<Boolean> recoveryCodesSaved() {
        return facts().recoveryCodesSaved();
    }

    @Override
    public Fact<Collection<ThingFacts>> maintains() {
        return facts().maintains();
    }

    @Override
    public Fact<Collection<ThingFacts>> memberOf() {
        return facts().memberOf();
    }

    @Override
    public Fact<Occurrence> event(String event) {
        return facts().event(event);
    }
}
