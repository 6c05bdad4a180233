package dev.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.policy.document.PolicyDocuments;
import dev.gatehouse.policy.document.Presets;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.Finding;
import dev.gatehouse.policy.rule.InvalidPolicyException;
import dev.gatehouse.policy.rule.PolicyDefinition;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RehearsalTest {
    private static final Instant LAST = Instant.parse("2024-01-01T04:59:59.999999999Z");
    private static final Instant FIRST = Instant.parse("2024-01-01T05:00:00Z");
    private static final Map<String, Boolean> SWITCHES =
            Map.of("project-requirement", false, "mandate-available", false, "mandate-enabled", false);

    private static AccessRequest upload() {
        return AccessRequest.of(Action.PUBLISH_RELEASE, Credential.apiToken().build())
                .account(AccountValues.builder("42", "alice")
                        .registered(Instant.parse("2019-05-01T00:00:00Z"))
                        .emailVerified(true)
                        .enrolled(EnrolledFactors.none())
                        .build())
                .build();
    }

    @Test
    void decide_atAnyInstantInAnyOrder_isWhatThePolicyDecidesThen() {
        PolicyDefinition pypi = Presets.load("pypi/1");
        Rehearsal rehearsal = Rehearsal.of(pypi, Supplied.everything(pypi.vocabulary()), PolicyControls.of(SWITCHES));

        for (Instant at : new Instant[] {FIRST, LAST, FIRST}) {
            TwoFactorPolicy policy = TwoFactorPolicy.builder(pypi)
                    .clock(InstantSource.fixed(at))
                    .supplies(Supplied.everything(pypi.vocabulary()))
                    .controls(PolicyControls.of(SWITCHES))
                    .build();
            assertThat(rehearsal.decide(upload(), at))
                    .hasToString(policy.decide(upload()).toString());
            assertThat(rehearsal.explain(upload(), at).lines())
                    .isEqualTo(policy.explain(upload()).lines());
        }
        assertThat(rehearsal.decide(upload(), LAST).<Boolean>fold(p -> true, r -> false))
                .isTrue();
        assertThat(rehearsal.decide(upload(), FIRST).<Boolean>fold(p -> true, r -> false))
                .isFalse();
    }

    private static String bound(java.util.function.Function<AccessRequest, Decision> decider) {
        StringBuilder bound = new StringBuilder();
        for (int id = 0; id < 1000; id++) {
            AccessRequest asked = AccessRequest.of(Action.PUBLISH_RELEASE, Credential.session())
                    .account(AccountValues.builder("id-" + id, "name")
                            .enrolled(EnrolledFactors.none())
                            .build())
                    .build();
            bound.append(decider.apply(asked)
                    .<String>fold(p -> "", r -> asked.account().id().value() + " "));
        }
        return bound.toString();
    }

    /** Who is in a share hangs on the salt: a forecast without it would be of other people. */
    @Test
    void rehearse_ofAPolicyWithASalt_bindsWhomThePolicyBinds() {
        PolicyDefinition half =
                PolicyDocuments.standard().read("half.toml", """
                        gatehouse-policy = 1
                        name = "half"
                        revision = 1
                        [requirement.half]
                        actions = ["publish"]
                        demand.enrolled = "any"
                        message = "Set up a factor."
                        phases = [{ mode = "enforce", share = 50 }]
                        """).definition();
        TwoFactorPolicy policy = TwoFactorPolicy.builder(half)
                .clock(InstantSource.fixed(FIRST))
                .shareSalt(new byte[] {1, 2, 3})
                .build();
        Rehearsal without = Rehearsal.of(half, Supplied.nothing(), PolicyControls.none());

        String inForce = bound(policy::decide);
        assertThat(bound(asked -> policy.rehearse(half).decide(asked, FIRST))).isEqualTo(inForce);
        assertThat(bound(asked -> without.decide(asked, FIRST))).isNotEqualTo(inForce);
        assertThat(inForce.split(" ").length).isBetween(400, 600);
    }

    @Test
    void rehearse_definitionWithErrorsOfForm_isRefused() {
        TwoFactorPolicy policy =
                TwoFactorPolicy.of(Samples.definition(Samples.emailNeeded()).build(), InstantSource.fixed(FIRST));

        assertThatThrownBy(() ->
                        policy.rehearse(PolicyDefinition.builder("empty", 1).build()))
                .isInstanceOf(InvalidPolicyException.class);
    }

    @Test
    void of_definitionWithADeadEnd_canBeLookedAt() {
        PolicyDefinition locked =
                PolicyDocuments.standard().read("locked.toml", """
                        gatehouse-policy = 1
                        name = "locked"
                        revision = 1
                        [requirement.factors-first]
                        actions = ["publish", "factor"]
                        demand.enrolled = "any"
                        message = "Set up a factor."
                        """).definition();

        assertThatThrownBy(() -> TwoFactorPolicy.of(locked, InstantSource.fixed(FIRST)))
                .isInstanceOf(InvalidPolicyException.class)
                .hasMessageContaining("P40");
        assertThat(Rehearsal.of(locked, Supplied.nothing(), PolicyControls.none())
                        .decide(upload(), FIRST)
                        .<Boolean>fold(p -> true, r -> false))
                .isFalse();
    }

    @Test
    void of_definitionWithErrorsOfForm_isRefused() {
        PolicyDefinition empty = PolicyDefinition.builder("empty", 1).build();

        assertThatThrownBy(() -> Rehearsal.of(empty, Supplied.nothing(), PolicyControls.none()))
                .isInstanceOf(InvalidPolicyException.class);
    }

    /** The switch is declared and never used, which is worth a warning and no more. */
    @Test
    void of_definitionWithAConditionOfTheHost_asksIt() {
        PolicyDefinition hosted =
                PolicyDocuments.standard().read("hosted.toml", """
                        gatehouse-policy = 1
                        name = "hosted"
                        revision = 1
                        [vocabulary.flags]
                        host.open = "somebody is there"
                        [vocabulary.switches]
                        unused = "nothing"
                        [requirement.by-day]
                        actions = ["publish"]
                        unless.host.flag = "open"
                        demand.enrolled = "any"
                        message = "Come by day."
                        """).definition();
        CustomCondition open = new CustomCondition() {
            @Override
            public String id() {
                return "open";
            }

            @Override
            public Fact<Boolean> holds(AccessRequest request) {
                return Fact.of(true);
            }
        };

        assertThat(hosted.findings()).extracting(Finding::code).containsExactly("P21");
        assertThat(Rehearsal.of(hosted, Supplied.everything(hosted.vocabulary()), PolicyControls.none(), open)
                        .decide(upload(), FIRST)
                        .<Boolean>fold(p -> true, r -> false))
                .isTrue();
        assertThat(Rehearsal.of(hosted, Supplied.everything(hosted.vocabulary()), PolicyControls.none())
                        .decide(upload(), FIRST)
                        .<Boolean>fold(p -> true, r -> false))
                .isFalse();
    }
}
