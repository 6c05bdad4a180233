package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.audit.InMemoryAuditLog;
import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.policy.AccessRequest;
import dev.gatehouse.policy.AccountValues;
import dev.gatehouse.policy.Credential;
import dev.gatehouse.policy.Decision;
import dev.gatehouse.policy.PolicyControls;
import dev.gatehouse.policy.TwoFactorPolicy;
import dev.gatehouse.policy.Waiver;
import dev.gatehouse.policy.document.PolicyDocuments;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.signin.Administered;
import dev.gatehouse.signin.PolicyAdministration;
import dev.gatehouse.signin.SwitchRepository;
import dev.gatehouse.signin.SwitchRepository.State;
import dev.gatehouse.signin.WaiverRepository;
import dev.gatehouse.signin.WaiverTerms;
import dev.gatehouse.testkit.MutableClock;
import dev.gatehouse.testkit.contract.FaultSweep.Ceremony;
import dev.gatehouse.testkit.contract.FaultSweep.Outcome;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Waivers and switches over stores, each of whose calls goes wrong once in each way. */
class AdministrationFaultsTest {
    private static final String DOCUMENT = """
            gatehouse-policy = 1
            name = "admin-faults"
            revision = 1
            zone = "UTC"
            ungated = ["read", "sign-in", "account", "factor", "publisher", "member", "organization", "project", "token"]

            [vocabulary.switches]
            lock = "nothing is released"

            [requirement.admin-needs-factor]
            actions = ["admin.waive", "admin.switch"]
            demand.enrolled = "any"
            message = "Set up a factor."

            [requirement.upload-needs-factor]
            actions = ["publish.file"]
            demand.enrolled = "any"
            message = "Set up a factor."

            [requirement.locked]
            actions = ["publish.release", "release.yank"]
            demand.closed = true
            message = "Locked."
            phases = [{ mode = "enforce", switch = "lock" }]
            """;

    private static final String ADDRESS = "192.0.2.1";

    /** A policy, and what its operators have given and turned. */
    private static final class World {
        final MutableClock clock = MutableClock.at("2024-01-01T05:00:00Z");
        final InMemoryAuditLog changes = InMemoryAuditLog.create();
        final WaiverRepository waivers = WaiverRepository.inMemory(changes);
        final SwitchRepository switches = SwitchRepository.inMemory(changes);
        final TwoFactorPolicy policy = TwoFactorPolicy.builder(PolicyDocuments.withoutPresets()
                        .read("admin-faults.toml", DOCUMENT)
                        .definition())
                .clock(clock)
                .controls(PolicyControls.of(Map.of("lock", false)))
                .build();
        final PolicyAdministration administration;

        World(StoreFaults faults) {
            administration = PolicyAdministration.builder(
                            policy,
                            faults.in(WaiverRepository.class, waivers),
                            faults.in(SwitchRepository.class, switches))
                    .clock(clock)
                    .events(event -> {})
                    .build();
            administration.refresh();
        }

        static AccessRequest request(Action action, String account, EnrolledFactors factors) {
            return AccessRequest.of(action, Credential.session())
                    .account(AccountValues.builder(account, account)
                            .enrolled(factors)
                            .build())
                    .build();
        }

        private static AccessRequest admin(Action action) {
            return request(action, "admin", EnrolledFactors.of(FactorKind.TOTP));
        }

        Administered give() {
            WaiverTerms terms = new WaiverTerms(
                    "upload-needs-factor",
                    Waiver.Subject.ACCOUNT,
                    "bob",
                    clock.instant().plus(Duration.ofDays(1)),
                    "on a train");
            return administration.give(admin(Action.ADMIN_WAIVE), terms, ADDRESS);
        }

        Administered end(String id) {
            return administration.end(admin(Action.ADMIN_WAIVE), id, ADDRESS);
        }

        Administered turn(State to) {
            return administration.turn(admin(Action.ADMIN_SWITCH), "lock", to, "a drill", ADDRESS);
        }

        Outcome upload() {
            return decided(Action.PUBLISH_FILE);
        }

        Outcome yank() {
            return decided(Action.RELEASE_YANK);
        }

        private Outcome decided(Action action) {
            return policy.decide(request(action, "bob", EnrolledFactors.none())) instanceof Decision.Permitted
                    ? Outcome.GRANTED
                    : Outcome.REFUSED;
        }

