package dev.gatehouse.policy;

import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.EnrolledFactor;
import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.policy.rule.Action;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One question to a policy: may this credential do this action, given these facts?
 *
 * <p>Start with {@link #of}, add what the host knows. What is not added is unknown where it could exist and absent where it
 * cannot: the account is unknown for an anonymous caller or an unchecked password, absent for a trusted publisher, a service
 * account and a token without owner; the run is absent for other credentials than a trusted publisher; release, new token
 * and new factor are absent outside their actions; the project is absent for the core's own actions of {@code sign-in}, {@code
 * account} and {@code factor}. Absence is possible only there, and for the project of any action of the core that needs none
 * (all but {@code release.*}, {@code project.*} and {@code publish.*}; those that make a project or exchange a token need none
 * either), not for that of a host's own actions; any other absent answer is read as unknown. What belongs to no organization
 * has an organization without flags, not an absent one; so has a request for those actions of an account. Immutable and
 * thread-safe, as far as the host's facts are.
 */
public final class AccessRequest {
    private final Action action;
    private final Credential credential;
    private final AccountFacts account;
    private final List<Evidence> evidence;
    private final @Nullable Carrier session;
    private final @Nullable Carrier request;
    private final ThingFacts project;
    private final ThingFacts organization;
    private final ThingFacts release;
    private final PublisherRun run;
    private final Fact<NewToken> newToken;
    private final Fact<EnrolledFactor> newFactor;
    private final Fact<EnrolledFactors> factorsLeft;
    private final @Nullable HostAnswers hostAnswers;

    private AccessRequest(Builder b) {
        this.hostAnswers = null;
        this.action = b.action;
        this.credential = b.credential;
        this.account = b.account;
        this.evidence = List.copyOf(b.evidence);
        this.session = b.session;
        this.request = b.request;
        this.project = b.project;
        this.organization = b.organization;
        this.release = b.release;
        this.run = b.run;
        this.newToken = b.newToken;
        this.newFactor = b.newFactor;
        this.factorsLeft = b.factorsLeft;
    }

    private AccessRequest(
            AccessRequest same,
            AccountFacts account,
            ThingFacts project,
            ThingFacts organization,
            ThingFacts release,
            PublisherRun run) {
        this.hostAnswers = new HostAnswers();
        this.action = same.action;
        this.credential = same.credential;
        this.account = account;
        this.evidence = same.evidence;
        this.session = same.session;
        this.request = same.request;
        this.project = project;
        this.organization = organization;
        this.release = release;
        this.run = run;
        this.newToken = same.newToken;
        this.newFactor = same.newFactor;
        this.factorsLeft = same.factorsLeft;
    }

    /** What custom conditions have said to this request; kept only by one made by {@link #withFacts}. */
    @Nullable
    HostAnswers hostAnswers() {
        return hostAnswers;
    }

    /** This request with other facts, which also keeps what custom conditions say. Then for one thread only. */
    AccessRequest withFacts(
            AccountFacts otherAccount,
            ThingFacts otherProject,
            ThingFacts otherOrganization,
            ThingFacts otherRelease,
            PublisherRun otherRun) {
        return new AccessRequest(this, otherAccount, otherProject, otherOrganization, otherRelease, otherRun);
    }

    /** A builder of a request for this action with this credential. */
    public static Builder of(Action action, Credential credential) {
        return new Builder(action, credential);
    }

    public Action action() {
        return action;
    }

    public Credential credential() {
        return credential;
    }

    public AccountFacts account() {
        return account;
    }

    /** Proofs of factors; what is not of this account and carrier counts for nothing. */
    public List<Evidence> evidence() {
        return evidence;
    }

    /** The session of this request, if it has one. */
    public Optional<Carrier> session() {
        return Optional.ofNullable(session);
    }

    /** The handle of this request, if evidence came with it. */
    public Optional<Carrier> request() {
        return Optional.ofNullable(request);
    }

    @Nullable
    Carrier sessionOrNull() {
        return session;
    }

    @Nullable
    Carrier requestOrNull() {
        return request;
    }

    public ThingFacts project() {
        return project;
    }

    public ThingFacts organization() {
        return organization;
    }

