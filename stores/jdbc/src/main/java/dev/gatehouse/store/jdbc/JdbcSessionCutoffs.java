package dev.gatehouse.store.jdbc;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.signin.SessionCutoffRepository;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Cut-offs in a table; an account without a row never ended a session. */
final class JdbcSessionCutoffs implements SessionCutoffRepository {
    private final Transactions transactions;
    private final JdbcAuditLog audit;

    JdbcSessionCutoffs(Transactions transactions, JdbcAuditLog audit) {
        this.transactions = transactions;
        this.audit = audit;
    }

    @Override
    public Optional<Cutoff> of(String account) {
        return transactions.run("reading which sessions are over", connection -> find(connection, account, ""));
    }

    @Override
    public void endAll(String account, Instant before, AuditEvent ended) {
        transactions.run("ending sessions", connection -> {
            Cutoff present = locked(connection, account);
            return write(connection, account, present.then(before, Optional.empty()), ended);
        });
    }

    @Override
    public Ended endOthers(String account, Session kept, Instant before, AuditEvent ended) {
        return transactions.run("ending sessions", connection -> {
            Cutoff present = locked(connection, account);
            return present.covers(kept)
                    ? Ended.KEPT_IS_OVER
                    : write(connection, account, present.then(before, Optional.of(kept.key())), ended);
        });
    }

    private Ended write(Connection connection, String account, Cutoff next, AuditEvent ended) throws SQLException {
        Sql.update(
                connection,
                "UPDATE gatehouse_session_cutoff SET ends_before = ?, kept_session = ? WHERE account = ?",
                next.before(),
                Sql.text(next.kept().orElse(null)),
                account);
        audit.append(connection, ended);
        return Ended.ENDED;
    }

    /** Locks the account's row until the transaction ends; makes one that ends nothing if there is none. */
    private static Cutoff locked(Connection connection, String account) throws SQLException {
        Optional<Cutoff> present = find(connection, account, " FOR UPDATE");
        if (present.isPresent()) {
            return present.get();
        }
        boolean isNew = Sql.isInserted(
                connection,
                "INSERT INTO gatehouse_session_cutoff (account, ends_before) VALUES (?, ?)",
                account,
                Instant.EPOCH);
        return isNew
                ? new Cutoff(Instant.EPOCH, Optional.empty())
                : find(connection, account, " FOR UPDATE")
                        .orElseThrow(() -> new SQLException("an account's row is gone"));
    }

    private static Optional<Cutoff> find(Connection connection, String account, String lock) throws SQLException {
        return Sql.one(
                connection,
                "SELECT ends_before, kept_session FROM gatehouse_session_cutoff WHERE account = ?" + lock,
                JdbcSessionCutoffs::read,
                account);
    }

    private static Cutoff read(Row row) throws SQLException {
        try {
            return new Cutoff(row.time("ends_before"), Optional.ofNullable(row.textOrNull("kept_session")));
        } catch (IllegalArgumentException e) {
            throw new SQLException("a row holds no cut-off", e);
        }
    }
}
