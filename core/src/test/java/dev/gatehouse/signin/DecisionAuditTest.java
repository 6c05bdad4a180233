package dev.gatehouse.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.policy.AccessRequest;
import dev.gatehouse.policy.AccountValues;
import dev.gatehouse.policy.AllowLooser;
import dev.gatehouse.policy.Credential;
import dev.gatehouse.policy.PolicyControls;
import dev.gatehouse.policy.ThingValues;
import dev.gatehouse.policy.TwoFactorPolicy;
import dev.gatehouse.policy.Waiver;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.Condition;
import dev.gatehouse.policy.rule.Mode;
import dev.gatehouse.policy.rule.Phase;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.Requirement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DecisionAuditTest {
    private static final Instant NOW = Instant.parse("2024-06-01T12:00:00Z");

    private final List<AuditEvent> events = new ArrayList<>();
    private final PolicyControls controls = PolicyControls.none();

    private TwoFactorPolicy policy(AuditSink sink, Phase... phases) {
        return TwoFactorPolicy.builder(definition(phases))
                .clock(InstantSource.fixed(NOW))
                .controls(controls)
                .listener(DecisionAudit.to(sink))
                .build();
    }

    private static PolicyDefinition definition(Phase... phases) {
        return PolicyDefinition.builder("audited", 1)
                .ungated(List.of("account", "factor", "token", "publisher", "member", "organization", "publish"))
                .requirement(
                        Requirement.builder("email-needed", List.of("project"), Condition.all(new Atom.EmailVerified()))
                                .message("No, {account}.")
                                .notice("Soon.")
                                .phases(phases)
                                .build())
                .build();
    }

    private static AccessRequest request() {
        return AccessRequest.of(Action.PROJECT_SETTINGS, Credential.session())
                .account(AccountValues.builder("a1", "alice")
                        .emailVerified(false)
                        .build())
                .project(ThingValues.builder("p1", "secret-project").build())
                .build();
    }

    @Test
    void decided_refused_isOneEventWithIdsRulesAndCodes() {
        policy(events::add).decide(request());

        assertThat(events).hasSize(1);
        AuditEvent event = events.get(0);
        assertThat(event.tag()).isEqualTo(AuditTag.DECISION_REFUSED);
        assertThat(event.at()).isEqualTo(NOW);
        assertThat(event.account()).hasValue("a1");
        assertThat(event.attributes())
                .containsAllEntriesOf(Map.of(
                        "action", "project.settings",
                        "credential", "session",
                        "project", "p1",
                        "requirements", "email-needed",
                        "codes", "EMAIL_NOT_VERIFIED"));
        assertThat(event.toString()).doesNotContain("alice", "secret-project");
    }

    @Test
    void decided_reported_isObservedAndAWarningIsNot() {
        policy(events::add, Phase.builder(Mode.REPORT).build()).decide(request());
        policy(events::add, Phase.builder(Mode.WARN).build()).decide(request());

        assertThat(events).extracting(AuditEvent::tag).containsExactly(AuditTag.DECISION_OBSERVED);
    }

    @Test
    void decided_waived_saysWhoGaveItAndWhy() {
        controls.waivers(List.of(new Waiver(
                "email-needed", Waiver.Subject.ACCOUNT, "a1", NOW, NOW.plusSeconds(60), "a lost key", "support")));
        policy(events::add).decide(request());

        assertThat(events).extracting(AuditEvent::tag).containsExactly(AuditTag.DECISION_WAIVED);
        assertThat(events.get(0).subject()).hasValue("email-needed");
        assertThat(events.get(0).attributes())
                .containsEntry("given-by", "support")
                .containsEntry("reason", "a lost key")
                .containsEntry("until", "2024-06-01T12:01:00Z");
    }

    @Test
    void reloaded_looser_isToldWithBothDigestsAndWhoAllowedIt() {
        TwoFactorPolicy policy = policy(events::add);
        String before = policy.digest();

        policy.reload(definition(Phase.builder(Mode.WARN).build()), new AllowLooser("alice", "mail is down"));

        assertThat(events).extracting(AuditEvent::tag).containsExactly(AuditTag.POLICY_LOOSENED);
        assertThat(events.get(0).actor()).hasValue("alice");
        assertThat(events.get(0).attributes())
                .containsEntry("sha256-before", before)
                .containsEntry("sha256-after", policy.digest())
                .containsEntry("reason", "mail is down")
                .containsKey("looser");
    }

    @Test
    void decided_sinkFails_theCallerGetsNoAnswer() {
        IllegalStateException broken = new IllegalStateException("no audit");
        TwoFactorPolicy policy = policy(event -> {
            throw broken;
        });

        assertThatThrownBy(() -> policy.decide(request())).isSameAs(broken);
    }
}
