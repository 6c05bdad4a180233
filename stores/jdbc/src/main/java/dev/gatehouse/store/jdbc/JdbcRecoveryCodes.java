package dev.gatehouse.store.jdbc;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.recovery.RecoveryCodeRepository;
import dev.gatehouse.recovery.RecoveryCodeSet;
import java.time.Instant;
import java.util.Optional;

/** Recovery codes in tables; every change is made under the lock of the account's row. */
final class JdbcRecoveryCodes implements RecoveryCodeRepository {
    private final Transactions transactions;
    private final JdbcAuditLog audit;

    JdbcRecoveryCodes(Transactions transactions, JdbcAuditLog audit) {
        this.transactions = transactions;
        this.audit = audit;
    }

    @Override
    public Optional<RecoveryCodeSet> ofAccount(String account) {
        return transactions.run("reading recovery codes", connection -> RecoveryRow.ofAccount(connection, account));
    }

    @Override
    public Change replace(RecoveryCodeSet set, long version, AuditEvent made) {
        if (set.used() > 0) {
            throw new IllegalArgumentException("set: a code of it is used");
        }
        return transactions.run(
                "replacing recovery codes",
                connection -> Accounts.change(connection, set.account(), version, () -> {
                            if (RecoveryRow.isTaken(connection, set.id())) {
                                return Optional.<Change>empty();
                            }
                            Optional<RecoveryCodeSet> old = RecoveryRow.ofAccount(connection, set.account());
                            if (old.isPresent()) {
                                RecoveryRow.delete(connection, old.get());
                            }
                            RecoveryRow.insert(connection, set);
                            audit.append(connection, made);
                            return Optional.of(Change.DONE);
                        })
                        .orElse(Change.CONFLICT));
    }

    @Override
    public Removal remove(String account, long version, AuditEvent removed) {
        return transactions.run("removing recovery codes", connection -> {
            Accounts.lock(connection, account);
            Optional<RecoveryCodeSet> set = RecoveryRow.ofAccount(connection, account);
            if (set.isEmpty()) {
                return Removal.NOT_FOUND;
            }
            return Accounts.change(connection, account, version, () -> {
                        RecoveryRow.delete(connection, set.get());
                        audit.append(connection, removed);
                        return Optional.of(Removal.REMOVED);
                    })
                    .orElse(Removal.CONFLICT);
        });
    }

    @Override
    public Use use(String account, String setId, int place, Instant now, AuditEvent used) {
        return transactions.run("using a recovery code", connection -> {
            long version = Accounts.lock(connection, account);
            Optional<RecoveryCodeSet> set = RecoveryRow.ofAccount(connection, account);
            if (set.isEmpty() || !set.get().id().equals(setId) || place < 0 || place >= RecoveryCodeSet.CODES) {
                return Use.NOT_FOUND;
            }
            if (!RecoveryRow.isUsed(connection, setId, place, now)) {
                return Use.USED_BEFORE;
            }
            audit.append(connection, used);
            Accounts.advance(connection, account, version);
            return Use.USED;
        });
    }
}
