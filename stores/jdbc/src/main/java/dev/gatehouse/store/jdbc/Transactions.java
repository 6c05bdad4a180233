package dev.gatehouse.store.jdbc;

import dev.gatehouse.state.StateUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;

/** Where work gets its connection, and who commits it. */
interface Transactions {
    /** What is done with a connection. */
    interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    /**
     * Does all of the work or nothing of it.
     *
     * @param what names the work in the exception
     * @throws StateUnavailableException if the database fails
     */
    <T> T run(String what, Work<T> work);

    /** The exception for a failed database; its message says nothing of the data. */
    static StateUnavailableException failure(String what, SQLException cause) {
        return new StateUnavailableException(
                StateUnavailableException.Reason.FAILED,
                "store: " + what + " failed with SQL state " + cause.getSQLState(),
                cause);
    }
}
