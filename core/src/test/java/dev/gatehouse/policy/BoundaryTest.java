package dev.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.EnrolledFactor;
import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.factor.FactorClass;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.factor.FactorSelector;
import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.Mode;
import dev.gatehouse.policy.rule.Phase;
import dev.gatehouse.policy.rule.Requirement;
import dev.gatehouse.policy.rule.Window;
import dev.gatehouse.policy.rule.Within;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every boundary one nanosecond before, at it, and after. */
class BoundaryTest {
    private static final Instant T = Samples.NOW;
    private static final FactorSelector TOTP = FactorSelector.ofKinds(FactorKind.TOTP);
    private static final EnrolledFactor KEY = EnrolledFactor.of("key-1", FactorKind.WEBAUTHN);

    private static boolean refuses(Requirement rule, AccessRequest q, Instant now) {
        return TwoFactorPolicy.of(Samples.definition(rule).build(), InstantSource.fixed(now))
                        .decide(q)
                instanceof Decision.Refused;
    }

    private static boolean refuses(Phase phase, Instant now) {
        Requirement rule = Samples.requirement("email-needed", new Atom.EmailVerified())
                .phases(phase, Phase.builder(Mode.REPORT).build())
                .build();
        return refuses(rule, Samples.bare(), now);
    }

    @Test
    void decide_phase_beginsAtFromAndIsOverAtUntil() {
        Phase phase =
                Phase.builder(Mode.ENFORCE).from(T).until(T.plusSeconds(5)).build();

        assertThat(refuses(phase, T.minusNanos(1))).isFalse();
        assertThat(refuses(phase, T)).isTrue();
        assertThat(refuses(phase, T.plusSeconds(5).minusNanos(1))).isTrue();
        assertThat(refuses(phase, T.plusSeconds(5))).isFalse();
    }

    @Test
    void decide_windows_areActiveFromTheirBeginningForTheirLength() {
        Phase phase = Phase.builder(Mode.ENFORCE)
                .windows(List.of(
                        new Window(T, Duration.ofSeconds(1)), new Window(T.plusSeconds(10), Duration.ofNanos(1))))
                .build();

        assertThat(refuses(phase, T.minusNanos(1))).isFalse();
        assertThat(refuses(phase, T)).isTrue();
        assertThat(refuses(phase, T.plusSeconds(1).minusNanos(1))).isTrue();
        assertThat(refuses(phase, T.plusSeconds(1))).isFalse();
        assertThat(refuses(phase, T.plusSeconds(10))).isTrue();
        assertThat(refuses(phase, T.plusSeconds(10).plusNanos(1))).isFalse();
    }

    @Test
    void decide_tentativePhase_neverRefuses() {
        assertThat(refuses(Phase.builder(Mode.ENFORCE).from(T).tentative().build(), T.plusSeconds(1)))
                .isFalse();
    }

    private static AccessRequest proving(Evidence... proofs) {
        return Samples.session()
                .account(AccountValues.builder("a1", "alice")
                        .enrolled(EnrolledFactors.of(List.of(EnrolledFactor.of(FactorKind.TOTP), KEY)))
                        .build())
                .evidence(List.of(proofs))
                .build();
    }

    private static Evidence totp(Instant at, Carrier carrier) {
        return Evidence.asserted("a1", FactorKind.TOTP, at, carrier, "test");
    }

    private static Requirement proven(FactorSelector factor, Within within) {
        return Samples.requirement("fresh", new Atom.Proven(factor, within)).build();
    }

    @Test
    void decide_proofWithinADuration_isOverAtItsAge() {
        Requirement rule = proven(TOTP, Within.of(Duration.ofSeconds(10)));
        AccessRequest q = proving(totp(T, Samples.SESSION));

        assertThat(refuses(rule, q, T)).isFalse();
        assertThat(refuses(rule, q, T.plusSeconds(10).minusNanos(1))).isFalse();
        assertThat(refuses(rule, q, T.plusSeconds(10))).isTrue();
    }

    @Test
    void decide_proofOfTheFuture_countsWithinTheSkewAsOfNow() {
        Requirement rule = proven(TOTP, Within.of(Duration.ofSeconds(10)));

        assertThat(refuses(rule, proving(totp(T.plusSeconds(30), Samples.SESSION)), T))
                .isFalse();
        assertThat(refuses(rule, proving(totp(T.plusSeconds(30).plusNanos(1), Samples.SESSION)), T))
                .isTrue();
    }

    @Test
    void decide_proofOfTheRequest_isNotOneOfTheSession() {
        assertThat(refuses(proven(TOTP, Within.REQUEST), proving(totp(T, Samples.SESSION)), T))
                .isTrue();
        assertThat(refuses(proven(TOTP, Within.REQUEST), proving(totp(T, Samples.REQUEST)), T))
                .isFalse();
        assertThat(refuses(proven(TOTP, Within.SESSION), proving(totp(T, Samples.REQUEST)), T))
                .isFalse();
    }

    @Test
    void decide_proofOfOthers_isNone() {
        Requirement rule = proven(TOTP, Within.SESSION);

        assertThat(refuses(rule, proving(totp(T, Carrier.session("other"))), T)).isTrue();
        assertThat(refuses(rule, proving(totp(T, Carrier.request("s1"))), T)).isTrue();
        assertThat(refuses(rule, proving(Evidence.asserted("a2", FactorKind.TOTP, T, Samples.SESSION, "test")), T))
                .isTrue();
    }

    @Test
    void decide_proofOfAFactorNoLongerEnrolled_isNone() {
        Requirement rule = proven(FactorSelector.ofKinds(FactorKind.WEBAUTHN), Within.SESSION);
        EnrolledFactor gone = EnrolledFactor.of("key-2", FactorKind.WEBAUTHN);

        assertThat(refuses(rule, proving(Evidence.asserted("a1", KEY, T, Samples.SESSION, "test")), T))
                .isFalse();
        assertThat(refuses(rule, proving(Evidence.asserted("a1", gone, T, Samples.SESSION, "test")), T))
                .isTrue();
    }

    @Test
    void decide_proofStrongerThanTheListSays_isOnlyAsStrongAsTheList() {
        Requirement rule = proven(FactorSelector.ofClasses(FactorClass.HARDWARE_BOUND), Within.SESSION);
        EnrolledFactor boasted = KEY.withStrength(FactorClass.HARDWARE_BOUND);

        assertThat(refuses(rule, proving(Evidence.asserted("a1", boasted, T, Samples.SESSION, "test")), T))
                .isTrue();
    }

    @Test
    void decide_recoveryCodeAndPassword_countWhereListedAndAreNotEnrolled() {
        Evidence code = Evidence.asserted("a1", FactorKind.RECOVERY_CODE, T, Samples.SESSION, "test");
        Evidence password = Evidence.asserted("a1", FactorKind.PASSWORD, T, Samples.SESSION, "test");

        assertThat(refuses(proven(FactorSelector.ofKinds(FactorKind.RECOVERY_CODE), Within.SESSION), proving(code), T))
                .isFalse();
        assertThat(refuses(proven(FactorSelector.ofKinds(FactorKind.PASSWORD), Within.SESSION), proving(password), T))
                .isFalse();
        assertThat(refuses(proven(FactorSelector.ofClasses(FactorClass.ANY), Within.SESSION), proving(code), T))
                .isTrue();
    }
}
