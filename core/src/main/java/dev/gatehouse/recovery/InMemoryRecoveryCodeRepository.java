package dev.gatehouse.recovery;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.state.InMemoryAccountVersions;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Recovery codes in the memory of one process, for tests and demonstrations: all are lost when it ends.
 *
 * <p>Thread-safe; one lock for all accounts, and that of the versions within it.
 */
public final class InMemoryRecoveryCodeRepository implements RecoveryCodeRepository {
    private final AuditSink audit;
    private final InMemoryAccountVersions versions;
    private final Map<String, RecoveryCodeSet> byAccount = new HashMap<>();

    private InMemoryRecoveryCodeRepository(AuditSink audit, InMemoryAccountVersions versions) {
        this.audit = Objects.requireNonNull(audit, "audit");
        this.versions = Objects.requireNonNull(versions, "versions");
    }

    /** An empty repository that records its changes in this sink and has account versions of its own. */
    public static InMemoryRecoveryCodeRepository create(AuditSink audit) {
        return create(audit, InMemoryAccountVersions.create());
    }

    /** An empty repository that records its changes in this sink. */
    public static InMemoryRecoveryCodeRepository create(AuditSink audit, InMemoryAccountVersions versions) {
        return new InMemoryRecoveryCodeRepository(audit, versions);
    }

    /** The versions that its changes advance. */
    public InMemoryAccountVersions versions() {
        return versions;
    }

    @Override
    public synchronized Optional<RecoveryCodeSet> ofAccount(String account) {
        return Optional.ofNullable(byAccount.get(account));
    }

    @Override
    public synchronized Change replace(RecoveryCodeSet set, long version, AuditEvent made) {
        if (set.used() > 0) {
            throw new IllegalArgumentException("set: a code of it is used");
        }
        boolean isTaken =
                byAccount.values().stream().anyMatch(other -> other.id().equals(set.id()));
        return versions.change(set.account(), version, () -> {
                    if (isTaken) {
                        return Optional.<Change>empty();
                    }
                    audit.record(made);
                    byAccount.put(set.account(), set);
                    return Optional.of(Change.DONE);
                })
                .orElse(Change.CONFLICT);
    }

    @Override
    public synchronized Removal remove(String account, long version, AuditEvent removed) {
        boolean isThere = byAccount.containsKey(account);
        return versions.change(account, version, () -> {
                    if (!isThere) {
                        return Optional.<Removal>empty();
                    }
                    audit.record(removed);
                    byAccount.remove(account);
                    return Optional.of(Removal.REMOVED);
                })
                .orElse(isThere ? Removal.CONFLICT : Removal.NOT_FOUND);
    }

    @Override
    public synchronized Use use(String account, String setId, int place, Instant now, AuditEvent used) {
        RecoveryCodeSet set = byAccount.get(account);
        if (set == null || !set.id().equals(setId) || place < 0 || place >= RecoveryCodeSet.CODES) {
            return Use.NOT_FOUND;
        }
        if (set.usedAt(place).isPresent()) {
            return Use.USED_BEFORE;
        }
        audit.record(used);
        byAccount.put(account, set.used(place, now));
        versions.advance(account);
        return Use.USED;
    }
}
