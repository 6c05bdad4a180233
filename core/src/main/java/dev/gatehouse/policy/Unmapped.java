package dev.gatehouse.policy;

import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.Mode;
import dev.gatehouse.policy.rule.ReasonCode;
import dev.gatehouse.policy.rule.Remedy;
import java.util.List;

/** The refusal of an action that nobody declared, whatever the policy says. */
final class Unmapped {
    private static final String ID = "unmapped";
    private static final Template MESSAGE = Template.of("The action {action} is not open on this index.");

    private static final Grounds GROUNDS = new Grounds(
            ID,
            Mode.ENFORCE,
            new Lack(List.of(ReasonCode.UNMAPPED), List.of(Way.of(Remedy.CONTACT_SUPPORT))),
            false,
            MESSAGE,
            false,
            null,
            null);

    private Unmapped() {}

    static Decision refused(Action action) {
        return new Decision.Refused(List.of(new Refusal(GROUNDS, Values.of(action))), List.of(), List.of());
    }
}
