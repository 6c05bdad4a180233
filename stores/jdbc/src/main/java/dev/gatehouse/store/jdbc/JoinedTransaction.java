package dev.gatehouse.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;

/** Work within a transaction that somebody else began and will end; what fails leaves no half of itself in it. */
final class JoinedTransaction implements Transactions {
    private final Connection connection;

    JoinedTransaction(Connection connection) {
        this.connection = connection;
    }

    @Override
    public <T> T run(String what, Work<T> work) {
        try {
            if (connection.getAutoCommit()) {
                throw new IllegalStateException("connection: commits each statement by itself");
            }
            Savepoint before = connection.setSavepoint();
            try {
                T answer = work.in(connection);
                release(before);
                return answer;
            } catch (SQLException | RuntimeException | Error e) {
                rollBack(before, e);
                throw e;
            }
        } catch (SQLException e) {
            throw Transactions.failure(what, e);
        }
    }

    private void release(Savepoint savepoint) throws SQLException {
        connection.releaseSavepoint(savepoint);
    }

    private void rollBack(Savepoint savepoint, Throwable cause) {
        try {
            connection.rollback(savepoint);
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }
}
