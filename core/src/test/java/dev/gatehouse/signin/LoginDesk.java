package dev.gatehouse.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.audit.InMemoryAuditLog;
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
import dev.gatehouse.policy.PolicyControls;
import dev.gatehouse.policy.Supplied;
import dev.gatehouse.policy.TwoFactorPolicy;
import dev.gatehouse.policy.document.PolicyDocuments;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.Vocabulary;
import dev.gatehouse.state.EphemeralState;
import dev.gatehouse.state.InMemoryAccountVersions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** A login page at an index with PyPI's rules, its stores, and verifiers that take the answer {@code right}. */
final class LoginDesk {
    static final Instant T0 = Instant.parse("2026-08-25T12:00:00Z");
    static final String ALICE = "u-1";
    static final String BOB = "u-2";
    static final NetworkAddress HOME = NetworkAddress.of("192.0.2.1");
    static final EnrolledFactor CODES = EnrolledFactor.of("phone", FactorKind.TOTP);
    static final EnrolledFactor KEY = EnrolledFactor.of("yellow-key", FactorKind.WEBAUTHN);
    static final String RIGHT = "right";
    static final String BUSY = "busy";
    static final String LYING = "somebody else's";

    private static final String DOCUMENT = """
            gatehouse-policy = 1
            name = "desk"
            revision = 1
            reviewed = 2026-08-21
            zone = "UTC"
            extends = "pypi/1"
            [vocabulary.flags]
            account.frozen = "the account is frozen"
            organization.locked = "the organization is locked"
            [requirement.frozen]
            actions = ["sign-in.complete"]
            when.account.flag = "frozen"
            demand.closed = true
            message = "This account is frozen."
            # A login is about no project and no organization: these bind nobody.
            [requirement.of-projects]
            actions = ["sign-in.complete"]
            when.project.flag = "mandated"
            demand.closed = true
            message = "No login."
            [requirement.of-organizations]
            actions = ["sign-in.complete"]
            when.organization.flag = "locked"
            demand.closed = true
            message = "No login."
            """;
    private static final AtomicReference<Instant> NOW = new AtomicReference<>(T0);
    static final TwoFactorPolicy POLICY = policy();

    final AtomicReference<Instant> now = NOW;
    final InMemoryAuditLog events = InMemoryAuditLog.create();
    final EphemeralState state = EphemeralState.singleNode(events);
    final InMemoryAccountVersions versions = InMemoryAccountVersions.create();
    final LoginRepository logins = LoginRepository.inMemory(versions);
    final FailureRepository failures = FailureRepository.inMemory(events);
    final KnownDevices devices;
    final Verifier totp = new Verifier(CODES);
    final Verifier webauthn = new Verifier(KEY);
    final Verifier recovery = new Verifier(EnrolledFactor.of("set.3", FactorKind.RECOVERY_CODE));
    final Map<String, EnrolledFactors> enrolled = new HashMap<>();
    final Set<String> frozen = new HashSet<>();
    final SignIn signIn;
    final LoginConfirmation confirmation;
    private int sessions;

    LoginDesk() {
        this(builder -> builder, 100);
    }

    LoginDesk(Function<SignIn.Builder, SignIn.Builder> with, int cap) {
        now.set(T0);
        AttemptLimits limits =
                AttemptLimits.builder(state, failures).clock(now::get).cap(cap).build();
        this.devices = KnownDevices.builder(DeviceRepository.inMemory(events), versions)
                .clock(now::get)
                .build();
        this.signIn = with.apply(SignIn.builder(POLICY, this::facts, new SignIn.Stores(state, logins, versions, limits))
                        .verifier(webauthn)
                        .verifier(totp)
                        .verifier(recovery)
                        .devices(devices)
                        .labels((account, proof) ->
                                account + "'s " + proof.factor().id())
                        .events(events)
                        .clock(now::get))
                .build();
        this.confirmation = LoginConfirmation.builder(signIn, state).build();
    }

    private static TwoFactorPolicy policy() {
        PolicyDefinition definition =
                PolicyDocuments.standard().read("desk.toml", DOCUMENT).definition();
        Map<String, Boolean> off = new HashMap<>();
        definition.vocabulary().of(Vocabulary.Section.SWITCHES).keySet().forEach(name -> off.put(name, false));
        return TwoFactorPolicy.builder(definition)
                .clock(NOW::get)
                .controls(PolicyControls.of(off))
                .supplies(Supplied.everything(definition.vocabulary()))
                .build();
    }

