package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.EnrolledFactor;
import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.factor.FactorResponse;
import dev.gatehouse.factor.FactorVerifier;
import dev.gatehouse.factor.RejectionCode;
import dev.gatehouse.factor.Verification;
import dev.gatehouse.policy.AccountFacts;
import dev.gatehouse.policy.AccountValues;
import dev.gatehouse.policy.TwoFactorPolicy;
import dev.gatehouse.policy.document.PolicyDocuments;
import dev.gatehouse.signin.AttemptLimits;
import dev.gatehouse.signin.FailureRepository;
import dev.gatehouse.signin.LoginRepository;
import dev.gatehouse.signin.LoginStart;
import dev.gatehouse.signin.NetworkAddress;
import dev.gatehouse.signin.PendingStep;
import dev.gatehouse.signin.SignIn;
import dev.gatehouse.signin.SignInRequest;
import dev.gatehouse.signin.SignInStep;
import dev.gatehouse.state.AccountVersions;
import dev.gatehouse.state.EphemeralState;
import dev.gatehouse.state.InMemoryAccountVersions;
import dev.gatehouse.testkit.Race;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Logins at the same moment, on the stores that a host has: one ticket, one account, one budget. */
public abstract class SignInRaceContract {
    private static final Instant T0 = Instant.parse("2024-01-02T12:00:00Z");
    private static final TwoFactorPolicy POLICY = TwoFactorPolicy.builder(
                    PolicyDocuments.standard().preset("jsr/1").definition())
            .clock(InstantSource.fixed(T0))
            .build();
    private static final EnrolledFactor FACTOR = EnrolledFactor.of(FactorKind.TOTP);
    private static final String RIGHT = "right";
    private static final int THREADS = 4;
    private static final int LIMIT = 5;

    private final AtomicInteger verified = new AtomicInteger();
    private final AtomicInteger sessions = new AtomicInteger();
    private AccountVersions versions = InMemoryAccountVersions.create();
    private SignIn signIn = signIn(inMemory());

    /** For subclasses. */
    protected SignInRaceContract() {}

    /**
     * The stores of one index.
     *
     * @param state pending logins and windows
     * @param failures consecutive ones
     * @param logins completed ones
     * @param versions of accounts
     */
    public record Stores(
            EphemeralState state, FailureRepository failures, LoginRepository logins, AccountVersions versions) {}

    /** New, empty stores. */
    protected abstract Stores create();

    /** How many rounds a race has; fewer for stores that are slow. */
    protected int rounds() {
        return 200;
    }

    /** The stores of a single node. */
    protected static Stores inMemory() {
        InMemoryAccountVersions versions = InMemoryAccountVersions.create();
        return new Stores(
                EphemeralState.singleNode(event -> {}),
                FailureRepository.inMemory(event -> {}),
                LoginRepository.inMemory(versions),
                versions);
    }

    @BeforeEach
    final void makeSignIn() {
        Stores stores = create();
        versions = stores.versions();
        signIn = signIn(stores);
    }

    private SignIn signIn(Stores stores) {
        InstantSource clock = InstantSource.fixed(T0);
        AttemptLimits limits = AttemptLimits.builder(stores.state(), stores.failures())
                .clock(clock)
                .build();
        return SignIn.builder(
                        POLICY,
                        SignInRaceContract::facts,
                        new SignIn.Stores(stores.state(), stores.logins(), stores.versions(), limits))
                .verifier(new Counting())
                .events(event -> {})
                .clock(clock)
                .build();
    }

    private static AccountFacts facts(String account) {
        return AccountValues.builder(account, account)
                .enrolled(EnrolledFactors.of(List.of(FACTOR)))
                .emailVerified(true)
                .build();
    }

    @Test
    void prove_oneTicketByManyAtOnce_hasOneWinner() {
        for (int round = 0; round < rounds(); round++) {
            int number = round;
            Waiting tab = begun("account-" + round, number);
            List<SignInStep> steps = Race.of(THREADS, i -> tab.prove(number, RIGHT));

            assertOneCompleted(steps);
        }
        assertThat(verified.get()).isEqualTo(rounds());
    }

