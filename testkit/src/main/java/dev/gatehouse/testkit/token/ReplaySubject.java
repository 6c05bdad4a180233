package dev.gatehouse.testkit.token;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What takes a proof once, on one or more nodes that share a store, as {@link ReplayLaws} meet it: a code, a challenge's answer, a
 * ticket, a link, a token good for one use.
 */
public interface ReplaySubject {

    /** The answer to a proof. */
    enum Answer {
        ACCEPTED,
        /** Whatever the reason. */
        REFUSED
    }

    /** Hands in one proof. Thread-safe. */
    @FunctionalInterface
    interface Presentation {
        /**
         * Hands the proof in; what it throws counts as a refusal.
         *
         * @param now what the clock of the node says
         * @param node which node is asked, 0 or 1; where there is one alone, it is asked
         */
        Answer at(Instant now, int node);
    }

    /**
     * A proof that nobody has handed in.
     *
     * @param presentation hands it in, as often as it is called
     * @param end the first instant at which it is refused in any case; empty if it has no end
     */
    record Proof(Presentation presentation, Optional<Instant> end) {
        /** Checks that nothing is missing. */
        public Proof {
            Objects.requireNonNull(presentation, "presentation");
            Objects.requireNonNull(end, "end");
        }

        /** A proof that is good until before an instant. */
        public static Proof until(Instant end, Presentation presentation) {
            return new Proof(presentation, Optional.of(end));
        }

        /** A proof that is good for ever. */
        public static Proof endless(Presentation presentation) {
            return new Proof(presentation, Optional.empty());
        }
    }

    /** A new proof that is good from this instant on. */
    Proof issue(Instant now);

    /** How the shared store fails, which the laws switch; a {@link FaultSwitch} that is in front of no store by default. */
    default FaultSwitch faults() {
        return FaultSwitch.none();
    }
}
