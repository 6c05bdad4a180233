package dev.gatehouse.policy;

import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.EnrolledFactor;
import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.CredentialKind;
import dev.gatehouse.policy.rule.Reach;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A request that a test can change fact by fact before it is asked. */
final class RequestDraft {
    static final Carrier SESSION = Carrier.session("s-1");
    static final Carrier REQUEST = Carrier.request("r-1");

    Action action;
    CredentialKind kind;
    Set<String> labels = Set.of();
    boolean ownerless;
    Fact<Instant> created = Fact.unknown();
    Fact<Duration> age = Fact.unknown();
    Fact<Duration> idle = Fact.unknown();
    Fact<Lifetime> lifetime = Fact.unknown();
    Fact<Reach> reach = Fact.unknown();
    AccountDraft account = new AccountDraft();
    List<Evidence> evidence = new ArrayList<>();
    boolean withSession = true;
    boolean withRequest = true;
    ThingDraft project = new ThingDraft();
    ThingDraft organization = new ThingDraft();
    ThingDraft release = new ThingDraft();
    Fact<String> provider = Fact.absent();
    Fact<String> event = Fact.absent();
    Fact<String> ref = Fact.absent();
    Fact<Set<String>> runFlags = Fact.absent();
    Fact<NewToken> newToken = Fact.unknown();
    Fact<EnrolledFactor> newFactor = Fact.unknown();
    Fact<EnrolledFactors> factorsLeft = Fact.unknown();

    RequestDraft(Action action, CredentialKind kind) {
        this.action = action;
        this.kind = kind;
    }

    RequestDraft copy() {
        RequestDraft copy = new RequestDraft(action, kind);
        copy.labels = labels;
        copy.ownerless = ownerless;
        copy.created = created;
        copy.age = age;
        copy.idle = idle;
        copy.lifetime = lifetime;
        copy.reach = reach;
        copy.account = account.copy();
        copy.evidence = new ArrayList<>(evidence);
        copy.withSession = withSession;
        copy.withRequest = withRequest;
        copy.project = project.copy();
        copy.organization = organization.copy();
        copy.release = release.copy();
        copy.provider = provider;
        copy.event = event;
        copy.ref = ref;
        copy.runFlags = runFlags;
        copy.newToken = newToken;
        copy.newFactor = newFactor;
        copy.factorsLeft = factorsLeft;
        return copy;
    }

    /** As a host asks that answers itself. */
    AccessRequest toRequest() {
        return request(account, project, organization, release);
    }

    /** As a host asks that has all at hand. */
    AccessRequest toRequestOfValues() {
        return request(account.toValues(), project.toValues(), organization.toValues(), release.toValues());
    }

    private AccessRequest request(
            AccountFacts account, ThingFacts project, ThingFacts organization, ThingFacts release) {
        Credential.Builder shown = Credential.builder(kind).labels(labels);
        if (ownerless) {
            shown.withoutOwner();
        }
        if (created.isKnown()) {
            shown.created(created.value());
        }
        if (age.isKnown()) {
            shown.age(age.value());
        }
        if (idle.isKnown()) {
            shown.idle(idle.value());
        }
        if (lifetime.isKnown()) {
            shown.lifetime(lifetime.value());
        }
        if (reach.isKnown()) {
            shown.reach(reach.value());
        }
        AccessRequest.Builder asked = AccessRequest.of(action, shown.build())
                .account(account)
                .evidence(evidence)
                .project(project)
                .organization(organization)
                .release(release)
                .run(PublisherRun.of(provider, event, ref, runFlags));
        if (withSession) {
            asked.session(SESSION);
        }
        if (withRequest) {
            asked.request(REQUEST);
        }
        if (newToken.isKnown()) {
            asked.newToken(newToken.value());
        }
        if (newFactor.isKnown()) {
            asked.newFactor(newFactor.value());
        }
        if (factorsLeft.isKnown()) {
            asked.factorsLeft(factorsLeft.value());
        }
        return asked.build();
    }

    @Override
    public String toString() {
        return action + " by " + kind.id() + labels + (ownerless ? " without owner" : "") + " created " + created
                + " age " + age + " idle " + idle + " lifetime " + lifetime + " reach " + reach + "\n  account "
                + account + "\n  evidence " + evidence + " session " + withSession + " request " + withRequest
                + "\n  project " + project + "\n  organization " + organization + "\n  release " + release
                + "\n  run " + provider + " " + event + " " + ref + " " + runFlags + "\n  new token " + newToken
                + " new factor " + newFactor + " left " + factorsLeft;
    }
}
