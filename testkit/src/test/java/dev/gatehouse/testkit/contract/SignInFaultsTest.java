package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.audit.InMemoryAuditLog;
import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.EnrolledFactor;
import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.factor.Verification;
import dev.gatehouse.policy.AccountFacts;
import dev.gatehouse.policy.AccountValues;
import dev.gatehouse.policy.PolicyControls;
import dev.gatehouse.policy.Supplied;
import dev.gatehouse.policy.TwoFactorPolicy;
import dev.gatehouse.policy.document.PolicyDocuments;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.Vocabulary;
import dev.gatehouse.secret.KeyRing;
import dev.gatehouse.secret.Sealer;
import dev.gatehouse.secret.SecretBytes;
import dev.gatehouse.signin.AttemptLimits;
import dev.gatehouse.signin.DeviceRepository;
import dev.gatehouse.signin.FailureRepository;
import dev.gatehouse.signin.KnownDevice;
import dev.gatehouse.signin.KnownDevices;
import dev.gatehouse.signin.LoginConfirmation;
import dev.gatehouse.signin.LoginRepository;
import dev.gatehouse.signin.NetworkAddress;
import dev.gatehouse.signin.Reauthenticated;
import dev.gatehouse.signin.Reauthentication;
import dev.gatehouse.signin.SignIn;
import dev.gatehouse.signin.SignInRequest;
import dev.gatehouse.signin.SignInStep;
import dev.gatehouse.state.AccountVersions;
import dev.gatehouse.state.EphemeralState;
import dev.gatehouse.state.InMemoryAccountVersions;
import dev.gatehouse.testkit.MutableClock;
import dev.gatehouse.testkit.contract.FaultSweep.Ceremony;
import dev.gatehouse.testkit.contract.FaultSweep.Outcome;
import dev.gatehouse.totp.InMemoryTotpRepository;
import dev.gatehouse.totp.Totp;
import dev.gatehouse.totp.TotpCredential;
import dev.gatehouse.totp.TotpParameters;
import dev.gatehouse.totp.TotpRepository;
import dev.gatehouse.totp.TotpSecret;
import dev.gatehouse.totp.TotpVerifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Logins and proofs anew over stores, each of whose calls goes wrong once in each way. */
class SignInFaultsTest {
    private static final NetworkAddress HOME = NetworkAddress.of("192.0.2.1");
    private static final String BOB = "bob";
    private static final String MALLORY = "mallory";

    private static final Sealer SEALER =
            new Sealer(KeyRing.sealingWith("k1", SecretBytes.copyOf(new byte[KeyRing.KEY_BYTES]))
                    .build());

    private static final MutableClock CLOCK = MutableClock.at("2026-08-25T12:00:00Z");
    private static final TwoFactorPolicy POLICY = policy();

    private static TwoFactorPolicy policy() {
        PolicyDefinition pypi = PolicyDocuments.standard().preset("pypi/1").definition();
        Map<String, Boolean> off = new HashMap<>();
        pypi.vocabulary().of(Vocabulary.Section.SWITCHES).keySet().forEach(name -> off.put(name, false));
        return TwoFactorPolicy.builder(pypi)
                .clock(CLOCK)
                .controls(PolicyControls.of(off))
                .supplies(Supplied.everything(pypi.vocabulary()))
                .build();
    }

    /** An index where Bob and Mallory have an app each; Mallory has logged in before. */
    private static final class World {
        final InMemoryAuditLog events = InMemoryAuditLog.create();
        final InMemoryAccountVersions versions = InMemoryAccountVersions.create();
        final InMemoryTotpRepository apps = InMemoryTotpRepository.create(events, versions);
        final LoginRepository logins = LoginRepository.inMemory(versions);
        final FailureRepository failures = FailureRepository.inMemory(events);
        final DeviceRepository stored = DeviceRepository.inMemory(events);
        final KnownDevices devices;
        final SignIn signIn;
        final LoginConfirmation confirmation;
        final Reauthentication again;
        final List<String> secrets = new ArrayList<>();
        private int sessions;

