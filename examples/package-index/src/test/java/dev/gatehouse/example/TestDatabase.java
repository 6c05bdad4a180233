package dev.gatehouse.example;

import dev.gatehouse.example.index.OvertakenTransactions;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;

/** The tables of the index in memory, for tests of its parts. */
public final class TestDatabase {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private TestDatabase() {}

    /** A new one, with nothing in it. */
    public static Jdbi make() {
        String url = "jdbc:h2:mem:test-database-" + NUMBER.incrementAndGet() + ";DB_CLOSE_DELAY=-1";
        Flyway.configure(TestDatabase.class.getClassLoader())
                .dataSource(url, "", "")
                .locations("classpath:dev/gatehouse/example/schema")
                .load()
                .migrate();
        return Jdbi.create(url).setTransactionHandler(new OvertakenTransactions());
    }
}
