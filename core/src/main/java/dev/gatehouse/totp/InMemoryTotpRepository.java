package dev.gatehouse.totp;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.state.InMemoryAccountVersions;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Credentials in the memory of one process, for tests and demonstrations: all are lost when it ends.
 *
 * <p>Thread-safe; one lock for all accounts, and that of the versions within it.
 */
public final class InMemoryTotpRepository implements TotpRepository {
    private static final Comparator<TotpCredential> OLDEST_FIRST =
            Comparator.comparing(TotpCredential::createdAt).thenComparing(TotpCredential::id);

    private final AuditSink audit;
    private final InMemoryAccountVersions versions;
    private final TreeMap<String, TotpCredential> byId = new TreeMap<>();

    private InMemoryTotpRepository(AuditSink audit, InMemoryAccountVersions versions) {
        this.audit = Objects.requireNonNull(audit, "audit");
        this.versions = Objects.requireNonNull(versions, "versions");
    }

    /** An empty repository that records its changes in this sink and has account versions of its own. */
    public static InMemoryTotpRepository create(AuditSink audit) {
        return create(audit, InMemoryAccountVersions.create());
    }

    /** An empty repository that records its changes in this sink. */
    public static InMemoryTotpRepository create(AuditSink audit, InMemoryAccountVersions versions) {
        return new InMemoryTotpRepository(audit, versions);
    }

    /** The versions that its changes advance. */
    public InMemoryAccountVersions versions() {
        return versions;
    }

    @Override
    public synchronized List<TotpCredential> ofAccount(String account) {
        return byId.values().stream()
                .filter(credential -> credential.account().equals(account))
                .sorted(OLDEST_FIRST)
                .toList();
    }

    @Override
    public synchronized Change add(TotpCredential credential, long version, AuditEvent added) {
        return versions.change(credential.account(), version, () -> {
                    if (byId.containsKey(credential.id())) {
                        return Optional.empty();
                    }
                    audit.record(added);
                    byId.put(credential.id(), credential);
                    return Optional.of(Change.DONE);
                })
                .orElse(Change.CONFLICT);
    }

    @Override
    public synchronized Change replace(
            String replacedId, TotpCredential credential, long version, AuditEvent removed, AuditEvent added) {
        return versions.change(credential.account(), version, () -> {
                    if (find(credential.account(), replacedId) == null || byId.containsKey(credential.id())) {
                        return Optional.empty();
                    }
                    audit.record(removed);
                    audit.record(added);
                    byId.remove(replacedId);
                    byId.put(credential.id(), credential);
                    return Optional.of(Change.DONE);
                })
                .orElse(Change.CONFLICT);
    }

    @Override
    public synchronized Change relabel(String account, String id, String label, AuditEvent changed) {
        TotpCredential present = find(account, id);
        if (present == null) {
            return Change.CONFLICT;
        }
        TotpCredential other = present.withLabel(label);
        audit.record(changed);
        byId.put(id, other);
        return Change.DONE;
    }

    @Override
    public synchronized Removal remove(String account, String id, long version, AuditEvent removed) {
        boolean isThere = find(account, id) != null;
        return versions.change(account, version, () -> {
                    if (!isThere) {
                        return Optional.<Removal>empty();
                    }
                    audit.record(removed);
                    byId.remove(id);
                    return Optional.of(Removal.REMOVED);
                })
                .orElse(isThere ? Removal.CONFLICT : Removal.NOT_FOUND);
    }

    @Override
    public synchronized StepUse useStep(String account, String id, long step, Instant now) {
        TotpCredential present = find(account, id);
        if (present == null) {
            return StepUse.NOT_FOUND;
        }
        if (step <= present.lastStep()) {
            return StepUse.NOT_LATER;
        }
        byId.put(id, present.usedAt(step, now));
        return StepUse.ACCEPTED;
    }

    @Override
    public String purpose() {
        return PURPOSE;
    }

    @Override
    public synchronized Map<String, Long> sealedRowsByKey() {
        return byId.values().stream()
                .collect(Collectors.groupingBy(credential -> credential.secret().keyId(), Collectors.counting()));
    }

    @Override
    public synchronized List<SealedRow> rowsNotSealedWith(String keyId, Optional<String> afterRowId, int limit) {
        return byId.tailMap(afterRowId.orElse(""), false).values().stream()
                .filter(credential -> !credential.secret().keyId().equals(keyId))
                .limit(limit)
                .map(credential -> new SealedRow(credential.account(), credential.id(), credential.secret()))
                .toList();
    }

    @Override
    public synchronized int replaceSealed(List<Resealed> batch, Instant now) {
        List<Resealed> fitting = batch.stream().filter(this::isAsRead).toList();
        if (fitting.isEmpty()) {
            return 0;
        }
        audit.record(AuditEvent.of(AuditTag.KEY_RESEALED, now)
                .subject(PURPOSE)
                .attribute("key", fitting.get(0).after().keyId())
                .attribute("rows", Integer.toString(fitting.size()))
                .build());
        for (Resealed row : fitting) {
            byId.computeIfPresent(row.before().rowId(), (id, present) -> present.withSecret(row.after()));
        }
        return fitting.size();
    }

    private boolean isAsRead(Resealed row) {
        TotpCredential present = find(row.before().ownerId(), row.before().rowId());
        return present != null && present.secret().equals(row.before().value());
    }

    private @Nullable TotpCredential find(String account, String id) {
        TotpCredential present = byId.get(id);
        return present != null && present.account().equals(account) ? present : null;
    }
}
