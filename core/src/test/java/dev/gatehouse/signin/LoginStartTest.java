package dev.gatehouse.signin;

import static dev.gatehouse.signin.LoginDesk.ALICE;
import static dev.gatehouse.signin.LoginDesk.BOB;
import static dev.gatehouse.signin.LoginDesk.CODES;
import static dev.gatehouse.signin.LoginDesk.KEY;
import static dev.gatehouse.signin.LoginDesk.RIGHT;
import static dev.gatehouse.signin.SignInTest.assertExpired;
import static dev.gatehouse.signin.SignInTest.completed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.factor.Verification;
import dev.gatehouse.signin.LoginDesk.Tab;
import org.junit.jupiter.api.Test;

/** What changes while the first proof of a login is being checked. */
class LoginStartTest {
    private final LoginDesk desk = new LoginDesk().with(ALICE, CODES, KEY).with(BOB);

    @Test
    void begin_afterTheVersionAdvancedDuringTheCheck_isExpired() {
        LoginStart bob = desk.signIn.start(BOB);
        LoginStart alice = desk.signIn.start(ALICE);
        desk.versions.advance(BOB);
        desk.versions.advance(ALICE);

        assertExpired(desk.tab().password(bob));
        assertExpired(desk.tab().password(alice));
        assertThat(desk.logins.completed(BOB)).isZero();
        assertThat(desk.events(AuditTag.LOGIN_SUCCESS)).isEmpty();
        completed(desk.tab().password(BOB));
    }

    @Test
    void begin_afterALoginWasCompletedDuringTheCheck_isExpired() {
        LoginStart start = desk.signIn.start(ALICE);
        completed(desk.begun(ALICE).prove(FactorKind.WEBAUTHN, RIGHT));

        assertExpired(desk.tab().password(start));
    }

    @Test
    void begin_twiceFromOneStart_completesOne() {
        LoginStart start = desk.signIn.start(BOB);

        completed(desk.tab().password(start));
        assertExpired(desk.tab().password(start));
    }

    @Test
    void begin_withTheStartOfAnotherAccount_isAMistake() {
        LoginStart start = desk.signIn.start(ALICE);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> desk.signIn.begin(desk.in("s"), start, LoginDesk.password(BOB)))
                .withMessageContaining("start");
        assertThat(desk.logins.completed(BOB)).isZero();
    }

    @Test
    void identify_whoseOnlyKeyIsRemovedDuringTheCheck_isExpired() {
        desk.with(BOB, KEY);

        assertExpired(desk.tab().passkey(session -> {
            desk.with(BOB);
            desk.versions.advance(BOB);
            return verified(BOB, session);
        }));
        assertThat(desk.logins.completed(BOB)).isZero();
        assertThat(desk.events(AuditTag.LOGIN_SUCCESS)).isEmpty();
    }

    @Test
    void identify_whoseKeyIsRemovedDuringTheCheckButNotItsApp_isExpired() {
        Tab tab = desk.tab();

        assertExpired(tab.passkey(session -> {
            desk.with(ALICE, CODES);
            return verified(ALICE, session);
        }));
        assertThat(tab.ticket).isEmpty();
    }

    /** Nobody has recovery codes among their factors: that they are missing there says nothing. */
    @Test
    void identify_aRecoveryCode_isNotTakenForARemovedFactor() {
        Tab tab = desk.tab();
        SignInRequest request = desk.in(tab.session);
        Evidence code = desk.recovery.proof(ALICE, Carrier.session("any"));

        assertThat(desk.signIn.identify(request, FactorKind.RECOVERY_CODE, session -> new Verification.Verified(code)))
                .isNotInstanceOf(SignInStep.Expired.class);
    }

    private Verification verified(String account, Carrier session) {
        return new Verification.Verified(desk.webauthn.proof(account, session));
    }
}
