package dev.gatehouse.webauthn;

import dev.gatehouse.audit.AuditEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The WebAuthn credentials of all accounts.
 *
 * <p>Every method is one atomic step, also against other nodes, and is visible to all of them when it returns. A change
 * of factors takes the {@linkplain dev.gatehouse.state.AccountVersions version} that it was decided at, advances it, and writes
 * its audit event, all in the same transaction: if the event cannot be written, nothing is changed and the exception reaches the
 * caller. A store that cannot be reached throws an unchecked exception and never guesses. No argument and no answer is null.
 * Implementations are thread-safe and pass the contract of the testkit.
 *
 * <p>What is returned is checked as strictly as input by those who call: a credential of another account is refused.
 */
public interface WebAuthnRepository {
    /** Most credentials of one account. */
    int MAX_CREDENTIALS = 10;

    /** What became of an addition. */
    enum Addition {
        /** It was made, and its audit event is written. */
        ADDED,
        /** The account has another version, or its other credentials have another user handle; nothing was changed. */
        CONFLICT,
        /** An account, this one or another, has a credential of this id; nothing was changed. */
        ID_IN_USE,
        /** The account has {@link #MAX_CREDENTIALS} credentials; nothing was changed. */
        TOO_MANY,
        /** Another credential of the account has this label; nothing was changed. */
        LABEL_IN_USE
    }

    /** What became of a removal. */
    enum Removal {
        /** It is gone, and its audit event is written. */
        REMOVED,
        /** The account has no such credential; nothing was changed. */
        NOT_FOUND,
        /** The account has another version; nothing was changed. */
        CONFLICT
    }

    /** What became of a change of label. */
    enum Relabelling {
        /** It was made, and its audit event is written. */
        DONE,
        /** The account has no such credential; nothing was changed. */
        NOT_FOUND,
        /** Another credential of the account has this label; nothing was changed. */
        LABEL_IN_USE
    }

    /** What became of an attempt to note an assertion. */
    enum Use {
        /** It is noted; where counters are in use, exactly one of all who expected the same one gets this answer. */
        USED,
        /** The account has no such credential. */
        NOT_FOUND,
        /** The counter is not the one expected: the credential was used meanwhile. */
        CONFLICT
    }

    /**
     * The credential of an id, whoever's it is; for logins in which the credential says who the user is.
     *
     * @param id the credential id in base64url without padding
     */
    Optional<WebAuthnCredential> find(String id);

    /** The credentials of an account, oldest first, then by id. */
    List<WebAuthnCredential> ofAccount(String account);

    /**
     * Adds a credential, if its account still has this version; an account never has two of one label.
     *
     * <p>Of any number of additions of one credential id, by whatever accounts, one is made. All credentials of an account have
     * one user handle.
     *
     * @param version the account's version, read before the facts that the decision rested on
     */
    Addition add(WebAuthnCredential credential, long version, AuditEvent added);

    /**
     * Removes a credential, if its account still has this version; whether it may go is the caller's business.
     *
     * @param version the account's version, read before the facts that the decision rested on
     */
    Removal remove(String account, String id, long version, AuditEvent removed);

    /**
     * Gives a credential another label, bounded as {@link WebAuthnCredential#withLabel} has it. Its factors are the same
     * afterwards, so the version stays.
     */
    Relabelling relabel(String account, String id, String label, AuditEvent changed);

    /**
     * Notes an assertion, if the counter of the credential is still the one that the assertion was compared with.
     *
     * <p>This is what makes a counter go up once: of any number of assertions that were compared with one counter, and move it,
     * one is {@link Use#USED}. Where it stays (authenticators that do not count) all are; each challenge being good once is what
     * keeps those apart.
     *
     * @param expectedSignCount the counter that the caller read
     * @param signCount the counter to store, 0 to 2^32-1
     * @param backedUp whether the key is backed up now
     * @param now the instant that becomes {@link WebAuthnCredential#lastUsedAt}
     * @throws IllegalArgumentException if the counter is out of bounds, or it is backed up without being eligible
     */
    Use use(String account, String id, long expectedSignCount, long signCount, boolean backedUp, Instant now);
}
