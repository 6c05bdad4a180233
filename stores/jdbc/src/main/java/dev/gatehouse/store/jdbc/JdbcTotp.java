package dev.gatehouse.store.jdbc;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.totp.TotpCredential;
import dev.gatehouse.totp.TotpRepository;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** TOTP credentials in a table; changes to what an account has are made under the lock of its row. */
final class JdbcTotp implements TotpRepository {
    private final Transactions transactions;
    private final JdbcAuditLog audit;

    JdbcTotp(Transactions transactions, JdbcAuditLog audit) {
        this.transactions = transactions;
        this.audit = audit;
    }

    @Override
    public List<TotpCredential> ofAccount(String account) {
        return transactions.run("reading TOTP credentials", connection -> TotpRow.ofAccount(connection, account));
    }

    @Override
    public Change add(TotpCredential credential, long version, AuditEvent added) {
        return transactions.run(
                "adding a TOTP credential",
                connection -> Accounts.change(connection, credential.account(), version, () -> {
                            if (!TotpRow.isInserted(connection, credential)) {
                                return Optional.empty();
                            }
                            audit.append(connection, added);
                            return Optional.of(Change.DONE);
                        })
                        .orElse(Change.CONFLICT));
    }

    @Override
    public Change replace(
            String replacedId, TotpCredential credential, long version, AuditEvent removed, AuditEvent added) {
        String account = credential.account();
        return transactions.run(
                "replacing a TOTP credential",
                connection -> Accounts.change(connection, account, version, () -> {
                            // The new one first: if its id is taken, nothing has been changed yet.
                            if (TotpRow.find(connection, account, replacedId).isEmpty()
                                    || !TotpRow.isInserted(connection, credential)) {
                                return Optional.empty();
                            }
                            TotpRow.delete(connection, account, replacedId);
                            audit.append(connection, removed);
                            audit.append(connection, added);
                            return Optional.of(Change.DONE);
                        })
                        .orElse(Change.CONFLICT));
    }

    @Override
    public Change relabel(String account, String id, String label, AuditEvent changed) {
        return transactions.run("relabelling a TOTP credential", connection -> {
            Accounts.lock(connection, account);
            Optional<TotpCredential> present = TotpRow.find(connection, account, id);
            if (present.isEmpty()) {
                return Change.CONFLICT;
            }
            String bounded = present.get().withLabel(label).label();
            Sql.update(
                    connection,
                    "UPDATE gatehouse_totp SET label = ? WHERE id = ? AND account = ?",
                    bounded,
                    id,
                    account);
            audit.append(connection, changed);
            return Change.DONE;
        });
    }

    @Override
    public Removal remove(String account, String id, long version, AuditEvent removed) {
        return transactions.run("removing a TOTP credential", connection -> {
            Accounts.lock(connection, account);
            if (TotpRow.find(connection, account, id).isEmpty()) {
                return Removal.NOT_FOUND;
            }
            return Accounts.change(connection, account, version, () -> {
                        TotpRow.delete(connection, account, id);
                        audit.append(connection, removed);
                        return Optional.of(Removal.REMOVED);
                    })
                    .orElse(Removal.CONFLICT);
        });
    }

    @Override
    public StepUse useStep(String account, String id, long step, Instant now) {
        return transactions.run("using a step", connection -> {
            Optional<TotpCredential> present = TotpRow.find(connection, account, id);
            if (present.isEmpty()) {
                return StepUse.NOT_FOUND;
            }
            TotpCredential used = present.get().usedAt(step, now);
            int changed = Sql.update(
                    connection,
                    "UPDATE gatehouse_totp SET last_step = ?, last_used_at = ?"
                            + " WHERE id = ? AND account = ? AND last_step < ?",
                    step,
                    Sql.time(used.lastUsedAt().orElse(null)),
                    id,
                    account,
                    step);
            if (changed == 1) {
                return StepUse.ACCEPTED;
            }
            // It may have been removed since it was read.
            return TotpRow.find(connection, account, id).isPresent() ? StepUse.NOT_LATER : StepUse.NOT_FOUND;
        });
    }

    @Override
    public String purpose() {
        return PURPOSE;
    }

    @Override
    public Map<String, Long> sealedRowsByKey() {
        return transactions
                .run(
                        "counting sealed rows",
                        connection -> Sql.query(
                                connection,
                                "SELECT secret_key_id, COUNT(*) AS sealed FROM gatehouse_totp GROUP BY secret_key_id",
                                row -> Map.entry(row.text("secret_key_id"), row.whole("sealed"))))
                .stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public List<SealedRow> rowsNotSealedWith(String keyId, Optional<String> afterRowId, int limit) {
        return transactions.run(
                "reading sealed rows",
                connection -> Sql.query(
                        connection,
                        "SELECT id, account, secret, secret_key_id FROM gatehouse_totp"
                                + " WHERE secret_key_id <> ? AND id > ? ORDER BY id LIMIT ?",
                        row -> new SealedRow(row.text("account"), row.text("id"), TotpRow.secret(row)),
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
                        "UPDATE gatehouse_totp SET secret = ?, secret_key_id = ?"
                                + " WHERE id = ? AND account = ? AND secret = ?",
                        row.after().text(),
                        row.after().keyId(),
                        row.before().rowId(),
                        row.before().ownerId(),
                        row.before().value().text());
            }
            if (replaced > 0) {
                audit.append(connection, resealed(batch.get(0).after().keyId(), replaced, now));
            }
            return replaced;
        });
    }

    private static AuditEvent resealed(String keyId, int rows, Instant now) {
        return AuditEvent.of(AuditTag.KEY_RESEALED, now)
                .subject(PURPOSE)
                .attribute("key", keyId)
                .attribute("rows", Integer.toString(rows))
                .build();
    }
}
