package dev.gatehouse.store.jdbc;

import dev.gatehouse.state.StateSpace;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** One row of the short-lived state, within its space. */
record StateEntry(String key, Instant endsAt, String body) {

    static Optional<Instant> end(Connection connection, StateSpace space, String key) throws SQLException {
        return Sql.one(
                connection,
                "SELECT ends_at FROM gatehouse_state WHERE space_name = ? AND entry_key = ?",
                row -> row.time("ends_at"),
                space.name(),
                key);
    }

    static Optional<StateEntry> locked(Connection connection, StateSpace space, String key) throws SQLException {
        return Sql.one(
                connection,
                "SELECT ends_at, body FROM gatehouse_state WHERE space_name = ? AND entry_key = ? FOR UPDATE",
                row -> new StateEntry(key, row.time("ends_at"), row.text("body")),
                space.name(),
                key);
    }

    static int delete(Connection connection, StateSpace space, String key) throws SQLException {
        return Sql.update(
                connection, "DELETE FROM gatehouse_state WHERE space_name = ? AND entry_key = ?", space.name(), key);
    }

    boolean isInserted(Connection connection, StateSpace space) throws SQLException {
        return Sql.isInserted(
                connection,
                "INSERT INTO gatehouse_state (space_name, entry_key, ends_at, body) VALUES (?, ?, ?, ?)",
                space.name(),
                key,
                endsAt,
                body);
    }

    /** Puts this in the place of one that has ended, if it is still there and still ended. */
    boolean isTakenOver(Connection connection, StateSpace space, Instant now) throws SQLException {
        return Sql.update(
                        connection,
                        "UPDATE gatehouse_state SET ends_at = ?, body = ?"
                                + " WHERE space_name = ? AND entry_key = ? AND ends_at <= ?",
                        endsAt,
                        body,
                        space.name(),
                        key,
                        now)
                == 1;
    }

    /** Puts this in the place of one whose lock is held. */
    void update(Connection connection, StateSpace space) throws SQLException {
        int changed = Sql.update(
                connection,
                "UPDATE gatehouse_state SET ends_at = ?, body = ? WHERE space_name = ? AND entry_key = ?",
                endsAt,
                body,
                space.name(),
                key);
        if (changed != 1) {
            throw new SQLException("a locked entry is gone");
        }
    }
}
