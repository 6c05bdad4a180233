package dev.gatehouse.store.jdbc;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.signin.FailureRepository;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Consecutive failures in a table, each row changed under its lock; rows are never deleted, so that a series is never given twice. */
final class JdbcFailures implements FailureRepository {
    private static final String COLUMNS = "SELECT kind, failures, series, is_suspended FROM gatehouse_failure";

    private final Transactions transactions;
    private final JdbcAuditLog audit;

    JdbcFailures(Transactions transactions, JdbcAuditLog audit) {
        this.transactions = transactions;
        this.audit = audit;
    }

    private record Stored(String kind, int failures, long series, boolean isSuspended) {
        static Stored read(Row row) throws SQLException {
            Stored stored =
                    new Stored(row.text("kind"), row.small("failures"), row.whole("series"), row.is("is_suspended"));
            if (stored.failures < 0 || stored.series < 0) {
                throw new SQLException("a count of failures is negative");
            }
            return stored;
        }

        Stored plus(int more) {
            return new Stored(kind, failures + more, series, isSuspended);
        }

        Stored suspended() {
            return new Stored(kind, failures, series, true);
        }

        Stored anew() {
            return new Stored(kind, 0, series + 1, false);
        }

        void write(Connection connection, String account) throws SQLException {
            int changed = Sql.update(
                    connection,
                    "UPDATE gatehouse_failure SET failures = ?, series = ?, is_suspended = ?"
                            + " WHERE account = ? AND kind = ?",
                    failures,
                    series,
                    isSuspended,
                    account,
                    kind);
            if (changed != 1) {
                throw new SQLException("a locked count of failures is gone");
            }
        }
    }

    @Override
    public Begun begin(String account, FactorKind kind, int cap, AuditEvent suspended) {
        return transactions.run("taking a place", connection -> {
            Stored row = locked(connection, account, kind);
            if (row.isSuspended() || row.failures() >= cap) {
                suspend(connection, account, row, suspended);
                return NoPlace.AT_CAP;
            }
            row.plus(1).write(connection, account);
            return new Place(row.failures() + 1, row.series());
        });
    }

    @Override
    public void failed(String account, FactorKind kind, Place place, int cap, AuditEvent suspended) {
        transactions.run("counting a failure", connection -> {
            Stored old = locked(connection, account, kind);
            boolean isSameSeries = place.series() == old.series();
            Stored row = isSameSeries ? old : old.plus(1);
            // The last place has failed; others that are taken may still succeed.
            if (row.failures() >= cap && (!isSameSeries || place.number() >= cap)) {
                suspend(connection, account, row, suspended);
            } else {
                row.write(connection, account);
            }
            return row;
        });
    }

    private void suspend(Connection connection, String account, Stored row, AuditEvent suspended) throws SQLException {
        row.suspended().write(connection, account);
        if (!row.isSuspended()) {
            audit.append(connection, suspended);
        }
    }

    @Override
    public void withdraw(String account, FactorKind kind, Place place) {
        transactions.run("withdrawing a place", connection -> {
            Stored row = locked(connection, account, kind);
            if (place.series() == row.series() && row.failures() > 0) {
                row.plus(-1).write(connection, account);
            }
            return row;
        });
    }

    @Override
    public void clear(String account, FactorKind kind, AuditEvent reopened) {
        anew(account, row -> row.kind().equals(kind.id()), reopened);
    }

    @Override
    public void reopen(String account, AuditEvent reopened) {
        anew(account, Stored::isSuspended, reopened);
    }

    @Override
    public void clearAll(String account, AuditEvent reopened) {
        anew(account, row -> true, reopened);
    }

    private void anew(String account, Predicate<Stored> which, AuditEvent reopened) {
        transactions.run("clearing failures", connection -> {
            List<Stored> chosen = Sql.query(
                            connection, COLUMNS + " WHERE account = ? ORDER BY kind FOR UPDATE", Stored::read, account)
                    .stream()
                    .filter(which)
                    .toList();
            for (Stored row : chosen) {
                row.anew().write(connection, account);
            }
            if (chosen.stream().anyMatch(Stored::isSuspended)) {
                audit.append(connection, reopened);
            }
            return chosen;
        });
    }

    @Override
    public List<Standing> ofAccount(String account) {
        return transactions
                .run(
                        "reading failures",
                        connection -> Sql.query(connection, COLUMNS + " WHERE account = ?", Stored::read, account))
                .stream()
                .filter(row -> row.failures() > 0)
                .sorted(Comparator.comparing(Stored::kind))
                .map(row -> new Standing(row.kind(), row.failures(), row.isSuspended()))
                .toList();
    }

    /** The row with its lock held; made if it is not there. */
    private static Stored locked(Connection connection, String account, FactorKind kind) throws SQLException {
        Optional<Stored> row = find(connection, account, kind);
        if (row.isEmpty()) {
            // Whoever was first has made the same row; its lock is waited for below.
            Sql.isInserted(
                    connection,
                    "INSERT INTO gatehouse_failure (account, kind, failures, series, is_suspended)"
                            + " VALUES (?, ?, 0, 0, FALSE)",
                    account,
                    kind.id());
            row = find(connection, account, kind);
        }
        return row.orElseThrow(() -> new SQLException("a count of failures is gone"));
    }

    private static Optional<Stored> find(Connection connection, String account, FactorKind kind) throws SQLException {
        return Sql.one(
                connection, COLUMNS + " WHERE account = ? AND kind = ? FOR UPDATE", Stored::read, account, kind.id());
    }
}
