package dev.gatehouse.store.jdbc;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.publisher.PendingPublisherRepository;
import dev.gatehouse.publisher.PublisherRepository;
import dev.gatehouse.publisher.PublishingProjects;
import dev.gatehouse.publisher.PublishingStore;
import dev.gatehouse.token.ApiTokenRepository;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * Exchanges in transactions of their own, together with the host's projects in the same database.
 *
 * <p>The events are appended at the end of the transaction: the end of the audit log is then the last lock that is taken, as it is in
 * every change that is a transaction of its own, so that no two of them wait for each other.
 */
final class JdbcPublishing implements PublishingStore {
    private final Transactions transactions;
    private final AuditSink also;
    private final Function<? super Connection, ? extends PublishingProjects> projects;

    JdbcPublishing(
            Transactions transactions,
            AuditSink also,
            Function<? super Connection, ? extends PublishingProjects> projects) {
        this.transactions = transactions;
        this.also = also;
        this.projects = Objects.requireNonNull(projects, "projects");
    }

    @Override
    public <T> T inTransaction(Function<? super Unit, ? extends T> work) {
        Objects.requireNonNull(work, "work");
        return transactions.run("a transaction of publishers", connection -> {
            List<AuditEvent> events = new ArrayList<>();
            Transactions joined = new Deferring(new JoinedTransaction(connection), events);
            JdbcAuditLog log = new JdbcAuditLog(joined, also, events);
            PublishingProjects own = Objects.requireNonNull(projects.apply(connection), "projects");
            T answer = work.apply(new Parts(new JdbcRepositories(joined, log), own));
            log.appendDeferred(connection);
            return answer;
        });
    }

    private record Parts(JdbcRepositories all, PublishingProjects projects) implements Unit {
        @Override
        public PublisherRepository publishers() {
            return all.publishers();
        }

        @Override
        public PendingPublisherRepository pending() {
            return all.pendingPublishers();
        }

        @Override
        public ApiTokenRepository tokens() {
            return all.tokens();
        }

        @Override
        public AuditSink audit() {
            return all.auditLog();
        }
    }

    /** What fails leaves none of its events. */
    private record Deferring(Transactions joined, List<AuditEvent> events) implements Transactions {
        @Override
        public <T> T run(String what, Work<T> work) {
            int before = events.size();
            boolean isDone = false;
            try {
                T answer = joined.run(what, work);
                isDone = true;
                return answer;
            } finally {
                if (!isDone) {
                    events.subList(before, events.size()).clear();
                }
            }
        }
    }
}
