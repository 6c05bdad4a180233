package dev.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.policy.PlainSubject.Setup;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.Condition;
import dev.gatehouse.policy.rule.Mode;
import dev.gatehouse.policy.rule.Phase;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.ReasonCode;
import dev.gatehouse.policy.rule.Remedy;
import dev.gatehouse.policy.rule.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a caller makes of a decision, and what a log shows of it. */
class DecisionTest {
    private static final Atom EMAIL = new Atom.EmailVerified();

    private static Requirement.Builder rule(String id, Atom demand) {
        return Requirement.builder(id, List.of("project"), Condition.all(demand))
                .message("No.")
                .notice("Soon.");
    }

    private static Decision decide(AccessRequest q, Requirement... rules) {
        PolicyDefinition definition =
                PolicyDefinition.builder("any", 1).requirements(List.of(rules)).build();
        return EngineSubject.evaluator(Setup.of(definition)).decide(q, Samples.NOW);
    }

    private static Decision.Refused refused(Requirement... rules) {
        return (Decision.Refused) decide(Samples.bare(), rules);
    }

    @Test
    void told_ofSeveralStages_isThoseOfTheFirst() {
        Requirement email = rule("a-email", EMAIL).build();
        Requirement another = rule("c-email", EMAIL).build();
        Requirement factor = Samples.factorNeeded().build();

        assertThat(refused(email).told()).extracting(Refusal::requirement).containsExactly("a-email");
        assertThat(refused(email, another).told())
                .extracting(Refusal::requirement)
                .containsExactly("a-email", "c-email");
        assertThat(refused(factor, email, another).refusals()).hasSize(3);
        assertThat(refused(factor, email, another).told())
                .extracting(Refusal::requirement)
                .containsExactly("a-email", "c-email");
        assertThat(refused(factor, email).told())
                .extracting(Refusal::requirement)
                .containsExactly("a-email");
    }

    @Test
    void decision_asText_namesRequirementsCodesAndWays() {
        Requirement warned =
                rule("warned", EMAIL).phases(Phase.builder(Mode.WARN).build()).build();
        Requirement reported = rule("reported", EMAIL)
                .phases(Phase.builder(Mode.REPORT).build())
                .build();

        assertThat(refused(rule("r", EMAIL).build())).hasToString("refused [r [EMAIL_NOT_VERIFIED] [[verify-email]]]");
        assertThat(decide(Samples.bare(), warned, reported))
                .hasToString("permitted with notices [warned warn [EMAIL_NOT_VERIFIED] [[verify-email]]]");
        assertThat(decide(Samples.bare(), reported)).hasToString("permitted");
    }

    @Test
    void decision_refusedForNothing_cannotBe() {
        assertThatThrownBy(() -> new Decision.Refused(List.of(), List.of(), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("refusals: empty");
        assertThatThrownBy(() -> new Way(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("steps: empty");
    }

    @Test
    void action_thatNobodyDeclared_isRefusedAndToldWithTheIds() {
        List<PolicyListener.Decided> told = new ArrayList<>();
        PolicyListener listener = new PolicyListener() {
            @Override
            public void decided(Decided decided) {
                told.add(decided);
            }
        };
        PolicyDefinition definition = PolicyDefinition.builder("any", 1).build();
        AccessRequest q = AccessRequest.of(Action.of("webhook.manage"), Credential.session())
                .account(Samples.bareAccount().build())
                .project(Samples.project())
                .build();

        Decision decision = ((Engine) EngineSubject.evaluator(Setup.of(definition)))
                .decide(q, Samples.NOW.getEpochSecond(), 5, listener);

        Refusal refusal = ((Decision.Refused) decision).first();
        assertThat(refusal.requirement()).isEqualTo("unmapped");
        assertThat(refusal.mode()).isEqualTo(Mode.ENFORCE);
        assertThat(refusal.codes()).containsExactly(ReasonCode.UNMAPPED);
        assertThat(refusal.ways()).containsExactly(Way.of(Remedy.CONTACT_SUPPORT));
        assertThat(refusal.readsProjectOrOrganization()).isFalse();
        assertThat(refusal.message().text()).isEqualTo("The action webhook.manage is not open on this index.");
        assertThat(told)
                .containsExactly(new PolicyListener.Decided(
                        Samples.NOW.plusNanos(5), q, Optional.of("a1"), Optional.of("p1"), decision));
    }
}
