package dev.gatehouse.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.gatehouse.signin.GivenWaiver;
import dev.gatehouse.signin.SwitchRepository;
import dev.gatehouse.signin.WaiverRepository;
import dev.gatehouse.signin.WaiverRepository.Added;
import dev.gatehouse.testkit.Race;
import dev.gatehouse.token.ApiTokenRepository.Insertion;
import dev.gatehouse.totp.TotpCredential;
import dev.gatehouse.totp.TotpRepository;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Changes and their events are made together, or not at all, whoever owns the transaction. */
class JdbcTransactionsTest {
    @RegisterExtension
    final Databases databases = new Databases();

    @Test
    void within_aTransactionThatTheHostRollsBack_leavesNothing() throws SQLException {
        DataSource source = databases.fresh();
        JdbcStore store = JdbcStore.of(source);
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            assertThat(store.within(connection).waivers().add(Samples.waiver("a"), Samples.EVENT))
                    .isEqualTo(Added.ADDED);
            assertThat(store.within(connection).auditLog().read(0, 10)).hasSize(1);
            connection.rollback();
        }

        assertThat(store.repositories().waivers().live(Samples.T0)).isEmpty();
        assertThat(store.repositories().auditLog().read(0, 10)).isEmpty();
        assertThat(store.repositories().auditLog().verifyChain()).isInstanceOf(ChainVerdict.Intact.class);
    }

    /** The order of a contract is that of Java's texts, whatever the database thinks of letters. */
    @Test
    void live_inADatabaseThatSortsAsPeopleDo_isSortedById() {
        DataSource source = databases.bare();
        Statements.run(source, "SET DATABASE COLLATION ENGLISH STRENGTH IDENTICAL");
        JdbcMigrations.apply(source);
        WaiverRepository waivers = JdbcStore.of(source).repositories().waivers();
        for (String id : List.of("c", "a", "B")) {
            assertThat(waivers.add(Samples.waiver(id), Samples.EVENT)).isEqualTo(Added.ADDED);
        }

        assertThat(waivers.live(Samples.T0)).extracting(GivenWaiver::id).containsExactly("B", "a", "c");
    }

    @Test
    void within_aTransactionThatTheHostCommits_keepsTheHostsRowsAndOurs() throws SQLException {
        DataSource source = databases.fresh();
        Statements.run(source, "CREATE TABLE host_row (id INTEGER)");
        JdbcStore store = JdbcStore.of(source);
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            Sql.update(connection, "INSERT INTO host_row (id) VALUES (?)", 1);
            store.within(connection).waivers().add(Samples.waiver("a"), Samples.EVENT);
            store.within(connection).switches().flip("lock", SwitchRepository.State.OFF, Samples.EVENT);
            connection.commit();
        }

        assertThat(Statements.count(source, "host_row")).isEqualTo(1);
        assertThat(store.repositories().waivers().live(Samples.T0)).hasSize(1);
        assertThat(store.repositories().auditLog().read(0, 10)).hasSize(2);
    }

    @Test
    void within_whenAChangeFails_leavesTheHostsTransactionAsItWas() throws SQLException {
        DataSource source = databases.fresh();
        Statements.run(source, "CREATE TABLE host_row (id INTEGER)");
        JdbcStore store = JdbcStore.builder(source)
                .alsoTo(event -> {
                    throw new IllegalStateException("no mail");
                })
                .build();
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            Sql.update(connection, "INSERT INTO host_row (id) VALUES (?)", 1);
            assertThatIllegalStateException()
                    .isThrownBy(() -> store.within(connection).waivers().add(Samples.waiver("a"), Samples.EVENT))
                    .withMessage("no mail");
            connection.commit();
        }

        assertThat(Statements.count(source, "host_row")).isEqualTo(1);
        assertThat(Statements.count(source, "gatehouse_waiver")).isZero();
        assertThat(Statements.count(source, "gatehouse_audit")).isZero();
    }

    @Test
    void within_aConnectionThatCommitsByItself_isAMistake() throws SQLException {
        DataSource source = databases.fresh();
        try (Connection connection = source.getConnection()) {
            assertThatIllegalStateException()
                    .isThrownBy(() ->
                            JdbcStore.of(source).within(connection).waivers().add(Samples.waiver("a"), Samples.EVENT))
                    .withMessageStartingWith("connection:");
        }
        assertThat(Statements.count(source, "gatehouse_waiver")).isZero();
    }

    @Test
    void inTransaction_severalChanges_areMadeTogetherOrNotAtAll() {
        DataSource source = databases.fresh();
        JdbcStore store = JdbcStore.of(source);

        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> store.inTransaction(repositories -> {
                    repositories.waivers().add(Samples.waiver("a"), Samples.EVENT);
                    repositories.totp().add(Samples.credential("c1"), 0, Samples.EVENT);
                    throw new IllegalArgumentException("changed my mind");
                }));
        assertThat(Statements.count(source, "gatehouse_waiver")).isZero();
        assertThat(Statements.count(source, "gatehouse_totp")).isZero();
        assertThat(Statements.count(source, "gatehouse_audit")).isZero();

        String done = store.inTransaction(repositories -> {
            repositories.waivers().add(Samples.waiver("a"), Samples.EVENT);
            repositories.totp().add(Samples.credential("c1"), 0, Samples.EVENT);
            return "done";
        });
        assertThat(done).isEqualTo("done");
        assertThat(Statements.count(source, "gatehouse_waiver")).isEqualTo(1);
        assertThat(Statements.count(source, "gatehouse_totp")).isEqualTo(1);
        assertThat(Statements.count(source, "gatehouse_audit")).isEqualTo(2);
    }

    @Test
    void inTransaction_afterARefusedInsert_isStillUsable() {
        JdbcStore store = JdbcStore.of(databases.fresh());
        store.repositories().waivers().add(Samples.waiver("a"), Samples.EVENT);

        List<Object> answers = store.inTransaction(repositories -> List.of(
                repositories.waivers().add(Samples.waiver("a"), Samples.EVENT),
                repositories.waivers().add(Samples.waiver("b"), Samples.EVENT)));

        assertThat(answers).containsExactly(Added.ID_IN_USE, Added.ADDED);
    }

    @Test
    void change_whileTheAuditTableIsGone_doesNotHappen() {
        DataSource source = databases.fresh();
        JdbcStore store = JdbcStore.of(source);
        Statements.run(source, "DROP TABLE gatehouse_audit");

        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> store.repositories().waivers().add(Samples.waiver("a"), Samples.EVENT));
        assertThat(Statements.count(source, "gatehouse_waiver")).isZero();
    }

    @Test
    void changes_ofManyKindsOnTwoNodesAtOnce_formOneChainWithoutGaps() {
        List<DataSource> sources = databases.fresh(2);
        List<JdbcStore> nodes = sources.stream().map(JdbcStore::of).toList();
        int rounds = 25;

        List<Integer> made = Race.of(4, runner -> {
            JdbcRepositories mine = nodes.get(runner % 2).repositories();
            int done = 0;
            for (int i = 0; i < rounds; i++) {
                String id = runner + "-" + i;
                var token = Samples.token(id);
                done += mine.waivers().add(Samples.waiver(id), Samples.event(i)) == Added.ADDED ? 1 : 0;
                done += mine.tokens().insert(token, Samples.rootKey(token), 0, Samples.event(i)) == Insertion.INSERTED
                        ? 1
                        : 0;
            }
            return done;
        });

        assertThat(made).containsOnly(2 * rounds);
        assertThat(nodes.get(0).repositories().auditLog().read(0, 10_000)).hasSize(8 * rounds);
        assertThat(nodes.get(1).repositories().auditLog().verifyChain()).isInstanceOf(ChainVerdict.Intact.class);
    }

    @Test
    void remove_lastTwoAtOneVersionOnTwoNodes_leavesOne() {
        List<JdbcStore> nodes = databases.fresh(2).stream().map(JdbcStore::of).toList();
        JdbcRepositories first = nodes.get(0).repositories();
        for (int round = 0; round < 50; round++) {
            for (TotpCredential old : first.totp().ofAccount(Samples.ALICE)) {
                first.totp().remove(Samples.ALICE, old.id(), version(first), Samples.EVENT);
            }
            List<String> ids = List.of("a" + round, "b" + round);
            for (String id : ids) {
                first.totp().add(Samples.credential(id), version(first), Samples.EVENT);
            }
            long seen = version(first);

            List<TotpRepository.Removal> answers = new ArrayList<>(Race.of(
                    2, i -> nodes.get(i).repositories().totp().remove(Samples.ALICE, ids.get(i), seen, Samples.EVENT)));

            assertThat(answers)
                    .containsExactlyInAnyOrder(TotpRepository.Removal.REMOVED, TotpRepository.Removal.CONFLICT);
            assertThat(first.totp().ofAccount(Samples.ALICE)).hasSize(1);
        }
    }

    private static long version(JdbcRepositories repositories) {
        return repositories.accountVersions().of(Samples.ALICE);
    }

    @Test
    void within_anAdvanceThatTheHostRollsBack_leavesTheVersion() throws SQLException {
        DataSource source = databases.fresh();
        JdbcStore store = JdbcStore.of(source);
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            JdbcRepositories within = store.within(connection);
            assertThat(within.accountVersions().advance(Samples.ALICE)).isEqualTo(1);
            assertThat(within.totp().add(Samples.credential("c1"), 1, Samples.EVENT))
                    .isEqualTo(TotpRepository.Change.DONE);
            assertThat(version(within)).isEqualTo(2);
            connection.rollback();
        }

        assertThat(version(store.repositories())).isZero();
    }
}
