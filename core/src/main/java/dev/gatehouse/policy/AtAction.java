package dev.gatehouse.policy;

import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.CredentialKind;
import java.util.HashSet;
import java.util.Set;

/** Where the policy model lets a fact exist: release, new token, new factor and run belong to some actions only. */
final class AtAction {
    /** The actions of the core that are about a project which exists; of a host's own actions nothing is assumed. */
    private static final Set<Action> WITHOUT_PROJECT = withoutProject();

    /** The actions of the core that are about nothing but a login, an account or its factors, whoever asks. */
    private static final Set<Action> OF_ACCOUNT = ofAccount();

    private AtAction() {}

    private static Set<Action> withoutProject() {
        Set<Action> open = new HashSet<>(Action.core());
        open.removeIf(action -> action.group().equals("release")
                || (action.group().equals("project") && !action.equals(Action.PROJECT_CREATE))
                || (action.group().equals("publish")
                        && !action.equals(Action.PUBLISH_PROJECT)
                        && !action.equals(Action.PUBLISH_EXCHANGE)));
        return Set.copyOf(open);
    }

    private static Set<Action> ofAccount() {
        Set<Action> own = new HashSet<>(Action.core());
        own.removeIf(action -> !action.group().equals("sign-in")
                && !action.group().equals("account")
                && !action.group().equals("factor"));
        return Set.copyOf(own);
    }

    /** Whether a request for the action is about no project and no organization. */
    static boolean isOfAccount(Action action) {
        return OF_ACCOUNT.contains(action);
    }

    /** Whether there may be no account behind the credential. */
    static boolean mayLackAccount(Credential credential) {
        return credential.isWithoutAccount();
    }

    /** Whether there may be no project in a request for the action. */
    static boolean mayLackProject(Action action) {
        return WITHOUT_PROJECT.contains(action);
    }

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
