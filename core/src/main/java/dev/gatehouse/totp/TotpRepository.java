package dev.gatehouse.totp;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.secret.Resealable;
import java.time.Instant;
import java.util.List;

/**
 * The store of {@link TotpCredential}s.
 *
 * <p>Every method is one atomic step, also against other nodes, and is visible to all of them when it returns. A change
 * of factors writes its audit events in the same transaction: if they cannot be written, nothing is changed and the
 * exception reaches the caller. A store that cannot be reached throws an unchecked exception and never guesses. No
 * argument and no answer is null. Implementations are thread-safe and pass the contract of the testkit.
 *
 * <p>What changes the set of factors takes the version that its decision saw, as {@link dev.gatehouse.state.AccountVersions}
 * describes, and is made only at that one; when made it advances the version in the same transaction. Relabelling and the use of
 * a step change no version.
 *
 * <p>What is returned is checked as strictly as input by those who call: a credential of another account is refused.
 */
public interface TotpRepository extends Resealable {
    /** The purpose that secrets are sealed with. */
    String PURPOSE = "totp";

    /** What became of an addition, replacement or change of label. */
    enum Change {
        /** It was made, and its audit events are written. */
        DONE,
        /** Nothing was changed: the account has another version, what the caller took for granted is gone, or the id is taken. */
        CONFLICT
    }

    /** What became of a removal. */
    enum Removal {
        /** It is gone, and its audit event is written. */
        REMOVED,
        /** The account has no such credential; nothing was changed. */
        NOT_FOUND,
        /** The account has another version than the decision saw; nothing was changed. */
        CONFLICT
    }

    /** What became of the attempt to use up a time step. */
    enum StepUse {
        /** The step was later than the last accepted one and is now that; exactly one caller gets this answer. */
        ACCEPTED,
        /** The step, or a later one, was accepted before. */
        NOT_LATER,
        /** The account has no such credential. */
        NOT_FOUND
    }

    /** The credentials of an account, oldest first, then by id. */
    List<TotpCredential> ofAccount(String account);

    /**
     * Adds a credential, if the account still has this version and no account has a credential of this id.
     *
     * @param version the account's version that the decision saw
     */
    Change add(TotpCredential credential, long version, AuditEvent added);

    /**
     * Puts a credential in the place of another of the same account, if that one is there, the account still has this version, and
     * the new id is free. It advances the version once.
     *
     * @param version the account's version that the decision saw
     */
    Change replace(String replacedId, TotpCredential credential, long version, AuditEvent removed, AuditEvent added);

    /** Gives a credential another label, bounded as {@link TotpCredential#withLabel} has it. */
    Change relabel(String account, String id, String label, AuditEvent changed);

    /**
     * Removes a credential, if the account still has this version.
     *
     * <p>Of two removals of an account's last two factors, both decided at one version, exactly one is made. Who must remove
     * regardless reads the version, removes, and begins again at a conflict.
     *
     * @param version the account's version that the decision saw
     */
    Removal remove(String account, String id, long version, AuditEvent removed);

    /**
     * Uses up a time step: makes it the last accepted one, if it is later than that, and notes the use.
     *
     * <p>The step never goes back. This is what makes a code work once: of any number of callers with the same step at
     * most one is told {@link StepUse#ACCEPTED}.
     *
     * @param now the instant that becomes {@link TotpCredential#lastUsedAt}
     */
    StepUse useStep(String account, String id, long step, Instant now);
}
