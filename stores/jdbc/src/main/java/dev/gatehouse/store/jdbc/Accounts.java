package dev.gatehouse.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/** The row that is locked while what one account has is changed. */
final class Accounts {
    private Accounts() {}

    /** Locks the account until the transaction ends; makes its row if it has none. */
    static void lock(Connection connection, String account) throws SQLException {
        if (isLocked(connection, account)) {
            return;
        }
        boolean isNew =
                Sql.isInserted(connection, "INSERT INTO gatehouse_account (account, changes) VALUES (?, 1)", account);
        if (!isNew && !isLocked(connection, account)) {
            throw new SQLException("an account's row is gone");
        }
    }

    private static boolean isLocked(Connection connection, String account) throws SQLException {
        return Sql.update(connection, "UPDATE gatehouse_account SET changes = changes + 1 WHERE account = ?", account)
                == 1;
    }
}
