package dev.gatehouse.policy;

import dev.gatehouse.factor.EnrolledFactors;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** Facts of an account that a test can change one by one. */
final class AccountDraft extends ThingDraft implements AccountFacts {
    Fact<Instant> registered = Fact.unknown();
    Fact<EnrolledFactors> enrolled = Fact.unknown();
    Fact<Boolean> emailVerified = Fact.unknown();
    Fact<Boolean> recoveryCodesSaved = Fact.unknown();
    Fact<Collection<ThingFacts>> maintains = Fact.unknown();
    Fact<Collection<ThingFacts>> memberOf = Fact.unknown();
    final Map<String, Fact<Occurrence>> events = new TreeMap<>();
    Fact<Occurrence> otherEvents = Fact.unknown();

    static AccountDraft none() {
        AccountDraft draft = new AccountDraft();
        draft.makeAbsent();
        return draft;
    }

    static AccountDraft account(String id) {
        AccountDraft draft = new AccountDraft();
        draft.id = Fact.of(id);
        draft.name = Fact.of(id);
        return draft;
    }

    @Override
    AccountDraft copy() {
        AccountDraft copy = copyInto(new AccountDraft());
        copy.registered = registered;
        copy.enrolled = enrolled;
        copy.emailVerified = emailVerified;
        copy.recoveryCodesSaved = recoveryCodesSaved;
        copy.maintains = maintains;
        copy.memberOf = memberOf;
        copy.events.putAll(events);
        copy.otherEvents = otherEvents;
        return copy;
    }

    @Override
    void makeAbsent() {
        super.makeAbsent();
        registered = Fact.absent();
        enrolled = Fact.absent();
        emailVerified = Fact.absent();
        recoveryCodesSaved = Fact.absent();
        maintains = Fact.absent();
        memberOf = Fact.absent();
        events.clear();
        otherEvents = Fact.absent();
    }

    @Override
    AccountFacts toValues() {
        if (id.isAbsent()) {
            return AccountValues.absent();
        }
        String word = id.isKnown() ? id.value() : "unnamed";
        AccountValues.Builder values = AccountValues.builder(word, word);
        if (flags.isKnown()) {
            values.flags(flags.value());
        }
        metrics.forEach((metric, value) -> {
            if (value.isKnown()) {
                values.metric(metric, value.value());
            }
        });
        if (registered.isKnown()) {
            values.registered(registered.value());
        }
        if (enrolled.isKnown()) {
            values.enrolled(enrolled.value());
        }
        if (emailVerified.isKnown()) {
            values.emailVerified(emailVerified.value());
        }
        if (recoveryCodesSaved.isKnown()) {
            values.recoveryCodesSaved(recoveryCodesSaved.value());
        }
        if (maintains.isKnown()) {
            values.maintains(maintains.value());
        }
        if (memberOf.isKnown()) {
            values.memberOf(memberOf.value());
        }
        events.forEach((event, occurrence) -> {
            if (occurrence.isKnown()) {
                values.event(event, occurrence.value());
            }
        });
        return values.build();
    }

    @Override
    public Fact<Instant> registered() {
        return registered;
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

    @Override
    public String toString() {
        return super.toString() + " registered " + registered + " enrolled " + enrolled + " email " + emailVerified
                + " codes " + recoveryCodesSaved + " maintains " + maintains + " member of " + memberOf + " events "
                + events;
    }
}
