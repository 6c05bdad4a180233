package dev.gatehouse.store.jdbc;

import dev.gatehouse.state.StateUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import javax.sql.DataSource;

/**
 * The scripts that make the tables, and a small runner for hosts that have none.
 *
 * <p>The scripts lie on the class path at {@link #LOCATION}, named as Flyway wants them ({@code V1__what.sql}); they are plain
 * SQL for H2, PostgreSQL and MariaDB, and each statement may be run twice. The database has to compare texts exactly, also in case and
 * spaces at the end: on MariaDB it is made with the collation {@code utf8mb4_nopad_bin}. A host may
 *
 * <ul>
 *   <li>call {@link #apply}, which keeps what it ran in {@code gatehouse_schema};
 *   <li>give Flyway the location {@code classpath:gatehouse-jdbc} and a history table of its own;
 *   <li>run {@link #scripts()} as it runs its own.
 * </ul>
 *
 * <p>A released script is never changed. Thread-safe.
 */
public final class JdbcMigrations {
    /** Where the scripts lie on the class path. */
    public static final String LOCATION = "gatehouse-jdbc";

    private static final List<String> NAMES = List.of(
            "V1__audit_and_state.sql",
            "V2__waivers_and_switches.sql",
            "V3__totp.sql",
            "V4__api_tokens.sql",
            "V5__webauthn.sql",
            "V6__recovery_codes.sql",
            "V7__sign_in.sql",
            "V8__session_cutoffs.sql",
            "V9__trusted_publishers.sql");

    /**
     * One script.
     *
     * @param version its number, from 1
     * @param name its file name
     * @param text its SQL; statements end in a semicolon at the end of a line
     */
    public record Script(int version, String name, String text) {
        /** The statements, without comments and closing semicolons. */
        public List<String> statements() {
            List<String> statements = new ArrayList<>();
            StringBuilder current = new StringBuilder();
            for (String line : text.lines().toList()) {
                if (line.startsWith("--") || line.isBlank()) {
                    continue;
                }
                boolean isEnd = line.endsWith(";");
                current.append(isEnd ? line.substring(0, line.length() - 1) : line)
                        .append('\n');
                if (isEnd) {
                    statements.add(current.toString().strip());
                    current.setLength(0);
                }
            }
            if (current.length() > 0) {
                throw new IllegalStateException(name + ": the last statement has no end");
            }
            return List.copyOf(statements);
        }

        private String checksum() {
            return HexFormat.of().formatHex(AuditForm.sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private JdbcMigrations() {}

    /** All scripts in the order of their versions. */
    public static List<Script> scripts() {
        List<Script> scripts = new ArrayList<>();
        for (String name : NAMES) {
            int version = Integer.parseInt(name.substring(1, name.indexOf("__")));
            scripts.add(new Script(version, name, text(name)));
        }
        return List.copyOf(scripts);
    }

    /**
     * Runs the scripts that this database has not seen, in order; several nodes may call it at once. It needs two connections.
     *
     * @return how many were run
     * @throws IllegalStateException if a script that was run has changed since, or the database has seen one that this
     *     version does not know; or if the database does not compare texts exactly
     * @throws StateUnavailableException if the database fails
     */
    public static int apply(DataSource source) {
        Objects.requireNonNull(source, "source");
        // Two transactions: in some databases a definition of a table commits, and would give up the lock.
        Transactions transactions = new OwnTransactions(source);
        try {
            prepare(transactions);
        } catch (StateUnavailableException e) {
            if (!isMadeMeanwhile(e)) {
                throw e;
            }
            prepare(transactions);
        }
        return transactions.run("migrating the schema", lock -> {
            if (!isThere(lock, " FOR UPDATE")) {
                throw new SQLException("the lock of the schema is gone");
            }
            checkTexts(lock);
            return transactions.run("migrating the schema", JdbcMigrations::applyLocked);
        });
    }

    private static void prepare(Transactions transactions) {
        transactions.run("preparing the schema", connection -> {
            run(
                    connection,
                    "CREATE TABLE IF NOT EXISTS gatehouse_schema (version INTEGER NOT NULL,"
                            + " name VARCHAR(100) NOT NULL, checksum VARCHAR(64) NOT NULL, PRIMARY KEY (version))");
            return isThere(connection, "")
                    || Sql.isInserted(
                            connection,
                            "INSERT INTO gatehouse_schema (version, name, checksum) VALUES (0, 'lock', '')");
        });
    }

    /** What PostgreSQL says where two nodes make a table at once, though each asks for it only if it is not there. */
    private static boolean isMadeMeanwhile(StateUnavailableException e) {
        return e.getCause() instanceof SQLException cause
                && ("23505".equals(cause.getSQLState()) || "42P07".equals(cause.getSQLState()));
    }

    private static boolean isThere(Connection connection, String lock) throws SQLException {
        return Sql.one(
                        connection,
                        "SELECT version FROM gatehouse_schema WHERE version = 0" + lock,
                        row -> row.whole("version"))
                .isPresent();
    }

    /** Where Bob is bob, two accounts have the failures, the versions and the ended sessions of one. */
    private static void checkTexts(Connection connection) throws SQLException {
        for (String alike : List.of("LOCK", "lock ")) {
            boolean isFound = Sql.one(
                            connection,
                            "SELECT version FROM gatehouse_schema WHERE version = 0 AND name = ?",
                            row -> row.whole("version"),
                            alike)
                    .isPresent();
            if (isFound) {
                throw new IllegalStateException(
                        "source: the database takes texts for the same that differ in case or in"
                                + " spaces at their end; give it a binary collation, such as utf8mb4_nopad_bin of MariaDB");
            }
        }
    }

    private static int applyLocked(Connection connection) throws SQLException {
        Map<Integer, String> seen = new TreeMap<>();
        Sql.query(
                        connection,
                        "SELECT version, checksum FROM gatehouse_schema WHERE version > 0",
                        row -> Map.entry(row.small("version"), row.text("checksum")))
                .forEach(entry -> seen.put(entry.getKey(), entry.getValue()));
        int applied = 0;
        for (Script script : scripts()) {
            String checksum = seen.remove(script.version());
            if (checksum == null) {
                for (String statement : script.statements()) {
                    run(connection, statement);
                }
                Sql.update(
                        connection,
                        "INSERT INTO gatehouse_schema (version, name, checksum) VALUES (?, ?, ?)",
                        script.version(),
                        script.name(),
                        script.checksum());
                applied++;
            } else if (!checksum.equals(script.checksum())) {
                throw new IllegalStateException("source: " + script.name() + " was changed after it was run");
            }
        }
        if (!seen.isEmpty()) {
            throw new IllegalStateException("source: the schema is of a later version: " + seen.keySet());
        }
        return applied;
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String text(String name) {
        try (InputStream in = JdbcMigrations.class.getResourceAsStream("/" + LOCATION + "/" + name)) {
            if (in == null) {
                throw new IllegalStateException("no script " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
