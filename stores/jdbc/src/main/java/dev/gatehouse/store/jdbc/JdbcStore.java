package dev.gatehouse.store.jdbc;

import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.publisher.PublishingProjects;
import dev.gatehouse.publisher.PublishingStore;
import dev.gatehouse.state.EntryCheck;
import dev.gatehouse.state.EphemeralState;
import dev.gatehouse.state.StateAlarm;
import dev.gatehouse.state.StateUnavailableException;
import java.sql.Connection;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * Everything that Gatehouse remembers, in the tables of one database that all nodes share.
 *
 * <p>The tables are made by {@link JdbcMigrations}. Nothing is read or written before the first operation. The database
 * needs {@code READ COMMITTED} and row locks. What it answers is checked; when it fails, the operation fails with
 * {@link StateUnavailableException}, whose message says nothing of the data.
 *
 * <p>Thread-safe. Any number of stores, in any number of processes, may share a database.
 */
public final class JdbcStore {
    private final Transactions transactions;
    private final AuditSink also;
    private final JdbcRepositories repositories;
    private final EphemeralState state;

    private JdbcStore(Builder b) {
        this.transactions = new OwnTransactions(b.source);
        this.also = b.also;
        this.repositories = new JdbcRepositories(transactions, also);
        this.state = new JdbcState(transactions, StateAlarm.to(repositories.auditLog()), b.difference);
    }

    /** The store in this database, with the defaults of {@link Builder}. */
    public static JdbcStore of(DataSource source) {
        return builder(source).build();
    }

    /** A builder of the store in this database. */
    public static Builder builder(DataSource source) {
        return new Builder(source);
    }

    /** The durable repositories, each change in a transaction of its own. */
    public JdbcRepositories repositories() {
        return repositories;
    }

    /**
     * The short-lived state; its operations are transactions of their own, never part of another. A full space and a clock that
     * goes back are events in the audit log.
     */
    public EphemeralState ephemeralState() {
        return state;
    }

    /**
     * Does several changes in one transaction.
     *
     * <p>If the database gives the transaction up for another's sake, the work is done again: it must do nothing else than use
     * the repositories it is given.
     *
     * @param work gets repositories whose changes are made together, or not at all if it throws
     */
    public <T> T inTransaction(Function<? super JdbcRepositories, ? extends T> work) {
        Objects.requireNonNull(work, "work");
        return transactions.run(
                "a transaction",
                connection -> work.apply(new JdbcRepositories(new JoinedTransaction(connection), also)));
    }

    /**
     * Publishers, pending publishers and tokens together with the host's projects in the same database, each exchange in one
     * transaction.
     *
     * @param projects makes the host's projects over the connection of a transaction, on which it must neither commit nor roll back
     */
    public PublishingStore publishing(Function<? super Connection, ? extends PublishingProjects> projects) {
        return new JdbcPublishing(transactions, also, projects);
    }

    /**
     * Repositories whose changes, with their audit events, are part of the host's own transaction.
     *
     * <p>The host commits or rolls back; a change that fails leaves nothing of itself in the transaction. The connection must
     * not commit each statement by itself. From the first change on the end of the audit log is locked until the
     * transaction ends: keep it short.
     *
     * @param connection of this store's database, within the host's transaction
     */
    public JdbcRepositories within(Connection connection) {
        return new JdbcRepositories(new JoinedTransaction(Objects.requireNonNull(connection, "connection")), also);
    }

    /** Builds a {@link JdbcStore}; not thread-safe, may be reused. */
    public static final class Builder {
        private final DataSource source;
        private AuditSink also = event -> {};
        private Duration difference = Duration.ofMinutes(1);

        private Builder(DataSource source) {
            this.source = Objects.requireNonNull(source, "source");
        }

        /**
         * A sink that is told each event of a change after it was written and before the transaction commits, so that what
         * it throws ends the change; none by default. It may be told of a change that fails to commit after all, and must
         * be quick, for the end of the audit log is locked meanwhile.
         */
        public Builder alsoTo(AuditSink sink) {
            this.also = Objects.requireNonNull(sink, "sink");
            return this;
        }

        /**
         * How far the clocks of nodes may differ, and a clock may go back, 0 to 10 minutes; one minute by default, the same on
         * all nodes. Ended entries are deleted only that much later, and a node further behind is refused.
         *
         * @throws IllegalArgumentException if out of bounds
         */
        public Builder permittedClockDifference(Duration permitted) {
            this.difference = EntryCheck.difference(permitted);
            return this;
        }

        public JdbcStore build() {
            return new JdbcStore(this);
        }
    }
}
