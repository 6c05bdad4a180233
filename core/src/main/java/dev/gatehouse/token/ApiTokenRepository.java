package dev.gatehouse.token;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.secret.Resealable;
import dev.gatehouse.secret.SealedSecret;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A durable store of tokens and of their owners' token state.
 *
 * <p><b>Atomic.</b> Each method is one step for all callers on all nodes; a condition and the change it guards are never apart.
 *
 * <p><b>Audit.</b> A change that takes an {@link AuditEvent} is made together with the event in one transaction, or not at all;
 * where nothing was changed, no event is written. {@link #replaceSealed} writes the event of the rotation of its own.
 *
 * <p><b>Failure.</b> A store that cannot answer throws; the operation that asked is refused. Never {@code null}.
 *
 * <p>Rows are sealed with purpose {@value #PURPOSE}, the owner's {@link TokenOwner#text} and the token's id; instants are kept to
 * the microsecond. Implementations are thread-safe and pass {@code ApiTokenRepositoryContract} of the testkit.
 */
public interface ApiTokenRepository extends Resealable {
    /** What root keys are sealed with; see {@link dev.gatehouse.secret.SealContext#purpose}. */
    String PURPOSE = "api-token";

    @Override
    default String purpose() {
        return PURPOSE;
    }

    /** The answer to an insertion. */
    enum Insertion {
        INSERTED,
        /** The owner's version is another than the caller has seen, or the owner is suspended. */
        OWNER_CHANGED,
        /** The owner has a token of that name that is not revoked. */
        NAME_TAKEN,
        /** There is a token of that id. */
        ID_TAKEN
    }

    /** The answer to a change. */
    enum Change {
        CHANGED,
        /** All is as it was: there was nothing to change, or what was expected is not there. */
        UNCHANGED,
        /** There is no such token that may be changed so. */
        NOT_FOUND
    }

    /**
     * Inserts a token if its owner's version is the given one and the owner is not suspended; this is checked first, then the
     * name, then the id.
     *
     * <p>Two insertions at one version may both succeed; an insertion does not change the version.
     */
    Insertion insert(ApiToken token, SealedSecret rootKey, long ownerVersion, AuditEvent event);

    /** The token of an id, revoked or not; ids are compared exactly. */
    Optional<StoredToken> find(String id);

    /** The owner's tokens that are not revoked, oldest first, then by id. */
    List<ApiToken> list(TokenOwner owner);

    /**
     * Revokes a token, for ever.
     *
     * @param owner who must own it
     * @param at when it is revoked
     * @return {@code UNCHANGED} if it was revoked before, {@code NOT_FOUND} if the owner has no such token
     */
    Change revoke(String id, TokenOwner owner, Instant at, AuditEvent event);

    /**
     * Adds a restriction at the end of those on record.
     *
     * @param owner who must own it
     * @param restriction the JSON text of a caveat
     * @return {@code UNCHANGED} if it is on record already, {@code NOT_FOUND} if the owner has no such token or it is revoked
     * @throws IllegalArgumentException if it is over the bounds of {@link ApiToken}; nothing is then changed
     */
    Change restrict(String id, TokenOwner owner, String restriction, AuditEvent event);

    /**
     * Writes the last use if the one on record is still the expected one.
     *
     * @param expected the last use that the caller has seen, empty if none
     * @param at the use
     * @return {@code UNCHANGED} if another use is on record, {@code NOT_FOUND} if there is no such token, it is revoked, or its
     *     owner is suspended
     */
    Change recordUse(String id, Optional<Instant> expected, Instant at);

    /** The state of an owner; {@link OwnerState#INITIAL} where nothing is recorded. */
    OwnerState ownerState(TokenOwner owner);

    /** Adds one to the owner's version, so that no minting succeeds that began before. */
    OwnerState advance(TokenOwner owner, AuditEvent event);

    /**
     * Suspends all tokens of an owner, those made later too, and adds one to the version.
     *
     * @return {@code UNCHANGED} if they are suspended; never {@code NOT_FOUND}
     */
    Change suspend(TokenOwner owner, AuditEvent event);

    /**
     * Ends the suspension and adds one to the version, if the version is the given one.
     *
     * @return {@code UNCHANGED} if it is another version or nothing is suspended; never {@code NOT_FOUND}
     */
    Change resume(TokenOwner owner, long version, AuditEvent event);

    /**
     * Deletes tokens that died before an instant: revoked, expired, or idle for too long. Such a token is found no more, and refused as
     * one that never was. Writes an event of its own if it deletes any.
     *
     * @param deadBefore those that died at it or later stay
     * @param limit the most to delete at once, at least 1
     * @param now the instant of the event
     * @return how many were deleted
     */
    int purge(Instant deadBefore, int limit, Instant now);
}