        World(StoreFaults faults) {
            EphemeralState state = faults.in(EphemeralState.class, EphemeralState.singleNode(events));
            AttemptLimits limits = AttemptLimits.builder(state, faults.in(FailureRepository.class, failures))
                    .clock(CLOCK)
                    .build();
            AccountVersions watched = faults.in(AccountVersions.class, versions);
            TotpVerifier verifier = new TotpVerifier(faults.in(TotpRepository.class, apps), SEALER, CLOCK);
            devices = KnownDevices.builder(faults.in(DeviceRepository.class, stored), watched)
                    .clock(CLOCK)
                    .build();
            signIn = SignIn.builder(
                            POLICY,
                            World::facts,
                            new SignIn.Stores(state, faults.in(LoginRepository.class, logins), watched, limits))
                    .verifier(verifier)
                    .devices(devices)
                    .events(events)
                    .clock(CLOCK)
                    .build();
            confirmation = LoginConfirmation.builder(signIn, state).build();
            again = Reauthentication.of(limits, List.of(verifier), events, CLOCK);
            for (String account : List.of(MALLORY, BOB)) {
                apps.add(
                        TotpCredential.of(
                                "app-of-" + account,
                                account,
                                TotpParameters.standard(),
                                SEALER.seal(
                                        secret(account).bytes(),
                                        TotpCredential.placeOfSecret(account, "app-of-" + account)),
                                CLOCK.instant()),
                        0,
                        AuditEvent.of(AuditTag.FACTOR_ADDED, CLOCK.instant()).build());
            }
            assertThat(new Tab(this, MALLORY, true).prove(FactorKind.TOTP, code(MALLORY)))
                    .isEqualTo(Outcome.GRANTED);
        }

        private static TotpSecret secret(String account) {
            byte[] bytes = new byte[20];
            bytes[0] = (byte) account.length();
            return TotpSecret.of(SecretBytes.copyOf(bytes));
        }

        String code(String account) {
            return Totp.codeAt(secret(account), TotpParameters.standard(), CLOCK.instant());
        }

        private static AccountFacts facts(String account) {
            return AccountValues.builder(account, account)
                    .emailVerified(true)
                    .enrolled(EnrolledFactors.of(List.of(
                            EnrolledFactor.of("app-of-" + account, FactorKind.TOTP),
                            EnrolledFactor.of("key-of-" + account, FactorKind.WEBAUTHN))))
                    .build();
        }

        static Verification passkey(Carrier carrier) {
            EnrolledFactor key = EnrolledFactor.of("key-of-bob", FactorKind.WEBAUTHN);
            return new Verification.Verified(Evidence.asserted(BOB, key, CLOCK.instant(), carrier, "test"));
        }

        String next() {
            return "session-" + ++sessions;
        }
    }

    /** A login as a browser sees it. */
    private static final class Tab {
        private final World world;
        private final String device;
        private String session;
        private String ticket = "";

        Tab(World world, String account, boolean isKnown) {
            this.world = world;
            this.session = world.next();
            this.device = isKnown
                    ? world.devices
                            .remember(account, KnownDevice.Trust.KNOWN, "laptop", HOME)
                            .cookie()
                    : "";
            SignInRequest request = request();
            seen(
                    request,
                    world.signIn.begin(
                            request,
                            world.signIn.start(account),
                            Evidence.asserted(
                                    account, FactorKind.PASSWORD, CLOCK.instant(), Carrier.session("any"), "host")));
            assertThat(ticket).isNotEmpty();
        }

        Outcome prove(FactorKind kind, String text) {
            SignInRequest request = request();
            return seen(request, world.signIn.prove(request, ticket, kind, text)) instanceof SignInStep.Completed
                    ? Outcome.GRANTED
                    : Outcome.REFUSED;
        }

        LoginConfirmation.Requested mail() {
            SignInRequest request = request();
            return world.confirmation.request(request, ticket);
        }

        /** The secret of a link that was just mailed. */
        String link() {
            SignInRequest request = request();
            LoginConfirmation.Mail mail = (LoginConfirmation.Mail) world.confirmation.request(request, ticket);
            session = request.nextSession();
            ticket = mail.next().ticket();
            world.secrets.add(mail.secret());
            world.secrets.add(ticket);
            return mail.secret();
        }

        private SignInRequest request() {
            SignInRequest request = SignInRequest.of(session, world.next(), HOME);
            return device.isEmpty() ? request : request.withDevice(device);
        }

        private SignInStep seen(SignInRequest request, SignInStep step) {
            if (step instanceof SignInStep.MoreNeeded more) {
                session = request.nextSession();
                ticket = more.next().ticket();
                world.secrets.add(ticket);
            }
            return step;
        }
    }

    private record Of(World world, Supplier<Outcome> ceremony, Runnable look) implements Ceremony {
        @Override
        public Outcome run() {
            return ceremony.get();
        }

        @Override
        public List<String> secrets() {
            return world.secrets;
        }

        @Override
        public void check() {
            look.run();
        }
    }

    private static void sweep(Function<? super World, ? extends Ceremony> ceremony) {
        FaultSweep.of(faults -> ceremony.apply(new World(faults))).run();
    }

