package dev.gatehouse.token;

/**
 * What the host knows of the owner of a token.
 *
 * <p>Asked once in each step of a verification (before the project is known, and when it is), only for a token whose signature
 * holds, and before minting. An implementation is thread-safe; what it throws
 * reaches the caller, who has then verified nothing, and {@code null} counts as an error.
 */
@FunctionalInterface
public interface OwnerStatus {

    /** Whether an owner may act. */
    enum Standing {
        ACTIVE,
        /** Suspended, disabled or blocked by the host. */
        FROZEN,
        /** Deleted, or never there. */
        GONE
    }

    /** Whether this owner may act now. */
    Standing standingOf(TokenOwner owner);
}
