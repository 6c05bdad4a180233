package dev.gatehouse.signin;

import dev.gatehouse.state.InMemoryAccountVersions;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Numbers of logins in a map, under the lock of the versions, so that none of them changes between a look and a write. */
final class InMemoryLogins implements LoginRepository {
    private final InMemoryAccountVersions versions;
    private final Map<String, Long> logins = new HashMap<>();

    InMemoryLogins(InMemoryAccountVersions versions) {
        this.versions = Objects.requireNonNull(versions, "versions");
    }

    @Override
    public long completed(String account) {
        synchronized (versions) {
            return logins.getOrDefault(account, 0L);
        }
    }

    @Override
    public Completion complete(String account, long completed, long version, Instant now) {
        synchronized (versions) {
            if (versions.of(account) != version || completed(account) != completed) {
                return Completion.CONFLICT;
            }
            logins.put(account, completed + 1);
            return Completion.COMPLETED;
        }
    }
}
