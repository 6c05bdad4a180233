package dev.gatehouse.store.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Empty H2 databases with the tables made, each with as many nodes (pools of their own) as a test wants. */
final class Databases implements AfterEachCallback {
    private final List<HikariDataSource> pools = new ArrayList<>();

    /** A new database, without tables. */
    DataSource bare() {
        return pool(url());
    }

    /** A new database, without tables, in which nobody waits long for a lock. */
    DataSource impatient() {
        return pool(url().replace("LOCK_TIMEOUT=20000", "LOCK_TIMEOUT=50"));
    }

    /** A new database with the tables. */
    DataSource fresh() {
        return fresh(1).get(0);
    }

    /** Several pools for one new database with the tables. */
    List<DataSource> fresh(int nodes) {
        String url = url();
        List<DataSource> sources = new ArrayList<>();
        for (int i = 0; i < nodes; i++) {
            sources.add(pool(url));
        }
        JdbcMigrations.apply(sources.get(0));
        return sources;
    }

    private static String url() {
        return "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=20000";
    }

    private DataSource pool(String url) {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(url);
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setMaximumPoolSize(6);
        config.setMinimumIdle(0);
        HikariDataSource pool = new HikariDataSource(config);
        pools.add(pool);
        return pool;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        pools.forEach(HikariDataSource::close);
        pools.clear();
    }
}
