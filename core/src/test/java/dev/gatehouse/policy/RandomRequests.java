package dev.gatehouse.policy;

import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.EnrolledFactor;
import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.factor.FactorClass;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.CredentialKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Random requests over the small world of {@link RandomValues}. */
final class RandomRequests {
    static final String ACCOUNT = "account-1";
    static final String PROJECT = "project-1";
    private static final List<EnrolledFactor> FACTORS = List.of(
            EnrolledFactor.of(FactorKind.TOTP),
            EnrolledFactor.of("key-1", FactorKind.WEBAUTHN),
            EnrolledFactor.of("key-2", FactorKind.WEBAUTHN).withStrength(FactorClass.HARDWARE_BOUND),
            EnrolledFactor.of(FactorKind.RECOVERY_CODE),
            EnrolledFactor.of(RandomValues.SMART_CARD),
            EnrolledFactor.of(RandomValues.GRID));
    private static final List<EnrolledFactor> PROOFS = List.of(
            FACTORS.get(0),
            FACTORS.get(1),
            FACTORS.get(2),
            FACTORS.get(3),
            FACTORS.get(4),
            FACTORS.get(5),
            EnrolledFactor.of(FactorKind.PASSWORD),
            EnrolledFactor.of(FactorKind.EMAIL),
            EnrolledFactor.of(RandomValues.PHONE_CALL));

    private final RandomValues values;

    RandomRequests(Random random) {
        this.values = new RandomValues(random);
    }

    Instant now() {
        return values.instantNear();
    }

    RequestDraft request(Instant now) {
        Action action = values.chance(2) ? Action.of("nobody.declared") : values.one(RandomValues.ACTIONS);
        return request(now, action, values.one(CredentialKind.values()));
    }

    /** A request for this action with this kind of credential, all else random. */
    RequestDraft request(Instant now, Action action, CredentialKind kind) {
        RequestDraft draft = new RequestDraft(action, kind);
        draft.labels = values.subset(List.of("granular", "bypass", "known-device"));
        draft.ownerless = values.chance(5);
        draft.created = values.fact(values.instantNear());
        draft.age = values.fact(values.durationNear());
        draft.idle = values.fact(values.durationNear());
        draft.lifetime = values.fact(lifetime());
        draft.reach = values.fact(values.reach());
        account(draft, now);
        int proofs = values.random.nextInt(4);
        for (int i = 0; i < proofs; i++) {
            draft.evidence.add(evidence(now));
        }
        draft.withSession = values.chance(85);
        draft.withRequest = values.chance(85);
        thing(draft.project, PROJECT, List.of("critical", "mandated"), "downloads");
        thing(draft.organization, "organization-1", List.of("strict"), "seats");
        thing(draft.release, "release-1", List.of("signed"), "downloads");
        if (values.chance(15)) {
            values.one(draft.project, draft.organization, draft.release).makeAbsent();
        }
        if (draft.kind == CredentialKind.TRUSTED_PUBLISHER || values.chance(20)) {
            draft.provider = values.fact(values.one("github", "gitlab"));
            draft.event = values.fact(values.one("push", "pull_request_target", "schedule"));
            draft.ref = values.fact(values.one("tag", "branch"));
            draft.runFlags = values.fact(values.subset(List.of("member")));
        }
        draft.newToken = values.fact(newToken());
        draft.newFactor = values.fact(values.one(PROOFS));
        draft.factorsLeft = values.fact(factors());
        return draft;
    }

    NewToken newToken() {
        return new NewToken(values.subset(List.of("granular", "bypass")), lifetime(), values.reach());
    }

    private Lifetime lifetime() {
        return values.chance(25) ? Lifetime.endless() : Lifetime.of(values.durationNear());
    }

    EnrolledFactors factors() {
        return values.chance(30) ? EnrolledFactors.none() : EnrolledFactors.of(values.subset(FACTORS));
    }

    /** Evidence as old as some bound or a nanosecond beside it; rarely another's, or of the future. */
    Evidence evidence(Instant now) {
        Instant at = values.chance(15)
                ? now.plus(Duration.ofSeconds(30)).plusNanos(values.one(-1L, 0L, 1L))
                : now.minus(values.chance(50) ? Duration.ofSeconds(1) : values.durationNear());
        Carrier carrier = values.chance(6)
                ? Carrier.session("s-2")
                : values.chance(6)
                        ? Carrier.request("r-2")
                        : values.chance(50) ? RequestDraft.SESSION : RequestDraft.REQUEST;
        return Evidence.asserted(
                values.chance(6) ? "account-2" : ACCOUNT, values.one(PROOFS), at, carrier, "generator");
    }

    private void account(RequestDraft draft, Instant now) {
        AccountDraft account = draft.account;
        boolean nobody = draft.kind == CredentialKind.TRUSTED_PUBLISHER
                || draft.kind == CredentialKind.SERVICE_ACCOUNT
                || draft.ownerless;
        if (values.chance(nobody ? 75 : 3)) {
            account.makeAbsent();
            return;
        }
        thing(account, ACCOUNT, List.of("vip", "level"), "projects");
        account.id = values.chance(90) ? Fact.of(ACCOUNT) : values.fact(ACCOUNT);
        account.registered = values.fact(values.instantNear());
        account.enrolled = values.fact(factors());
        account.emailVerified = values.fact(values.chance(60));
        account.recoveryCodesSaved = values.fact(values.chance(60));
        account.maintains = values.fact(things("downloads", List.of("critical", "mandated")));
        account.memberOf = values.fact(things("seats", List.of("strict")));
        for (String event : List.of("email-changed", "code-used")) {
            account.events.put(
                    event,
                    values.fact(
                            values.chance(40) ? Occurrence.never() : Occurrence.at(now.minus(values.durationNear()))));
        }
    }

    private Collection<ThingFacts> things(String metric, List<String> flags) {
        List<ThingFacts> all = new ArrayList<>();
        int count = values.random.nextInt(3);
        for (int i = 0; i < count; i++) {
            ThingDraft thing = new ThingDraft();
            thing(thing, "thing-" + i, flags, metric);
            all.add(thing);
        }
        return all;
    }

    private void thing(ThingDraft thing, String id, List<String> flags, String metric) {
        thing.id = values.chance(90) ? Fact.of(id) : values.fact(id);
        thing.name = thing.id;
        Set<String> set = values.subset(flags);
        thing.flags = values.fact(set);
        thing.metrics.put(metric, values.fact(values.numberNear()));
        thing.created = values.fact(values.instantNear());
        thing.age = values.chance(50) ? null : values.fact(values.durationNear());
    }
}
