package dev.gatehouse.testkit.token;

import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.EnrolledFactor;
import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.factor.FactorResponse;
import dev.gatehouse.factor.FactorVerifier;
import dev.gatehouse.factor.Verification;
import dev.gatehouse.policy.AccountFacts;
import dev.gatehouse.policy.AccountValues;
import dev.gatehouse.policy.PolicyControls;
import dev.gatehouse.policy.Supplied;
import dev.gatehouse.policy.TwoFactorPolicy;
import dev.gatehouse.policy.document.PolicyDocuments;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.Vocabulary;
import dev.gatehouse.signin.AttemptLimits;
import dev.gatehouse.signin.DeviceRepository;
import dev.gatehouse.signin.FailureRepository;
import dev.gatehouse.signin.KnownDevices;
import dev.gatehouse.signin.LoginConfirmation;
import dev.gatehouse.signin.LoginRepository;
import dev.gatehouse.signin.LoginStart;
import dev.gatehouse.signin.NetworkAddress;
import dev.gatehouse.signin.PendingStep;
import dev.gatehouse.signin.SignIn;
import dev.gatehouse.signin.SignInRequest;
import dev.gatehouse.signin.SignInStep;
import dev.gatehouse.state.EphemeralState;
import dev.gatehouse.state.InMemoryAccountVersions;
import dev.gatehouse.testkit.MutableClock;
import dev.gatehouse.testkit.token.ReplaySubject.Answer;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Two nodes of a login page that share their stores; every account has an app whose code is always the same. */
final class LoginNodes {
    private static final EnrolledFactor APP = EnrolledFactor.of("app", FactorKind.TOTP);
    private static final NetworkAddress HOME = NetworkAddress.of("192.0.2.1");

    final FaultSwitch faults = FaultSwitch.none();
    private final List<MutableClock> clocks =
            List.of(MutableClock.at(ReplayLaws.START), MutableClock.at(ReplayLaws.START));
    private final EphemeralState state = faults.over(EphemeralState.class, EphemeralState.singleNode(event -> {}));
    private final List<SignIn> nodes;
    private final AtomicInteger sessions = new AtomicInteger();

    /**
     * A login that waits.
     *
     * @param session in which it waits
     * @param next what the session keeps
     */
    record Waiting(String session, PendingStep next) {}

    /** With the rules of this preset. */
    LoginNodes(String preset) {
        PolicyDefinition definition = PolicyDocuments.standard().preset(preset).definition();
        InMemoryAccountVersions versions = InMemoryAccountVersions.create();
        LoginRepository logins = faults.over(LoginRepository.class, LoginRepository.inMemory(versions));
        FailureRepository failures = FailureRepository.inMemory(event -> {});
        DeviceRepository known = DeviceRepository.inMemory(event -> {});
        nodes = clocks.stream()
                .map(clock -> SignIn.builder(
                                policy(definition, clock),
                                LoginNodes::facts,
                                new SignIn.Stores(
                                        state,
                                        logins,
                                        versions,
                                        AttemptLimits.builder(state, failures)
                                                .clock(clock)
                                                .build()))
                        .verifier(new App(clock))
                        .devices(KnownDevices.builder(known, versions)
                                .clock(clock)
                                .build())
                        .events(event -> {})
                        .clock(clock)
                        .build())
                .toList();
    }

    private static TwoFactorPolicy policy(PolicyDefinition definition, MutableClock clock) {
        Map<String, Boolean> off = new HashMap<>();
        definition.vocabulary().of(Vocabulary.Section.SWITCHES).keySet().forEach(name -> off.put(name, false));
        return TwoFactorPolicy.builder(definition)
                .clock(clock)
                .controls(PolicyControls.of(off))
                .supplies(Supplied.everything(definition.vocabulary()))
                .build();
    }

    private static AccountFacts facts(String account) {
        return AccountValues.builder(account, account)
                .enrolled(EnrolledFactors.of(List.of(APP)))
                .emailVerified(true)
                .build();
    }

    private SignInRequest request(String session) {
        return SignInRequest.of(session, "session-" + sessions.incrementAndGet(), HOME);
    }

    /** A new account's login after its password. */
    Waiting begun(Instant now) {
        clocks.get(0).set(now);
        SignInRequest request = request("session-" + sessions.incrementAndGet());
        LoginStart start = nodes.get(0).start("account-" + sessions.get());
        Evidence password =
                Evidence.asserted(start.account(), FactorKind.PASSWORD, now, Carrier.session("any"), "host");
        return waiting(request, nodes.get(0).begin(request, start, password));
    }

    /** A login that waits for a link, after its code. */
    Waiting coded(Instant now) {
        Waiting begun = begun(now);
        SignInRequest request = request(begun.session());
        return waiting(request, nodes.get(0).prove(request, begun.next().ticket(), FactorKind.TOTP, "right"));
    }

    private static Waiting waiting(SignInRequest request, SignInStep step) {
        if (step instanceof SignInStep.MoreNeeded more) {
            return new Waiting(request.nextSession(), more.next());
        }
        throw new AssertionError("not waiting: " + step);
    }

    /** What is in the link that is mailed, and the login as it waits then. */
    LoginConfirmation.Mail mailed(Waiting login, SignInRequest request) {
        return (LoginConfirmation.Mail) LoginConfirmation.builder(nodes.get(0), state)
                .build()
                .request(request, login.next().ticket());
    }

    /** The link's secret, and a request after which the login waits. */
    SignInRequest after(Waiting login) {
        return request(login.session());
    }

    Answer prove(Instant now, int node, Waiting login, FactorKind kind, String text) {
        clocks.get(node).set(now);
        return nodes.get(node).prove(request(login.session()), login.next().ticket(), kind, text)
                        instanceof SignInStep.Completed
                ? Answer.ACCEPTED
                : Answer.REFUSED;
    }

    /** Takes one answer, any number of times: what is to be spent is the ticket. */
    private record App(MutableClock clock) implements FactorVerifier {
        @Override
        public FactorKind kind() {
            return FactorKind.TOTP;
        }

        @Override
        public Verification verify(FactorResponse response) {
            return new Verification.Verified(
                    Evidence.asserted(response.account(), APP, clock.instant(), response.carrier(), "test"));
        }
    }
}
