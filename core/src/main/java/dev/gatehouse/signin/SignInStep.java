package dev.gatehouse.signin;

import dev.gatehouse.factor.Evidence;
import dev.gatehouse.factor.RejectionCode;
import dev.gatehouse.policy.Decision;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The answer to one step of a login; only {@link Completed} gives a session. Immutable and thread-safe.
 *
 * <p>In all other cases the next session belongs to nobody: it holds the next ticket, if there is one, and nothing of an account.
 */
public sealed interface SignInStep {

    /**
     * One function for each answer.
     *
     * @param <T> what they make of it
     */
    interface Cases<T> {
        T completed(Completed completed);

        T moreNeeded(MoreNeeded moreNeeded);

        T rejected(Rejected rejected);

        T throttled(Throttled throttled);

        T refused(Refused refused);

        T expired(Expired expired);
    }

    /** Applies the function that fits the answer. */
    default <T> T fold(Cases<? extends T> cases) {
        if (this instanceof Completed completed) {
            return cases.completed(completed);
        } else if (this instanceof MoreNeeded moreNeeded) {
            return cases.moreNeeded(moreNeeded);
        } else if (this instanceof Rejected rejected) {
            return cases.rejected(rejected);
        } else if (this instanceof Throttled throttled) {
            return cases.throttled(throttled);
        } else if (this instanceof Refused refused) {
            return cases.refused(refused);
        }
        return cases.expired((Expired) this);
    }

    /**
     * The login is complete: the next session is the account's.
     *
     * @param account whose
     * @param evidence all its proofs, brought by the next session, which keeps them ({@link Evidence#toText})
     * @param decision the policy's permission, with what is to be told without stopping anybody
     */
    record Completed(String account, List<Evidence> evidence, Decision.Permitted decision) implements SignInStep {
        /** Copies the list. */
        public Completed {
            Objects.requireNonNull(account, "account");
            evidence = List.copyOf(evidence);
            Objects.requireNonNull(decision, "decision");
        }
    }

    /**
     * What was proven holds, and more is needed.
     *
     * @param next the login as it goes on
     * @param why the policy's refusal that a further proof meets; empty if it was not asked yet, for want of any second factor
     */
    record MoreNeeded(PendingStep next, Optional<Decision.Refused> why) implements SignInStep {
        /** Checks that both are there. */
        public MoreNeeded {
            Objects.requireNonNull(next, "next");
            Objects.requireNonNull(why, "why");
        }
    }

    /**
     * The proof does not hold.
     *
     * @param code the first cause, for the log; the client is told less. One with {@link RejectionCode#retryAfter} was not looked
     *     at: answer 429 with it
     * @param next the login as it goes on, with the same end; empty for a proof that named no account
     */
    record Rejected(RejectionCode code, Optional<PendingStep> next) implements SignInStep {
        /** Checks that both are there. */
        public Rejected {
            Objects.requireNonNull(code, "code");
            Objects.requireNonNull(next, "next");
        }
    }

    /**
     * Too many attempts failed. Nothing was verified, and the pending login is over: it begins again with the first factor.
     *
     * @param retryAfter how long to wait at least, in whole seconds
     */
    record Throttled(Duration retryAfter) implements SignInStep {
        /** Checks that there is something to wait for. */
        public Throttled {
            Objects.requireNonNull(retryAfter, "retryAfter");
        }
    }

    /**
     * The policy refuses the login, and no further proof changes that. The pending login is over.
     *
     * @param decision why, with the way forward
     */
    record Refused(Decision.Refused decision) implements SignInStep {
        /** Checks that there is a decision. */
        public Refused {
            Objects.requireNonNull(decision, "decision");
        }
    }

    /**
     * There is no such pending login in this session, or no more: its ticket was used, its time is over, another login of the account
     * was completed, or what the account can prove itself with has changed. The client is not told which.
     */
    record Expired() implements SignInStep {}
}
