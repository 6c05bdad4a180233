package dev.gatehouse.publisher;

import dev.gatehouse.audit.AuditEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A durable store of pending publishers.
 *
 * <p>Atomic, with the event of each change in its transaction, and with look-up keys, as {@link PublisherRepository}. Whether one has
 * expired is for the caller to look at, except where a method says so. Implementations are thread-safe and pass
 * {@code PendingPublisherRepositoryContract} of the testkit.
 */
public interface PendingPublisherRepository {

    /** The answer to an insertion. */
    enum Insertion {
        INSERTED,
        /** The registrant has as many as allowed. */
        LIMIT,
        /** There is one of the same {@link PendingPublisher#identity}. */
        IDENTITY_TAKEN,
        /** There is one of that id. */
        ID_TAKEN
    }

    /** The answer to a change. */
    enum Change {
        CHANGED,
        /** It is no longer what the caller has seen, or gone. */
        CONFLICT
    }

    /** The pending publisher of an id; ids are compared exactly. */
    Optional<PendingPublisher> find(String id);

    /**
     * Those that have any of these keys, oldest first, then by id.
     *
     * @param limit the most to return, at least 1
     */
    List<PendingPublisher> withAnyKey(Set<String> keys, int limit);

    /** Those that an account registered for itself, not for an organisation, oldest first, then by id. */
    List<PendingPublisher> ofRegistrant(String account);

    /** Those that were registered for an organisation, oldest first, then by id. */
    List<PendingPublisher> ofOrganization(String organization);

    /**
     * Those that wait for a name, oldest first, then by id.
     *
     * @param normalizedName compared exactly
     * @param limit the most to return, at least 1
     */
    List<PendingPublisher> ofName(String normalizedName, int limit);

    /**
     * Those whose end lies before an instant or at it, the earliest end first, then by id.
     *
     * @param unremindedOnly leaves out those whose registrant was reminded
     * @param limit the most to return, at least 1
     */
    List<PendingPublisher> ending(Instant by, boolean unremindedOnly, int limit);

    /**
     * Inserts one. The id is checked first, then the identity, then, for one without an organisation, the limit: how many others
     * without an organisation the registrant has that expire after this one's {@link PendingPublisher#created}. Of any number of
     * insertions at once no more succeed than the limit allows.
     *
     * @param most the most that the registrant may have with this one, at least 1
     */
    Insertion insert(PendingPublisher pending, Set<String> keys, int most, AuditEvent event);

    /** Notes that the registrant was reminded, if it still is what the caller has seen and was not reminded. */
    Change remind(PendingPublisher expected, AuditEvent event);

    /** Removes one if it still is what the caller has seen. */
    Change remove(PendingPublisher expected, AuditEvent event);
}
