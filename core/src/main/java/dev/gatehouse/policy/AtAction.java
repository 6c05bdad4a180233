package dev.gatehouse.policy;

import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.CredentialKind;

/** Where the policy model lets a fact exist: release, new token, new factor and run belong to some actions only. */
final class AtAction {
    private AtAction() {}

    static boolean hasRelease(Action action) {
        return action.group().equals("publish") || action.group().equals("release");
    }

    static boolean hasNewToken(Action action) {
        return action.equals(Action.TOKEN_CREATE) || action.equals(Action.TOKEN_UPDATE);
    }

    static boolean hasNewFactor(Action action) {
        return action.equals(Action.FACTOR_ENROL);
    }

    static boolean hasFactorsLeft(Action action) {
        return action.equals(Action.FACTOR_REMOVE);
    }

    static boolean hasRun(Credential credential) {
        return credential.kind() == CredentialKind.TRUSTED_PUBLISHER;
    }
}
