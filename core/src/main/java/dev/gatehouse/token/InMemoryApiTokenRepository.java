package dev.gatehouse.token;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.secret.SealedSecret;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Tokens in the memory of one process, for tests and demonstrations: they die with the process.
 *
 * <p>Thread-safe.
 */
public final class InMemoryApiTokenRepository implements ApiTokenRepository {
    private record Row(ApiToken token, SealedSecret rootKey) {}

    private final AuditSink audit;
    private final Map<String, Row> rows = new TreeMap<>();
    private final Map<TokenOwner, OwnerState> owners = new HashMap<>();

    private InMemoryApiTokenRepository(AuditSink audit) {
        this.audit = Objects.requireNonNull(audit, "audit");
    }

    /** An empty repository whose events go to this sink; if the sink throws, the change is not made. */
    public static InMemoryApiTokenRepository create(AuditSink audit) {
        return new InMemoryApiTokenRepository(audit);
    }

    /**
     * Does several changes at one point in time, all of them or, if the work throws, none; for in-memory stores of which these
     * tokens are a part. Events that were recorded stay recorded.
     */
    public synchronized <T> T together(Supplier<? extends T> work) {
        Map<String, Row> rowsBefore = new TreeMap<>(rows);
        Map<TokenOwner, OwnerState> ownersBefore = new HashMap<>(owners);
        boolean isDone = false;
        try {
            T answer = work.get();
            isDone = true;
            return answer;
        } finally {
            if (!isDone) {
                rows.clear();
                rows.putAll(rowsBefore);
                owners.clear();
                owners.putAll(ownersBefore);
            }
        }
    }

    @Override
    public synchronized Insertion insert(ApiToken token, SealedSecret rootKey, long ownerVersion, AuditEvent event) {
        Objects.requireNonNull(rootKey, "rootKey");
        OwnerState state = ownerState(token.owner());
        if (state.suspended() || state.version() != ownerVersion) {
            return Insertion.OWNER_CHANGED;
        }
        if (token.name().isPresent()
                && list(token.owner()).stream().anyMatch(other -> other.name().equals(token.name()))) {
            return Insertion.NAME_TAKEN;
        }
        if (rows.containsKey(token.id())) {
            return Insertion.ID_TAKEN;
        }
        audit.record(event);
        rows.put(token.id(), new Row(token, rootKey));
        return Insertion.INSERTED;
    }

    @Override
    public synchronized Optional<StoredToken> find(String id) {
        return Optional.ofNullable(rows.get(id))
                .map(row -> new StoredToken(
                        row.token(), row.rootKey(), ownerState(row.token().owner())));
    }

    @Override
    public synchronized List<ApiToken> list(TokenOwner owner) {
        return rows.values().stream()
                .map(Row::token)
                .filter(token -> token.owner().equals(owner) && token.revoked().isEmpty())
                .sorted(Comparator.comparing(ApiToken::created).thenComparing(ApiToken::id))
                .toList();
    }

    @Override
    public synchronized Change revoke(String id, TokenOwner owner, Instant at, AuditEvent event) {
        Row row = rows.get(id);
        if (row == null || !row.token().owner().equals(owner)) {
            return Change.NOT_FOUND;
        }
        if (row.token().revoked().isPresent()) {
            return Change.UNCHANGED;
        }
        audit.record(event);
        put(row, row.token().toBuilder().revoked(at).build());
        return Change.CHANGED;
    }

    @Override
    public synchronized Change restrict(String id, TokenOwner owner, String restriction, AuditEvent event) {
        Row row = rows.get(id);
        if (row == null
                || !row.token().owner().equals(owner)
                || row.token().revoked().isPresent()) {
            return Change.NOT_FOUND;
        }
        if (row.token().restrictions().contains(restriction)) {
            return Change.UNCHANGED;
        }
        List<String> restrictions = new ArrayList<>(row.token().restrictions());
        restrictions.add(restriction);
        ApiToken restricted = row.token().toBuilder().restrictions(restrictions).build();
        audit.record(event);
        put(row, restricted);
        return Change.CHANGED;
    }

