package dev.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.factor.FactorClass;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.factor.FactorSelector;
import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.Bounds;
import dev.gatehouse.policy.rule.Condition;
import dev.gatehouse.policy.rule.CredentialKind;
import dev.gatehouse.policy.rule.CredentialTest;
import dev.gatehouse.policy.rule.ReasonCode;
import dev.gatehouse.policy.rule.Remedy;
import dev.gatehouse.policy.rule.Requirement;
import dev.gatehouse.policy.rule.ThingTest;
import dev.gatehouse.policy.rule.Within;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said to be lacking of each atom, the way out, and the order of both. */
class LackTest {
    private static final FactorSelector ANY = FactorSelector.ofClasses(FactorClass.ANY);
    private static final Atom SESSION = new Atom.Credential(CredentialTest.kinds(CredentialKind.SESSION));
    private static final Atom EMAIL = new Atom.EmailVerified();
    private static final Atom CODES = new Atom.RecoveryCodesSaved();
    private static final Atom FACTOR = new Atom.Enrolled(ANY);

    /** Somebody who meets nothing. */
    private record Nobody(boolean isEnrolled, CredentialKind caller, boolean isAccountAbsent)
            implements Lack.Situation {
        @Override
        public boolean isMet(Atom atom) {
            return false;
        }

        @Override
        public boolean isEnrolled(FactorSelector factor) {
            return isEnrolled;
        }
    }

    private static final Nobody SIGNED_IN = new Nobody(true, CredentialKind.SESSION, false);

    private static Lack lack(Condition demand, Lack.Situation situation) {
        return Lack.of(Requirement.builder("r", List.of("project"), demand).build(), situation);
    }

    /** Each atom with its code and remedy, by stage of the remedy. */
    static Stream<Arguments> atoms() {
        ThingTest flag = ThingTest.flag("x");
        return Stream.of(
                Arguments.of(SESSION, ReasonCode.CREDENTIAL_NOT_ACCEPTED, Remedy.SWITCH_CREDENTIAL),
                Arguments.of(EMAIL, ReasonCode.EMAIL_NOT_VERIFIED, Remedy.VERIFY_EMAIL),
                Arguments.of(CODES, ReasonCode.RECOVERY_CODES_NOT_SAVED, Remedy.SAVE_RECOVERY_CODES),
                Arguments.of(FACTOR, ReasonCode.FACTOR_NOT_ENROLLED, Remedy.ENROL_FACTOR),
                Arguments.of(new Atom.FactorsLeft(ANY), ReasonCode.LAST_FACTOR, Remedy.ENROL_FACTOR),
                Arguments.of(new Atom.Account(flag), ReasonCode.ACCOUNT_SETTING, Remedy.CHANGE_SETTING),
                Arguments.of(new Atom.Proven(ANY, Within.SESSION), ReasonCode.FACTOR_NOT_PROVEN, Remedy.PROVE),
                Arguments.of(
                        new Atom.NewToken(List.of(), Bounds.atMost(Duration.ofDays(1)), List.of()),
                        ReasonCode.TOKEN_LIMIT,
                        Remedy.CHANGE_REQUEST),
                Arguments.of(new Atom.NewFactor(ANY), ReasonCode.FACTOR_KIND, Remedy.CHANGE_REQUEST),
                Arguments.of(new Atom.Release(flag), ReasonCode.RELEASE_LIMIT, Remedy.CHANGE_REQUEST),
                Arguments.of(
                        new Atom.Publisher(List.of("github"), List.of(), List.of(), List.of(), List.of()),
                        ReasonCode.RUN_NOT_ACCEPTED,
                        Remedy.SWITCH_CREDENTIAL),
                Arguments.of(new Atom.Project(flag), ReasonCode.PROJECT_SETTING, Remedy.ASK_OWNER),
                Arguments.of(new Atom.Organization(flag), ReasonCode.ORGANIZATION_SETTING, Remedy.ASK_OWNER),
                Arguments.of(
                        new Atom.Elapsed(List.of("code-used"), Duration.ofHours(1)), ReasonCode.TOO_SOON, Remedy.WAIT),
                Arguments.of(new Atom.Closed(), ReasonCode.CLOSED, Remedy.CONTACT_SUPPORT));
    }

