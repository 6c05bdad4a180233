package dev.gatehouse.signin;

import dev.gatehouse.policy.Decision;
import java.util.Objects;
import java.util.function.Function;

/** The answer to a change of waivers or switches. Immutable and thread-safe. */
public sealed interface Administered {

    /**
     * It was changed and recorded, and is in force on this node.
     *
     * @param id of the waiver, or the name of the switch
     */
    record Done(String id) implements Administered {}

    /**
     * The policy refuses the change to whoever asked.
     *
     * @param decision why, with the way forward
     */
    record Refused(Decision.Refused decision) implements Administered {
        /** Checks that there is a decision. */
        public Refused {
            Objects.requireNonNull(decision, "decision");
        }
    }

    /**
     * It cannot be done, whoever asks.
     *
     * @param why the code
     */
    record Impossible(Obstacle why) implements Administered {}

    /** Why a change cannot be done; the codes are stable. */
    enum Obstacle {
        /** The host does not say which account asks, so that nobody would answer for the change. */
        GIVER_UNKNOWN,
        /** An account asks for a waiver for itself. */
        OWN_ACCOUNT,
        /** The policy in force has no requirement of that id. */
        NO_SUCH_REQUIREMENT,
        /** The requirement closes a door; no waiver opens it. */
        CLOSED,
        /** The end is not ahead. */
        END_NOT_AHEAD,
        /** The end is further away than a waiver may last. */
        TOO_LONG,
        /** There is no waiver of that id that is live. */
        NO_SUCH_WAIVER,
        /** The policy has no switch of that name. */
        NO_SUCH_SWITCH,
        /** The switch is in that state already, or somebody has flipped it meanwhile. */
        SWITCH_IN_OTHER_STATE
    }

    /** Applies the function that fits the answer. */
    default <T> T fold(
            Function<? super Done, ? extends T> done,
            Function<? super Refused, ? extends T> refused,
            Function<? super Impossible, ? extends T> impossible) {
        if (this instanceof Done d) {
            return done.apply(d);
        }
        return this instanceof Refused r ? refused.apply(r) : impossible.apply((Impossible) this);
    }
}
