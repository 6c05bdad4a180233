package dev.gatehouse.signin;

import static dev.gatehouse.signin.LoginDesk.ALICE;
import static dev.gatehouse.signin.LoginDesk.BOB;
import static dev.gatehouse.signin.LoginDesk.CODES;
import static dev.gatehouse.signin.LoginDesk.KEY;
import static dev.gatehouse.signin.LoginDesk.RIGHT;
import static dev.gatehouse.signin.LoginDesk.T0;
import static dev.gatehouse.signin.SignInTest.assertExpired;
import static dev.gatehouse.signin.SignInTest.completed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.factor.FactorResponse;
import dev.gatehouse.factor.FactorVerifier;
import dev.gatehouse.factor.Verification;
import dev.gatehouse.signin.LoginDesk.Tab;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a ticket of a pending login is good for, and for how long. */
class SignInTicketTest {
    private final LoginDesk desk = new LoginDesk().with(ALICE, CODES, KEY).with(BOB);

    // Tickets

    /** O16: the ticket of a login that is over, with a fresh code. */
    @Test
    void prove_theSameTicketTwice_isExpired() {
        Tab tab = desk.begun(ALICE);
        Tab again = desk.tab();
        again.session = tab.session;
        again.ticket = tab.ticket;
        completed(tab.prove(FactorKind.WEBAUTHN, RIGHT));

        assertExpired(again.prove(FactorKind.WEBAUTHN, RIGHT));
        assertThat(desk.webauthn.asked).hasSize(1);
    }

    @Test
    void prove_inAnotherSession_isExpiredAndTheRightOneGoesOn() {
        Tab tab = desk.begun(ALICE);
        Tab thief = desk.tab();
        thief.ticket = tab.ticket;

        assertExpired(thief.prove(FactorKind.WEBAUTHN, RIGHT));
        completed(tab.prove(FactorKind.WEBAUTHN, RIGHT));
    }

    @Test
    void prove_inTheSessionBefore_isExpired() {
        Tab tab = desk.tab();
        String before = tab.session;
        tab.password(ALICE);
        tab.session = before;

        assertExpired(tab.prove(FactorKind.WEBAUTHN, RIGHT));
    }

    @Test
    void prove_whatIsNoTicket_isExpired() {
        for (String ticket : new String[] {"", "x", "A".repeat(43), "A".repeat(10_000), "\u00e9".repeat(43)}) {
            Tab tab = desk.begun(ALICE);
            tab.ticket = ticket;

            assertExpired(tab.prove(FactorKind.WEBAUTHN, RIGHT));
        }
        assertThat(desk.webauthn.asked).isEmpty();
    }

    @Test
    void prove_exactlyAtTheEnd_isExpired() {
        Tab late = desk.begun(ALICE);
        Tab justInTime = desk.begun(ALICE);
        desk.now.set(T0.plus(SignIn.LIFETIME).minusNanos(1));
        completed(justInTime.prove(FactorKind.WEBAUTHN, RIGHT));
        desk.now.set(T0.plus(SignIn.LIFETIME));

        assertExpired(late.prove(FactorKind.WEBAUTHN, RIGHT));
    }

    /** O14: after a lock-out the old ticket is void, whatever comes with it and however long one waits. */
    @Test
    void prove_afterALockOut_isExpired() {
        Tab tab = desk.begun(ALICE);
        for (int i = 0; i < 5; i++) {
            tab.prove(FactorKind.TOTP, "wrong");
        }
        String ticket = tab.ticket;
        String session = tab.session;

        assertThat(tab.prove(FactorKind.TOTP, RIGHT)).isEqualTo(new SignInStep.Throttled(Duration.ofMinutes(5)));
        assertThat(desk.totp.asked).hasSize(5);
        desk.now.set(T0.plusSeconds(299));
        tab.ticket = ticket;
        tab.session = session;
        assertExpired(tab.prove(FactorKind.WEBAUTHN, RIGHT));
    }

    @Test
    void prove_afterAnotherLoginWasCompleted_isExpired() {
        Tab one = desk.begun(ALICE);
        Tab other = desk.begun(ALICE);
        completed(other.prove(FactorKind.WEBAUTHN, RIGHT));

        assertExpired(one.prove(FactorKind.WEBAUTHN, RIGHT));
        assertThat(desk.webauthn.asked).hasSize(1);
    }

    @Test
    void prove_afterTheAccountHasChanged_isExpired() {
        Tab tab = desk.begun(ALICE);
        desk.versions.advance(ALICE);

        assertExpired(tab.prove(FactorKind.WEBAUTHN, RIGHT));
        assertThat(desk.webauthn.asked).isEmpty();
    }

    @Test
    void prove_whileTheAccountChanges_isExpired() {
        LoginDesk[] changing = new LoginDesk[1];
        changing[0] = new LoginDesk(
                        builder -> builder.verifier(new FactorVerifier() {
                            @Override
                            public FactorKind kind() {
                                return FactorKind.SMS;
                            }

                            @Override
                            public Verification verify(FactorResponse response) {
                                changing[0].versions.advance(ALICE);
                                return changing[0].webauthn.verify(response);
                            }
                        }),
                        100)
                .with(ALICE, KEY);
        Tab tab = changing[0].begun(ALICE);
        tab.prove(FactorKind.SMS, RIGHT);

        assertExpired(tab.prove(FactorKind.WEBAUTHN, RIGHT));
        assertThat(changing[0].logins.completed(ALICE)).isZero();
    }
}
