package dev.gatehouse.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.audit.InMemoryAuditLog;
import dev.gatehouse.policy.AccessRequest;
import dev.gatehouse.policy.AccountValues;
import dev.gatehouse.policy.AllowLooser;
import dev.gatehouse.policy.Decision;
import dev.gatehouse.policy.PolicyControls;
import dev.gatehouse.policy.TwoFactorPolicy;
import dev.gatehouse.policy.Waiver;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.signin.Administered.Obstacle;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PolicyAdministrationTest {
    private static final Instant T0 = Instant.parse("2024-01-01T05:00:00Z");
    private static final AccessRequest WAIVE =
            AdminPolicy.request(Action.ADMIN_WAIVE, "admin", true).build();
    private static final AccessRequest SWITCH =
            AdminPolicy.request(Action.ADMIN_SWITCH, "admin", true).build();

    private Instant now = T0;
    private boolean isBroken;
    private final InMemoryAuditLog changes = InMemoryAuditLog.create();
    private final InMemoryAuditLog alarms = InMemoryAuditLog.create();
    private final PolicyControls controls = PolicyControls.of(Map.of("lock", false));
    private final TwoFactorPolicy policy = TwoFactorPolicy.builder(AdminPolicy.definition())
            .clock(() -> now)
            .controls(controls)
            .build();
    private final WaiverRepository waivers = new Breakable(WaiverRepository.inMemory(changes));
    private final SwitchRepository switches = SwitchRepository.inMemory(changes);
    private final PolicyAdministration administration = PolicyAdministration.builder(policy, waivers, switches)
            .clock(() -> now)
            .events(alarms)
            .build();

    private final class Breakable implements WaiverRepository {
        private final WaiverRepository whole;

        Breakable(WaiverRepository whole) {
            this.whole = whole;
        }

        private void check() {
            if (isBroken) {
                throw new IllegalStateException("broken");
            }
        }

        @Override
        public Added add(GivenWaiver given, AuditEvent event) {
            check();
            return whole.add(given, event);
        }

        @Override
        public Ended end(String id, Instant at, AuditEvent event) {
            check();
            return whole.end(id, at, event);
        }

        @Override
        public List<GivenWaiver> live(Instant at) {
            check();
            return whole.live(at);
        }
    }

    private static WaiverTerms terms(String requirement, String account, Instant until) {
        return new WaiverTerms(requirement, Waiver.Subject.ACCOUNT, account, until, "on a train");
    }

    private String give(String account, Instant until) {
        return ((Administered.Done) administration.give(WAIVE, terms("upload-needs-factor", account, until), "::1"))
                .id();
    }

    private Decision upload(String account) {
        return policy.decide(
                AdminPolicy.request(Action.PUBLISH_FILE, account, false).build());
    }

    private static Obstacle obstacle(Administered answer) {
        return ((Administered.Impossible) answer).why();
    }

    @Test
    void give_byAnAdminWithAFactor_letsThatAccountThroughUntilTheEnd() {
        Instant end = T0.plus(Duration.ofDays(30));

        assertThat(upload("alice")).isInstanceOf(Decision.Refused.class);
        String id = give("alice", end);

        assertThat(upload("alice")).isInstanceOf(Decision.Permitted.class);
        assertThat(upload("Alice")).isInstanceOf(Decision.Refused.class);
        now = end.minusNanos(1);
        assertThat(upload("alice")).isInstanceOf(Decision.Permitted.class);
        now = end;
        assertThat(upload("alice")).isInstanceOf(Decision.Refused.class);
        AuditEvent event = changes.events().get(0);
        assertThat(event.tag()).isEqualTo(AuditTag.WAIVER_GIVEN);
        assertThat(event.account()).contains("alice");
        assertThat(event.actor()).contains("admin");
        assertThat(event.subject()).contains("upload-needs-factor");
        assertThat(event.address()).contains("::1");
        assertThat(event.attributes())
                .containsEntry("reason", "on a train")
                .containsEntry("waiver", id)
                .containsEntry("until", end.toString())
                .containsEntry("policy", "admin-test 3");
    }

    @Test
    void give_byAnAdminWithoutAFactor_isRefusedByThePolicy() {
        AccessRequest asked =
                AdminPolicy.request(Action.ADMIN_WAIVE, "admin", false).build();

        Administered answer = administration.give(asked, terms("upload-needs-factor", "alice", T0.plusSeconds(1)), "");

        assertThat(answer).isInstanceOf(Administered.Refused.class);
        assertThat(upload("alice")).isInstanceOf(Decision.Refused.class);
        assertThat(changes.events()).isEmpty();
    }

    @Test
    void give_withARequestForAnotherAction_isAMistake() {
        WaiverTerms terms = terms("upload-needs-factor", "alice", T0.plusSeconds(1));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> administration.give(SWITCH, terms, ""))
                .withMessageStartingWith("asked:");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> administration.turn(WAIVE, "lock", SwitchRepository.State.ON, "why", ""))
                .withMessageStartingWith("asked:");
    }

    @Test
    void give_whatCannotBeWaived_namesTheObstacle() {
        Instant soon = T0.plusSeconds(1);
        Instant longest = T0.plus(Duration.ofDays(30));

        assertObstacle(Obstacle.NO_SUCH_REQUIREMENT, terms("nothing", "alice", soon));
        assertObstacle(Obstacle.CLOSED, terms("no-new-projects", "alice", soon));
        assertObstacle(Obstacle.OWN_ACCOUNT, terms("upload-needs-factor", "admin", soon));
        assertObstacle(Obstacle.END_NOT_AHEAD, terms("upload-needs-factor", "alice", T0));
        assertObstacle(Obstacle.TOO_LONG, terms("upload-needs-factor", "alice", longest.plusNanos(1)));
        assertThat(changes.events()).isEmpty();
    }

    /** The policy's bound is the one there is: what is given is in force. */
    @Test
    void give_upToTheBoundOfThePolicy_liftsTheDecision() {
        TwoFactorPolicy patient = TwoFactorPolicy.builder(AdminPolicy.definition())
                .clock(() -> now)
                .controls(controls)
                .allowWaiversUpTo(Duration.ofDays(90))
                .build();
        PolicyAdministration theirs = PolicyAdministration.builder(patient, waivers, switches)
                .clock(() -> now)
                .build();
        WaiverTerms sixty = terms("upload-needs-factor", "alice", T0.plus(Duration.ofDays(60)));
        WaiverTerms over = terms(
                "upload-needs-factor", "alice", T0.plus(Duration.ofDays(90)).plusNanos(1));
        AccessRequest upload =
                AdminPolicy.request(Action.PUBLISH_FILE, "alice", false).build();

        assertObstacle(Obstacle.TOO_LONG, sixty);
        assertThat(obstacle(theirs.give(WAIVE, over, ""))).isEqualTo(Obstacle.TOO_LONG);
        assertThat(patient.decide(upload)).isInstanceOf(Decision.Refused.class);
        assertThat(theirs.give(WAIVE, sixty, "")).isInstanceOf(Administered.Done.class);
        assertThat(patient.decide(upload)).isInstanceOf(Decision.Permitted.class);
        assertThat(patient.longestWaiver()).isEqualTo(Duration.ofDays(90));
    }

    private void assertObstacle(Obstacle expected, WaiverTerms terms) {
        assertThat(obstacle(administration.give(WAIVE, terms, ""))).isEqualTo(expected);
    }

    @Test
    void give_byAnAccountThatTheHostDoesNotKnow_isImpossible() {
        TwoFactorPolicy open = TwoFactorPolicy.builder(AdminPolicy.definitionWithout("admin-needs-factor"))
                .clock(() -> now)
                .controls(controls)
                .build();
        AccessRequest asked = AdminPolicy.request(Action.ADMIN_WAIVE, "admin", true)
                .account(AccountValues.unknown())
                .build();
        PolicyAdministration careless = PolicyAdministration.builder(open, waivers, switches)
                .clock(() -> now)
                .build();

        assertThat(open.decide(asked)).isInstanceOf(Decision.Permitted.class);
        assertThat(obstacle(careless.end(asked, "x", ""))).isEqualTo(Obstacle.GIVER_UNKNOWN);
    }

    @Test
    void end_aWaiver_takesItBackAtOnceAndOnce() {
        String id = give("alice", T0.plusSeconds(60));

        assertThat(administration.end(WAIVE, id, "::1")).isEqualTo(new Administered.Done(id));
        assertThat(upload("alice")).isInstanceOf(Decision.Refused.class);
        assertThat(obstacle(administration.end(WAIVE, id, "::1"))).isEqualTo(Obstacle.NO_SUCH_WAIVER);
        assertThat(administration.live()).isEmpty();
        assertThat(changes.events())
                .extracting(AuditEvent::tag)
                .containsExactly(AuditTag.WAIVER_GIVEN, AuditTag.WAIVER_ENDED);
        assertThat(changes.events().get(1).actor()).contains("admin");
    }

    @Test
    void end_byAnAdminWithoutAFactor_isRefusedByThePolicy() {
        String id = give("alice", T0.plusSeconds(60));
        AccessRequest asked =
                AdminPolicy.request(Action.ADMIN_WAIVE, "admin", false).build();

        assertThat(administration.end(asked, id, "")).isInstanceOf(Administered.Refused.class);
        assertThat(upload("alice")).isInstanceOf(Decision.Permitted.class);
        assertThat(changes.events()).extracting(AuditEvent::tag).containsExactly(AuditTag.WAIVER_GIVEN);
    }

    @Test
    void refresh_whenTheWaiversCannotBeRead_leavesNoneInForceAndSaysSoOnce() {
        give("alice", T0.plusSeconds(60));
        isBroken = true;

        assertThat(administration.refresh()).isEqualTo(PolicyAdministration.Refreshed.WITHOUT_WAIVERS);
        assertThat(administration.refresh()).isEqualTo(PolicyAdministration.Refreshed.WITHOUT_WAIVERS);
        assertThat(upload("alice")).isInstanceOf(Decision.Refused.class);
        assertThat(alarms.events()).extracting(AuditEvent::tag).containsExactly(AuditTag.WAIVERS_UNAVAILABLE);

        isBroken = false;
        assertThat(administration.refresh()).isEqualTo(PolicyAdministration.Refreshed.CURRENT);
        assertThat(upload("alice")).isInstanceOf(Decision.Permitted.class);
    }

    /** The audit log mostly lies where waivers do, and is away when they are. */
    @Test
    void refresh_whenTheAuditLogIsAwayToo_recordsTheFirstFailureLater() {
        PolicyAdministration beside = PolicyAdministration.builder(policy, waivers, switches)
                .clock(() -> now)
                .events(event -> {
                    if (isBroken) {
                        throw new IllegalStateException("broken");
                    }
                    alarms.record(event);
                })
                .build();
        isBroken = true;
        beside.refresh();
        now = T0.plusSeconds(30);
        beside.refresh();
        assertThat(alarms.events()).isEmpty();

        isBroken = false;
        now = T0.plusSeconds(60);
        assertThat(beside.refresh()).isEqualTo(PolicyAdministration.Refreshed.CURRENT);
        beside.refresh();

        assertThat(alarms.events()).hasSize(1);
        assertThat(alarms.events().get(0).tag()).isEqualTo(AuditTag.WAIVERS_UNAVAILABLE);
        assertThat(alarms.events().get(0).at()).isEqualTo(T0);
    }

    @Test
    void turn_aSwitchThatThePolicyInForceHasNoMore_isNoSwitch() {
        PolicyDefinition without = AdminPolicy.definitionWithoutSwitch();
        assertThat(policy.reload(without, new AllowLooser("admin", "no lock any more"))
                        .isInForce())
                .isTrue();

        Administered turned = administration.turn(SWITCH, "lock", SwitchRepository.State.ON, "an incident", "::1");

        assertThat(obstacle(turned)).isEqualTo(Obstacle.NO_SUCH_SWITCH);
        assertThat(changes.events()).isEmpty();
        assertThat(switches.states()).isEmpty();
        assertThat(policy.reload(AdminPolicy.definition(), new AllowLooser("admin", "and back"))
                        .isInForce())
                .isTrue();
        assertThat(administration.turn(SWITCH, "lock", SwitchRepository.State.ON, "an incident", "::1"))
                .isEqualTo(new Administered.Done("lock"));
    }

    @Test
    void give_whenTheRepositoryFails_throwsAndLeavesNoWaiverInForce() {
        give("alice", T0.plusSeconds(60));
        isBroken = true;

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> give("bob", T0.plusSeconds(60)))
                .withMessage("broken");
        assertThat(upload("alice")).isInstanceOf(Decision.Refused.class);
    }

    @Test
    void refresh_withAWaiverThatLastsTooLong_doesNotBelieveTheRepository() {
        Waiver forged = new Waiver(
                "upload-needs-factor",
                Waiver.Subject.ACCOUNT,
                "alice",
                T0,
                T0.plus(Duration.ofDays(30)).plusNanos(1),
                "written into the table",
                "admin");
        waivers.add(
                new GivenWaiver("forged", forged),
                AuditEvent.of(AuditTag.WAIVER_GIVEN, T0).build());

        administration.refresh();

        assertThat(upload("alice")).isInstanceOf(Decision.Refused.class);
    }

    @Test
    void turn_aSwitch_isInForceAtOnceAndRecorded() {
        AccessRequest release =
                AdminPolicy.request(Action.PUBLISH_RELEASE, "alice", true).build();
        assertThat(policy.decide(release)).isInstanceOf(Decision.Permitted.class);

        assertThat(administration.turn(SWITCH, "lock", SwitchRepository.State.ON, "incident", "::1"))
                .isEqualTo(new Administered.Done("lock"));
        assertThat(policy.decide(release)).isInstanceOf(Decision.Refused.class);
        assertThat(obstacle(administration.turn(SWITCH, "lock", SwitchRepository.State.ON, "incident", "::1")))
                .isEqualTo(Obstacle.SWITCH_IN_OTHER_STATE);
        assertThat(administration.turn(SWITCH, "lock", SwitchRepository.State.OFF, "over", "::1"))
                .isEqualTo(new Administered.Done("lock"));
        assertThat(policy.decide(release)).isInstanceOf(Decision.Permitted.class);
        assertThat(changes.events())
                .extracting(AuditEvent::tag)
                .containsExactly(AuditTag.SWITCH_ON, AuditTag.SWITCH_OFF);
        assertThat(changes.events().get(0).actor()).contains("admin");
        assertThat(changes.events().get(0).attributes()).containsEntry("reason", "incident");
    }

    @Test
    void turn_aSwitchThatIsInThatStateFromTheStart_changesNothing() {
        assertThat(obstacle(administration.turn(SWITCH, "lock", SwitchRepository.State.OFF, "why", "")))
                .isEqualTo(Obstacle.SWITCH_IN_OTHER_STATE);
        assertThat(obstacle(administration.turn(SWITCH, "other", SwitchRepository.State.OFF, "why", "")))
                .isEqualTo(Obstacle.NO_SUCH_SWITCH);
        assertThat(switches.states()).isEmpty();
    }

    @Test
    void turn_byAnAdminWithoutAFactor_isRefusedByThePolicy() {
        AccessRequest asked =
                AdminPolicy.request(Action.ADMIN_SWITCH, "admin", false).build();

        assertThat(administration.turn(asked, "lock", SwitchRepository.State.ON, "why", ""))
                .isInstanceOf(Administered.Refused.class);
        assertThat(controls.switches()).containsEntry("lock", false);
    }

    @Test
    void refresh_onAnotherNode_bringsWaiversAndSwitches() {
        give("alice", T0.plusSeconds(60));
        administration.turn(SWITCH, "lock", SwitchRepository.State.ON, "incident", "");
        PolicyControls elsewhere = PolicyControls.of(Map.of("lock", false));
        TwoFactorPolicy other = TwoFactorPolicy.builder(AdminPolicy.definition())
                .clock(() -> now)
                .controls(elsewhere)
                .build();

        PolicyAdministration.builder(other, waivers, switches)
                .clock(() -> now)
                .build()
                .refresh();

        assertThat(elsewhere.waivers()).hasSize(1);
        assertThat(elsewhere.switches()).containsEntry("lock", true);
    }

    @Test
    void fold_eachAnswer_appliesItsFunction() {
        Administered done = new Administered.Done("x");
        Administered impossible = new Administered.Impossible(Obstacle.TOO_LONG);

        assertThat(words(done)).isEqualTo("x");
        assertThat(words(impossible)).isEqualTo("TOO_LONG");
    }

    private static String words(Administered answer) {
        return answer.fold(
                Administered.Done::id,
                refused -> "refused",
                impossible -> impossible.why().name());
    }
}
