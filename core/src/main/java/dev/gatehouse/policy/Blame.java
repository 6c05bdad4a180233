package dev.gatehouse.policy;

import dev.gatehouse.factor.EnrolledFactor;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.Remedy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who stands in the way at a dead end.
 *
 * @param requirement what refuses the action
 * @param remedy the step of its way out that cannot be taken
 * @param refusedBy what refuses that step
 */
record Blame(String requirement, Remedy remedy, String refusedBy) {

    String key() {
        return requirement + " " + remedy + " " + refusedBy;
    }

    /** The blame for what is left when everything that can be done is done. */
    static Blame of(Errands errands, Person person, Action goal, int start) {
        int best = errands.reach(start).get(0);
        List<Decision.Refused> tries = new ArrayList<>();
        add(tries, person.refusal(goal, person.session(Set.of()), best, null));
        for (NewToken token : errands.tokens(start)) {
            add(tries, person.refusal(goal, person.token(token), best, null));
        }
        if (errands.hasPublisher(start)) {
            add(tries, person.refusal(goal, Credential.trustedPublisher(), best, null));
        }
        Decision.Refused refused = tries.stream()
                .min(Comparator.comparingInt(r -> r.refusals().size()))
                .orElseThrow();
        Refusal first = refused.first();
        for (Remedy step : first.way().steps()) {
            String by = blocked(errands, step, best, refused == tries.get(0) ? tries : List.of());
            if (by != null) {
                return new Blame(first.requirement(), step, by);
            }
        }
        return new Blame(first.requirement(), first.way().first(), first.requirement());
    }

    private static void add(List<Decision.Refused> tries, Decision.@Nullable Refused refused) {
        if (refused != null) {
            tries.add(refused);
        }
    }

    private static @Nullable String blocked(Errands errands, Remedy step, int state, List<Decision.Refused> tries) {
        return switch (step) {
            case VERIFY_EMAIL -> refusedBy(errands, Action.ACCOUNT_VERIFY_EMAIL, state, null);
            case SAVE_RECOVERY_CODES -> refusedBy(errands, Action.FACTOR_RECOVERY_CODES, state, null);
            case CHANGE_SETTING -> refusedBy(errands, Action.FACTOR_SETTINGS, state, null);
            case ENROL_FACTOR -> enrolling(errands, state);
            case SWITCH_CREDENTIAL -> {
                String token = refusedBy(errands, Action.TOKEN_CREATE, state, null);
                yield token != null || tries.size() < 2
                        ? token
                        : tries.get(1).first().requirement();
            }
            default -> null;
        };
    }

    private static @Nullable String enrolling(Errands errands, int state) {
        String view = refusedBy(errands, Action.FACTOR_VIEW, state, null);
        if (view != null) {
            return view;
        }
        for (EnrolledFactor factor : errands.missing(state)) {
            String by = refusedBy(errands, Action.FACTOR_ENROL, state, factor);
            if (by != null) {
                return by;
            }
        }
        return null;
    }

    private static @Nullable String refusedBy(Errands errands, Action action, int state, @Nullable Object asked) {
        boolean passes =
                asked == null ? errands.may(action, state) : errands.person().passes(action, state, asked);
        if (passes) {
            return null;
        }
        Person person = errands.person();
        Decision.Refused refused = person.refusal(action, person.session(Set.of()), state, asked);
        return refused == null ? null : refused.first().requirement();
    }
}