    @Test
    void prove_onAKnownDevice_whateverTheStoresDo_completesOnceAndOnlyOnTheirWord() {
        sweep(world -> {
            Tab tab = new Tab(world, BOB, true);
            String code = world.code(BOB);
            world.secrets.add(code);
            return new Of(
                    world,
                    () -> tab.prove(FactorKind.TOTP, code),
                    () -> assertThat(world.logins.completed(BOB))
                            .as("no more than one login was completed")
                            .isLessThanOrEqualTo(1));
        });
    }

    /** Whoever was thrown out begins anew, and has the same code: it is good once, whatever tab it comes from. */
    @Test
    void prove_theSameCodeInANewTab_whateverTheStoresDo_completesOnce() {
        sweep(world -> {
            Tab first = new Tab(world, BOB, true);
            List<Tab> tabs = new ArrayList<>(List.of(first));
            String code = world.code(BOB);
            return new Of(
                    world,
                    () -> {
                        Tab tab = tabs.isEmpty() ? new Tab(world, BOB, true) : tabs.remove(0);
                        return tab.prove(FactorKind.TOTP, code);
                    },
                    () -> assertThat(world.failures.ofAccount(BOB))
                            .as("nobody is shut out by a store that failed once")
                            .noneMatch(FailureRepository.Standing::isSuspended));
        });
    }

    @Test
    void prove_byALink_whateverTheStoresDo_completesOnceAndOnlyOnTheirWord() {
        sweep(world -> {
            Tab tab = new Tab(world, BOB, false);
            assertThat(tab.prove(FactorKind.TOTP, world.code(BOB))).isEqualTo(Outcome.REFUSED);
            String link = tab.link();
            return new Of(
                    world,
                    () -> tab.prove(FactorKind.EMAIL, link),
                    () -> assertThat(world.logins.completed(BOB)).isLessThanOrEqualTo(1));
        });
    }

    @Test
    void request_ofALink_whateverTheStoresDo_mailsNoneThatNobodyCounted() {
        sweep(world -> {
            Tab tab = new Tab(world, BOB, false);
            assertThat(tab.prove(FactorKind.TOTP, world.code(BOB))).isEqualTo(Outcome.REFUSED);
            return new Of(
                    world,
                    () -> tab.mail() instanceof LoginConfirmation.Mail ? Outcome.GRANTED : Outcome.REFUSED,
                    () -> {});
        });
    }

    @Test
    void identify_whateverTheStoresDo_completesOnlyOnTheirWord() {
        FaultSweep.of(faults -> {
                    World world = new World(faults);
                    return new Of(
                            world,
                            () -> world.signIn.identify(
                                                    SignInRequest.of(world.next(), world.next(), HOME),
                                                    FactorKind.WEBAUTHN,
                                                    World::passkey)
                                            instanceof SignInStep.Completed
                                    ? Outcome.GRANTED
                                    : Outcome.REFUSED,
                            () -> {});
                })
                .grantedAnyNumberOfTimes()
                .run();
    }

    @Test
    void prove_anew_whateverTheStoresDo_provesOnceAndOnlyOnTheirWord() {
        sweep(world -> {
            String code = world.code(BOB);
            world.secrets.add(code);
            return new Of(
                    world,
                    () -> world.again.prove(BOB, Carrier.session("session-1"), FactorKind.TOTP, code, HOME)
                                    instanceof Reauthenticated.Proven
                            ? Outcome.GRANTED
                            : Outcome.REFUSED,
                    () -> {});
        });
    }

    @Test
    void recognise_whateverTheStoresDo_knowsADeviceOnlyOnTheirWord() {
        FaultSweep.of(faults -> {
                    World world = new World(faults);
                    String cookie = world.devices
                            .remember(BOB, KnownDevice.Trust.REMEMBERED, "laptop", HOME)
                            .cookie();
                    world.devices.list(MALLORY);
                    world.secrets.add(cookie);
                    return new Of(
                            world,
                            () -> world.devices.recognise(BOB, cookie).isPresent() ? Outcome.GRANTED : Outcome.REFUSED,
                            () -> {});
                })
                .grantedAnyNumberOfTimes()
                .run();
    }

    @Test
    void remember_whateverTheStoresDo_givesNoCookieThatIsNotStored() {
        FaultSweep.of(faults -> {
                    World world = new World(faults);
                    return new Of(
                            world,
                            () -> {
                                String cookie = world.devices
                                        .remember(BOB, KnownDevice.Trust.KNOWN, "laptop", HOME)
                                        .cookie();
                                assertThat(world.stored.ofAccount(BOB)).isNotEmpty();
                                return world.devices.recognise(BOB, cookie).isPresent()
                                        ? Outcome.GRANTED
                                        : Outcome.REFUSED;
                            },
                            () -> assertThat(world.stored.ofAccount(BOB)).hasSizeBetween(2, 3));
                })
                .grantedAnyNumberOfTimes()
                .run();
    }
}
