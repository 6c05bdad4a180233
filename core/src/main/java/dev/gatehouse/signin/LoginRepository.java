package dev.gatehouse.signin;

import dev.gatehouse.state.InMemoryAccountVersions;
import java.time.Instant;

/**
 * The store of how many logins each account has completed.
 *
 * <p>A login is completed only at the number at which it began, so that of all that are pending one is completed and the others
 * are over. Durable and shared by all nodes; of the store that keeps the versions of accounts, since a login is also completed
 * only at the version at which it began. Every method is one atomic step; a store that cannot be reached throws an unchecked
 * exception. Implementations are thread-safe and pass the contract of the testkit.
 */
public interface LoginRepository {
    /** What became of a login that is to be completed. */
    enum Completion {
        /** It is completed, and the number is one more; exactly one caller with this number gets this answer. */
        COMPLETED,
        /** Another login was completed, or what the account can prove itself with has changed, since this one began. */
        CONFLICT
    }

    /**
     * How many logins were completed, 0 if none.
     *
     * @param account the host's immutable id of the account
     */
    long completed(String account);

    /**
     * Completes a login.
     *
     * @param completed {@link #completed} as it was when the login began
     * @param version {@link dev.gatehouse.state.AccountVersions#of} as it was when the login began
     */
    Completion complete(String account, long completed, long version, Instant now);

    /**
     * Numbers in the memory of one process, for tests and demonstrations.
     *
     * @param versions the versions that the in-memory repositories of factors share
     */
    static LoginRepository inMemory(InMemoryAccountVersions versions) {
        return new InMemoryLogins(versions);
    }
}
