package dev.gatehouse.publisher;

import dev.gatehouse.oidc.IdentityClaims;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** What somebody may want to know of a run that got a token. */
record RunRemarks(
        @Nullable String ignoredEnvironment,
        boolean isReusableWorkflow,
        @Nullable String renamed) {
    /** The setting and the claim. */
    static final String ENVIRONMENT = "environment";

    /** The remarks on a run, with the publisher as it is after the exchange. */
    static RunRemarks of(
            PublisherProvider provider,
            TrustedPublisher publisher,
            IdentityClaims claims,
            SortedMap<String, String> run,
            PublisherMatch.Matched matched) {
        return new RunRemarks(
                ignored(provider, publisher, claims),
                List.of(run.getOrDefault("flags", "").split(" ", -1)).contains("reusable-workflow"),
                matched.renamed().orElse(null));
    }

    private static @Nullable String ignored(
            PublisherProvider provider, TrustedPublisher publisher, IdentityClaims claims) {
        return publisher.projects().size() == 1
                ? provider.unusedEnvironment(publisher.settings(), claims).orElse(null)
                : null;
    }
}
