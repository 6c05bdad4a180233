package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.audit.InMemoryAuditLog;
import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.FactorResponse;
import dev.gatehouse.factor.Verification;
import dev.gatehouse.recovery.InMemoryRecoveryCodeRepository;
import dev.gatehouse.recovery.NewRecoveryCodes;
import dev.gatehouse.recovery.RecoveryCodeRepository;
import dev.gatehouse.recovery.RecoveryCodeSet;
import dev.gatehouse.recovery.RecoveryCodeVerifier;
import dev.gatehouse.recovery.RecoveryCodes;
import dev.gatehouse.secret.Argon2Gate;
import dev.gatehouse.state.InMemoryAccountVersions;
import dev.gatehouse.testkit.MutableClock;
import dev.gatehouse.testkit.contract.FaultSweep.Ceremony;
import dev.gatehouse.testkit.contract.FaultSweep.Outcome;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Recovery codes over a store, each of whose calls goes wrong once in each way. */
class RecoveryFaultsTest {
    private static final MutableClock CLOCK = MutableClock.at("2024-01-01T05:00:00Z");
    private static final Argon2Gate GATE = Argon2Gate.of(1);
    private static final AuditEvent MADE_EVENT =
            AuditEvent.of(AuditTag.RECOVERY_CODES_GENERATED, Instant.EPOCH).build();
    private static final String BOB = "bob";
    private static final String MALLORY = "mallory";

    /** Sets of codes are made once, for they cost; each world has a store of its own that holds them. */
    private static final InMemoryRecoveryCodeRepository MADE =
            InMemoryRecoveryCodeRepository.create(InMemoryAuditLog.create());

    private static final NewRecoveryCodes CODES = made(MADE, BOB);

    static {
        made(MADE, MALLORY);
    }

    private static NewRecoveryCodes made(RecoveryCodeRepository repository, String account) {
        return RecoveryCodes.builder(repository, GATE, CLOCK)
                .build()
                .generate(account, 0, event -> event)
                .fold(generated -> generated.codes(), not -> {
                    throw new AssertionError(not);
                });
    }

    /** A store with codes of Bob's and Mallory's. */
    private static final class World {
        final InMemoryAuditLog audit = InMemoryAuditLog.create();
        final InMemoryAccountVersions versions = InMemoryAccountVersions.create();
        final RecoveryCodeRepository healthy = InMemoryRecoveryCodeRepository.create(audit, versions);
        final RecoveryCodeRepository repository;

        World(StoreFaults faults) {
            repository = faults.in(RecoveryCodeRepository.class, healthy);
            for (String account : List.of(MALLORY, BOB)) {
                RecoveryCodeSet set = MADE.ofAccount(account).orElseThrow();
                assertThat(healthy.replace(set, 0, MADE_EVENT)).isEqualTo(RecoveryCodeRepository.Change.DONE);
            }
            repository.ofAccount(MALLORY);
        }
    }

    @Test
    void settle_whateverTheStoreDoes_usesACodeOnceAndOnlyOnItsWord() {
        FaultSweep.of(faults -> {
                    World world = new World(faults);
                    RecoveryCodeVerifier verifier = new RecoveryCodeVerifier(world.repository, GATE, CLOCK);
                    FactorResponse response = new FactorResponse(
                            BOB, Carrier.session("session-1"), CODES.list().get(3));
                    return new Ceremony() {
                        @Override
                        public Outcome run() {
                            return verifier.verify(response)
                                                    .fold(
                                                            verified -> verifier.settle(verified.evidence()),
                                                            rejected -> rejected)
                                            instanceof Verification.Verified
                                    ? Outcome.GRANTED
                                    : Outcome.REFUSED;
                        }

                        @Override
                        public List<String> secrets() {
                            return CODES.list();
                        }

                        @Override
                        public void check() {
                            assertThat(world.healthy
                                            .ofAccount(BOB)
                                            .orElseThrow()
                                            .usedAt(3))
                                    .isPresent();
                            assertThat(world.healthy
                                            .ofAccount(MALLORY)
                                            .orElseThrow()
                                            .usedAt(3))
                                    .isEmpty();
                            assertThat(world.audit.events())
                                    .filteredOn(event -> !event.equals(MADE_EVENT))
                                    .hasSize(1);
                        }
                    };
                })
                .run();
    }

    @Test
    void generate_whateverTheStoreDoes_showsNoCodesThatAreNotStored() {
        FaultSweep.of(faults -> {
                    World world = new World(faults);
                    RecoveryCodes codes =
                            RecoveryCodes.builder(world.repository, GATE, CLOCK).build();
                    return new Ceremony() {
                        @Override
                        public Outcome run() {
                            return codes.generate(BOB, 1, event -> event)
                                    .fold(
                                            generated -> {
                                                assertThat(world.healthy
                                                                .ofAccount(BOB)
                                                                .map(RecoveryCodeSet::id))
                                                        .contains(generated
                                                                .codes()
                                                                .setId());
                                                return Outcome.GRANTED;
                                            },
                                            not -> Outcome.REFUSED);
                        }

                        @Override
                        public void check() {
                            assertThat(world.versions.of(BOB)).isEqualTo(2);
                            assertThat(world.audit.events()).hasSize(3);
                        }
                    };
                })
                // It only tells how the event is named.
                .tolerating(RecoveryCodeRepository.class, "ofAccount", StoreFault.EMPTY)
                .run();
    }
}
