package dev.gatehouse.testkit.contract;

import dev.gatehouse.publisher.PendingPublisherRepository;
import dev.gatehouse.publisher.PublisherRepository;
import dev.gatehouse.publisher.PublishingProject;
import dev.gatehouse.publisher.PublishingProjects;
import dev.gatehouse.publisher.PublishingStore;
import dev.gatehouse.state.EphemeralState;
import dev.gatehouse.token.ApiTokenRepository;
import java.util.function.Consumer;

/**
 * One node of an index that publishes: a store, and its parts outside of a transaction.
 *
 * @param store does everything in one transaction
 * @param publishers reads what the store holds
 * @param pending reads what the store holds
 * @param tokens reads what the store holds
 * @param projects reads what the store holds
 * @param addProject adds a project as the host would
 * @param state shared by all nodes
 */
public record PublishingNode(
        PublishingStore store,
        PublisherRepository publishers,
        PendingPublisherRepository pending,
        ApiTokenRepository tokens,
        PublishingProjects projects,
        Consumer<PublishingProject> addProject,
        EphemeralState state) {}
