package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.audit.InMemoryAuditLog;
import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.FactorResponse;
import dev.gatehouse.secret.KeyRing;
import dev.gatehouse.secret.Sealer;
import dev.gatehouse.secret.SecretBytes;
import dev.gatehouse.state.InMemoryAccountVersions;
import dev.gatehouse.testkit.MutableClock;
import dev.gatehouse.testkit.contract.FaultSweep.Ceremony;
import dev.gatehouse.testkit.contract.FaultSweep.Outcome;
import dev.gatehouse.totp.InMemoryTotpRepository;
import dev.gatehouse.totp.PendingTotp;
import dev.gatehouse.totp.Totp;
import dev.gatehouse.totp.TotpCredential;
import dev.gatehouse.totp.TotpEnrolment;
import dev.gatehouse.totp.TotpPlacement;
import dev.gatehouse.totp.TotpRepository;
import dev.gatehouse.totp.TotpVerifier;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** Codes of apps over a store, each of whose calls goes wrong once in each way. */
class TotpFaultsTest {
    private static final Carrier SESSION = Carrier.session("session-1");
    private static final String BOB = "bob";
    private static final String MALLORY = "mallory";

    private static final Sealer SEALER =
            new Sealer(KeyRing.sealingWith("k1", SecretBytes.copyOf(new byte[KeyRing.KEY_BYTES]))
                    .build());

    /** A site with an app of Bob's and one of Mallory's. */
    private static final class World {
        final InMemoryAuditLog audit = InMemoryAuditLog.create();
        final InMemoryAccountVersions versions = InMemoryAccountVersions.create();
        final MutableClock clock = MutableClock.at("2024-01-01T05:00:00Z");
        final TotpRepository healthy = InMemoryTotpRepository.create(audit, versions);
        final TotpRepository repository;
        final TotpEnrolment enrolment;
        final TotpVerifier verifier;
        final PendingTotp app;
        final PendingTotp others;

        World(StoreFaults faults) {
            repository = faults.in(TotpRepository.class, healthy);
            enrolment =
                    TotpEnrolment.builder(repository, SEALER, clock, "Index").build();
            verifier = new TotpVerifier(repository, SEALER, clock);
            others = enrol(MALLORY);
            app = enrol(BOB);
            repository.ofAccount(MALLORY);
            clock.advance(Duration.ofMinutes(5));
        }

        private PendingTotp enrol(String account) {
            PendingTotp pending = enrolment.begin(account, account);
            assertThat(confirm(account, pending, TotpPlacement.beside(versions.of(account))))
                    .isEqualTo(Outcome.GRANTED);
            return pending;
        }

        String code(PendingTotp pending) {
            return Totp.codeAt(pending.secret(), pending.parameters(), clock.instant());
        }

        Outcome confirm(String account, PendingTotp pending, TotpPlacement placement) {
            return enrolment
                    .confirm(
                            new FactorResponse(account, SESSION, code(pending)),
                            pending.text(),
                            placement,
                            event -> event)
                    .fold(enrolled -> Outcome.GRANTED, not -> Outcome.REFUSED);
        }

        Outcome verify() {
            return verifier.verify(new FactorResponse(BOB, SESSION, code(app)))
                    .fold(verified -> Outcome.GRANTED, rejected -> Outcome.REFUSED);
        }

        /** Every change of factors has its event, and each event its change. */
        void checkEvents() {
            long changes = versions.of(BOB) + versions.of(MALLORY);
            assertThat(audit.events())
                    .filteredOn(event -> !event.tag().equals(AuditTag.FACTOR_REMOVED))
                    .hasSize((int) changes);
        }
    }

    private abstract static class OfWorld implements Ceremony {
        final World world;

        OfWorld(World world) {
            this.world = world;
        }

        @Override
        public List<String> secrets() {
            return List.of(world.code(world.app), world.app.secret().base32());
        }
    }

    @Test
    void verify_whateverTheStoreDoes_acceptsACodeOnceAndOnlyOnItsWord() {
        FaultSweep.Tried tried = FaultSweep.of(faults -> {
                    World world = new World(faults);
                    return new OfWorld(world) {
                        @Override
                        public Outcome run() {
                            return world.verify();
                        }

                        @Override
                        public void check() {
                            assertThat(world.healthy.ofAccount(BOB).get(0).lastStep())
                                    .as("after three tries the code is used up, whoever used it")
                                    .isEqualTo(world.clock.instant().getEpochSecond() / 30);
                        }
                    };
                })
                .run();

        assertThat(tried.calls()).isEqualTo(2);
    }

    @Test
    void verify_ofSomebodyElsesCode_isRefusedWhateverTheStoreDoes() {
        FaultSweep.ofRefusal(faults -> {
                    World world = new World(faults);
                    return new OfWorld(world) {
                        @Override
                        public Outcome run() {
                            return world.verifier
                                    .verify(new FactorResponse(BOB, SESSION, world.code(world.others)))
                                    .fold(verified -> Outcome.GRANTED, rejected -> Outcome.REFUSED);
                        }
                    };
                })
                .run();
    }

    @Test
    void confirm_whateverTheStoreDoes_enrolsOnceWithItsEvent() {
        enrolling((world, pending) -> TotpPlacement.beside(1));
    }

    @Test
    void confirm_insteadOfAnother_whateverTheStoreDoes_replacesOnce() {
        enrolling((world, pending) -> TotpPlacement.insteadOf(world.app.id(), 1));
    }

    private static void enrolling(BiFunction<World, PendingTotp, TotpPlacement> placement) {
        FaultSweep.of(faults -> {
                    World world = new World(faults);
                    PendingTotp pending = world.enrolment.begin(BOB, BOB);
                    return new OfWorld(world) {
                        @Override
                        public Outcome run() {
                            return world.confirm(BOB, pending, placement.apply(world, pending));
                        }

                        @Override
                        public void check() {
                            assertThat(world.versions.of(BOB)).isEqualTo(2);
                            assertThat(world.healthy.ofAccount(BOB))
                                    .extracting(TotpCredential::id)
                                    .containsOnlyOnce(pending.id());
                            world.checkEvents();
                        }
                    };
                })
                // That there are fewer than there are is believed: they are counted, and no more.
                .tolerating(TotpRepository.class, "ofAccount", StoreFault.EMPTY)
                .run();
    }

    @Test
    void remove_whateverTheStoreDoes_saysSoOnceAndOnlyOnItsWord() {
        FaultSweep.of(faults -> {
                    World world = new World(faults);
                    return new OfWorld(world) {
                        @Override
                        public Outcome run() {
                            return world.enrolment.remove(BOB, world.app.id(), 1, event -> event)
                                            == TotpRepository.Removal.REMOVED
                                    ? Outcome.GRANTED
                                    : Outcome.REFUSED;
                        }

                        @Override
                        public void check() {
                            assertThat(world.healthy.ofAccount(BOB)).isEmpty();
                            assertThat(world.versions.of(BOB)).isEqualTo(2);
                        }
                    };
                })
                .run();
    }
}
