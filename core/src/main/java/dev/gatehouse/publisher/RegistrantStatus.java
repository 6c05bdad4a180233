package dev.gatehouse.publisher;

/**
 * What the host knows of the account that registered a pending publisher, at the moment at which its project is to be made.
 *
 * <p>Asked within the transaction that would make the project, and before. An implementation is thread-safe; what it throws ends
 * the exchange, and {@code null} counts as an error.
 */
@FunctionalInterface
public interface RegistrantStatus {

    /** Whether the registrant may have a project made now. */
    enum Standing {
        READY,
        /** Suspended, disabled or blocked by the host. */
        FROZEN,
        /** Deleted, or never there. */
        GONE,
        /** Without a verified address. */
        EMAIL_UNVERIFIED,
        /** Without a second factor. */
        NO_SECOND_FACTOR,
        /** No longer allowed to make projects for the organisation, or the organisation is inactive. */
        NOT_ALLOWED
    }

    /** The standing of the registrant of this pending publisher, for its organisation where it has one. */
    Standing standingOf(PendingPublisher pending);
}
