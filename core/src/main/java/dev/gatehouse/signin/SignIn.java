package dev.gatehouse.signin;

import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.factor.FactorResponse;
import dev.gatehouse.factor.FactorVerifier;
import dev.gatehouse.factor.RejectionCode;
import dev.gatehouse.factor.Verification;
import dev.gatehouse.policy.AccountFacts;
import dev.gatehouse.policy.TwoFactorPolicy;
import dev.gatehouse.state.AccountVersions;
import dev.gatehouse.state.EphemeralState;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Logs accounts in: from the first proof, which the host has verified, to the session, over every way there is.
 *
 * <p>Each step takes the ticket of the step before and answers with a {@link SignInStep}:
 *
 * <ol>
 *   <li>{@link #start} before a password is checked, and {@link #begin} after it was right (or an identity provider has said who it
 *       is), also for accounts without a factor; or {@link #identify} for a passkey, which is both factors in one and says itself
 *       whose it is.
 *   <li>{@link #prove} for each further proof: a code, an answer of a security key, a recovery code, the secret of a mailed link
 *       ({@link LoginConfirmation}).
 * </ol>
 *
 * <p><b>What holds.</b> A ticket of 256 bits, of which the store has only the hash, is good in one session, for {@link #LIFETIME} from
 * the first proof, and once: of many requests with one ticket one is answered, the others have {@link SignInStep.Expired}. A wrong
 * answer gives the next ticket, with the same end. It is void after a lock-out, after any completed login of the account, and
 * after any change of what the account can prove itself with; so is a first proof that was being checked meanwhile. Proofs accumulate; each login has its own, so that another
 * account begins with none. {@link AttemptLimits} is asked before every verification.
 *
 * <p><b>What decides.</b> An account that has a second factor set up is never logged in without a proof of one, of a recovery code, or,
 * where {@linkplain Builder#allowRememberedDevices allowed}, of a remembered device; an account whose factors are unknown is taken to
 * have one. Beyond that the policy's {@code sign-in.complete} decides, with the label {@code session.known-device} where the device
 * is known; where it refuses and a further proof would help, that is asked for. Then the login is completed by compare-and-set on
 * the account's logins and version, proofs that are good once are {@linkplain FactorVerifier#settle used up}, and {@code
 * account:login:success} is recorded: a recovery code is not lost with a login that fails.
 *
 * <p><b>For the host.</b> Keep {@link PendingStep} in the session, and nothing else of the login. Change the session at each step, see
 * {@link SignInRequest}. On {@link SignInStep.Completed} make the next session the account's and keep the evidence in it. Passwords
 * are the host's, with {@link Attempt#ofPassword} before each; so is whether an account is frozen, asked before {@link #begin} and
 * {@link #identify}'s session is used. What the session keeps of the account (the password's version, {@link SessionCutoff#beginning})
 * is read before the step that may complete, so that it is of what was proven and not of what came after; after a recovery code,
 * {@link AfterRecovery} comes first. Every step is a POST.
 *
 * <p>Immutable and thread-safe. What a store, a verifier or a fact throws reaches the caller; nobody is logged in then.
 */
public final class SignIn {
    /** How long a login may take, from its first proof on. */
    public static final Duration LIFETIME = Duration.ofMinutes(5);

    private final AttemptLimits limits;
    private final Map<FactorKind, FactorVerifier> verifiers;
    private final LoginCourse course;
    private final LoginEvents events;
    private final InstantSource clock;

    private SignIn(Builder b) {
        this.limits = b.stores.limits();
        this.verifiers = Map.copyOf(b.verifiers);
        this.events = new LoginEvents(b.events, b.labels);
        this.clock = b.clock;
        Set<FactorKind> kinds = new LinkedHashSet<>(b.verifiers.keySet());
        kinds.add(FactorKind.EMAIL);
        this.course = new LoginCourse(
                b.stores,
                new PendingLogins(b.stores.state(), b.random),
                new LoginJudge(b.policy, b.accounts, new LoginDevices(b.devices, b.allowsRememberedDevices), kinds),
                verifiers,
                events);
    }

    /**
     * A builder of logins.
     *
     * @param policy decides {@code sign-in.complete}
     * @param accounts the facts of an account by its id, read when asked, never kept from before
     * @param stores what is remembered
     */
    public static Builder builder(TwoFactorPolicy policy, Function<String, AccountFacts> accounts, Stores stores) {
        return new Builder(policy, accounts, stores);
    }

    /**
     * What logins remember, in stores that all nodes share.
     *
     * @param state pending logins
     * @param logins completed ones
     * @param versions of the store that {@code logins} is of
     * @param limits in front of every verification
     */
    public record Stores(EphemeralState state, LoginRepository logins, AccountVersions versions, AttemptLimits limits) {
        /** Checks that all are there. */
        public Stores {
            Objects.requireNonNull(state, "state");
            Objects.requireNonNull(logins, "logins");
            Objects.requireNonNull(versions, "versions");
            Objects.requireNonNull(limits, "limits");
        }
    }

    /** Verifies a proof that says itself whose it is. */
    public interface Identification {
        /**
         * Verifies the proof.
         *
         * @param session the session that the request was sent in
         * @return {@code Verified} with evidence of the account and factor that it found
         */
        Verification verify(Carrier session);
    }

    /**
     * What the account is at, to be taken before its first proof is checked: a check takes a while, and a password that is changed
     * meanwhile opens nothing, though it was right. Where nobody knows the account before (an identity provider says who it is), take
     * it once it is known, and read after it what makes the proof that account's.
     *
     * @param account the host's immutable id of the account
     */
    public LoginStart start(String account) {
        Objects.requireNonNull(account, "account");
        return new LoginStart(account, course.at(account));
    }

    /**
     * Begins a login with a first proof that the host has just verified. For an account without factors this may be all. Expired if
     * the account is not at its start any more: another login was completed, or what it can prove itself with has changed.
     *
     * @param start of this account, taken before the proof was checked
     * @param first such as {@code Evidence.asserted(account, FactorKind.PASSWORD, now, Carrier.session(..), "host")}
     * @throws IllegalArgumentException if start and proof are of different accounts
     */
    public SignInStep begin(SignInRequest request, LoginStart start, Evidence first) {
        if (!start.account().equals(first.account())) {
            throw new IllegalArgumentException("start: of another account than the proof");
        }
        return course.begin(request, start, first, clock.instant());
    }

    /**
     * Logs in with a proof that says itself whose it is: a passkey, whose authenticator has verified its user. Expired if the
     * account's factors are known and the proof's is not among them: it was removed since it was verified.
     *
     * @param kind of the proof
     * @param proof verifies it; called only if the address is within its limits
     */
    public SignInStep identify(SignInRequest request, FactorKind kind, Identification proof) {
        Admission admission = limits.admit(Attempt.beforeFirstFactor(kind, request.address()));
        if (admission instanceof Admission.Throttled throttled) {
            return new SignInStep.Throttled(throttled.retryAfter());
        }
        AttemptTicket attempt = ((Admission.Admitted) admission).ticket();
        Verification verification = proof.verify(Carrier.session(request.session()));
        Instant now = clock.instant();
        if (verification instanceof Verification.Verified verified
                && verified.evidence().kind().equals(kind)) {
            attempt.succeeded();
            Evidence evidence = verified.evidence();
            limits.reopen(evidence.account(), kind, request.address());
            return course.identified(request, evidence, now);
        }
        RejectionCode code = end(attempt, verification);
        events.failure(null, kind, code, request.address(), now);
        return new SignInStep.Rejected(code, Optional.empty());
    }

    /**
     * Takes one more proof.
     *
     * @param ticket {@link PendingStep#ticket} as the session kept it
     * @param kind which factor it is meant for, by the page or endpoint it was sent to
     * @param text the code, the JSON of the browser's answer, or the secret of the mailed link; as received
     * @throws IllegalArgumentException if there is no verifier of this kind
     */
    public SignInStep prove(SignInRequest request, String ticket, FactorKind kind, String text) {
        Objects.requireNonNull(text, "text");
        boolean isMail = kind.equals(FactorKind.EMAIL);
        FactorVerifier verifier = verifiers.get(kind);
        if (verifier == null && !isMail) {
            throw new IllegalArgumentException("kind: no verifier of " + kind);
        }
        Instant now = clock.instant();
        Optional<PendingLogin> taken = course.take(request, ticket, now);
        if (taken.isEmpty() || (!isMail && !now.isBefore(taken.get().until()))) {
            return new SignInStep.Expired();
        }
        PendingLogin login = taken.get();
        // Nobody guesses the secret of a link.
        Admission admission = limits.admit(
                isMail
                        ? Attempt.beforeFirstFactor(kind, request.address())
                        : Attempt.afterFirstFactor(login.account(), kind, request.address()));
        if (admission instanceof Admission.Throttled throttled) {
            return new SignInStep.Throttled(throttled.retryAfter());
        }
        if (admission instanceof Admission.Suspended) {
            return course.rejected(request, login, SignInRejection.SUSPENDED, now);
        }
        Carrier session = Carrier.session(request.session());
        Verification verification = verifier == null
                ? MailedLink.verify(login, text, session, now)
                : verifier.verify(new FactorResponse(login.account(), session, text));
        AttemptTicket attempt = ((Admission.Admitted) admission).ticket();
        if (verification instanceof Verification.Verified verified && isOf(verified.evidence(), login, kind)) {
            attempt.succeeded();
            PendingLogin next = isMail ? login.awaiting(null) : login;
            return course.advance(request, next.plus(verified.evidence()), now);
        }
        RejectionCode code = end(attempt, verification);
        events.failure(login.account(), kind, code, request.address(), now);
        return course.rejected(request, login, code, now);
    }

    private static boolean isOf(Evidence proof, PendingLogin login, FactorKind kind) {
        return proof.account().equals(login.account()) && proof.kind().equals(kind);
    }

    /** Tells the limits how an attempt ended that did not succeed. */
    private static RejectionCode end(AttemptTicket attempt, Verification verification) {
        RejectionCode code =
                verification.fold(verified -> SignInRejection.VERIFIER_UNTRUSTED, Verification.Rejected::code);
        if (code.retryAfter().isEmpty()) {
            attempt.failed();
        } else {
            attempt.notAnAttempt();
        }
        return code;
    }

    InstantSource clock() {
        return clock;
    }

    LoginEvents events() {
        return events;
    }

    LoginCourse course() {
        return course;
    }

    /** Builds {@link SignIn}; not thread-safe, may be reused. */
    public static final class Builder {
        private final TwoFactorPolicy policy;
        private final Function<String, AccountFacts> accounts;
        private final Stores stores;
        private final Map<FactorKind, FactorVerifier> verifiers = new LinkedHashMap<>();
        private @Nullable KnownDevices devices;
        private boolean allowsRememberedDevices;
        private BiFunction<String, Evidence, String> labels =
                (account, proof) -> proof.factor().id();
        private AuditSink events = AuditSink.slf4j();
        private InstantSource clock = InstantSource.system();
        private SecureRandom random = new SecureRandom();

        private Builder(TwoFactorPolicy policy, Function<String, AccountFacts> accounts, Stores stores) {
            this.policy = Objects.requireNonNull(policy, "policy");
            this.accounts = Objects.requireNonNull(accounts, "accounts");
            this.stores = Objects.requireNonNull(stores, "stores");
        }

        /**
         * One more verifier; its kind is offered after those before it.
         *
         * @throws IllegalArgumentException if there is one of its kind, or it is of passwords or mail
         */
        public Builder verifier(FactorVerifier verifier) {
            FactorKind kind = verifier.kind();
            if (kind.equals(FactorKind.PASSWORD) || kind.equals(FactorKind.EMAIL) || verifiers.containsKey(kind)) {
                throw new IllegalArgumentException(
                        "verifier: a second one of " + kind + ", or one that is not wanted here");
            }
            verifiers.put(kind, verifier);
            return this;
        }

        /** The devices that accounts are known from; none by default, so that no device is known. */
        public Builder devices(KnownDevices known) {
            this.devices = Objects.requireNonNull(known, "known");
            return this;
        }

        /**
         * Lets a device that was remembered as {@link KnownDevice.Trust#REMEMBERED} stand for the second factor, unless the policy
         * refuses. By default it does not: whoever has the password and the cookie is not asked for anything else.
         */
        public Builder allowRememberedDevices() {
            this.allowsRememberedDevices = true;
            return this;
        }

        /** What the owner calls a factor, by account and proof; recorded with a login. The factor's id by default. */
        public Builder labels(BiFunction<String, Evidence, String> names) {
            this.labels = Objects.requireNonNull(names, "names");
            return this;
        }

        /** Where logins that succeed or fail are recorded; SLF4J by default. What it throws ends the login. */
        public Builder events(AuditSink sink) {
            this.events = Objects.requireNonNull(sink, "sink");
            return this;
        }

        /** The source of time, the same as the policy's; the system clock by default. */
        public Builder clock(InstantSource source) {
            this.clock = Objects.requireNonNull(source, "source");
            return this;
        }

        /** Where tickets come from, the platform's default by default. */
        public Builder random(SecureRandom source) {
            this.random = Objects.requireNonNull(source, "source");
            return this;
        }

        /**
         * The logins.
         *
         * @throws IllegalStateException if remembered devices are allowed and there are no devices
         */
        public SignIn build() {
            if (allowsRememberedDevices && devices == null) {
                throw new IllegalStateException("allowRememberedDevices: without devices");
            }
            return new SignIn(this);
        }
    }
}