    @Override
    public synchronized Change recordUse(String id, Optional<Instant> expected, Instant at) {
        Row row = rows.get(id);
        if (row == null
                || row.token().revoked().isPresent()
                || ownerState(row.token().owner()).suspended()) {
            return Change.NOT_FOUND;
        }
        if (!row.token().lastUsed().equals(expected.map(instant -> instant.truncatedTo(ChronoUnit.MICROS)))) {
            return Change.UNCHANGED;
        }
        put(row, row.token().toBuilder().lastUsed(at).build());
        return Change.CHANGED;
    }

    @Override
    public synchronized OwnerState ownerState(TokenOwner owner) {
        return owners.getOrDefault(owner, OwnerState.INITIAL);
    }

    @Override
    public synchronized OwnerState advance(TokenOwner owner, AuditEvent event) {
        return replace(owner, ownerState(owner).suspended(), event);
    }

    @Override
    public synchronized Change suspend(TokenOwner owner, AuditEvent event) {
        if (ownerState(owner).suspended()) {
            return Change.UNCHANGED;
        }
        replace(owner, true, event);
        return Change.CHANGED;
    }

    @Override
    public synchronized Change resume(TokenOwner owner, long version, AuditEvent event) {
        if (!ownerState(owner).equals(new OwnerState(version, true))) {
            return Change.UNCHANGED;
        }
        replace(owner, false, event);
        return Change.CHANGED;
    }

    private OwnerState replace(TokenOwner owner, boolean suspended, AuditEvent event) {
        OwnerState next = new OwnerState(ownerState(owner).version() + 1, suspended);
        audit.record(event);
        owners.put(owner, next);
        return next;
    }

    @Override
    public synchronized Map<String, Long> sealedRowsByKey() {
        Map<String, Long> counts = new TreeMap<>();
        rows.values().forEach(row -> counts.merge(row.rootKey().keyId(), 1L, Long::sum));
        return counts;
    }

    @Override
    public synchronized List<SealedRow> rowsNotSealedWith(String keyId, Optional<String> afterRowId, int limit) {
        return rows.values().stream()
                .filter(row -> !row.rootKey().keyId().equals(keyId))
                .filter(row -> afterRowId.isEmpty() || row.token().id().compareTo(afterRowId.get()) > 0)
                .limit(limit)
                .map(row ->
                        new SealedRow(row.token().owner().text(), row.token().id(), row.rootKey()))
                .toList();
    }

    @Override
    public synchronized int replaceSealed(List<Resealed> batch, Instant now) {
        List<Resealed> due = batch.stream()
                .filter(each -> {
                    Row row = rows.get(each.before().rowId());
                    return row != null && row.rootKey().equals(each.before().value());
                })
                .toList();
        if (!due.isEmpty()) {
            audit.record(AuditEvent.of(AuditTag.KEY_RESEALED, now)
                    .subject(PURPOSE)
                    .attribute("rows", Integer.toString(due.size()))
                    .build());
            for (Resealed each : due) {
                rows.computeIfPresent(each.before().rowId(), (id, row) -> new Row(row.token(), each.after()));
            }
        }
        return due.size();
    }

    @Override
    public synchronized int purge(Instant deadBefore, int limit, Instant now) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit: less than 1");
        }
        List<String> dead = rows.values().stream()
                .map(Row::token)
                .filter(token -> token.isDeadBefore(deadBefore))
                .map(ApiToken::id)
                .limit(limit)
                .toList();
        if (!dead.isEmpty()) {
            audit.record(AuditEvent.of(AuditTag.TOKENS_PURGED, now)
                    .attribute("rows", Integer.toString(dead.size()))
                    .build());
            dead.forEach(rows::remove);
        }
        return dead.size();
    }

    private void put(Row row, ApiToken changed) {
        rows.put(changed.id(), new Row(changed, row.rootKey()));
    }
}
