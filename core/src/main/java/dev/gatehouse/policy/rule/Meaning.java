package dev.gatehouse.policy.rule;

import java.util.Set;

/** Which atoms mean something for which actions, and which nobody can bring about. */
final class Meaning {
    /** Groups of what only a person does: no run of a trusted publisher stands behind it. */
    private static final Set<String> PERSONAL = Set.of("sign-in", "account", "factor");

    private Meaning() {}

    /** Whether a request for the action can have what the atom reads. */
    static boolean has(Atom atom, Action action) {
        if (atom instanceof Atom.NewToken) {
            return action.equals(Action.TOKEN_CREATE) || action.equals(Action.TOKEN_UPDATE);
        }
        if (atom instanceof Atom.NewFactor) {
            return action.equals(Action.FACTOR_ENROL);
        }
        if (atom instanceof Atom.FactorsLeft) {
            return action.equals(Action.FACTOR_REMOVE);
        }
        if (atom instanceof Atom.Release) {
            return action.group().equals("publish") || action.group().equals("release");
        }
        return !(atom instanceof Atom.Publisher) || !PERSONAL.contains(action.group());
    }

    /** Whether nobody who is refused could make the atom hold. */
    static boolean isBeyondEverybody(Atom atom) {
        return atom instanceof Atom.Maintains || atom instanceof Atom.MemberOf || atom instanceof Atom.Host;
    }
}