    @Test
    void prove_manyTicketsOfOneAccountAtOnce_completesOne() {
        for (int round = 0; round < rounds(); round++) {
            int number = round;
            List<Waiting> tabs = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                tabs.add(begun("account-" + round, number));
            }
            List<SignInStep> steps = Race.of(THREADS, i -> tabs.get(i).prove(number, RIGHT));

            assertOneCompleted(steps);
        }
    }

    /** Passwords that are being checked while what the account can prove itself with changes open nothing. */
    @Test
    void begin_whileTheVersionAdvances_leadsToNoLogin() {
        for (int round = 0; round < rounds(); round++) {
            int number = round;
            String account = "account-" + round;
            List<LoginStart> starts = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                starts.add(signIn.start(account));
            }
            List<Optional<Waiting>> tabs = Race.of(THREADS, i -> {
                if (i == 0) {
                    versions.advance(account);
                }
                return begun(starts.get(i), number);
            });

            assertThat(tabs.stream().flatMap(Optional::stream).map(tab -> tab.prove(number, RIGHT)))
                    .allMatch(SignInStep.Expired.class::isInstance);
            assertThat(tabs.get(0)).isEmpty();
        }
    }

    /** Eight browsers with the right password guess at once: the verifier is asked as often as the account's window has room. */
    @Test
    void prove_guessesInParallel_neverExceedTheLimit() {
        int browsers = 8;
        for (int round = 0; round < rounds(); round++) {
            int number = round;
            verified.set(0);
            List<Waiting> tabs = new ArrayList<>();
            for (int i = 0; i < browsers; i++) {
                tabs.add(begun("account-" + round, number));
            }
            List<SignInStep> steps = Race.of(browsers, i -> tabs.get(i).prove(number, "wrong"));

            assertThat(verified.get()).as("round %d", round).isLessThanOrEqualTo(LIMIT);
            assertThat(steps.stream().filter(SignInStep.Rejected.class::isInstance))
                    .hasSize(verified.get());
            assertThat(steps).hasAtLeastOneElementOfType(SignInStep.Throttled.class);
        }
    }

    private static void assertOneCompleted(List<SignInStep> steps) {
        assertThat(steps.stream().filter(SignInStep.Completed.class::isInstance))
                .hasSize(1);
        assertThat(steps.stream().filter(SignInStep.Expired.class::isInstance)).hasSize(steps.size() - 1);
    }

    private Waiting begun(String account, int round) {
        return begun(signIn.start(account), round).orElseThrow();
    }

    /** The login of this start after its password; empty if it is over. */
    private Optional<Waiting> begun(LoginStart start, int round) {
        SignInRequest request = request(newSession(), round);
        Evidence password = Evidence.asserted(start.account(), FactorKind.PASSWORD, T0, Carrier.session("any"), "host");
        SignInStep step = signIn.begin(request, start, password);
        if (step instanceof SignInStep.MoreNeeded more) {
            return Optional.of(new Waiting(request.nextSession(), more.next()));
        }
        assertThat(step).isInstanceOf(SignInStep.Expired.class);
        return Optional.empty();
    }

    private String newSession() {
        return "session-" + sessions.incrementAndGet();
    }

    /** Each round has an address of its own, for the budget of an address is no part of it. */
    private SignInRequest request(String session, int round) {
        String address = "2001:db8:" + Integer.toHexString(round) + "::1";
        return SignInRequest.of(session, newSession(), NetworkAddress.of(address));
    }

    /** A login that waits in a session. */
    private final class Waiting {
        private final String session;
        private final PendingStep pending;

        Waiting(String session, PendingStep pending) {
            this.session = session;
            this.pending = pending;
        }

        SignInStep prove(int round, String text) {
            return signIn.prove(request(session, round), pending.ticket(), FactorKind.TOTP, text);
        }
    }

    /** Takes one answer, and counts how often it is asked. */
    private final class Counting implements FactorVerifier {
        @Override
        public FactorKind kind() {
            return FactorKind.TOTP;
        }

        @Override
        public Verification verify(FactorResponse response) {
            verified.incrementAndGet();
            return response.text().equals(RIGHT)
                    ? new Verification.Verified(
                            Evidence.asserted(response.account(), FACTOR, T0, response.carrier(), "test"))
                    : new Verification.Rejected(Wrong.WRONG);
        }
    }

    private enum Wrong implements RejectionCode {
        WRONG;

        @Override
        public String code() {
            return name();
        }
    }
}
