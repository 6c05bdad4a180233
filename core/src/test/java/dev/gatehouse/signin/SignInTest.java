package dev.gatehouse.signin;

import static dev.gatehouse.signin.LoginDesk.ALICE;
import static dev.gatehouse.signin.LoginDesk.BOB;
import static dev.gatehouse.signin.LoginDesk.CODES;
import static dev.gatehouse.signin.LoginDesk.HOME;
import static dev.gatehouse.signin.LoginDesk.KEY;
import static dev.gatehouse.signin.LoginDesk.RIGHT;
import static dev.gatehouse.signin.LoginDesk.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.factor.Verification;
import dev.gatehouse.signin.LoginDesk.Tab;
import dev.gatehouse.signin.LoginDesk.Wrong;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Pending logins; tickets are in {@link SignInTicketTest}, what changes during the first check in
 * {@link LoginStartTest}, devices and mailed links in {@link SignInDevicesTest}. */
class SignInTest {
    private final LoginDesk desk = new LoginDesk().with(ALICE, CODES, KEY).with(BOB);

    // Ways through

    @Test
    void begin_ofAnAccountWithoutFactors_isAll() {
        Tab tab = desk.tab();
        SignInStep.Completed completed = completed(tab.password(BOB));

        assertThat(completed.account()).isEqualTo(BOB);
        assertThat(completed.evidence())
                .containsExactly(LoginDesk.password(BOB).carriedBy(Carrier.session(tab.session)));
        AuditEvent success = desk.events(AuditTag.LOGIN_SUCCESS).get(0);
        assertThat(success.account()).contains(BOB);
        assertThat(success.address()).contains("192.0.2.1");
        assertThat(success.attributes()).containsOnly(Map.entry("two_factor_method", "none"));
    }

    @Test
    void begin_ofAnAccountWithFactors_offersThemAndGivesNoSession() {
        SignInStep step = desk.tab().password(ALICE);

        SignInStep.MoreNeeded more = (SignInStep.MoreNeeded) step;
        assertThat(more.why()).isEmpty();
        assertThat(more.next().account()).isEqualTo(ALICE);
        assertThat(more.next().offered())
                .containsExactly(FactorKind.WEBAUTHN, FactorKind.TOTP, FactorKind.RECOVERY_CODE);
        assertThat(more.next().until()).isEqualTo(T0.plus(SignIn.LIFETIME));
        assertThat(more.next().toString()).doesNotContain(more.next().ticket());
        assertThat(desk.events.events()).isEmpty();
        assertThat(desk.logins.completed(ALICE)).isZero();
    }

    @Test
    void begin_whereTheFactorsAreUnknown_asksForOne() {
        desk.enrolled.clear();

        assertThat(desk.begun(ALICE).pending.offered()).contains(FactorKind.TOTP, FactorKind.WEBAUTHN);
    }

    @Test
    void prove_aKey_completesWithAllProofsInTheNextSession() {
        Tab tab = desk.begun(ALICE);
        String asked = tab.session;
        SignInStep.Completed completed = completed(tab.prove(FactorKind.WEBAUTHN, RIGHT));

        Carrier session = Carrier.session(tab.session);
        assertThat(completed.evidence())
                .containsExactly(LoginDesk.password(ALICE).carriedBy(session), desk.webauthn.proof(ALICE, session));
        assertThat(desk.webauthn.asked.get(0).carrier()).isEqualTo(Carrier.session(asked));
        assertThat(desk.logins.completed(ALICE)).isEqualTo(1);
        assertThat(desk.events(AuditTag.LOGIN_SUCCESS).get(0).attributes())
                .containsEntry("two_factor_method", "webauthn")
                .containsEntry("two_factor_label", "u-1's yellow-key");
    }

    @Test
    void prove_aWrongAnswer_goesOnWithTheNextTicketAndTheSameEnd() {
        Tab tab = desk.begun(ALICE);
        String first = tab.ticket;
        desk.now.set(T0.plusSeconds(60));
        SignInStep.Rejected rejected = (SignInStep.Rejected) tab.prove(FactorKind.WEBAUTHN, "wrong");

        assertThat(rejected.code()).isEqualTo(Wrong.INVALID);
        assertThat(tab.ticket).isNotEqualTo(first);
        assertThat(tab.pending.until()).isEqualTo(T0.plus(SignIn.LIFETIME));
        assertThat(tab.pending.offered()).contains(FactorKind.WEBAUTHN, FactorKind.TOTP);
        AuditEvent failure = desk.events(AuditTag.LOGIN_FAILURE).get(0);
        assertThat(failure.account()).contains(ALICE);
        assertThat(failure.attributes())
                .containsEntry("reason", "invalid_webauthn")
                .containsEntry("code", "INVALID");
        completed(tab.prove(FactorKind.WEBAUTHN, RIGHT));
    }

