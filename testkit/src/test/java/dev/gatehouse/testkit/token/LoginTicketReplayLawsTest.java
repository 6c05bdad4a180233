package dev.gatehouse.testkit.token;

import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.signin.SignIn;
import java.time.Instant;

/** Tickets between password and second factor, with a code that is always right: O16. */
class LoginTicketReplayLawsTest implements ReplayLaws {

    @Override
    public ReplaySubject replay() {
        return new Tickets();
    }

    private static final class Tickets implements ReplaySubject {
        private final LoginNodes nodes = new LoginNodes("jsr/1");

        @Override
        public Proof issue(Instant now) {
            LoginNodes.Waiting login = nodes.begun(now);
            return Proof.until(
                    now.plus(SignIn.LIFETIME), (at, node) -> nodes.prove(at, node, login, FactorKind.TOTP, "right"));
        }

        @Override
        public FaultSwitch faults() {
            return nodes.faults;
        }
    }
}
