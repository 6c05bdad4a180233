package dev.gatehouse.testkit.token;

import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.signin.LoginConfirmation;
import dev.gatehouse.signin.SignInRequest;
import java.time.Duration;
import java.time.Instant;

/** Mailed links that confirm a login from a device that is not known: O65. */
class DeviceLinkReplayLawsTest implements ReplayLaws {

    @Override
    public ReplaySubject replay() {
        return new Links();
    }

    private static final class Links implements ReplaySubject {
        private static final Duration LIFETIME = Duration.ofMinutes(15);
        private final LoginNodes nodes = new LoginNodes("pypi/1");

        @Override
        public Proof issue(Instant now) {
            LoginNodes.Waiting coded = nodes.coded(now);
            SignInRequest request = nodes.after(coded);
            LoginConfirmation.Mail mail = nodes.mailed(coded, request);
            LoginNodes.Waiting login = new LoginNodes.Waiting(request.nextSession(), mail.next());
            return Proof.until(
                    now.plus(LIFETIME), (at, node) -> nodes.prove(at, node, login, FactorKind.EMAIL, mail.secret()));
        }

        @Override
        public FaultSwitch faults() {
            return nodes.faults;
        }
    }
}
