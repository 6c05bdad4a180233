package dev.gatehouse.signin;

import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.policy.AccessRequest;
import dev.gatehouse.policy.AccountFacts;
import dev.gatehouse.policy.Fact;
import dev.gatehouse.policy.Occurrence;
import dev.gatehouse.policy.ThingFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;

/** A host's facts of an account, with the factors that were read after the version which a write is going to be made at. */
final class AccountAtVersion implements AccountFacts {
    private final AccountFacts host;
    private final Fact<String> id;
    private final Fact<EnrolledFactors> enrolled;

    private AccountAtVersion(AccountFacts host, Fact<String> id, Fact<EnrolledFactors> enrolled) {
        this.host = host;
        this.id = id;
        this.enrolled = enrolled;
    }

    /**
     * The same request with these factors.
     *
     * @throws IllegalArgumentException if the request is not of this account
     */
    static AccessRequest.Builder in(AccessRequest asked, String account, EnrolledFactors enrolled) {
        Fact<String> id = asked.account().id();
        if (id == null || !id.isKnown() || !id.value().equals(account)) {
            throw new IllegalArgumentException("asked: not of this account");
        }
        return RequestCopy.of(asked).account(new AccountAtVersion(asked.account(), id, Fact.of(enrolled)));
    }

    @Override
    public Fact<String> id() {
        return id;
    }

    @Override
    public Fact<EnrolledFactors> enrolled() {
        return enrolled;
    }

    @Override
    public Fact<String> name() {
        return host.name();
    }

    @Override
    public Fact<Set<String>> flags() {
        return host.flags();
    }

    @Override
    public Fact<Double> metric(String name) {
        return host.metric(name);
    }

    @Override
    public Fact<Instant> created() {
        return host.created();
    }

    @Override
    public Fact<Duration> age(Instant now) {
        return host.age(now);
    }

    @Override
    public Fact<Instant> registered() {
        return host.registered();
    }

    @Override
    public Fact<Boolean> emailVerified() {
        return host.emailVerified();
    }

    @Override
    public Fact<Boolean> recoveryCodesSaved() {
        return host.recoveryCodesSaved();
    }

    @Override
    public Fact<Collection<ThingFacts>> maintains() {
        return host.maintains();
    }

    @Override
    public Fact<Collection<ThingFacts>> memberOf() {
        return host.memberOf();
    }

    @Override
    public Fact<Occurrence> event(String name) {
        return host.event(name);
    }
}
