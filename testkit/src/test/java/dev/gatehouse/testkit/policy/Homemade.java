package dev.gatehouse.testkit.policy;

import dev.gatehouse.policy.document.PolicyDocuments;
import dev.gatehouse.policy.rule.PolicyDefinition;

/** Policies as a host would write them, sound and faulty. */
final class Homemade {
    private static final String HEAD = """
            gatehouse-policy = 1
            name = "home-made"
            revision = 1
            zone = "Etc/UTC"
            ungated = ["read", "sign-in"]

            [vocabulary.flags]
            project.critical = "the index counts the project as critical"
            [vocabulary.labels]
            api-token.bypass = "made with the bypass"

            [requirement.publishing-needs-proof]
            actions = ["publish"]
            when.project.flag = "critical"
            demand.any-of = [
              { proven = { factor = "any", within = "PT15M" } },
              { credential = ["api-token.bypass", "trusted-publisher"] },
            ]
            message = "{project} is critical: prove a factor first."
            notice = "{project} is critical: soon you must prove a factor first."
            phases = [
              { from = 2024-01-01, mode = "report" },
              { from = 2024-02-01, mode = "warn" },
              { from = 2024-03-01, mode = "enforce" },
            ]

            [requirement.publishing-needs-address]
            actions = ["publish"]
            unless.credential = "trusted-publisher"
            demand.email-verified = true
            message = "Verify your address."
            phases = [{ from = 2024-01-01, mode = "enforce" }]
            """;

    /** A sound policy. */
    static final PolicyDefinition SOUND = policy("");

    private Homemade() {}

    /** The sound policy with this requirement added. */
    static PolicyDefinition policy(String more) {
        return PolicyDocuments.standard().read("home-made.toml", HEAD + more).definition();
    }
}
