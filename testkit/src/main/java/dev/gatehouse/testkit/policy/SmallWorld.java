package dev.gatehouse.testkit.policy;

import dev.gatehouse.policy.document.PolicyDocuments;
import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.PolicyDefinition;
import java.time.Instant;
import java.util.List;

/**
 * The vocabulary of what is made for no policy in particular: something of everything that the policy language has, with so
 * few constants that most facts lie at one of them or beside it.
 */
final class SmallWorld {
    /** Where the random policies' dates begin. */
    static final Instant BASE = Instant.parse("2024-01-01T05:00:00Z");

    private static final String DOCUMENT = """
            gatehouse-policy = 1
            name = "small-world"
            revision = 1

            [vocabulary.flags]
            account.vip = "a generated flag"
            account.level = "a generated flag"
            project.critical = "a generated flag"
            organization.strict = "a generated flag"
            release.signed = "a generated flag"
            publisher.member = "a generated flag"
            [vocabulary.metrics]
            account.projects = "a generated number"
            project.downloads = "a generated number"
            [vocabulary.labels]
            api-token.granular = "a generated label"
            api-token.bypass = "a generated label"
            session.known-device = "a generated label"
            [vocabulary.events]
            email-changed = "a generated event"
            [vocabulary.switches]
            go = "a generated switch"
            [vocabulary.actions]
            "webhook.manage" = "a generated action"

            [requirement.a]
            actions = ["publish"]
            demand = { email-verified = true, enrolled = "any", proven = { factor = "any", within = "PT15M" }, recovery-codes-saved = true, credential = ["session", "api-token"], account.flag = "level", elapsed = { since = ["email-changed"], at-least = "P1D" }, project.flag = "critical", organization.flag = "strict", release.age.below = "P1D" }
            message = "Not yet."
            phases = [{ from = 2024-01-01T05:00:00Z, mode = "enforce", switch = "go" }]

            [requirement.b]
            actions = ["publish"]
            when = { maintains = { metric = "downloads", over = 100 }, member-of.flag = "strict", account.registered.before = 2024-01-02T05:00:00Z, project = { metric = "downloads", at-least = 100 }, credential = "api-token.granular", publisher = { provider = "github", event = "push" } }
            demand = { proven = { factor = "any", within = "session" }, enrolled = "phishing-resistant", credential = "trusted-publisher" }
            message = "Not yet."
            phases = [{ from = 2024-01-02T05:00:00Z, mode = "enforce" }]

            [requirement.c]
            actions = ["publish"]
            when = { account.flag = "vip", project.created.since = 2024-01-01T05:00:00Z, release.flag = "signed", credential = "session", enrolled = "any", publisher.flag = "member" }
            demand = { proven = { factor = ["totp", "recovery-code"], within = "request" }, enrolled = ["webauthn", "totp"], credential = { kind = "api-token", lifetime.at-most = "P90D", age.below = "P1D" } }
            message = "Not yet."

            [requirement.d]
            actions = ["token.create"]
            when = { account = { metric = "projects", at-least = 1 } }
            demand = { new-token = { lifetime.at-most = "P90D", reach = ["project", "projects"] } }
            message = "Not yet."

            [requirement.e]
            actions = ["factor.enrol"]
            demand.new-factor = "any"
            message = "Not yet."

            [requirement.f]
            actions = ["factor.remove"]
            demand.factors-left = "any"
            message = "Not yet."

            [requirement.g]
            actions = ["publish"]
            demand.credential = ["api-token.bypass", "session.known-device"]
            message = "Not yet."
            """;

    static final PolicyDefinition DEFINITION =
            PolicyDocuments.withoutPresets().read("small-world.toml", DOCUMENT).definition();

    static final World WORLD = World.of(DEFINITION);

    /** Every atom there is, those that a person can meet most easily first. */
    static final List<Atom> ATOMS =
            DEFINITION.requirements().stream().flatMap(Atoms::of).distinct().toList();

    private SmallWorld() {}
}
