package dev.gatehouse.signin;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.signin.FailureRepository.Begun;
import dev.gatehouse.signin.FailureRepository.NoPlace;
import dev.gatehouse.signin.FailureRepository.Place;
import dev.gatehouse.state.EphemeralState;
import dev.gatehouse.state.RateWindow;
import dev.gatehouse.state.StateSpace;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The limits in front of every verification of a factor: how many attempts may fail, for an account and for an address, in
 * several windows, and one after the other.
 *
 * <p>Before anything is verified, {@link #admit} takes a place in every window and in the count of consecutive failures, or says
 * that there is none; then no verifier may be asked. The attempt's {@link AttemptTicket} is told how it ended. Because places are
 * taken first, many attempts at once are no more than one after another.
 *
 * <ul>
 *   <li>All factors of an account share its windows, and so do codes in the headers of an API. Defaults are PyPI's: 5 in 5
 *       minutes, 20 in an hour, 50 in a day; for an address 10 in 5 minutes, 50 in an hour. Attempts from one address for many
 *       accounts, and for one account from many addresses, are both bounded.
 *   <li>A success gives back what it took itself and clears the consecutive failures of this account and factor; never the
 *       windows, so that whoever knows one account's code cannot wash away guesses at others.
 *   <li>Failures of WebAuthn and of an identity provider's assertion, which nobody guesses, and failures before a correct first
 *       factor count for the address only: they lock no owner out.
 *   <li>Passwords have windows of their own (10 in 5 minutes for a name and for an address): a password that is tried often
 *       spends nothing here.
 *   <li>At the cap of consecutive failures, 100 by default (NIST SP 800-63B-4, 3.2.2), that kind of factor of the account is
 *       suspended, and {@code gatehouse:two_factor:suspended} is recorded, from which the host tells the owner. The account's other
 *       factors work, and proving one of them, or {@link #clearAll} after somebody of the index has won the account back ({@link
 *       AfterRecovery.Builder#limits}), opens it again. Removing the factor does not: the one that is set up next is suspended too.
 * </ul>
 *
 * <p><b>For the host.</b> {@link SignIn} asks here by itself. Whoever verifies anything else (a password, a code beside an API
 * credential, a proof in a session) asks first, goes on only with {@link Admission.Admitted}, answers {@link Admission.Throttled}
 * with 429 and {@code Retry-After}, and tells the ticket how it ended. Nothing of it is kept in a session.
 *
 * <p>A store that cannot be reached is an exception, never an admission. Immutable and thread-safe.
 */
public final class AttemptLimits {
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final FailureRepository failures;
    private final InstantSource clock;
    private final int cap;
    private final AttemptWindows ofAccount;
    private final AttemptWindows ofAddress;
    private final AttemptWindows ofPassword;
    private final AttemptWindows ofPasswordByAddress;

    private AttemptLimits(Builder b) {
        this.failures = b.failures;
        this.clock = b.clock;
        this.cap = b.cap;
        this.ofAccount = AttemptWindows.of(b.state, "account", b.account, b.capacity);
        this.ofAddress = AttemptWindows.of(b.state, "address", b.address, b.capacity);
        this.ofPassword = AttemptWindows.of(b.state, "password-name", b.password, b.capacity);
        this.ofPasswordByAddress = AttemptWindows.of(b.state, "password-address", b.password, b.capacity);
    }

    /**
     * A builder with PyPI's numbers.
     *
     * @param state keeps the windows; shared by all nodes
     * @param failures keeps consecutive failures; durable and shared by all nodes
     */
    public static Builder builder(EphemeralState state, FailureRepository failures) {
        return new Builder(state, failures);
    }

    /**
     * Asks for the places of one attempt.
     *
     * @throws dev.gatehouse.state.StateUnavailableException if the state cannot answer; then nothing may be verified
     */
    public Admission admit(Attempt attempt) {
        Instant now = clock.instant();
        boolean isPassword = attempt.kind().equals(FactorKind.PASSWORD);
        List<AttemptWindows.Hit> hits = new ArrayList<>();
        Optional<Instant> retryAt = (isPassword ? ofPasswordByAddress : ofAddress)
                .take(attempt.address().bucket(), hits, now);
        if (retryAt.isEmpty() && attempt.countsForAccount()) {
            retryAt =
                    (isPassword ? ofPassword : ofAccount).take(attempt.account().orElseThrow(), hits, now);
        }
        if (retryAt.isPresent()) {
            withdraw(hits, now);
            return new Admission.Throttled(wait(now, retryAt.get()));
        }
        if (!attempt.isCapped()) {
            return new Admission.Admitted(new AttemptTicket(this, attempt, hits, null));
        }
        Begun begun = failures.begin(
                attempt.account().orElseThrow(), attempt.kind(), cap, event(AuditTag.FACTOR_SUSPENDED, attempt, now));
        if (begun instanceof Place place) {
            return new Admission.Admitted(new AttemptTicket(this, attempt, hits, place));
        }
        withdraw(hits, now);
        if (begun != NoPlace.AT_CAP) {
            throw new IllegalStateException("failures: no answer");
        }
        return new Admission.Suspended(attempt.kind());
    }

    /** In whole seconds, upwards, as {@code Retry-After} takes them. */
    static Duration wait(Instant now, Instant retryAt) {
        long seconds = Duration.between(now, retryAt).plusNanos(999_999_999).toSeconds();
        return seconds < 1 ? SECOND : Duration.ofSeconds(seconds);
    }

    void succeeded(Attempt attempt, List<AttemptWindows.Hit> hits, @Nullable Place place) {
        Instant now = clock.instant();
        withdraw(hits, now);
        attempt.account().ifPresent(account -> {
            if (place != null) {
                failures.clear(account, attempt.kind(), event(AuditTag.FACTOR_REOPENED, attempt, now));
            }
            reopen(account, attempt, now);
        });
    }

    void failed(Attempt attempt, @Nullable Place place) {
        if (place != null) {
            failures.failed(
                    attempt.account().orElseThrow(),
                    attempt.kind(),
                    place,
                    cap,
                    event(AuditTag.FACTOR_SUSPENDED, attempt, clock.instant()));
        }
    }

    void withdraw(Attempt attempt, List<AttemptWindows.Hit> hits, @Nullable Place place) {
        withdraw(hits, clock.instant());
        if (place != null) {
            failures.withdraw(attempt.account().orElseThrow(), attempt.kind(), place);
        }
    }

    private static void withdraw(List<AttemptWindows.Hit> hits, Instant now) {
        hits.forEach(hit -> hit.withdraw(now));
    }

    /**
     * Opens the suspended factors of an account again, because one that says itself whose it is was proven: a passkey, whose
     * attempt was made {@linkplain Attempt#beforeFirstFactor before the account was known}.
     *
     * @param proven the kind that was proven; only a second factor or a recovery code opens anything
     */
    public void reopen(String account, FactorKind proven, NetworkAddress address) {
        reopen(account, Attempt.afterFirstFactor(account, proven, address), clock.instant());
    }

    private void reopen(String account, Attempt attempt, Instant now) {
        FactorKind kind = attempt.kind();
        if (kind.weakestClass().isPresent() || kind.equals(FactorKind.RECOVERY_CODE)) {
            failures.reopen(account, event(AuditTag.FACTOR_REOPENED, attempt, now));
        }
    }

    /**
     * Begins all consecutive counts of an account anew, because the host has recovered it for its owner; {@link AfterRecovery} calls it.
     */
    public void clearAll(String account, NetworkAddress address) {
        failures.clearAll(
                account,
                AuditEvent.of(AuditTag.FACTOR_REOPENED, clock.instant())
                        .account(account)
                        .address(address.text())
                        .attribute("by", "recovery")
                        .build());
    }

    private AuditEvent event(AuditTag tag, Attempt attempt, Instant now) {
        AuditEvent.Builder event = AuditEvent.of(tag, now)
                .account(attempt.account().orElseThrow())
                .address(attempt.address().text());
        return tag.equals(AuditTag.FACTOR_SUSPENDED)
                ? event.subject(attempt.kind().id())
                        .attribute("method", attempt.kind().id())
                        .attribute("failures", Integer.toString(cap))
                        .build()
                : event.attribute("by", attempt.kind().id()).build();
    }

    /** Builds {@link AttemptLimits}; not thread-safe, may be reused. */
    public static final class Builder {
        private static final int MAX_CAP = 100;

        private final EphemeralState state;
        private final FailureRepository failures;
        private InstantSource clock = InstantSource.system();
        private int cap = MAX_CAP;
        private int capacity = 200_000;
        private List<RateWindow> account = List.of(
                new RateWindow(5, FIVE_MINUTES),
                new RateWindow(20, Duration.ofHours(1)),
                new RateWindow(50, Duration.ofDays(1)));
        private List<RateWindow> address =
                List.of(new RateWindow(10, FIVE_MINUTES), new RateWindow(50, Duration.ofHours(1)));
        private List<RateWindow> password = List.of(new RateWindow(10, FIVE_MINUTES));

        private Builder(EphemeralState state, FailureRepository failures) {
            this.state = Objects.requireNonNull(state, "state");
            this.failures = Objects.requireNonNull(failures, "failures");
        }

        /** The source of time; the system clock by default. */
        public Builder clock(InstantSource source) {
            this.clock = Objects.requireNonNull(source, "source");
            return this;
        }

        /**
         * The windows of an account, shared by its factors; 5 in 5 minutes, 20 in an hour, 50 in a day by default.
         *
         * @throws IllegalArgumentException unless 1 to 8 windows, each of another length
         */
        public Builder account(List<RateWindow> windows) {
            this.account = AttemptWindows.checked(windows);
            return this;
        }

        /**
         * The windows of an address, for all accounts and factors; 10 in 5 minutes, 50 in an hour by default.
         *
         * @throws IllegalArgumentException unless 1 to 8 windows, each of another length
         */
        public Builder address(List<RateWindow> windows) {
            this.address = AttemptWindows.checked(windows);
            return this;
        }

        /**
         * The windows of passwords, by name and by address; 10 in 5 minutes by default.
         *
         * @throws IllegalArgumentException unless 1 to 8 windows, each of another length
         */
        public Builder password(List<RateWindow> windows) {
            this.password = AttemptWindows.checked(windows);
            return this;
        }

        /**
         * The most failures of one kind of factor one after the other, 1 to 100; 100 by default.
         *
         * @throws IllegalArgumentException if out of bounds
         */
        public Builder cap(int most) {
            if (most < 1 || most > MAX_CAP) {
                throw new IllegalArgumentException("most: 1 to " + MAX_CAP);
            }
            this.cap = most;
            return this;
        }

        /**
         * How many accounts, or addresses, may have failed within each window; 200,000 by default. Further ones are refused, with
         * an event: nothing that counts is given up for them.
         */
        public Builder capacity(int keys) {
            // The bounds are those of a space.
            this.capacity = StateSpace.counters("attempts", keys).capacity();
            return this;
        }

        public AttemptLimits build() {
            return new AttemptLimits(this);
        }
    }
}
