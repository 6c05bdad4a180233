package dev.gatehouse.store.jdbc;

import dev.gatehouse.state.StateUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** A transaction of its own for each piece of work, done again where the database gave it up for another's sake. */
final class OwnTransactions implements Transactions {
    private static final int ATTEMPTS = 8;

    private final DataSource source;

    OwnTransactions(DataSource source) {
        this.source = source;
    }

    @Override
    public <T> T run(String what, Work<T> work) {
        SQLException last = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                return attempt(work);
            } catch (SQLException e) {
                if (!isGivenUp(e)) {
                    throw Transactions.failure(what, e);
                }
                last = e;
            } catch (StateUnavailableException e) {
                // A part that has joined the transaction says it so.
                if (!(e.getCause() instanceof SQLException cause) || !isGivenUp(cause)) {
                    throw e;
                }
                last = cause;
            }
        }
        throw Transactions.failure(what, last == null ? new SQLException() : last);
    }

    @SuppressWarnings("try") // Closed by hand: a failure to close after the commit is not a failure of the work.
    private <T> T attempt(Work<T> work) throws SQLException {
        Connection connection = source.getConnection();
        boolean wasAuto = true;
        int isolation = Connection.TRANSACTION_READ_COMMITTED;
        try {
            wasAuto = connection.getAutoCommit();
            isolation = connection.getTransactionIsolation();
            if (isolation != Connection.TRANSACTION_READ_COMMITTED) {
                connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            }
            connection.setAutoCommit(false);
            T answer = work.in(connection);
            connection.commit();
            return answer;
        } catch (SQLException | RuntimeException | Error e) {
            rollBack(connection, e);
            throw e;
        } finally {
            giveBack(connection, wasAuto, isolation);
        }
    }

    private static void rollBack(Connection connection, Throwable cause) {
        try {
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    /** Everything is decided by now; a pool throws a connection away that cannot be put back in order. */
    private static void giveBack(Connection connection, boolean wasAuto, int isolation) {
        try (connection) {
            connection.setAutoCommit(wasAuto);
            if (isolation != Connection.TRANSACTION_READ_COMMITTED) {
                connection.setTransactionIsolation(isolation);
            }
        } catch (SQLException e) {
            StoreLog.LOG.warn("store: a connection was not given back in order, SQL state {}", e.getSQLState());
        }
    }

    /**
     * Deadlocks and lost races (class 40), and H2's own word for a row that another transaction has just changed; not that nobody knows
     * whether it was committed (40003), for that may have been done.
     */
    private static boolean isGivenUp(SQLException e) {
        String state = e.getSQLState();
        return state != null && !state.equals("40003") && (state.startsWith("40") || state.equals("90131"));
    }
}
