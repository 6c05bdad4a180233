package dev.gatehouse.policy;

import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.ReasonCode;
import dev.gatehouse.policy.rule.Remedy;
import java.util.List;

/** The refusal of an action that nobody declared, whatever the policy says. */
final class Unmapped {
    private static final String ID = "unmapped";
    private static final Template MESSAGE = Template.of("The action {action} is not open on this index.");

    private Unmapped() {}

    static Decision refused(Action action) {
        Message message = new PolicyMessage(
                ID, MESSAGE, Remedy.CONTACT_SUPPORT, new Values(action, null, null, null), null, null);
        Refusal refusal =
                new Refusal(ID, List.of(ReasonCode.UNMAPPED), List.of(Way.of(Remedy.CONTACT_SUPPORT)), false, message);
        return new Decision.Refused(List.of(refusal), List.of(), List.of());
    }
}