    @ParameterizedTest
    @MethodSource("atoms")
    void atom_thatIsNotMet_hasItsCodeAndRemedy(Atom atom, ReasonCode code, Remedy remedy) {
        Lack lack = lack(Condition.all(atom), SIGNED_IN);

        assertThat(lack.codes()).containsExactly(code);
        assertThat(lack.ways()).containsExactly(Way.of(remedy));
        assertThat(lack.stage()).isEqualTo(remedy.stage());
    }

    @Test
    void codes_ofSeveralAtoms_areByTheStageOfTheirRemedies() {
        List<Atom> all = atoms().map(arguments -> (Atom) arguments.get()[0]).toList();
        List<ReasonCode> codes =
                atoms().map(arguments -> (ReasonCode) arguments.get()[1]).toList();

        assertThat(lack(Condition.all(all), SIGNED_IN).codes()).isEqualTo(codes);
        assertThat(lack(Condition.all(all), SIGNED_IN).ways())
                .containsExactly(
                        Way.of(atoms().map(arguments -> (Remedy) arguments.get()[2])
                                .distinct()
                                .toArray(Remedy[]::new)));
    }

    @Test
    void credential_thatNobodyPresented_isSaidToBeMissing() {
        Lack lack = lack(Condition.all(SESSION), new Nobody(false, CredentialKind.ANONYMOUS, false));

        assertThat(lack.codes()).containsExactly(ReasonCode.NOT_AUTHENTICATED);
        assertThat(lack.ways()).containsExactly(Way.of(Remedy.AUTHENTICATE));
    }

    @Test
    void whatHangsOnAnAccount_whereThereIsNone_needsAnotherCredential() {
        Nobody run = new Nobody(false, CredentialKind.TRUSTED_PUBLISHER, true);

        assertThat(atoms().map(arguments -> (Atom) arguments.get()[0])
                        .filter(atom ->
                                lack(Condition.all(atom), run).ways().equals(List.of(Way.of(Remedy.SWITCH_CREDENTIAL))))
                        .map(Atom::key))
                .containsExactly(
                        "credential",
                        "email-verified",
                        "recovery-codes-saved",
                        "enrolled",
                        "factors-left",
                        "account",
                        "proven",
                        "elapsed");
    }

    @Test
    void proof_ofWhatIsNotSetUp_needsItSetUpFirst() {
        Nobody without = new Nobody(false, CredentialKind.SESSION, false);
        Atom password = new Atom.Proven(FactorSelector.ofKinds(FactorKind.TOTP, FactorKind.PASSWORD), Within.SESSION);

        assertThat(lack(Condition.all(new Atom.Proven(ANY, Within.SESSION)), without)
                        .ways())
                .containsExactly(Way.of(Remedy.ENROL_FACTOR, Remedy.PROVE));
        assertThat(lack(Condition.all(password), without).ways()).containsExactly(Way.of(Remedy.PROVE));
    }

    @Test
    void ways_areBestFirst_theSameCredentialThenFewerStepsThenEarlierOnes() {
        Condition demand = Condition.anyOf(
                Condition.all(SESSION),
                Condition.all(EMAIL, CODES),
                Condition.all(FACTOR),
                Condition.all(CODES),
                Condition.all(EMAIL, FACTOR));

        assertThat(lack(demand, SIGNED_IN).ways())
                .containsExactly(
                        Way.of(Remedy.SAVE_RECOVERY_CODES),
                        Way.of(Remedy.ENROL_FACTOR),
                        Way.of(Remedy.VERIFY_EMAIL, Remedy.SAVE_RECOVERY_CODES),
                        Way.of(Remedy.VERIFY_EMAIL, Remedy.ENROL_FACTOR),
                        Way.of(Remedy.SWITCH_CREDENTIAL));
        assertThat(lack(demand, new Nobody(false, CredentialKind.ANONYMOUS, false))
                        .ways())
                .endsWith(Way.of(Remedy.AUTHENTICATE));
    }

    @Test
    void remedy_thatTheRuleNames_isTheOnlyWay() {
        Requirement rule = Requirement.builder("r", List.of("project"), Condition.all(EMAIL))
                .remedy(Remedy.CONTACT_SUPPORT)
                .build();

        Lack lack = Lack.of(rule, SIGNED_IN);

        assertThat(lack.codes()).containsExactly(ReasonCode.EMAIL_NOT_VERIFIED);
        assertThat(lack.ways()).containsExactly(Way.of(Remedy.CONTACT_SUPPORT));
    }
}
