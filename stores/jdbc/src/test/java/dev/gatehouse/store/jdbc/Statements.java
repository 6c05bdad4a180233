package dev.gatehouse.store.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** What somebody with a console does to a database. */
final class Statements {
    private Statements() {}

    static int run(DataSource source, String sql) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    static long count(DataSource source, String from) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery("SELECT COUNT(*) FROM " + from)) {
            results.next();
            return results.getLong(1);
        } catch (SQLException e) {
            throw new AssertionError(from, e);
        }
    }
}
