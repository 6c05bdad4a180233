package dev.gatehouse.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** The row of an account that holds its version, and is locked while what the account has is changed. */
final class Accounts {
    /** A change within a transaction that holds the lock of the account. */
    interface Change<T> {
        /** Makes the change; empty if nothing was changed. */
        Optional<T> make() throws SQLException;
    }

    private Accounts() {}

    /** The version of an account, without a lock. */
    static long version(Connection connection, String account) throws SQLException {
        return read(connection, account, "").orElse(0L);
    }

    /** Locks the account until the transaction ends, and gives its version; makes its row if it has none. */
    static long lock(Connection connection, String account) throws SQLException {
        Optional<Long> version = read(connection, account, " FOR UPDATE");
        if (version.isEmpty()) {
            Sql.isInserted(connection, "INSERT INTO gatehouse_account (account, changes) VALUES (?, 0)", account);
            version = read(connection, account, " FOR UPDATE");
        }
        return version.orElseThrow(() -> new SQLException("an account's row is gone"));
    }

    /** Adds one to the version of a locked account, and gives the new one. */
    static long advance(Connection connection, String account, long version) throws SQLException {
        if (version == Long.MAX_VALUE
                || Sql.update(
                                connection,
                                "UPDATE gatehouse_account SET changes = ? WHERE account = ? AND changes = ?",
                                version + 1,
                                account,
                                version)
                        != 1) {
            throw new SQLException("an account's version does not advance");
        }
        return version + 1;
    }

    /**
     * Makes a change under the lock of an account, if its version is the one expected, and advances it.
     *
     * @return what the change returned, empty if the version was another
     */
    static <T> Optional<T> change(Connection connection, String account, long expected, Change<T> change)
            throws SQLException {
        if (lock(connection, account) != expected) {
            return Optional.empty();
        }
        Optional<T> made = change.make();
        if (made.isPresent()) {
            advance(connection, account, expected);
        }
        return made;
    }

    private static Optional<Long> read(Connection connection, String account, String lock) throws SQLException {
        Optional<Long> version = Sql.one(
                connection,
                "SELECT changes FROM gatehouse_account WHERE account = ?" + lock,
                row -> row.whole("changes"),
                account);
        if (version.isPresent() && version.get() < 0) {
            throw new SQLException("an account's version is negative");
        }
        return version;
    }
}
