package dev.gatehouse.state;

/**
 * A number for each account that goes up with every change of what the account can prove itself with: a factor added or removed,
 * recovery codes made or used, a new password.
 *
 * <p>It carries a decision into the write that follows it: read the version, then the facts, decide, and write only if the
 * version is still the same. Of any number of such writes that began at one version, one is made. What was remembered at a
 * version, such as a known device or a pending login, is void at any other.
 *
 * <p>The repositories of factors advance it themselves, each in the transaction of its change, so they and these versions have to
 * be of one store. Using a factor (a step of a code, a signature counter) changes nothing here.
 *
 * <p>Implementations are thread-safe; a store that cannot be reached throws an unchecked exception.
 */
public interface AccountVersions {
    /**
     * The present version of an account, 0 if nothing of it was ever changed.
     *
     * @param account the host's immutable id of the account
     */
    long of(String account);

    /**
     * Adds one, for a change that only the host knows of, such as a new password.
     *
     * @return the version after it
     */
    long advance(String account);
}
