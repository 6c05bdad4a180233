package dev.gatehouse.recovery;

import dev.gatehouse.audit.AuditEvent;
import java.time.Instant;
import java.util.Optional;

/**
 * The store of {@link RecoveryCodeSet}s, at most one for each account.
 *
 * <p>Every method is one atomic step, also against other nodes, and is visible to all of them when it returns. A change writes its
 * audit event in the same transaction, and advances the account's version ({@link dev.gatehouse.state.AccountVersions}) there: if
 * the event cannot be written, nothing is changed and the exception reaches the caller. A store that cannot be reached throws an
 * unchecked exception and never guesses. No argument and no answer is null. Implementations are thread-safe and pass the contract of
 * the testkit.
 */
public interface RecoveryCodeRepository {
    /** What became of a replacement. */
    enum Change {
        /** The set is there, the one before is gone, and the event is written. */
        DONE,
        /** Nothing was changed: the account has another version than the decision saw, or the id is taken. */
        CONFLICT
    }

    /** What became of a removal. */
    enum Removal {
        /** The set is gone, and the event is written. */
        REMOVED,
        /** The account has no set; nothing was changed. */
        NOT_FOUND,
        /** The account has another version than the decision saw; nothing was changed. */
        CONFLICT
    }

    /** What became of the attempt to use a code up. */
    enum Use {
        /** It is used now, and the event is written; exactly one caller gets this answer. */
        USED,
        /** It was used before. */
        USED_BEFORE,
        /** The account has no such set, or no longer. */
        NOT_FOUND
    }

    /** The set of an account. */
    Optional<RecoveryCodeSet> ofAccount(String account);

    /**
     * Puts a set in the place of the one that the account has, if any, if the account still has this version and no account has a
     * set of this id.
     *
     * @param set none of whose codes is used
     * @param version the account's version that the decision saw
     * @throws IllegalArgumentException if a code of the set is used
     */
    Change replace(RecoveryCodeSet set, long version, AuditEvent made);

    /**
     * Removes the set of an account, if the account still has this version.
     *
     * @param version the account's version that the decision saw
     */
    Removal remove(String account, long version, AuditEvent removed);

    /**
     * Uses up one code, whatever the account's version is. Of any number of callers with the same code one is told {@link Use#USED}.
     *
     * @param setId the set that the code was found in
     * @param place its place there
     * @param now the instant that becomes {@link RecoveryCodeSet#usedAt}
     */
    Use use(String account, String setId, int place, Instant now, AuditEvent used);
}
