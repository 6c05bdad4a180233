package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.audit.InMemoryAuditLog;
import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.FactorResponse;
import dev.gatehouse.state.EphemeralState;
import dev.gatehouse.state.InMemoryAccountVersions;
import dev.gatehouse.testkit.MutableClock;
import dev.gatehouse.testkit.authenticator.SoftAuthenticator;
import dev.gatehouse.testkit.contract.FaultSweep.Ceremony;
import dev.gatehouse.testkit.contract.FaultSweep.Outcome;
import dev.gatehouse.webauthn.CeremonyStart;
import dev.gatehouse.webauthn.InMemoryWebAuthnRepository;
import dev.gatehouse.webauthn.RelyingParty;
import dev.gatehouse.webauthn.WebAuthnCeremonies;
import dev.gatehouse.webauthn.WebAuthnRepository;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Security keys over stores, each of whose calls goes wrong once in each way. */
class WebAuthnFaultsTest {
    private static final String ORIGIN = "https://packages.example.org";
    private static final Carrier SESSION = Carrier.session("session-1");
    private static final String BOB = "bob";
    private static final String MALLORY = "mallory";

    /** A site where Bob and Mallory each have a key and have used it once. */
    private static final class World {
        final InMemoryAuditLog audit = InMemoryAuditLog.create();
        final InMemoryAccountVersions versions = InMemoryAccountVersions.create();
        final WebAuthnRepository healthy = InMemoryWebAuthnRepository.create(audit, versions);
        final SoftAuthenticator key = SoftAuthenticator.at(ORIGIN);
        final WebAuthnCeremonies ceremonies;

        World(StoreFaults faults) {
            MutableClock clock = MutableClock.at("2024-01-01T05:00:00Z");
            ceremonies = WebAuthnCeremonies.builder(
                            RelyingParty.builder("example.org", "Example", Set.of(ORIGIN))
                                    .build(),
                            faults.in(WebAuthnRepository.class, healthy),
                            faults.in(EphemeralState.class, EphemeralState.singleNode(audit)),
                            audit,
                            clock)
                    .build();
            SoftAuthenticator other = SoftAuthenticator.at(ORIGIN);
            assertThat(confirm(MALLORY, creation(MALLORY, other), "key")).isEqualTo(Outcome.GRANTED);
            assertThat(confirm(BOB, creation(BOB, key), "key")).isEqualTo(Outcome.GRANTED);
            assertThat(verify(BOB, assertion(BOB, key))).isEqualTo(Outcome.GRANTED);
            assertThat(passkey(passkeyAssertion(other))).isEqualTo(Outcome.GRANTED);
            assertThat(verify(MALLORY, assertion(MALLORY, other))).isEqualTo(Outcome.GRANTED);
        }

        static String options(CeremonyStart start) {
            return start.fold(
                    CeremonyStart.Begun::optionsJson,
                    refused -> {
                        throw new AssertionError("not begun: " + refused);
                    },
                    tooOften -> {
                        throw new AssertionError("not begun: " + tooOften);
                    });
        }

        String creation(String account, SoftAuthenticator device) {
            return device.create(options(ceremonies.registration().begin(account, SESSION, account, account)))
                    .despiteExclusions()
                    .toJson();
        }

        Outcome confirm(String account, String json, String label) {
            return ceremonies
                    .registration()
                    .confirm(new FactorResponse(account, SESSION, json), label, versions.of(account), event -> event)
                    .fold(enrolled -> Outcome.GRANTED, not -> Outcome.REFUSED);
        }

        String assertion(String account, SoftAuthenticator device) {
            return device.get(options(ceremonies.authentication().begin(account, SESSION)))
                    .toJson();
        }

        Outcome verify(String account, String json) {
            return ceremonies
                    .authentication()
                    .verify(new FactorResponse(account, SESSION, json))
                    .fold(verified -> Outcome.GRANTED, rejected -> Outcome.REFUSED);
        }

        String passkeyAssertion(SoftAuthenticator device) {
            return device.get(options(ceremonies.authentication().beginPasskey(SESSION)))
                    .toJson();
        }

        Outcome passkey(String json) {
            return ceremonies
                    .authentication()
                    .verifyPasskey(SESSION, json)
                    .fold(identified -> Outcome.GRANTED, refused -> Outcome.REFUSED);
        }

        static Outcome begun(CeremonyStart start) {
            return start.fold(begun -> Outcome.GRANTED, refused -> Outcome.REFUSED, tooOften -> Outcome.REFUSED);
        }

        void checkOneKeyEach() {
            assertThat(healthy.ofAccount(BOB)).hasSize(1);
            assertThat(healthy.ofAccount(MALLORY)).hasSize(1);
        }
    }

    private record Of(Supplier<Outcome> ceremony, Runnable look) implements Ceremony {
        @Override
        public Outcome run() {
            return ceremony.get();
        }

        @Override
        public void check() {
            look.run();
        }
    }

    @Test
    void verify_whateverTheStoresDo_acceptsAnAssertionOnceAndOnlyOnTheirWord() {
        FaultSweep.of(faults -> {
                    World world = new World(faults);
                    String json = world.assertion(BOB, world.key);
                    return new Of(() -> world.verify(BOB, json), world::checkOneKeyEach);
                })
                .run();
    }

    @Test
    void verifyPasskey_whateverTheStoresDo_identifiesOnceAndOnlyOnTheirWord() {
        FaultSweep.of(faults -> {
                    World world = new World(faults);
                    String json = world.passkeyAssertion(world.key);
                    return new Of(() -> world.passkey(json), world::checkOneKeyEach);
                })
                .run();
    }

    @Test
    void confirm_whateverTheStoresDo_enrolsOnceAndOnlyOnTheirWord() {
        FaultSweep.of(faults -> {
                    World world = new World(faults);
                    String json = world.creation(BOB, SoftAuthenticator.at(ORIGIN));
                    return new Of(
                            () -> world.confirm(BOB, json, "second"),
                            () -> assertThat(world.versions.of(BOB))
                                    .isEqualTo(world.healthy.ofAccount(BOB).size())
                                    .isEqualTo(world.audit.events().stream()
                                            .filter(event ->
                                                    event.account().orElse("").equals(BOB))
                                            .count()));
                })
                // That there are fewer than there are is believed; the store counts, and compares handles, when it
                // adds.
                .tolerating(WebAuthnRepository.class, "ofAccount", StoreFault.EMPTY)
                .run();
    }

    @Test
    void begin_whateverTheStoresDo_givesNoOptionsThatNobodyCounted() {
        FaultSweep.of(faults -> {
                    World world = new World(faults);
                    return new Of(
                            () -> World.begun(world.ceremonies.registration().begin(BOB, SESSION, BOB, BOB)),
                            world::checkOneKeyEach);
                })
                .grantedAnyNumberOfTimes()
                // Nothing is excluded then; whether there is room, and one handle, is the store's to say when it is
                // added.
                .tolerating(WebAuthnRepository.class, "ofAccount", StoreFault.EMPTY)
                .run();
        FaultSweep.of(faults -> {
                    World world = new World(faults);
                    return new Of(
                            () -> World.begun(world.ceremonies.authentication().begin(BOB, SESSION)),
                            world::checkOneKeyEach);
                })
                .grantedAnyNumberOfTimes()
                .run();
    }
}
