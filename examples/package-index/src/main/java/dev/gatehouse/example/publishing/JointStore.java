package dev.gatehouse.example.publishing;

import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.example.index.Catalogue;
import dev.gatehouse.publisher.PendingPublisherRepository;
import dev.gatehouse.publisher.PublisherRepository;
import dev.gatehouse.publisher.PublishingProjects;
import dev.gatehouse.publisher.PublishingStore;
import dev.gatehouse.store.jdbc.JdbcRepositories;
import dev.gatehouse.store.jdbc.JdbcStore;
import dev.gatehouse.token.ApiTokenRepository;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Publishers, tokens and events of the library and projects of this index, changed in one transaction. Thread-safe. */
final class JointStore implements PublishingStore {
    private static final int ATTEMPTS = 5;

    private final JdbcStore store;
    private final Catalogue catalogue;
    private final InstantSource clock;

    JointStore(JdbcStore store, Catalogue catalogue, InstantSource clock) {
        this.store = store;
        this.catalogue = catalogue;
        this.clock = clock;
    }

    @Override
    public <T> T inTransaction(Function<? super Unit, ? extends T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return catalogue.jdbi().<T, RuntimeException>inTransaction(h -> work.apply(new Joined(h)));
            } catch (RuntimeException e) {
                if (attempt == ATTEMPTS || !isGivenUp(e)) {
                    throw e;
                }
            }
        }
    }

    /** Whether the database has given the transaction up for another's sake. */
    private static boolean isGivenUp(Throwable thrown) {
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            if (each instanceof SQLException cause
                    && cause.getSQLState() != null
                    && cause.getSQLState().startsWith("40")) {
                return true;
            }
        }
        return false;
    }

    private final class Joined implements Unit {
        private final JdbcRepositories kept;
        private final PublishingProjects projects;

        Joined(Handle handle) {
            this.kept = store.within(handle.getConnection());
            this.projects = new CatalogueProjects(catalogue, handle, clock);
        }

        @Override
        public PublisherRepository publishers() {
            return kept.publishers();
        }

        @Override
        public PendingPublisherRepository pending() {
            return kept.pendingPublishers();
        }

        @Override
        public ApiTokenRepository tokens() {
            return kept.tokens();
        }

        @Override
        public PublishingProjects projects() {
            return projects;
        }

        @Override
        public AuditSink audit() {
            return kept.auditLog();
        }
    }
}
