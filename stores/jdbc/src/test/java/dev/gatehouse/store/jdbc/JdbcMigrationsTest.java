package dev.gatehouse.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.gatehouse.state.StateUnavailableException;
import dev.gatehouse.testkit.Race;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JdbcMigrationsTest {
    @RegisterExtension
    final Databases databases = new Databases();

    @Test
    void scripts_always_areNumberedFromOneWithoutGaps() {
        List<JdbcMigrations.Script> scripts = JdbcMigrations.scripts();

        for (int i = 0; i < scripts.size(); i++) {
            assertThat(scripts.get(i).version()).isEqualTo(i + 1);
            assertThat(scripts.get(i).statements()).isNotEmpty().noneMatch(each -> each.contains(";"));
        }
    }

    @Test
    void apply_toAnEmptyDatabase_runsAllScriptsOnce() {
        DataSource source = databases.bare();

        assertThat(JdbcMigrations.apply(source))
                .isEqualTo(JdbcMigrations.scripts().size());
        assertThat(JdbcMigrations.apply(source)).isZero();
        assertThat(JdbcStore.of(source).repositories().auditLog().verifyChain())
                .isInstanceOf(ChainVerdict.Intact.class);
    }

    @Test
    void apply_byManyNodesAtOnce_runsEachScriptOnce() {
        for (int round = 0; round < 5; round++) {
            DataSource source = databases.bare();

            List<Integer> applied = Race.of(3, i -> JdbcMigrations.apply(source));

            assertThat(applied.stream().mapToInt(Integer::intValue).sum())
                    .isEqualTo(JdbcMigrations.scripts().size());
            assertThat(Statements.count(source, "gatehouse_audit_head")).isEqualTo(1);
        }
    }

    /** A database whose first table somebody else is making. */
    private static DataSource contested(DataSource source, String state) {
        AtomicBoolean isMade = new AtomicBoolean();
        return proxy(
                DataSource.class,
                source,
                connection -> proxy(Connection.class, connection, statement -> {
                    if (statement instanceof Statement && !isMade.getAndSet(true)) {
                        throw new SQLException("somebody else makes it", state);
                    }
                    return statement;
                }));
    }

    private interface Seen {
        Object answer(Object answer) throws SQLException;
    }

    private static <T> T proxy(Class<T> type, Object whole, Seen seen) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> seen.answer(method.invoke(whole, arguments))));
    }

    /** PostgreSQL fails so where two nodes make a table that each asks for only if it is not there. */
    @ParameterizedTest
    @ValueSource(strings = {"23505", "42P07"})
    void apply_whileAnotherNodeMakesTheFirstTable_beginsAgain(String state) {
        DataSource source = databases.bare();

        assertThat(JdbcMigrations.apply(contested(source, state)))
                .isEqualTo(JdbcMigrations.scripts().size());
        assertThatExceptionOfType(StateUnavailableException.class)
                .isThrownBy(() -> JdbcMigrations.apply(contested(databases.bare(), "42601")));
    }

    @Test
    void apply_whileAnotherNodeHoldsTheLock_makesNoTable() throws SQLException {
        DataSource source = databases.impatient();
        Statements.run(
                source,
                "CREATE TABLE gatehouse_schema (version INTEGER NOT NULL, name VARCHAR(100) NOT NULL,"
                        + " checksum VARCHAR(64) NOT NULL, PRIMARY KEY (version))");
        Statements.run(source, "INSERT INTO gatehouse_schema (version, name, checksum) VALUES (0, 'lock', '')");
        String tables = "information_schema.tables WHERE table_name = 'GATEHOUSE_AUDIT'";
        try (Connection other = source.getConnection()) {
            other.setAutoCommit(false);
            Sql.query(
                    other,
                    "SELECT version FROM gatehouse_schema WHERE version = 0 FOR UPDATE",
                    row -> row.whole("version"));

            assertThatExceptionOfType(StateUnavailableException.class).isThrownBy(() -> JdbcMigrations.apply(source));
            assertThat(Statements.count(source, tables)).isZero();
            other.rollback();
        }

        JdbcMigrations.apply(source);
        assertThat(Statements.count(source, tables)).isEqualTo(1);
    }

    @Test
    void apply_afterAScriptBrokeOffHalfway_completesIt() {
        DataSource source = databases.bare();
        JdbcMigrations.Script first = JdbcMigrations.scripts().get(0);
        first.statements().subList(0, 2).forEach(statement -> Statements.run(source, statement));

        JdbcMigrations.apply(source);

        assertThat(Statements.count(source, "gatehouse_audit_head")).isEqualTo(1);
        JdbcStore.of(source).repositories().auditLog().record(Samples.EVENT);
    }

    /** As MariaDB does unless it is told otherwise: what one account does would count for another. */
    @Test
    void apply_toADatabaseThatComparesTextsLoosely_refuses() {
        DataSource source = databases.bare();
        Statements.run(source, "SET IGNORECASE TRUE");

        assertThatIllegalStateException()
                .isThrownBy(() -> JdbcMigrations.apply(source))
                .withMessageContaining("utf8mb4_nopad_bin");
        assertThat(Statements.count(source, "information_schema.tables WHERE table_name = 'GATEHOUSE_AUDIT'"))
                .isZero();
    }

    @Test
    void apply_whereAScriptWasChangedAfterItRan_refuses() {
        DataSource source = databases.fresh();
        Statements.run(source, "UPDATE gatehouse_schema SET checksum = '00' WHERE version = 2");

        assertThatIllegalStateException()
                .isThrownBy(() -> JdbcMigrations.apply(source))
                .withMessageContaining("V2__");
    }

    @Test
    void apply_toTheSchemaOfALaterVersion_refuses() {
        DataSource source = databases.fresh();
        Statements.run(
                source, "INSERT INTO gatehouse_schema (version, name, checksum) VALUES (99, 'V99__x.sql', '00')");

        assertThatIllegalStateException()
                .isThrownBy(() -> JdbcMigrations.apply(source))
                .withMessageContaining("99");
    }

    @Test
    void flyway_withTheLocation_makesTheSameTables() {
        DataSource source = databases.bare();
        Flyway flyway = Flyway.configure()
                .dataSource(source)
                .locations("classpath:" + JdbcMigrations.LOCATION)
                .table("gatehouse_flyway")
                .load();

        assertThat(flyway.migrate().migrationsExecuted)
                .isEqualTo(JdbcMigrations.scripts().size());
        JdbcStore store = JdbcStore.of(source);
        store.repositories().waivers().add(Samples.waiver("a"), Samples.EVENT);
        assertThat(store.repositories().waivers().live(Samples.T0)).containsExactly(Samples.waiver("a"));
    }

    /** A host that moves from one runner to the other must not lose anything. */
    @Test
    void scripts_runTwiceByHand_changeNothing() {
        DataSource source = databases.fresh();
        JdbcStore.of(source).repositories().auditLog().record(Samples.EVENT);

        JdbcMigrations.scripts()
                .forEach(script -> script.statements().forEach(statement -> Statements.run(source, statement)));

        assertThat(JdbcStore.of(source).repositories().auditLog().read(0, 10)).hasSize(1);
        assertThat(JdbcStore.of(source).repositories().auditLog().verifyChain())
                .isInstanceOf(ChainVerdict.Intact.class);
    }
}