    AccountFacts facts(String account) {
        AccountValues.Builder facts = AccountValues.builder(account, account)
                .emailVerified(true)
                .flags(frozen.contains(account) ? Set.of("frozen") : Set.of());
        if (enrolled.containsKey(account)) {
            facts.enrolled(enrolled.get(account));
        }
        return facts.build();
    }

    LoginDesk with(String account, EnrolledFactor... factors) {
        enrolled.put(account, EnrolledFactors.of(List.of(factors)));
        return this;
    }

    /** A request in a session, and a new one after it. */
    SignInRequest in(String session) {
        return SignInRequest.of(session, "s-" + ++sessions, HOME);
    }

    static Evidence password(String account) {
        return Evidence.asserted(account, FactorKind.PASSWORD, NOW.get(), Carrier.session("any"), "host");
    }

    /** A login as a browser sees it: the session it is in, and the ticket in that. */
    final class Tab {
        String session = "s-" + ++sessions;
        String device = "";
        String ticket = "";
        PendingStep pending;

        SignInStep password(String account) {
            return password(signIn.start(account));
        }

        /** The password that was checked from this start on. */
        SignInStep password(LoginStart start) {
            SignInRequest request = request();
            return seen(request, signIn.begin(request, start, LoginDesk.password(start.account())));
        }

        SignInStep prove(FactorKind kind, String text) {
            SignInRequest request = request();
            return seen(request, signIn.prove(request, ticket, kind, text));
        }

        SignInStep passkey(Verification verification) {
            return passkey(carrier -> verification);
        }

        SignInStep passkey(SignIn.Identification proof) {
            SignInRequest request = request();
            return seen(request, signIn.identify(request, FactorKind.WEBAUTHN, proof));
        }

        LoginConfirmation.Requested mail() {
            SignInRequest request = request();
            LoginConfirmation.Requested requested = confirmation.request(request, ticket);
            session = request.nextSession();
            keep(requested.fold(LoginConfirmation.Mail::next, LoginConfirmation.TooMany::next, expired -> null));
            return requested;
        }

        /** The secret of a link that was just mailed. */
        String link() {
            return ((LoginConfirmation.Mail) mail()).secret();
        }

        private SignInRequest request() {
            SignInRequest request = in(session);
            return device.isEmpty() ? request : request.withDevice(device);
        }

        private SignInStep seen(SignInRequest request, SignInStep step) {
            session = request.nextSession();
            if (step instanceof SignInStep.MoreNeeded more) {
                keep(more.next());
            } else if (step instanceof SignInStep.Rejected rejected) {
                keep(rejected.next().orElse(null));
            }
            return step;
        }

        private void keep(PendingStep next) {
            if (next != null) {
                pending = next;
                ticket = next.ticket();
            }
        }
    }

    Tab tab() {
        return new Tab();
    }

    /** A tab after a password that was right. */
    Tab begun(String account) {
        Tab tab = new Tab();
        assertThat(tab.password(account)).isInstanceOf(SignInStep.MoreNeeded.class);
        return tab;
    }

    List<AuditEvent> events(AuditTag tag) {
        return events.events().stream().filter(event -> event.tag().equals(tag)).toList();
    }

    enum Wrong implements RejectionCode {
        INVALID,
        BUSY {
            @Override
            public Optional<Duration> retryAfter() {
                return Optional.of(Duration.ofSeconds(1));
            }
        },
        ALREADY_USED;

        @Override
        public String code() {
            return name();
        }
    }

    /** Takes one answer, any number of times, until it is settled if it is good once. */
    static final class Verifier implements FactorVerifier {
        final EnrolledFactor factor;
        final List<FactorResponse> asked = new ArrayList<>();
        final List<Evidence> settled = new ArrayList<>();
        boolean isUsed;

        Verifier(EnrolledFactor factor) {
            this.factor = factor;
        }

        @Override
        public FactorKind kind() {
            return factor.kind();
        }

        @Override
        public Verification verify(FactorResponse response) {
            asked.add(response);
            return switch (response.text()) {
                case RIGHT -> new Verification.Verified(proof(response.account(), response.carrier()));
                case LYING -> new Verification.Verified(proof("u-9", response.carrier()));
                case BUSY -> new Verification.Rejected(Wrong.BUSY);
                default -> new Verification.Rejected(Wrong.INVALID);
            };
        }

        Evidence proof(String account, Carrier carrier) {
            return Evidence.asserted(account, factor, NOW.get(), carrier, "test");
        }

        @Override
        public Verification settle(Evidence proof) {
            settled.add(proof);
            return isUsed ? new Verification.Rejected(Wrong.ALREADY_USED) : new Verification.Verified(proof);
        }
    }
}
