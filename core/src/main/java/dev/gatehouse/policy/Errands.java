package dev.gatehouse.policy;

import dev.gatehouse.factor.EnrolledFactor;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.policy.rule.Action;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one class of persons can do alone at one instant: from each state the states within reach, and the credentials that
 * can be made there. Every step goes through an action that must itself be permitted, in a session, in the state. Not
 * thread-safe.
 */
final class Errands {
    static final List<Action> ACTIONS = List.of(
            Action.ACCOUNT_VERIFY_EMAIL,
            Action.FACTOR_RECOVERY_CODES,
            Action.FACTOR_VIEW,
            Action.FACTOR_ENROL,
            Action.FACTOR_SETTINGS,
            Action.TOKEN_CREATE,
            Action.PUBLISHER_ADD);

    private final Surroundings surroundings;
    private final Person person;
    private final Map<Integer, List<Integer>> steps = new HashMap<>();
    private final Map<Integer, List<Integer>> reach = new HashMap<>();
    private final Map<String, Boolean> made = new HashMap<>();

    Errands(Surroundings surroundings, Cohort cohort, Instant at) {
        this.surroundings = surroundings;
        this.person = new Person(surroundings, cohort, at);
    }

    Person person() {
        return person;
    }

    /** The states within reach, those with most first. */
    List<Integer> reach(int start) {
        return reach.computeIfAbsent(start, this::walk);
    }

    private List<Integer> walk(int start) {
        BitSet seen = new BitSet();
        Deque<Integer> left = new ArrayDeque<>(List.of(start));
        seen.set(start);
        while (!left.isEmpty()) {
            for (int next : steps.computeIfAbsent(left.remove(), this::step)) {
                if (!seen.get(next)) {
                    seen.set(next);
                    left.add(next);
                }
            }
        }
        List<Integer> states = new ArrayList<>(seen.stream().boxed().toList());
        states.sort(Comparator.comparingInt((Integer state) -> -Integer.bitCount(state))
                .thenComparing(Comparator.naturalOrder()));
        return states;
    }

    private List<Integer> step(int state) {
        List<Integer> next = new ArrayList<>();
        if ((state & Surroundings.EMAIL) == 0 && may(Action.ACCOUNT_VERIFY_EMAIL, state)) {
            next.add(state | Surroundings.EMAIL);
        }
        if ((state & Surroundings.CODES) == 0 && may(Action.FACTOR_RECOVERY_CODES, state)) {
            next.add(state | Surroundings.CODES);
        }
        for (int i = 0; i < surroundings.settings.size(); i++) {
            if ((state & surroundings.setting(i)) == 0 && may(Action.FACTOR_SETTINGS, state)) {
                next.add(state | surroundings.setting(i));
            }
        }
        for (int i = 0; i < surroundings.factors.size(); i++) {
            if ((state & surroundings.factor(i)) == 0 && mayEnrol(surroundings.factors.get(i), state)) {
                next.add(state | surroundings.factor(i));
            }
        }
        return next;
    }

    boolean may(Action action, int state) {
        return person.passes(action, "session", person.session(Set.of()), state);
    }

    /** What an identity provider asserts is set up there, and not here. */
    boolean mayEnrol(EnrolledFactor factor, int state) {
        return factor.kind().equals(FactorKind.FEDERATED)
                || (may(Action.FACTOR_VIEW, state) && person.passes(Action.FACTOR_ENROL, state, factor));
    }

    /** Whether the goal is permitted somewhere within reach, with some credential that can be made there. */
    boolean canReach(Person asking, Action goal, int start) {
        List<Integer> states = reach(start);
        for (int state : states) {
            if (asking.passes(goal, "session", asking.session(Set.of()), state)
                    || byToken(asking, goal, states, state)
                    || byLabelledSession(asking, goal, state)) {
                return true;
            }
        }
        return asking.passes(goal, "publisher", Credential.trustedPublisher(), 0)
                && canMake(states, "publisher", Action.PUBLISHER_ADD, "publisher");
    }

    private boolean byToken(Person asking, Action goal, List<Integer> states, int state) {
        List<NewToken> tokens = surroundings.choices.tokens;
        for (int i = 0; i < tokens.size(); i++) {
            if (asking.passes(goal, "token" + i, asking.token(tokens.get(i)), state)
                    && canMake(states, "token" + i, Action.TOKEN_CREATE, tokens.get(i))) {
                return true;
            }
        }
        return false;
    }

    private boolean byLabelledSession(Person asking, Action goal, int state) {
        return surroundings.choices.sessions.stream()
                .skip(1)
                .anyMatch(labels -> asking.passes(goal, "session" + labels, asking.session(labels), state));
    }

    boolean canMake(List<Integer> states, String key, Action action, Object asked) {
        for (int state : states) {
            if (made.computeIfAbsent(key + " " + state, k -> person.passes(action, state, asked))) {
                return true;
            }
        }
        return false;
    }

    /** The tokens that can be made within reach. */
    List<NewToken> tokens(int start) {
        List<NewToken> can = new ArrayList<>();
        List<NewToken> tokens = surroundings.choices.tokens;
        for (int i = 0; i < tokens.size(); i++) {
            if (canMake(reach(start), "token" + i, Action.TOKEN_CREATE, tokens.get(i))) {
                can.add(tokens.get(i));
            }
        }
        return can;
    }

    boolean hasPublisher(int start) {
        return canMake(reach(start), "publisher", Action.PUBLISHER_ADD, "publisher");
    }

    /** The factors that are not set up in the state. */
    List<EnrolledFactor> missing(int state) {
        List<EnrolledFactor> missing = new ArrayList<>(surroundings.factors);
        missing.removeAll(surroundings.enrolled(state));
        return missing;
    }
}
