package dev.gatehouse.policy;

import java.util.List;
import java.util.function.Function;

/**
 * The answer to an {@link AccessRequest}: {@link Permitted} or {@link Refused}, never both, never neither.
 *
 * <p>A permission only says that no requirement stands in the way: Gatehouse narrows what the host has allowed and grants
 * nothing. Immutable and thread-safe.
 */
public sealed interface Decision permits Decision.Permitted, Decision.Refused {

    /** What the caller is told without being stopped: warnings and waived requirements, sorted like refusals. */
    List<Notice> notices();

    /** What only the audit sees: requirements that report, sorted like refusals. */
    List<Notice> observed();

    /** Applies the function that fits the answer. */
    default <T> T fold(
            Function<? super Permitted, ? extends T> permitted, Function<? super Refused, ? extends T> refused) {
        if (this instanceof Permitted p) {
            return permitted.apply(p);
        }
        return refused.apply((Refused) this);
    }

    /** Every requirement that binds is met. */
    final class Permitted implements Decision {
        static final Permitted PLAIN = new Permitted(List.of(), List.of());

        private final List<Notice> notices;
        private final List<Notice> observed;

        Permitted(List<Notice> notices, List<Notice> observed) {
            this.notices = List.copyOf(notices);
            this.observed = List.copyOf(observed);
        }

        @Override
        public List<Notice> notices() {
            return notices;
        }

        @Override
        public List<Notice> observed() {
            return observed;
        }

        @Override
        public String toString() {
            return "permitted" + (notices.isEmpty() ? "" : " with notices " + notices);
        }
    }

    /** At least one requirement stands in the way. */
    final class Refused implements Decision {
        private final List<Refusal> refusals;
        private final List<Notice> notices;
        private final List<Notice> observed;

        Refused(List<Refusal> refusals, List<Notice> notices, List<Notice> observed) {
            if (refusals.isEmpty()) {
                throw new IllegalArgumentException("refusals: empty");
            }
            this.refusals = List.copyOf(refusals);
            this.notices = List.copyOf(notices);
            this.observed = List.copyOf(observed);
        }

        /** Every unmet requirement, sorted by the stage of its first step, then by id; never empty. */
        public List<Refusal> refusals() {
            return refusals;
        }

        /** The refusal that gives the status and the headline. */
        public Refusal first() {
            return refusals.get(0);
        }

        /** What a client may be told: the first refusal and those of its stage. The rest is for log and audit. */
        public List<Refusal> told() {
            int stage = first().stage();
            int end = 1;
            while (end < refusals.size() && refusals.get(end).stage() == stage) {
                end++;
            }
            return refusals.subList(0, end);
        }

        @Override
        public List<Notice> notices() {
            return notices;
        }

        @Override
        public List<Notice> observed() {
            return observed;
        }

        @Override
        public String toString() {
            return "refused " + refusals;
        }
    }
}
