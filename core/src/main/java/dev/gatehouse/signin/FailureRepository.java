package dev.gatehouse.signin;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.factor.FactorKind;
import java.util.List;

/**
 * The store of how often each kind of factor of an account has failed one after the other.
 *
 * <p>It is durable: an attacker who is patient, or a node that starts again, begins no new count. A place is taken before
 * anything is verified, so that of many attempts at once no more are made than are left. Every method is one atomic step, also
 * against other nodes. Events are written in the same transaction: if they cannot be written, nothing is changed and the
 * exception reaches the caller. A store that cannot be reached throws an unchecked exception. No argument and no answer is null.
 * Implementations are thread-safe and pass the contract of the testkit.
 */
public interface FailureRepository {
    /** What became of the wish to try once more. */
    sealed interface Begun {}

    /**
     * A place is taken: it counts as a failure until it is cleared or withdrawn.
     *
     * @param number the how-many-eth in its series, 1 to the cap
     * @param series goes up each time the count begins anew
     */
    record Place(int number, long series) implements Begun {
        /** Checks the bounds. */
        public Place {
            if (number < 1 || series < 0) {
                throw new IllegalArgumentException("number: less than 1, or series: less than 0");
            }
        }
    }

    /** No place is left, or the kind is suspended. */
    enum NoPlace implements Begun {
        AT_CAP
    }

    /**
     * How one kind of an account stands.
     *
     * @param kind {@link FactorKind#id}
     * @param failures one after the other, with attempts that are being made
     * @param isSuspended whether the cap was reached
     */
    record Standing(String kind, int failures, boolean isSuspended) {}

    /**
     * Takes a place.
     *
     * @param cap the most failures one after the other, 1 or more
     * @param suspended recorded if there is no place, and the kind was not suspended before: whoever took the last place has not
     *     come back to say so
     */
    Begun begin(String account, FactorKind kind, int cap, AuditEvent suspended);

    /**
     * The attempt with this place failed. If a series began meanwhile, the failure counts there.
     *
     * @param suspended recorded if this was the last place, and the kind was not suspended before
     */
    void failed(String account, FactorKind kind, Place place, int cap, AuditEvent suspended);

    /**
     * The attempt with this place was none: the place is free again. In another series it changes nothing. A kind that is
     * suspended stays so.
     */
    void withdraw(String account, FactorKind kind, Place place);

    /**
     * Begins a new count for this kind, and no other.
     *
     * @param reopened recorded if the kind was suspended
     */
    void clear(String account, FactorKind kind, AuditEvent reopened);

    /**
     * Begins a new count for each kind that is suspended, and no other.
     *
     * @param reopened recorded if there was one
     */
    void reopen(String account, AuditEvent reopened);

    /**
     * Begins a new count for all kinds.
     *
     * @param reopened recorded if one was suspended
     */
    void clearAll(String account, AuditEvent reopened);

    /** The kinds that have failed since their last success, sorted by id. */
    List<Standing> ofAccount(String account);

    /**
     * Counts in the memory of one process, for tests and demonstrations: whoever can make it start again has a new count.
     *
     * @param events where events are recorded before the change
     */
    static FailureRepository inMemory(AuditSink events) {
        return new InMemoryFailures(events);
    }
}
