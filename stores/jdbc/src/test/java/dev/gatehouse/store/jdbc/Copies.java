package dev.gatehouse.store.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/** Copies of a database with a scene in it, which cost little; and everything that a database holds. */
final class Copies {
    private final List<String> script = new ArrayList<>();

    /** Makes the tables and lets somebody set the scene. */
    Copies(Consumer<? super DataSource> scene) {
        with(source -> {
            JdbcMigrations.apply(source);
            scene.accept(source);
            try (Connection connection = source.getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet lines = statement.executeQuery("SCRIPT NOPASSWORDS NOSETTINGS")) {
                while (lines.next()) {
                    String line = lines.getString(1);
                    if (!line.startsWith("CREATE USER")) {
                        script.add(line);
                    }
                }
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        });
    }

    /** Gives somebody a copy, which is gone afterwards. */
    void copy(Consumer<? super DataSource> user) {
        with(source -> {
            try (Connection connection = source.getConnection();
                    Statement statement = connection.createStatement()) {
                for (String line : script) {
                    statement.execute(line);
                }
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
            user.accept(source);
        });
    }

    private static void with(Consumer<? super DataSource> user) {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        try {
            user.accept(source);
        } finally {
            Statements.run(source, "SHUTDOWN");
        }
    }

    /** Every row of every table, as text. */
    static Set<String> rows(DataSource source) {
        Set<String> rows = new TreeSet<>();
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet all = statement.executeQuery(
                    "SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = 'PUBLIC'")) {
                while (all.next()) {
                    tables.add(all.getString(1));
                }
            }
            for (String table : tables) {
                try (ResultSet all = statement.executeQuery("SELECT * FROM \"" + table + "\"")) {
                    while (all.next()) {
                        StringBuilder row = new StringBuilder(table);
                        for (int i = 1; i <= all.getMetaData().getColumnCount(); i++) {
                            row.append('|').append(all.getString(i));
                        }
                        rows.add(row.toString());
                    }
                }
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        return rows;
    }
}