        long events(AuditTag tag) {
            return changes.events().stream()
                    .map(AuditEvent::tag)
                    .filter(tag::equals)
                    .count();
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

    private static Outcome of(Administered administered) {
        return administered instanceof Administered.Done ? Outcome.GRANTED : Outcome.REFUSED;
    }

    private static String id(Administered administered) {
        return ((Administered.Done) administered).id();
    }

    @Test
    void decide_afterARefresh_whateverTheStoresDo_isWaivedOnlyOnTheirWord() {
        FaultSweep.of(faults -> {
                    World world = new World(faults);
                    world.give();
                    return new Of(
                            () -> {
                                world.administration.refresh();
                                return world.upload();
                            },
                            () -> assertThat(world.upload()).isEqualTo(Outcome.GRANTED));
                })
                .grantedAnyNumberOfTimes()
                // No switch bears on it; they stay as they were.
                .tolerating(SwitchRepository.class, "states", StoreFault.values())
                // One waiver twice is one waiver.
                .tolerating(WaiverRepository.class, "live", StoreFault.TOO_MUCH)
                .run();
    }

    @Test
    void decide_afterARefresh_whateverTheStoresDo_staysLocked() {
        for (StoreFault fault : StoreFault.values()) {
            StoreFaults faults = StoreFaults.create();
            World world = new World(faults);
            assertThat(of(world.turn(State.ON))).isEqualTo(Outcome.GRANTED);
            faults.deadline();
            faults.begin(new StoreFaults.Plan(new StoreFaults.Call(2, "SwitchRepository", "states"), fault, 0));

            world.administration.refresh();

            assertThat(faults.isStruck()).isTrue();
            assertThat(world.yank()).as("%s", fault).isEqualTo(Outcome.REFUSED);
        }
    }

    @Test
    void give_whateverTheStoresDo_isDoneOnlyOnTheirWordAndWithItsEvent() {
        FaultSweep.of(faults -> {
                    World world = new World(faults);
                    return new Of(
                            () -> of(world.give()),
                            () -> assertThat(world.waivers.live(world.clock.instant()))
                                    .hasSize((int) world.events(AuditTag.WAIVER_GIVEN)));
                })
                .grantedAnyNumberOfTimes()
                // It was given; that it cannot be read back only keeps it from being in force.
                .tolerating(WaiverRepository.class, "live", StoreFault.values())
                .tolerating(SwitchRepository.class, "states", StoreFault.values())
                .run();
    }

    @Test
    void end_whateverTheStoresDo_isDoneOnceAndLeavesNothingInForce() {
        FaultSweep.of(faults -> {
                    World world = new World(faults);
                    String id = id(world.give());
                    return new Of(() -> of(world.end(id)), () -> {
                        // A store that answers with what was is believed until it is asked again.
                        world.administration.refresh();
                        assertThat(world.upload()).isEqualTo(Outcome.REFUSED);
                        assertThat(world.events(AuditTag.WAIVER_ENDED)).isEqualTo(1);
                    });
                })
                // It is looked for, and then ended under a condition; what was ended and cannot be read back is not in
                // force.
                .tolerating(WaiverRepository.class, "live", StoreFault.values())
                .tolerating(SwitchRepository.class, "states", StoreFault.values())
                .run();
    }

    @Test
    void turn_whateverTheStoresDo_isDoneOnceAndThenInForce() {
        FaultSweep.of(faults -> {
                    World world = new World(faults);
                    return new Of(
                            () -> {
                                Outcome outcome = of(world.turn(State.ON));
                                if (outcome == Outcome.GRANTED) {
                                    assertThat(world.yank()).as("in force").isEqualTo(Outcome.REFUSED);
                                }
                                return outcome;
                            },
                            () -> {
                                assertThat(world.yank()).isEqualTo(Outcome.REFUSED);
                                assertThat(world.events(AuditTag.SWITCH_ON)).isEqualTo(1);
                            });
                })
                // It is flipped under a condition, and then in force here whatever is read back.
                .tolerating(SwitchRepository.class, "states", StoreFault.values())
                .tolerating(WaiverRepository.class, "live", StoreFault.values())
                .run();
    }
}
