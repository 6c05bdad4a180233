package dev.gatehouse.policy;

import dev.gatehouse.factor.EnrolledFactor;
import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.factor.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Changes to a request that the laws speak of. */
final class RequestEdits {
    private RequestEdits() {}

    /** The same request with one fact forgotten. */
    static RequestDraft forget(RequestDraft known, Random random) {
        RequestDraft less = known.copy();
        AccountDraft account = less.account;
        ThingDraft thing = switch (random.nextInt(4)) {
            case 0 -> less.project;
            case 1 -> less.organization;
            case 2 -> less.release;
            default -> account;
        };
        switch (random.nextInt(26)) {
            case 0 -> account.id = Fact.unknown();
            case 1 -> account.registered = Fact.unknown();
            case 2, 3 -> account.enrolled = Fact.unknown();
            case 4 -> account.emailVerified = Fact.unknown();
            case 5 -> account.recoveryCodesSaved = Fact.unknown();
            case 6 -> account.maintains = Fact.unknown();
            case 7 -> account.memberOf = Fact.unknown();
            case 8 -> account.events.clear();
            case 9, 10 -> thing.flags = Fact.unknown();
            case 11, 12 -> thing.metrics.clear();
            case 13 -> thing.created = Fact.unknown();
            case 14 -> thing.age = Fact.unknown();
            case 15 -> less.created = Fact.unknown();
            case 16 -> less.age = Fact.unknown();
            case 17 -> less.idle = Fact.unknown();
            case 18 -> less.lifetime = Fact.unknown();
            case 19 -> less.reach = Fact.unknown();
            case 20 -> less.provider = Fact.unknown();
            case 21 -> less.runFlags = Fact.unknown();
            case 22 -> less.newToken = Fact.unknown();
            case 23 -> less.newFactor = Fact.unknown();
            case 24 -> less.factorsLeft = Fact.unknown();
            default -> thing.id = Fact.unknown();
        }
        return less;
    }

    /** The same request with more evidence: a proof in front of the others, a factor, an address, codes. */
    static RequestDraft prove(RequestDraft before, Random random, Instant now) {
        RequestDraft more = before.copy();
        RandomRequests requests = new RandomRequests(random);
        switch (random.nextInt(4)) {
            case 0, 1 -> more.evidence.add(0, requests.evidence(now));
            case 2 -> {
                if (more.account.enrolled.isKnown()) {
                    List<EnrolledFactor> factors =
                            new ArrayList<>(more.account.enrolled.value().list());
                    factors.addAll(requests.factors().list());
                    more.account.enrolled = Fact.of(EnrolledFactors.of(factors));
                }
            }
            default -> {
                if (more.account.emailVerified.isKnown()) {
                    more.account.emailVerified = Fact.of(true);
                }
                if (more.account.recoveryCodesSaved.isKnown()) {
                    more.account.recoveryCodesSaved = Fact.of(true);
                }
            }
        }
        return more;
    }

    /** The same request with ages that time does not change, and without evidence of the future. */
    static RequestDraft hold(RequestDraft moving, Instant now) {
        RequestDraft held = moving.copy();
        for (ThingDraft thing : List.of(held.account, held.project, held.organization, held.release)) {
            thing.age = thing.age == null ? Fact.of(Duration.ofDays(1)) : thing.age;
        }
        held.age = held.age.isKnown() ? held.age : Fact.of(Duration.ofDays(1));
        held.idle = held.idle.isKnown() ? held.idle : Fact.of(Duration.ofDays(1));
        held.evidence.removeIf((Evidence evidence) -> evidence.at().isAfter(now));
        return held;
    }
}
