package dev.gatehouse.example;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.gatehouse.example.index.OvertakenTransactions;
import dev.gatehouse.store.jdbc.JdbcMigrations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;

/** The database of the index: an H2 file in the data directory, with the tables of the index and those of the library. */
final class Database implements AutoCloseable {
    /** A request that writes holds one connection and may read through another. */
    private static final int CONNECTIONS = 2 * IndexServer.THREADS;

    private final HikariDataSource source;
    private final Jdbi jdbi;

    private Database(HikariDataSource source) {
        this.source = source;
        this.jdbi = Jdbi.create(source);
        jdbi.setTransactionHandler(new OvertakenTransactions());
    }

    /** Opens the database, and makes or renews its tables. */
    static Database open(Path data) {
        try {
            Files.createDirectories(data);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the data directory", e);
        }
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:h2:file:" + data.toAbsolutePath().resolve("index") + ";DB_CLOSE_ON_EXIT=FALSE");
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setPoolName("index");
        HikariDataSource source = new HikariDataSource(config);
        try {
            Flyway.configure(Database.class.getClassLoader())
                    .dataSource(source)
                    .locations("classpath:dev/gatehouse/example/schema")
                    .load()
                    .migrate();
            JdbcMigrations.apply(source);
            return new Database(source);
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }

    DataSource source() {
        return source;
    }

    Jdbi jdbi() {
        return jdbi;
    }

    @Override
    public void close() {
        source.close();
    }
}
