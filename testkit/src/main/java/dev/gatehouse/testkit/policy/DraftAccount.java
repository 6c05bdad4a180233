package dev.gatehouse.testkit.policy;

import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.policy.AccountFacts;
import dev.gatehouse.policy.Fact;
import dev.gatehouse.policy.Occurrence;
import dev.gatehouse.policy.ThingFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** The account of a draft. Immutable. */
record DraftAccount(Draft draft, Instant anchor) implements AccountFacts {
    @Override
    public Fact<String> id() {
        return draft.fact("account.id");
    }

    @Override
    public Fact<String> name() {
        return id();
    }

    @Override
    public Fact<Instant> registered() {
        return draft.fact("account.registered");
    }

    @Override
    public Fact<Instant> created() {
        return registered();
    }

    @Override
    public Fact<Duration> age(Instant now) {
        return Fact.unknown();
    }

    @Override
    public Fact<Set<String>> flags() {
        return draft.fact("account.flags");
    }

    @Override
    public Fact<Double> metric(String name) {
        return draft.fact("account.metric." + name);
    }

    @Override
    public Fact<EnrolledFactors> enrolled() {
        return draft.fact("account.enrolled");
    }

    @Override
    public Fact<Boolean> emailVerified() {
        return draft.fact("account.email-verified");
    }

    @Override
    public Fact<Boolean> recoveryCodesSaved() {
        return draft.fact("account.recovery-codes-saved");
    }

    @Override
    public Fact<Collection<ThingFacts>> maintains() {
        return things("account.maintains");
    }

    @Override
    public Fact<Collection<ThingFacts>> memberOf() {
        return things("account.member-of");
    }

    private Fact<Collection<ThingFacts>> things(String key) {
        Fact<List<ThingFacts>> things = draft.fact(key);
        return things.isKnown() ? Fact.of(things.value()) : things.isAbsent() ? Fact.absent() : Fact.unknown();
    }

    @Override
    public Fact<Occurrence> event(String name) {
        Fact<Object> event = draft.fact("account.event." + name);
        if (!event.isKnown()) {
            return event.isAbsent() ? Fact.absent() : Fact.unknown();
        }
        return Fact.of(
                event.value() instanceof Duration ago ? Occurrence.at(anchor.minus(ago)) : (Occurrence) event.value());
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("an account");
        draft.facts().forEach((key, value) -> {
            if (key.startsWith("account.") && !key.equals("account.id")) {
                text.append("\n    ").append(key).append(": ").append(value);
            }
        });
        return text.toString();
    }
}
