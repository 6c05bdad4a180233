package dev.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.Condition;
import dev.gatehouse.policy.rule.Finding;
import dev.gatehouse.policy.rule.InvalidPolicyException;
import dev.gatehouse.policy.rule.Mode;
import dev.gatehouse.policy.rule.Phase;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.Requirement;
import dev.gatehouse.policy.rule.Vocabulary;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BuildTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Samples.NOW);

    private static final PolicyDefinition SWITCHED = Samples.definition(
                    Samples.requirement("email-needed", new Atom.EmailVerified())
                            .phases(Phase.builder(Mode.ENFORCE).switchName("go").build())
                            .build())
            .vocabulary(Vocabulary.empty().with(Vocabulary.Section.SWITCHES, "go", "it is on"))
            .build();

    private static final PolicyDefinition HOSTED = Samples.definition(
                    Samples.requirement("email-needed", new Atom.EmailVerified())
                            .when(Condition.all(new Atom.Host(List.of("office-hours"))))
                            .build())
            .vocabulary(Vocabulary.empty().with(Vocabulary.Section.FLAGS, "host.office-hours", "it is day"))
            .build();

    private static List<Finding> errors(TwoFactorPolicy.Builder builder) {
        InvalidPolicyException thrown = catchThrowableOfType(InvalidPolicyException.class, builder::build);
        assertThat(thrown).isNotNull();
        return thrown.findings();
    }

    @Test
    void build_definitionWithErrors_throwsAllOfThem() {
        Requirement noMessage = Requirement.builder("r", List.of("project"), Condition.all(new Atom.EmailVerified()))
                .build();
        Requirement noAction = Requirement.builder("s", List.of("nowhere"), Condition.all(new Atom.EmailVerified()))
                .message("No.")
                .build();

        assertThat(errors(TwoFactorPolicy.builder(
                                Samples.definition(noMessage, noAction).build())
                        .clock(CLOCK)))
                .extracting(Finding::code)
                .contains("P36", "P10");
    }

    @Test
    void build_switchWithoutInitialState_isRefused() {
        assertThat(errors(TwoFactorPolicy.builder(SWITCHED).clock(CLOCK)))
                .extracting(Finding::path)
                .contains("vocabulary.switches.go");
    }

    @Test
    void build_switchThatNobodyDeclared_isRefused() {
        assertThat(errors(TwoFactorPolicy.builder(SWITCHED)
                        .clock(CLOCK)
                        .controls(PolicyControls.of(Map.of("go", true, "og", true)))))
                .extracting(Finding::path)
                .contains("vocabulary.switches.og");
    }

    @Test
    void decide_switchFlippedAtRunTime_isReadAnew() {
        PolicyControls controls = PolicyControls.of(Map.of("go", false));
        TwoFactorPolicy policy = TwoFactorPolicy.builder(SWITCHED)
                .clock(CLOCK)
                .controls(controls)
                .build();

        assertThat(policy.decide(Samples.bare())).isInstanceOf(Decision.Permitted.class);
        controls.set("go", true);
        assertThat(policy.decide(Samples.bare())).isInstanceOf(Decision.Refused.class);
    }

    @Test
    void build_conditionWithoutImplementation_warnsAndBinds() {
        TwoFactorPolicy policy = TwoFactorPolicy.of(HOSTED, CLOCK);

        assertThat(policy.findings()).extracting(Finding::code).contains("P49");
        assertThat(policy.decide(Samples.bare())).isInstanceOf(Decision.Refused.class);
    }

    @Test
    void decide_conditionThatAnswersNothing_binds() {
        assertThat(decide(null)).isInstanceOf(Decision.Refused.class);
        assertThat(decide(Fact.absent())).isInstanceOf(Decision.Refused.class);
        assertThat(decide(Fact.of(true))).isInstanceOf(Decision.Refused.class);
        assertThat(decide(Fact.of(false))).isInstanceOf(Decision.Permitted.class);
    }

    private static Decision decide(Fact<Boolean> answer) {
        return TwoFactorPolicy.builder(HOSTED)
                .clock(CLOCK)
                .conditions(condition("office-hours", answer))
                .build()
                .decide(Samples.bare());
    }

    @Test
    void build_conditionThatNobodyDeclared_isRefused() {
        assertThat(errors(TwoFactorPolicy.builder(HOSTED)
                        .clock(CLOCK)
                        .conditions(condition("office-hours", Fact.of(true)), condition("typo", Fact.of(true)))))
                .extracting(Finding::path)
                .contains("vocabulary.flags.host.typo");
    }

    private static CustomCondition condition(String id, Fact<Boolean> answer) {
        return new CustomCondition() {
            @Override
            public String id() {
                return id;
            }

            @Override
            public Fact<Boolean> holds(AccessRequest request) {
                return answer;
            }
        };
    }

    @Test
    void build_conditionGivenTwice_isRefused() {
        TwoFactorPolicy.Builder twice = TwoFactorPolicy.builder(HOSTED)
                .conditions(condition("office-hours", Fact.of(true)), condition("office-hours", Fact.of(false)));

        assertThatIllegalArgumentException()
                .isThrownBy(twice::build)
                .withMessage("conditions: 'office-hours' is given twice");
    }

    @Test
    void build_manyFaultsOfTheHost_namesAll() {
        assertThat(errors(TwoFactorPolicy.builder(SWITCHED)
                        .clock(CLOCK)
                        .controls(PolicyControls.of(Map.of("og", true)))
                        .conditions(condition("typo", Fact.of(true)))))
                .filteredOn(finding -> finding.severity() == Finding.Severity.ERROR)
                .extracting(Finding::text)
                .containsExactly(
                        "switch 'go' is declared and the host does not supply its initial state",
                        "flag 'host.typo' is not declared in vocabulary.flags",
                        "switch 'og' is not declared in vocabulary.switches");
    }

    @Test
    void allowedSkew_outOfZeroToTenMinutes_isRefused() {
        TwoFactorPolicy.Builder builder = TwoFactorPolicy.builder(HOSTED);

        builder.allowedSkew(Duration.ZERO).allowedSkew(Duration.ofMinutes(10));
        for (Duration wrong :
                List.of(Duration.ofNanos(-1), Duration.ofMinutes(10).plusNanos(1))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.allowedSkew(wrong))
                    .withMessage("ahead: 0 to 10 minutes");
        }
    }

    @Test
    void allowWaiversUpTo_aYearAndADay_isTheLongest() {
        TwoFactorPolicy.Builder builder = TwoFactorPolicy.builder(HOSTED);

        builder.allowWaiversUpTo(Duration.ofDays(30).plusNanos(1)).allowWaiversUpTo(Duration.ofDays(366));
        for (Duration wrong : List.of(Duration.ofDays(30), Duration.ofDays(366).plusNanos(1))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.allowWaiversUpTo(wrong))
                    .withMessage("longest: above 30 and at most 366 days");
        }
    }

    @Test
    void shareSalt_isASecretOfItsOwnAndNotEmpty() {
        assertThat(decide("44.0952", "")).as("by the id alone").isInstanceOf(Decision.Permitted.class);
        assertThat(decide("44.0951", "salt")).isInstanceOf(Decision.Permitted.class);
        assertThat(decide("44.0952", "salt")).isInstanceOf(Decision.Refused.class);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TwoFactorPolicy.builder(HOSTED).shareSalt(new byte[0]))
                .withMessage("secret: empty");
    }

    private static Decision decide(String share, String salt) {
        Requirement shared = Samples.requirement("needs-2fa", new Atom.EmailVerified())
                .phases(Phase.builder(Mode.ENFORCE)
                        .share(new java.math.BigDecimal(share))
                        .build())
                .build();
        TwoFactorPolicy.Builder builder =
                TwoFactorPolicy.builder(Samples.definition(shared).build()).clock(CLOCK);
        byte[] secret = salt.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        if (secret.length > 0) {
            builder.shareSalt(secret);
            java.util.Arrays.fill(secret, (byte) 0);
        }
        return builder.build()
                .decide(Samples.session()
                        .account(AccountValues.builder("acc-1", "alice")
                                .emailVerified(false)
                                .build())
                        .build());
    }

    @Test
    void toString_isTheDefinitionAndTheBeginningOfItsDigest() {
        TwoFactorPolicy policy = TwoFactorPolicy.of(HOSTED, CLOCK);

        assertThat(policy).hasToString(HOSTED + " " + Digest.of(HOSTED).substring(0, 12));
        assertThat(policy.controls().switches()).isEmpty();
        assertThat(Rehearsal.of(HOSTED, Supplied.nothing(), PolicyControls.none()))
                .hasToString("rehearsal of " + HOSTED);
    }

    @Test
    void tell_aNoticeOrAnObservation_isToldAndAPlainPermissionIsNot() {
        List<PolicyListener.Decided> told = new ArrayList<>();
        for (Mode mode : List.of(Mode.WARN, Mode.REPORT)) {
            TwoFactorPolicy policy = TwoFactorPolicy.builder(
                            Samples.definition(Samples.requirement("email-needed", new Atom.EmailVerified())
                                            .phases(Phase.builder(mode).build())
                                            .build())
                                    .build())
                    .clock(CLOCK)
                    .listener(new PolicyListener() {
                        @Override
                        public void decided(Decided decided) {
                            told.add(decided);
                        }
                    })
                    .build();
            Decision supposed = policy.suppose(Samples.bare());
            assertThat(told).isEmpty();

            policy.tell(Samples.bare(), supposed);

            assertThat(told).extracting(PolicyListener.Decided::decision).containsExactly(supposed);
            told.clear();
        }
    }

    @Test
    void decide_refusedOrNoticed_tellsTheListenerWithTheIds() {
        List<PolicyListener.Decided> told = new ArrayList<>();
        TwoFactorPolicy policy = TwoFactorPolicy.builder(
                        Samples.definition(Samples.emailNeeded()).build())
                .clock(CLOCK)
                .listener(new PolicyListener() {
                    @Override
                    public void decided(Decided decided) {
                        told.add(decided);
                    }
                })
                .build();

        policy.decide(Samples.session()
                .account(Samples.bareAccount().emailVerified(true).build())
                .build());
        assertThat(told).isEmpty();

        Decision refused = policy.decide(Samples.bare());
        policy.suppose(Samples.bare());
        policy.explain(Samples.bare());
        assertThat(told).hasSize(1);
        assertThat(told.get(0).decision()).isSameAs(refused);
        assertThat(told.get(0).account()).hasValue("a1");
        assertThat(told.get(0).project()).hasValue("p1");
        assertThat(told.get(0).at()).isEqualTo(Samples.NOW);

        AccessRequest again = Samples.bare();
        policy.tell(again, refused);
        policy.tell(again, Decision.Permitted.PLAIN);
        assertThat(told).hasSize(2);
        assertThat(told.get(1))
                .isEqualTo(
                        new PolicyListener.Decided(Samples.NOW, again, Optional.of("a1"), Optional.of("p1"), refused));
    }
}