    public ThingFacts release() {
        return release;
    }

    public PublisherRun run() {
        return run;
    }

    public Fact<NewToken> newToken() {
        return newToken;
    }

    public Fact<EnrolledFactor> newFactor() {
        return newFactor;
    }

    public Fact<EnrolledFactors> factorsLeft() {
        return factorsLeft;
    }

    @Override
    public String toString() {
        return action + " by " + credential;
    }

    /** Builds an {@link AccessRequest}; not thread-safe, may be reused. */
    public static final class Builder {
        private final Action action;
        private final Credential credential;
        private AccountFacts account;
        private List<Evidence> evidence = List.of();
        private @Nullable Carrier session;
        private @Nullable Carrier request;
        private ThingFacts project;
        private ThingFacts organization;
        private ThingFacts release;
        private PublisherRun run;
        private Fact<NewToken> newToken;
        private Fact<EnrolledFactor> newFactor;
        private Fact<EnrolledFactors> factorsLeft;

        private Builder(Action action, Credential credential) {
            this.action = Objects.requireNonNull(action, "action");
            this.credential = Objects.requireNonNull(credential, "credential");
            this.account = credential.isWithoutAccount() ? AccountValues.absent() : AccountValues.unknown();
            boolean ofAccount = AtAction.isOfAccount(action);
            this.project = ofAccount ? ThingValues.absent() : ThingValues.unknown();
            this.organization = ofAccount ? ThingValues.withoutFlags() : ThingValues.unknown();
            this.release = AtAction.hasRelease(action) ? ThingValues.unknown() : ThingValues.absent();
            this.run = AtAction.hasRun(credential) ? PublisherRun.unknown() : PublisherRun.absent();
            this.newToken = AtAction.hasNewToken(action) ? Fact.unknown() : Fact.absent();
            this.newFactor = AtAction.hasNewFactor(action) ? Fact.unknown() : Fact.absent();
            this.factorsLeft = AtAction.hasFactorsLeft(action) ? Fact.unknown() : Fact.absent();
        }

        /** The facts of the account that the credential proves. */
        public Builder account(AccountFacts facts) {
            this.account = Objects.requireNonNull(facts, "facts");
            return this;
        }

        /** Proofs of factors, from the session or this request. */
        public Builder evidence(Collection<Evidence> proofs) {
            this.evidence = List.copyOf(proofs);
            return this;
        }

        /** One more proof. */
        public Builder evidence(Evidence proof) {
            List<Evidence> more = new ArrayList<>(evidence);
            more.add(proof);
            this.evidence = List.copyOf(more);
            return this;
        }

        /** The session of this request, by the host's handle. */
        public Builder session(Carrier handle) {
            if (handle.kind() != Carrier.Kind.SESSION) {
                throw new IllegalArgumentException("handle: not of a session");
            }
            this.session = handle;
            return this;
        }

        /** This request, by the host's handle; needed where evidence comes with it. */
        public Builder request(Carrier handle) {
            if (handle.kind() != Carrier.Kind.REQUEST) {
                throw new IllegalArgumentException("handle: not of a request");
            }
            this.request = handle;
            return this;
        }

        public Builder project(ThingFacts facts) {
            this.project = Objects.requireNonNull(facts, "facts");
            return this;
        }

        public Builder organization(ThingFacts facts) {
            this.organization = Objects.requireNonNull(facts, "facts");
            return this;
        }

        public Builder release(ThingFacts facts) {
            this.release = Objects.requireNonNull(facts, "facts");
            return this;
        }

        public Builder run(PublisherRun facts) {
            this.run = Objects.requireNonNull(facts, "facts");
            return this;
        }

        public Builder newToken(NewToken asked) {
            this.newToken = Fact.of(asked);
            return this;
        }

        public Builder newFactor(EnrolledFactor asked) {
            this.newFactor = Fact.of(asked);
            return this;
        }

        /** The factors that remain after the removal asked for. */
        public Builder factorsLeft(EnrolledFactors left) {
            this.factorsLeft = Fact.of(left);
            return this;
        }

        public AccessRequest build() {
            return new AccessRequest(this);
        }
    }
}