    @Test
    void prove_wrongAnswersOfEachKind_areFailuresInPyPisWords() {
        Tab tab = desk.begun(ALICE);
        for (FactorKind kind : new FactorKind[] {FactorKind.TOTP, FactorKind.WEBAUTHN, FactorKind.RECOVERY_CODE}) {
            tab.prove(kind, "wrong");
        }

        assertThat(desk.events(AuditTag.LOGIN_FAILURE))
                .extracting(event -> event.attributes().get("reason"))
                .containsExactly("invalid_totp", "invalid_webauthn", "invalid_recovery_code");
    }

    /** O29: proofs accumulate within a login, and another account begins with none. */
    @Test
    void prove_severalFactors_keepsAllOfThem() {
        Tab tab = desk.begun(ALICE);
        tab.prove(FactorKind.TOTP, RIGHT);
        tab.prove(FactorKind.TOTP, RIGHT);
        tab.prove(FactorKind.WEBAUTHN, RIGHT);
        SignInStep.Completed completed = completed(tab.prove(FactorKind.EMAIL, tab.link()));

        assertThat(completed.evidence())
                .extracting(Evidence::kind)
                .containsExactly(FactorKind.PASSWORD, FactorKind.TOTP, FactorKind.WEBAUTHN, FactorKind.EMAIL);
    }

    @Test
    void begin_ofAnotherAccount_carriesNothingOver() {
        desk.with(BOB, CODES);
        Tab tab = desk.begun(ALICE);
        tab.prove(FactorKind.TOTP, RIGHT);
        tab.password(BOB);

        assertThat(tab.pending.account()).isEqualTo(BOB);
        assertThat(tab.pending.offered()).contains(FactorKind.TOTP);
        assertThat(desk.logins.completed(BOB)).isZero();
    }

    // What is good once

    @Test
    void prove_aRecoveryCode_isUsedUpOnlyWhenTheLoginCompletes() {
        Tab tab = desk.begun(ALICE);
        tab.prove(FactorKind.RECOVERY_CODE, RIGHT);
        assertThat(desk.recovery.settled).isEmpty();
        completed(tab.prove(FactorKind.EMAIL, tab.link()));

        assertThat(desk.recovery.settled).hasSize(1);
        assertThat(desk.events(AuditTag.LOGIN_SUCCESS).get(0).attributes())
                .containsEntry("two_factor_method", "recovery-code");
    }

    @Test
    void prove_aRecoveryCodeThatWasUsedMeanwhile_completesNothing() {
        Tab tab = desk.begun(ALICE);
        tab.prove(FactorKind.RECOVERY_CODE, RIGHT);
        desk.recovery.isUsed = true;

        assertExpired(tab.prove(FactorKind.EMAIL, tab.link()));
        assertThat(desk.events(AuditTag.LOGIN_SUCCESS)).isEmpty();
        assertThat(desk.events(AuditTag.LOGIN_FAILURE).get(0).attributes())
                .containsEntry("reason", "burned_recovery_code");
    }

    @Test
    void prove_aRecoveryCode_isNotUsedUpWhereThePolicyRefuses() {
        Tab tab = desk.begun(ALICE);
        desk.frozen.add(ALICE);

        assertThat(tab.prove(FactorKind.RECOVERY_CODE, RIGHT)).isInstanceOf(SignInStep.Refused.class);
        assertThat(desk.recovery.settled).isEmpty();
        assertThat(desk.logins.completed(ALICE)).isZero();
        assertExpired(tab.prove(FactorKind.WEBAUTHN, RIGHT));
    }

    // Limits

    @Test
    void prove_aSuspendedFactor_goesOnWithAnotherWhichOpensIt() {
        LoginDesk capped = new LoginDesk(builder -> builder, 2).with(ALICE, CODES, KEY);
        Tab tab = capped.begun(ALICE);
        tab.prove(FactorKind.TOTP, "wrong");
        tab.prove(FactorKind.TOTP, "wrong");
        SignInStep.Rejected rejected = (SignInStep.Rejected) tab.prove(FactorKind.TOTP, RIGHT);

        assertThat(rejected.code()).isEqualTo(SignInRejection.SUSPENDED);
        assertThat(capped.totp.asked).hasSize(2);
        assertThat(capped.events(AuditTag.FACTOR_SUSPENDED)).hasSize(1);
        completed(tab.prove(FactorKind.WEBAUTHN, RIGHT));
        assertThat(capped.events(AuditTag.FACTOR_REOPENED)).hasSize(1);
    }

    @Test
    void prove_whereTheVerifierHasNoRoom_spendsNothing() {
        Tab tab = desk.begun(ALICE);
        for (int i = 0; i < 20; i++) {
            SignInStep.Rejected busy = (SignInStep.Rejected) tab.prove(FactorKind.RECOVERY_CODE, LoginDesk.BUSY);
            assertThat(busy.code().retryAfter()).isPresent();
        }

        assertThat(desk.failures.ofAccount(ALICE)).isEmpty();
        assertThat(tab.prove(FactorKind.RECOVERY_CODE, RIGHT)).isInstanceOf(SignInStep.MoreNeeded.class);
    }

