package dev.gatehouse.publisher;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an exchange is going to do, worked out by reading alone. It is worked out again within the transaction that does it, and done
 * only if it is still the same.
 */
sealed interface ExchangePlan {

    /**
     * No publisher matches, or none that may be used.
     *
     * @param text what the refusal's description has a place for
     * @param reason for log and audit
     */
    record Nothing(ExchangeRefusal refusal, String text, String reason) implements ExchangePlan {}

    /**
     * A token for projects of a publisher.
     *
     * @param publisher as it is
     * @param absorbed publishers that turn out to be the same, whose projects it takes over
     * @param version of the owner of its tokens, read before it was
     * @param next as it will be
     * @param projects those that are there and may be published by its issuer
     */
    record Mint(
            TrustedPublisher publisher,
            List<TrustedPublisher> absorbed,
            long version,
            TrustedPublisher next,
            PublisherMatch.Matched match,
            List<PublishingProject> projects)
            implements ExchangePlan {}

    /**
     * A project made, and a token for it and the others of its publisher.
     *
     * @param known the publisher that the run has already, null if there is none
     */
    record Reify(
            PendingPublisher pending,
            PublisherMatch.Matched match,
            @Nullable Mint known) implements ExchangePlan {}

    /**
     * A plan, and what was found on the way.
     *
     * @param dead pending publishers of this run whose project somebody else has made
     */
    record Planned(ExchangePlan plan, List<PendingPublisher> dead) {}
}
