package dev.gatehouse.store.jdbc;

import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.publisher.PendingPublisherRepository;
import dev.gatehouse.publisher.PublisherRepository;
import dev.gatehouse.testkit.contract.DeadTokensContract;
import dev.gatehouse.testkit.contract.PendingPublisherRepositoryContract;
import dev.gatehouse.testkit.contract.PublisherChangesContract;
import dev.gatehouse.testkit.contract.PublisherRepositoryContract;
import dev.gatehouse.testkit.contract.PublishingNode;
import dev.gatehouse.testkit.contract.PublishingStoreContract;
import dev.gatehouse.testkit.contract.TokenExchangeContract;
import dev.gatehouse.token.ApiTokenRepository;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The store of publishers under its contracts, with the host's projects in a table beside it. */
class JdbcPublishingTest {
    @RegisterExtension
    final Databases databases = new Databases();

    private List<PublishingNode> nodes(int count, AuditSink sink) {
        List<DataSource> sources = databases.fresh(count);
        TestProjects.table(sources.get(0));
        List<PublishingNode> nodes = new ArrayList<>();
        for (DataSource source : sources) {
            JdbcStore store = JdbcStore.builder(source).alsoTo(sink).build();
            JdbcRepositories all = store.repositories();
            TestProjects projects = TestProjects.of(source);
            nodes.add(new PublishingNode(
                    store.publishing(TestProjects::in),
                    all.publishers(),
                    all.pendingPublishers(),
                    all.tokens(),
                    projects,
                    project -> {
                        if (!projects.isAdded(project)) {
                            throw new IllegalArgumentException("project: taken");
                        }
                    },
                    store.ephemeralState()));
        }
        return nodes;
    }

    private JdbcRepositories repositories(AuditSink sink) {
        return JdbcStore.builder(databases.fresh()).alsoTo(sink).build().repositories();
    }

    @Nested
    class Publishers extends PublisherRepositoryContract {
        @Override
        protected PublisherRepository create(AuditSink sink) {
            return repositories(sink).publishers();
        }
    }

    @Nested
    class Pending extends PendingPublisherRepositoryContract {
        @Override
        protected PendingPublisherRepository create(AuditSink sink) {
            return repositories(sink).pendingPublishers();
        }
    }

    @Nested
    class DeadTokens extends DeadTokensContract {
        @Override
        protected ApiTokenRepository create(AuditSink sink) {
            return repositories(sink).tokens();
        }
    }

    @Nested
    class Store extends PublishingStoreContract {
        @Override
        protected List<PublishingNode> create(int nodes, AuditSink sink) {
            return nodes(nodes, sink);
        }

        @Override
        protected int rounds() {
            return 10;
        }
    }

    @Nested
    class Changes extends PublisherChangesContract {
        @Override
        protected List<PublishingNode> create(int nodes, AuditSink sink) {
            return nodes(nodes, sink);
        }
    }

    @Nested
    class Exchanges extends TokenExchangeContract {
        @Override
        protected List<PublishingNode> create(int nodes, AuditSink sink) {
            return nodes(nodes, sink);
        }

        @Override
        protected int rounds() {
            return 8;
        }
    }
}
