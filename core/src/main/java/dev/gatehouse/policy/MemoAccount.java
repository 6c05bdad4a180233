package dev.gatehouse.policy;

import dev.gatehouse.factor.EnrolledFactors;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A host's facts of an account, each asked at most once. Lives for one decision on one thread. */
final class MemoAccount extends MemoThing implements AccountFacts {
    private final AccountFacts host;
    private @Nullable Fact<Instant> registered;
    private @Nullable Fact<EnrolledFactors> enrolled;
    private @Nullable Fact<Boolean> emailVerified;
    private @Nullable Fact<Boolean> recoveryCodesSaved;
    private @Nullable Fact<Collection<ThingFacts>> maintains;
    private @Nullable Fact<Collection<ThingFacts>> memberOf;
    private @Nullable Map<String, Fact<Occurrence>> events;

    MemoAccount(AccountFacts host, boolean mayBeAbsent) {
        super(host, mayBeAbsent);
        this.host = host;
    }

    @Override
    public Fact<Instant> registered() {
        Fact<Instant> known = registered;
        if (known == null) {
            known = read(host.registered());
            registered = known;
        }
        return known;
    }

    @Override
    public Fact<EnrolledFactors> enrolled() {
        Fact<EnrolledFactors> known = enrolled;
        if (known == null) {
            known = read(host.enrolled());
            enrolled = known;
        }
        return known;
    }

    @Override
    public Fact<Boolean> emailVerified() {
        Fact<Boolean> known = emailVerified;
        if (known == null) {
            known = read(host.emailVerified());
            emailVerified = known;
        }
        return known;
    }

    @Override
    public Fact<Boolean> recoveryCodesSaved() {
        Fact<Boolean> known = recoveryCodesSaved;
        if (known == null) {
            known = read(host.recoveryCodesSaved());
            recoveryCodesSaved = known;
        }
        return known;
    }

    @Override
    public Fact<Collection<ThingFacts>> maintains() {
        Fact<Collection<ThingFacts>> known = maintains;
        if (known == null) {
            known = MemoList.of(read(host.maintains()));
            maintains = known;
        }
        return known;
    }

    @Override
    public Fact<Collection<ThingFacts>> memberOf() {
        Fact<Collection<ThingFacts>> known = memberOf;
        if (known == null) {
            known = MemoList.of(read(host.memberOf()));
            memberOf = known;
        }
        return known;
    }

    @Override
    public Fact<Occurrence> event(String event) {
        Map<String, Fact<Occurrence>> known = events;
        if (known == null) {
            known = new HashMap<>(4);
            events = known;
        }
        Fact<Occurrence> value = known.get(event);
        if (value == null) {
            value = read(host.event(event));
            known.put(event, value);
        }
        return value;
    }
}
