package dev.gatehouse.testkit.contract;

import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.publisher.InMemoryPublishingStore;
import dev.gatehouse.publisher.PendingPublisherRepository;
import dev.gatehouse.publisher.PublisherRepository;
import dev.gatehouse.state.EphemeralState;
import dev.gatehouse.token.ApiTokenRepository;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Nested;

/** The in-memory store of publishers under its contracts. */
class InMemoryPublishingTest {
    static List<PublishingNode> nodes(int nodes, AuditSink sink) {
        return nodes(nodes, InMemoryPublishingStore.create(sink));
    }

    static List<PublishingNode> nodes(int nodes, InMemoryPublishingStore store) {
        return Collections.nCopies(
                nodes,
                new PublishingNode(
                        store,
                        store.publishers(),
                        store.pending(),
                        store.tokens(),
                        store.projects(),
                        store::addProject,
                        EphemeralState.singleNode(event -> {})));
    }

    @Nested
    class Publishers extends PublisherRepositoryContract {
        @Override
        protected PublisherRepository create(AuditSink sink) {
            return InMemoryPublishingStore.create(sink).publishers();
        }
    }

    @Nested
    class Pending extends PendingPublisherRepositoryContract {
        @Override
        protected PendingPublisherRepository create(AuditSink sink) {
            return InMemoryPublishingStore.create(sink).pending();
        }
    }

    @Nested
    class Tokens extends ApiTokenRepositoryContract {
        @Override
        protected ApiTokenRepository create(AuditSink sink) {
            return InMemoryPublishingStore.create(sink).tokens();
        }
    }

    @Nested
    class Store extends PublishingStoreContract {
        @Override
        protected List<PublishingNode> create(int nodes, AuditSink sink) {
            return nodes(nodes, sink);
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
    }
}