    @Test
    void prove_whereTheVerifierLies_isRejectedAndCounted() {
        Tab tab = desk.begun(ALICE);
        SignInStep.Rejected rejected = (SignInStep.Rejected) tab.prove(FactorKind.TOTP, LoginDesk.LYING);

        assertThat(rejected.code()).isEqualTo(SignInRejection.VERIFIER_UNTRUSTED);
        assertThat(desk.failures.ofAccount(ALICE)).hasSize(1);
    }

    // Passkeys

    @Test
    void identify_aPasskey_isBothFactorsInOne() {
        Tab tab = desk.tab();
        SignInStep.Completed completed = completed(tab.passkey(verified(ALICE)));

        assertThat(completed.evidence()).containsExactly(desk.webauthn.proof(ALICE, Carrier.session(tab.session)));
        assertThat(desk.events(AuditTag.LOGIN_SUCCESS).get(0).attributes())
                .containsEntry("two_factor_method", "webauthn");
    }

    @Test
    void identify_rejected_namesNobodyAndCountsForTheAddress() {
        Tab tab = desk.tab();
        for (int i = 0; i < 10; i++) {
            SignInStep.Rejected rejected = (SignInStep.Rejected) tab.passkey(new Verification.Rejected(Wrong.INVALID));
            assertThat(rejected.next()).isEmpty();
        }

        assertThat(tab.passkey(verified(ALICE))).isEqualTo(new SignInStep.Throttled(Duration.ofMinutes(5)));
        assertThat(desk.events(AuditTag.LOGIN_FAILURE))
                .hasSize(10)
                .allMatch(event -> event.account().isEmpty());
    }

    @Test
    void identify_aProofOfAnotherKind_isRejected() {
        Evidence code = Evidence.asserted(ALICE, CODES, T0, Carrier.session("any"), "test");
        SignInStep.Rejected rejected = (SignInStep.Rejected) desk.tab().passkey(new Verification.Verified(code));

        assertThat(rejected.code()).isEqualTo(SignInRejection.VERIFIER_UNTRUSTED);
        assertThat(desk.logins.completed(ALICE)).isZero();
    }

    @Test
    void identify_aPasskey_endsOtherLoginsAndOpensWhatWasSuspended() {
        LoginDesk capped = new LoginDesk(builder -> builder, 1).with(ALICE, CODES, KEY);
        Tab tab = capped.begun(ALICE);
        tab.prove(FactorKind.TOTP, "wrong");
        completed(capped.tab().passkey(verified(ALICE)));

        assertThat(capped.failures.ofAccount(ALICE)).isEmpty();
        assertExpired(tab.prove(FactorKind.WEBAUTHN, RIGHT));
    }

    // Mistakes and broken surroundings

    @Test
    void prove_aKindWithoutVerifier_isAMistakeAndLeavesTheTicket() {
        Tab tab = desk.begun(ALICE);

        assertThatIllegalArgumentException().isThrownBy(() -> tab.prove(FactorKind.SMS, RIGHT));
        assertThatIllegalArgumentException().isThrownBy(() -> tab.prove(FactorKind.PASSWORD, RIGHT));
        completed(tab.prove(FactorKind.WEBAUTHN, RIGHT));
    }

    @Test
    void begin_whereAFactThrows_throwsAndLogsNobodyIn() {
        LoginDesk broken = new LoginDesk(builder -> builder, 100);
        SignIn signIn = SignIn.builder(
                        LoginDesk.POLICY,
                        account -> {
                            throw new IllegalStateException("no database");
                        },
                        new SignIn.Stores(broken.state, broken.logins, broken.versions, limitsOf(broken)))
                .build();

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> signIn.begin(broken.in("s"), signIn.start(BOB), LoginDesk.password(BOB)));
        assertThat(broken.logins.completed(BOB)).isZero();
    }

    @Test
    void begin_withFactsOfAnotherAccount_throws() {
        SignIn signIn = SignIn.builder(
                        LoginDesk.POLICY,
                        account -> desk.facts(BOB),
                        new SignIn.Stores(desk.state, desk.logins, desk.versions, limitsOf(desk)))
                .build();

        assertThatIllegalStateException()
                .isThrownBy(() -> signIn.begin(desk.in("s"), signIn.start(ALICE), LoginDesk.password(ALICE)));
    }

    @Test
    void request_withOneSessionForBoth_isAMistake() {
        assertThatIllegalArgumentException().isThrownBy(() -> SignInRequest.of("s", "s", HOME));
        assertThatIllegalArgumentException().isThrownBy(() -> SignInRequest.of("", "s", HOME));
        assertThatIllegalArgumentException().isThrownBy(() -> SignInRequest.of("s", "x".repeat(256), HOME));
    }

    private Verification verified(String account) {
        return new Verification.Verified(desk.webauthn.proof(account, Carrier.session("any")));
    }

    private static AttemptLimits limitsOf(LoginDesk desk) {
        return AttemptLimits.builder(desk.state, desk.failures)
                .clock(desk.now::get)
                .build();
    }

    static SignInStep.Completed completed(SignInStep step) {
        assertThat(step).isInstanceOf(SignInStep.Completed.class);
        return (SignInStep.Completed) step;
    }

    static void assertExpired(SignInStep step) {
        assertThat(step).isEqualTo(new SignInStep.Expired());
    }
}
