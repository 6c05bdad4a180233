package dev.gatehouse.store.jdbc;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.secret.SealedSecret;
import dev.gatehouse.token.ApiToken;
import dev.gatehouse.token.ApiTokenRepository;
import dev.gatehouse.token.OwnerState;
import dev.gatehouse.token.StoredToken;
import dev.gatehouse.token.TokenOwner;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** API tokens in tables; an owner's row is locked while a token is inserted or the owner's state is changed. */
final class JdbcTokens implements ApiTokenRepository {
    private final Transactions transactions;
    private final JdbcAuditLog audit;

    JdbcTokens(Transactions transactions, JdbcAuditLog audit) {
        this.transactions = transactions;
        this.audit = audit;
    }

    @Override
    public Insertion insert(ApiToken token, SealedSecret rootKey, long ownerVersion, AuditEvent event) {
        Objects.requireNonNull(rootKey, "rootKey");
        return transactions.run("inserting a token", connection -> {
            OwnerState state = locked(connection, token.owner());
            if (state.suspended() || state.version() != ownerVersion) {
                return Insertion.OWNER_CHANGED;
            }
            if (token.name().isPresent()
                    && TokenRows.isNameInUse(
                            connection, token.owner(), token.name().get())) {
                return Insertion.NAME_TAKEN;
            }
            if (!TokenRows.isInserted(connection, token, rootKey)) {
                return Insertion.ID_TAKEN;
            }
            audit.append(connection, event);
            return Insertion.INSERTED;
        });
    }

    @Override
    public Optional<StoredToken> find(String id) {
        return transactions.run("reading a token", connection -> TokenRows.find(connection, id));
    }

    @Override
    public List<ApiToken> list(TokenOwner owner) {
        return transactions.run("reading tokens", connection -> TokenRows.live(connection, owner)).stream()
                .sorted(Comparator.comparing(ApiToken::created).thenComparing(ApiToken::id))
                .toList();
    }

    @Override
    public Change revoke(String id, TokenOwner owner, Instant at, AuditEvent event) {
        return transactions.run("revoking a token", connection -> {
            Optional<ApiToken> token = lockedToken(connection, id, owner);
            if (token.isEmpty()) {
                return Change.NOT_FOUND;
            }
            if (token.get().revoked().isPresent()) {
                return Change.UNCHANGED;
            }
            Sql.update(
                    connection,
                    "UPDATE gatehouse_token SET revoked_at = ? WHERE id = ?",
                    at.truncatedTo(ChronoUnit.MICROS),
                    id);
            audit.append(connection, event);
            return Change.CHANGED;
        });
    }

    @Override
    public Change restrict(String id, TokenOwner owner, String restriction, AuditEvent event) {
        return transactions.run("restricting a token", connection -> {
            Optional<ApiToken> token = lockedToken(connection, id, owner);
            if (token.isEmpty() || token.get().revoked().isPresent()) {
                return Change.NOT_FOUND;
            }
            List<String> present = token.get().restrictions();
            if (present.contains(restriction)) {
                return Change.UNCHANGED;
            }
            checkRestriction(token.get(), restriction);
            TokenRows.addRestriction(connection, id, present.size(), restriction);
            audit.append(connection, event);
            return Change.CHANGED;
        });
    }

    /** The record's own bounds hold for what is added, too. */
    private static void checkRestriction(ApiToken token, String restriction) {
        List<String> all = new ArrayList<>(token.restrictions());
        all.add(restriction);
        token.toBuilder().restrictions(all);
    }

    @Override
    public Change recordUse(String id, Optional<Instant> expected, Instant at) {
        Optional<Instant> seen = expected.map(instant -> instant.truncatedTo(ChronoUnit.MICROS));
        return transactions.run("recording a use", connection -> {
            Optional<StoredToken> unlocked = TokenRows.find(connection, id);
            if (unlocked.isEmpty()
                    || locked(connection, unlocked.get().token().owner()).suspended()) {
                return Change.NOT_FOUND;
            }
            Optional<StoredToken> stored = lockedToken(connection, id);
            if (stored.isEmpty() || stored.get().token().revoked().isPresent()) {
                return Change.NOT_FOUND;
            }
            if (!stored.get().token().lastUsed().equals(seen)) {
                return Change.UNCHANGED;
            }
            Sql.update(
                    connection,
                    "UPDATE gatehouse_token SET last_used_at = ? WHERE id = ?",
                    at.truncatedTo(ChronoUnit.MICROS),
                    id);
            return Change.CHANGED;
        });
    }

    @Override
    public OwnerState ownerState(TokenOwner owner) {
        return transactions
                .run("reading an owner's state", connection -> state(connection, owner, ""))
                .orElse(OwnerState.INITIAL);
    }

    @Override
    public OwnerState advance(TokenOwner owner, AuditEvent event) {
        return transactions.run("advancing an owner's version", connection -> {
            OwnerState state = locked(connection, owner);
            return write(connection, owner, new OwnerState(state.version() + 1, state.suspended()), event);
        });
    }

