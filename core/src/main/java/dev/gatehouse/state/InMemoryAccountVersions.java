package dev.gatehouse.state;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Versions in the memory of one process, shared by the in-memory repositories of its factors, for tests and demonstrations.
 *
 * <p>Thread-safe; one lock for all accounts.
 */
public final class InMemoryAccountVersions implements AccountVersions {
    private final Map<String, Long> versions = new HashMap<>();

    private InMemoryAccountVersions() {}

    /** Versions of accounts none of which was ever changed. */
    public static InMemoryAccountVersions create() {
        return new InMemoryAccountVersions();
    }

    @Override
    public synchronized long of(String account) {
        return versions.getOrDefault(account, 0L);
    }

    @Override
    public synchronized long advance(String account) {
        return versions.merge(account, 1L, Math::addExact);
    }

    /**
     * Makes a change of an account at one point in time for all who share these versions, if its version is the one expected;
     * for in-memory repositories.
     *
     * @param expected the version that the change was decided at
     * @param change returns empty if it changed nothing; what it throws leaves the version as it was
     * @return what the change returned, empty if the version was another
     */
    public synchronized <T> Optional<T> change(String account, long expected, Supplier<Optional<T>> change) {
        if (of(account) != expected) {
            return Optional.empty();
        }
        Optional<T> made = change.get();
        if (made.isPresent()) {
            advance(account);
        }
        return made;
    }
}
