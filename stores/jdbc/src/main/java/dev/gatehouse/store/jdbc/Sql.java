package dev.gatehouse.store.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Statements with arguments: texts, whole numbers, booleans, instants, and typed nulls. */
final class Sql {
    /** A null with its type, for databases that will not guess it. */
    private enum Nothing {
        TEXT(Types.VARCHAR),
        TIME(Types.DECIMAL),
        WHOLE(Types.BIGINT);

        private final int type;

        Nothing(int type) {
            this.type = type;
        }
    }

    /** Reads one row. */
    interface Reader<T> {
        T read(Row row) throws SQLException;
    }

    private Sql() {}

    static Object text(@Nullable String value) {
        return value == null ? Nothing.TEXT : value;
    }

    static Object time(@Nullable Instant value) {
        return value == null ? Nothing.TIME : value;
    }

    static Object whole(@Nullable Long value) {
        return value == null ? Nothing.WHOLE : value;
    }

    static int update(Connection connection, String sql, Object... arguments) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, arguments);
            return statement.executeUpdate();
        }
    }

    static <T> List<T> query(Connection connection, String sql, Reader<T> reader, Object... arguments)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, arguments);
            List<T> found = new ArrayList<>();
            try (ResultSet results = statement.executeQuery()) {
                Row row = new Row(results);
                while (results.next()) {
                    found.add(reader.read(row));
                }
            }
            return found;
        }
    }

    /** The only row, or empty; two rows are a failure of the store. */
    static <T> Optional<T> one(Connection connection, String sql, Reader<T> reader, Object... arguments)
            throws SQLException {
        List<T> found = query(connection, sql, reader, arguments);
        if (found.size() > 1) {
            throw new SQLException("more than one row");
        }
        return found.stream().findFirst();
    }

    /**
     * Inserts a row unless its key is there; the transaction stays usable either way, also where a failed statement would
     * spoil it.
     *
     * @return whether it was inserted
     */
    static boolean isInserted(Connection connection, String sql, Object... arguments) throws SQLException {
        return isDone(connection, sql, arguments);
    }

    /** The same for any statement: whether no unique key stood against it. */
    static boolean isDone(Connection connection, String sql, Object... arguments) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            update(connection, sql, arguments);
            return true;
        } catch (SQLException e) {
            if (!isDuplicate(e)) {
                throw e;
            }
            connection.rollback(before);
            return false;
        }
    }

    /** Unique keys answer 23505 (H2, PostgreSQL) or 23000 (MariaDB, with its own code). */
    private static boolean isDuplicate(SQLException e) {
        String state = e.getSQLState();
        int duplicateEntry = 1062;
        return "23505".equals(state) || ("23000".equals(state) && e.getErrorCode() == duplicateEntry);
    }

    private static void bind(PreparedStatement statement, Object... arguments) throws SQLException {
        for (int i = 0; i < arguments.length; i++) {
            bind(statement, i + 1, arguments[i]);
        }
    }

    private static void bind(PreparedStatement statement, int place, Object argument) throws SQLException {
        if (argument instanceof String text) {
            statement.setString(place, text);
        } else if (argument instanceof Long number) {
            statement.setLong(place, number);
        } else if (argument instanceof Integer number) {
            statement.setInt(place, number);
        } else if (argument instanceof Boolean is) {
            statement.setBoolean(place, is);
        } else if (argument instanceof Instant instant) {
            statement.setBigDecimal(place, Row.decimal(instant));
        } else if (argument instanceof Nothing nothing) {
            statement.setNull(place, nothing.type);
        } else {
            throw new IllegalArgumentException("argument " + place + ": " + argument.getClass());
        }
    }
}
