package dev.gatehouse.publisher;

import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.internal.AddressBucket;
import dev.gatehouse.internal.LogText;
import dev.gatehouse.oidc.IdentityTokenVerification;
import dev.gatehouse.oidc.IdentityTokens;
import dev.gatehouse.oidc.Issuer;
import dev.gatehouse.oidc.VerifiedIdentityToken;
import dev.gatehouse.publisher.ExchangePlan.Mint;
import dev.gatehouse.publisher.ExchangePlan.Nothing;
import dev.gatehouse.publisher.ExchangePlan.Planned;
import dev.gatehouse.publisher.ExchangePlan.Reify;
import dev.gatehouse.publisher.ExchangeWriter.ProjectRefusedException;
import dev.gatehouse.publisher.PublisherEvents.Gone;
import dev.gatehouse.publisher.Retries.LostRaceException;
import dev.gatehouse.state.Claim;
import dev.gatehouse.state.EphemeralState;
import dev.gatehouse.state.StateSpace;
import dev.gatehouse.state.StateUnavailableException;
import dev.gatehouse.token.ApiTokens;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exchanges the identity token of a run for a token of 15 minutes, good for the projects that its publisher is linked to.
 *
 * <p>It goes in this order: a place for the address; the identity token ({@link IdentityTokens}); whether its provider is switched on; the
 * publishers it matches, pending ones first, the narrowest first; the limits of the publisher; the host's permit for each project;
 * the claim of all its replay keys; and then, in one transaction, everything that is written: the project of a pending publisher,
 * what is pinned at first use, the token and the events. Until the claim nothing is written but the audit of a refusal, the counters,
 * and the removal of a pending publisher whose project somebody else has made. Whatever was planned on and has changed when it is
 * written is planned again.
 *
 * <p>The token is bound to the publisher and its projects at the time of use: {@link dev.gatehouse.token.TokenProject#publishers} decides
 * then. A pending publisher that cannot be used does not stop a run that has a publisher already. One pending publisher is used in one
 * exchange.
 *
 * <p>Thread-safe. What a store, the state or the host throw reaches the caller, and there is no token; an identity token that was claimed
 * before stays used.
 */
public final class TokenExchange {
    /** How long a token lives, as on PyPI. */
    public static final Duration LIFETIME = Duration.ofMinutes(15);

    private static final StateSpace CLAIMS = StateSpace.claims("publisher.identity-token", 1_000_000);
    private static final int ATTEMPTS = 32;
    private static final Logger LOG = LoggerFactory.getLogger(TokenExchange.class);

    private final Verifying identities;
    private final Predicate<? super Issuer> enabled;
    private final PublisherProviders providers;
    private final PublishingStore store;
    private final EphemeralState state;
    private final ExchangePermit permit;
    private final InstantSource clock;
    private final ExchangeRefusals refusals;
    private final ExchangeBudgets budgets;
    private final ExchangePlanner planner;
    private final ExchangeWriter writer;

    private TokenExchange(Builder b) {
        this.identities = b.identities;
        this.enabled = b.enabled;
        this.providers = b.providers;
        this.store = b.store;
        this.state = b.state;
        this.permit = Builder.given(b.permit, "permit");
        this.clock = b.clock;
        this.refusals = new ExchangeRefusals(b.audit, b.clock);
        this.budgets = new ExchangeBudgets(b.state, b.limits);
        this.planner = new ExchangePlanner(Builder.given(b.registrants, "registrants"));
        SecureRandom random = b.random;
        this.writer = new ExchangeWriter(b.tokens, LIFETIME, () -> FreshIds.next(random));
    }

    /**
     * Starts the set-up.
     *
     * @param store in which {@code tokens} keeps its tokens too
     * @param state keeps claims and counters; shared by all nodes
     */
    public static Builder builder(
            IdentityTokens identities,
            PublisherProviders providers,
            PublishingStore store,
            ApiTokens tokens,
            EphemeralState state) {
        return new Builder(identities::verify, providers, store, tokens, state);
    }

    /** How identity tokens are verified. */
    interface Verifying {
        IdentityTokenVerification verify(String token, Predicate<? super Issuer> enabled);
    }

    static Builder builder(
            Verifying identities,
            PublisherProviders providers,
            PublishingStore store,
            ApiTokens tokens,
            EphemeralState state) {
        return new Builder(identities, providers, store, tokens, state);
    }

    /** Exchanges an identity token. */
    public Exchange exchange(ExchangeRequest request) {
        Instant now = clock.instant();
        ExchangeBudgets.Admission admission = budgets.admit(request.address(), now);
        if (admission.place() == null) {
            return new ThrottledExchange(ExchangeBudgets.wait(now, Objects.requireNonNull(admission.retryAt())));
        }
        IdentityTokenVerification verification = identities.verify(request.token(), enabled);
        Exchange result =
                verification.fold(verified -> verified(verified, request), rejected -> refusals.of(rejected, request));
        if (result instanceof Exchanged) {
            giveBack(admission.place());
        }
        return result;
    }

    /** It is answered by now: a counter that cannot be reached only costs a place. */
    private void giveBack(ExchangeBudgets.Place place) {
        try {
            budgets.giveBack(place, clock.instant());
        } catch (StateUnavailableException e) {
            LOG.warn("the place of an exchange was not given back: {}", e.reason());
        }
    }

    private void clear(PendingPublisher reified) {
        try {
            RegistrationBudgets.clear(state, reified.registrant(), clock.instant());
        } catch (StateUnavailableException e) {
            LOG.warn("the registrations of an account were not forgotten: {}", e.reason());
        }
    }

    private Exchange verified(VerifiedIdentityToken token, ExchangeRequest request) {
        String id = token.issuer().providerId();
        PublisherProvider provider = providers.find(id).orElse(null);
        if (provider == null) {
            return refusals.of(ExchangeRefusal.UNKNOWN_ISSUER, "", "no provider " + id + " is known", request, token);
        }
        ExchangeCourse course = new ExchangeCourse(provider, token, request, clock.instant());
        Exchange result = matched(course);
        if (!(result instanceof Exchanged)) {
            // These limit tokens: who sends a used one again, or may have none, takes none from the publisher's own
            // runs.
            course.counted.forEach(this::giveBack);
        }
        return result;
    }

    private Exchange matched(ExchangeCourse course) {
        // Told and recorded only if there is no token in the end.
        Nothing obstacle = null;
        boolean isCounted = false;
        boolean isClaimed = false;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Planned planned = Retries.inTransaction(store, unit -> planner.plan(unit, course));
            removeDead(course, planned.dead());
            if (planned.plan() instanceof Nothing nothing) {
                return refused(course, obstacle != null ? obstacle : nothing);
            }
            if (!isCounted) {
                Optional<Instant> retryAt =
                        budgets.spend(course.request.address(), counted(planned.plan()), course.now, course.counted);
                if (retryAt.isPresent()) {
                    return new ThrottledExchange(ExchangeBudgets.wait(course.now, retryAt.get()));
                }
                isCounted = true;
            }
            Set<String> permitted = new HashSet<>();
            Optional<String> refusal = refusal(course, planned.plan(), permitted);
            if (refusal.isPresent()) {
                Nothing refused = new Nothing(ExchangeRefusal.NOT_PERMITTED, refusal.get(), refusal.get());
                obstacle = obstacle != null ? obstacle : refused;
                if (!isSkipped(course, planned.plan(), refused)) {
                    return refused(course, obstacle);
                }
                continue;
            }
            if (!isClaimed) {
                RefusedExchange taken = claim(course);
                if (taken != null) {
                    return taken;
                }
                isClaimed = true;
            }
            try {
                Exchanged exchanged = store.inTransaction(unit -> write(unit, course, planned.plan(), permitted));
                if (planned.plan() instanceof Reify reify) {
                    clear(reify.pending());
                }
                return exchanged;
            } catch (LostRaceException e) {
                LOG.debug("an exchange is planned again");
            } catch (ProjectRefusedException e) {
                Nothing refused =
                        new Nothing(ExchangeRefusal.PROJECT_REFUSED, e.text, Objects.requireNonNull(e.getMessage()));
                obstacle = obstacle != null ? obstacle : refused;
                isSkipped(course, planned.plan(), refused);
            }
        }
        throw new IllegalStateException("store: publishers change all the time");
    }

    private Exchanged write(
            PublishingStore.Unit unit, ExchangeCourse course, ExchangePlan plan, Set<String> permitted) {
        if (!planner.plan(unit, course).plan().equals(plan)) {
            throw new LostRaceException();
        }
        return plan instanceof Reify reify
                ? writer.reify(unit, course, reify, permitted)
                : writer.mint(unit, course, (Mint) plan, permitted);
    }

    private RefusedExchange refused(ExchangeCourse course, Nothing why) {
        return refusals.of(why.refusal(), why.text(), why.reason(), course.request, course.token);
    }

    /** Leaves a pending publisher out from now on; false if it is not about one. */
    private static boolean isSkipped(ExchangeCourse course, ExchangePlan plan, Nothing why) {
        if (!(plan instanceof Reify reify)) {
            return false;
        }
        LOG.info("pending publisher {} is left out: {}", reify.pending().id(), LogText.quoted(why.reason()));
        return course.skipped.add(reify.pending().id());
    }

    private static String counted(ExchangePlan plan) {
        if (plan instanceof Mint mint) {
            return mint.publisher().id();
        }
        Reify reify = (Reify) plan;
        return reify.known() != null
                ? reify.known().publisher().id()
                : reify.pending().id();
    }

    /** PyPI deletes it too: left alone, it would make a project on the day on which somebody deletes the one there is. */
    private void removeDead(ExchangeCourse course, List<PendingPublisher> dead) {
        if (dead.isEmpty()) {
            return;
        }
        store.inTransaction(unit -> {
            for (PendingPublisher each : dead) {
                unit.pending()
                        .remove(
                                each,
                                PublisherEvents.gone(each, Gone.PROJECT_EXISTS, course.provider.id(), course.now));
            }
            return dead.size();
        });
    }

    /** Why there is no token; else those projects that it may be for are added. */
    private Optional<String> refusal(ExchangeCourse course, ExchangePlan plan, Set<String> permitted) {
        String address = AddressBucket.of(course.request.address()).text();
        Mint mint = plan instanceof Mint m ? m : ((Reify) plan).known();
        if (plan instanceof Reify reify) {
            Optional<String> refusal =
                    ExchangePlanner.answered(permit.refusal(ExchangeAttempt.of(reify.pending(), course.run, address)));
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        Optional<String> first = Optional.empty();
        if (mint == null) {
            return first;
        }
        for (PublishingProject project : mint.projects()) {
            Optional<String> refusal = ExchangePlanner.answered(
                    permit.refusal(ExchangeAttempt.of(mint.next(), project, course.run, address)));
            if (refusal.isEmpty()) {
                permitted.add(project.id());
            } else if (first.isEmpty()) {
                first = refusal;
            }
        }
        return plan instanceof Reify || !permitted.isEmpty() ? Optional.empty() : first;
    }

    /** Claims all replay keys; the refusal if any of them was taken. */
    private @Nullable RefusedExchange claim(ExchangeCourse course) {
        Instant now = clock.instant();
        VerifiedIdentityToken token = course.token;
        if (!now.isBefore(token.claimUntil())) {
            return refusals.of(ExchangeRefusal.INVALID_TOKEN, "", "it expired meanwhile", course.request, token);
        }
        for (String key : token.replayKeys()) {
            if (state.claim(CLAIMS, key, token.claimUntil(), now) != Claim.CLAIMED) {
                return refusals.of(
                        ExchangeRefusal.REUSED, "", "replay key " + key + " is taken", course.request, token);
            }
        }
        return null;
    }

    /** Sets up {@link TokenExchange}; not thread-safe, may be reused. */
    public static final class Builder {
        private final Verifying identities;
        private final PublisherProviders providers;
        private final PublishingStore store;
        private final ApiTokens tokens;
        private final EphemeralState state;
        private @Nullable ExchangePermit permit;
        private @Nullable RegistrantStatus registrants;
        private Predicate<? super Issuer> enabled = issuer -> true;
        private InstantSource clock = InstantSource.system();
        private SecureRandom random = new SecureRandom();
        private AuditSink audit = AuditSink.slf4j();
        private ExchangeLimits limits = ExchangeLimits.standard();

        private Builder(
                Verifying identities,
                PublisherProviders providers,
                PublishingStore store,
                ApiTokens tokens,
                EphemeralState state) {
            this.identities = Objects.requireNonNull(identities, "identities");
            this.providers = Objects.requireNonNull(providers, "providers");
            this.store = Objects.requireNonNull(store, "store");
            this.tokens = Objects.requireNonNull(tokens, "tokens");
            this.state = Objects.requireNonNull(state, "state");
        }

        /** The host's permit; it has to be given. {@code attempt -> Optional.empty()} permits everything. */
        public Builder permit(ExchangePermit asked) {
            this.permit = Objects.requireNonNull(asked, "asked");
            return this;
        }

        /** What is known of registrants; it has to be given. */
        public Builder registrants(RegistrantStatus asked) {
            this.registrants = Objects.requireNonNull(asked, "asked");
            return this;
        }

        /** Which issuers are switched on, such as all of one provider; every one by default. Asked before anything is fetched. */
        public Builder enabled(Predicate<? super Issuer> asked) {
            this.enabled = Objects.requireNonNull(asked, "asked");
            return this;
        }

        /** The clock; the system's by default. */
        public Builder clock(InstantSource source) {
            this.clock = Objects.requireNonNull(source, "source");
            return this;
        }

        /** The source of ids of publishers; the platform's default by default. */
        public Builder random(SecureRandom source) {
            this.random = Objects.requireNonNull(source, "source");
            return this;
        }

        /** Where refusals are recorded; the log by default. What is changed is recorded in the store's own audit. */
        public Builder audit(AuditSink sink) {
            this.audit = Objects.requireNonNull(sink, "sink");
            return this;
        }

        /** How often tokens may be asked for; {@link ExchangeLimits#standard} by default. */
        public Builder limits(ExchangeLimits all) {
            this.limits = Objects.requireNonNull(all, "all");
            return this;
        }

        /**
         * The exchange.
         *
         * @throws IllegalStateException if {@code permit} or {@code registrants} was not given
         */
        public TokenExchange build() {
            return new TokenExchange(this);
        }

        static <T> T given(@Nullable T part, String name) {
            if (part == null) {
                throw new IllegalStateException(name + ": not given");
            }
            return part;
        }
    }
}
