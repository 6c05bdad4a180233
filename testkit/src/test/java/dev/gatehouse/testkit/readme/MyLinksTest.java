package dev.gatehouse.testkit.readme;

import dev.gatehouse.state.Claim;
import dev.gatehouse.state.EphemeralState;
import dev.gatehouse.state.StateSpace;
import dev.gatehouse.testkit.token.FaultSwitch;
import dev.gatehouse.testkit.token.ReplayLaws;
import dev.gatehouse.testkit.token.ReplaySubject;
import java.time.Duration;
import java.time.Instant;

class MyLinksTest implements ReplayLaws {
    @Override
    public ReplaySubject replay() {
        FaultSwitch faults = FaultSwitch.none();
        EphemeralState state = faults.over(EphemeralState.class, EphemeralState.singleNode(event -> {}));
        StateSpace links = StateSpace.claims("links", 1_000);
        return new ReplaySubject() {
            private int issued;

            @Override
            public Proof issue(Instant now) {
                String link = "link-" + ++issued;
                Instant end = now.plus(Duration.ofMinutes(15));
                return Proof.until(end, (at, node) -> use(link, end, at));
            }

            private Answer use(String link, Instant end, Instant now) {
                return now.isBefore(end) && state.claim(links, link, end, now) == Claim.CLAIMED
                        ? Answer.ACCEPTED
                        : Answer.REFUSED;
            }

            @Override
            public FaultSwitch faults() {
                return faults;
            }
        };
    }
}
