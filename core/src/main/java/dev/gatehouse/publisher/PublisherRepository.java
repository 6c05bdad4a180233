package dev.gatehouse.publisher;

import dev.gatehouse.audit.AuditEvent;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A durable store of trusted publishers.
 *
 * <p><b>Atomic.</b> Each method is one step for all callers on all nodes; a condition and the change it guards are never apart. A
 * publisher is changed only as a whole and only if it still is what the caller has seen.
 *
 * <p><b>Audit.</b> A change that takes an {@link AuditEvent} is made together with the event in one transaction, or not at all;
 * where nothing was changed, no event is written.
 *
 * <p><b>Keys.</b> A publisher is found by look-up keys that the caller computes, 1 to {@value #MAX_KEYS} texts of 64 visible ASCII
 * characters at most, compared exactly; what is found is matched by the caller, and a key may have many publishers.
 *
 * <p><b>Failure.</b> A store that cannot answer throws; the operation that asked is refused. Never {@code null}. Implementations
 * are thread-safe and pass {@code PublisherRepositoryContract} of the testkit.
 */
public interface PublisherRepository {
    /** The most look-up keys of one publisher. */
    int MAX_KEYS = 16;

    /** The answer to an insertion. */
    enum Insertion {
        INSERTED,
        /** There is a publisher of the same {@link TrustedPublisher#identity}. */
        IDENTITY_TAKEN,
        /** There is a publisher of that id. */
        ID_TAKEN
    }

    /** The answer to a change. */
    enum Change {
        CHANGED,
        /** It is no longer what the caller has seen, or gone: look again. */
        CONFLICT,
        /** There is another publisher of the same {@link TrustedPublisher#identity}. */
        IDENTITY_TAKEN
    }

    /** The publisher of an id; ids are compared exactly. */
    Optional<TrustedPublisher> find(String id);

    /**
     * Publishers that have any of these keys, oldest first, then by id.
     *
     * @param limit the most to return, at least 1
     */
    List<TrustedPublisher> withAnyKey(Set<String> keys, int limit);

    /** Publishers that are linked to a project, oldest first, then by id. */
    List<TrustedPublisher> ofProject(String projectId);

    /** Inserts a publisher; the id is checked first. */
    Insertion insert(TrustedPublisher publisher, Set<String> keys, AuditEvent event);

    /**
     * Puts a publisher in the place of what the caller has seen, with new keys.
     *
     * @throws IllegalArgumentException if the two have different ids
     */
    Change replace(TrustedPublisher expected, TrustedPublisher next, Set<String> keys, AuditEvent event);

    /**
     * Puts a publisher in the place of what the caller has seen, found by the keys it has: those of settings whose provider is not
     * configured any more are nobody's to work out.
     *
     * @throws IllegalArgumentException if the two have different ids
     */
    Change relink(TrustedPublisher expected, TrustedPublisher next, AuditEvent event);

    /** Removes a publisher if it still is what the caller has seen; never {@code IDENTITY_TAKEN}. */
    Change remove(TrustedPublisher expected, AuditEvent event);
}
