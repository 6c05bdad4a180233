package dev.gatehouse.store.jdbc;

import dev.gatehouse.signin.LoginRepository;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/** Numbers of completed logins in a table; a login is completed under the lock of its account, whose version it is held to. */
final class JdbcLogins implements LoginRepository {
    private final Transactions transactions;

    JdbcLogins(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public long completed(String account) {
        return transactions.run("reading logins", connection -> completed(connection, account));
    }

    @Override
    public Completion complete(String account, long completed, long version, Instant now) {
        return transactions.run("completing a login", connection -> {
            if (Accounts.lock(connection, account) != version || completed(connection, account) != completed) {
                return Completion.CONFLICT;
            }
            boolean isOurs = completed == 0
                    ? Sql.isInserted(
                            connection,
                            "INSERT INTO gatehouse_login (account, logins, last_at) VALUES (?, 1, ?)",
                            account,
                            now)
                    : Sql.update(
                                    connection,
                                    "UPDATE gatehouse_login SET logins = ?, last_at = ? WHERE account = ? AND logins = ?",
                                    completed + 1,
                                    now,
                                    account,
                                    completed)
                            == 1;
            return isOurs ? Completion.COMPLETED : Completion.CONFLICT;
        });
    }

    private static long completed(Connection connection, String account) throws SQLException {
        long logins = Sql.one(
                        connection,
                        "SELECT logins FROM gatehouse_login WHERE account = ?",
                        row -> row.whole("logins"),
                        account)
                .orElse(0L);
        if (logins < 0) {
            throw new SQLException("a number of logins is negative");
        }
        return logins;
    }
}