    @Override
    public Change suspend(TokenOwner owner, AuditEvent event) {
        return transactions.run("suspending tokens", connection -> {
            OwnerState state = locked(connection, owner);
            if (state.suspended()) {
                return Change.UNCHANGED;
            }
            write(connection, owner, new OwnerState(state.version() + 1, true), event);
            return Change.CHANGED;
        });
    }

    @Override
    public Change resume(TokenOwner owner, long version, AuditEvent event) {
        return transactions.run("resuming tokens", connection -> {
            if (!locked(connection, owner).equals(new OwnerState(version, true))) {
                return Change.UNCHANGED;
            }
            write(connection, owner, new OwnerState(version + 1, false), event);
            return Change.CHANGED;
        });
    }

    private OwnerState write(Connection connection, TokenOwner owner, OwnerState next, AuditEvent event)
            throws SQLException {
        Sql.update(
                connection,
                "UPDATE gatehouse_token_owner SET version_no = ?, is_suspended = ? WHERE owner = ?",
                next.version(),
                next.suspended(),
                owner.text());
        audit.append(connection, event);
        return next;
    }

    @Override
    public Map<String, Long> sealedRowsByKey() {
        return transactions
                .run(
                        "counting sealed rows",
                        connection -> Sql.query(
                                connection,
                                "SELECT root_key_id, COUNT(*) AS sealed FROM gatehouse_token GROUP BY root_key_id",
                                row -> Map.entry(row.text("root_key_id"), row.whole("sealed"))))
                .stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public List<SealedRow> rowsNotSealedWith(String keyId, Optional<String> afterRowId, int limit) {
        return transactions.run(
                "reading sealed rows",
                connection -> Sql.query(
                        connection,
                        "SELECT id, owner, root_key, root_key_id FROM gatehouse_token"
                                + " WHERE root_key_id <> ? AND id > ? ORDER BY id LIMIT ?",
                        row -> new SealedRow(row.text("owner"), row.text("id"), TokenRows.rootKey(row)),
                        keyId,
                        afterRowId.orElse(""),
                        limit));
    }

    @Override
    public int replaceSealed(List<Resealed> batch, Instant now) {
        return transactions.run("sealing rows anew", connection -> {
            int replaced = 0;
            for (Resealed row : batch) {
                replaced += Sql.update(
                        connection,
                        "UPDATE gatehouse_token SET root_key = ?, root_key_id = ?"
                                + " WHERE id = ? AND owner = ? AND root_key = ?",
                        row.after().text(),
                        row.after().keyId(),
                        row.before().rowId(),
                        row.before().ownerId(),
                        row.before().value().text());
            }
            if (replaced > 0) {
                audit.append(
                        connection,
                        AuditEvent.of(AuditTag.KEY_RESEALED, now)
                                .subject(PURPOSE)
                                .attribute("key", batch.get(0).after().keyId())
                                .attribute("rows", Integer.toString(replaced))
                                .build());
            }
            return replaced;
        });
    }

    @Override
    public int purge(Instant deadBefore, int limit, Instant now) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit: less than 1");
        }
        return transactions.run("deleting dead tokens", connection -> {
            int deleted = 0;
            for (String id : TokenRows.deadBefore(connection, deadBefore, limit)) {
                // Under its lock, for it may have been used since.
                Optional<StoredToken> stored = lockedToken(connection, id);
                if (stored.isPresent() && stored.get().token().isDeadBefore(deadBefore)) {
                    TokenRows.delete(connection, id);
                    deleted++;
                }
            }
            if (deleted > 0) {
                audit.append(
                        connection,
                        AuditEvent.of(AuditTag.TOKENS_PURGED, now)
                                .attribute("rows", Integer.toString(deleted))
                                .build());
            }
            return deleted;
        });
    }

    /** Locks the row first and reads it after: what is read then is what the last holder of the lock left. */
    private static Optional<StoredToken> lockedToken(Connection connection, String id) throws SQLException {
        Sql.query(connection, "SELECT id FROM gatehouse_token WHERE id = ? FOR UPDATE", row -> row.text("id"), id);
        return TokenRows.find(connection, id);
    }

    private static Optional<ApiToken> lockedToken(Connection connection, String id, TokenOwner owner)
            throws SQLException {
        return lockedToken(connection, id)
                .map(StoredToken::token)
                .filter(token -> token.owner().equals(owner));
    }

    private static OwnerState locked(Connection connection, TokenOwner owner) throws SQLException {
        Optional<OwnerState> state = state(connection, owner, " FOR UPDATE");
        if (state.isPresent()) {
            return state.get();
        }
        boolean isNew = Sql.isInserted(
                connection,
                "INSERT INTO gatehouse_token_owner (owner, version_no, is_suspended) VALUES (?, 0, ?)",
                owner.text(),
                false);
        return isNew
                ? OwnerState.INITIAL
                : state(connection, owner, " FOR UPDATE").orElseThrow(() -> new SQLException("an owner's row is gone"));
    }

    private static Optional<OwnerState> state(Connection connection, TokenOwner owner, String lock)
            throws SQLException {
        return Sql.one(
                connection,
                "SELECT version_no, is_suspended FROM gatehouse_token_owner WHERE owner = ?" + lock,
                row -> TokenRows.owner(row, row.whole("version_no")),
                owner.text());
    }
}
