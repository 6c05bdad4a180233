package dev.gatehouse.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.publisher.PublisherMatch.Matched;
import dev.gatehouse.publisher.PublisherMatch.Unmatched;
import dev.gatehouse.publisher.Runs.Run;
import dev.gatehouse.vectors.VectorRows;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The vectors {@code oidc-claims/oidc-claims.json}, the part of GitHub Actions, whole. */
class GitHubVectorsTest {
    /** Rows that time, audience and replay decide: they are refused by the verification of the token, before any table. */
    private static final Set<String> DECIDED_BY_THE_TOKEN = Set.of(
            "aud array with single value",
            "aud array with extra audience",
            "aud default (owner URL)",
            "aud missing",
            "iat/nbf 5 s in the future",
            "iat 31 s in the future with 30 s leeway",
            "exp exactly now",
            "exp as string",
            "exp as float",
            "exp negative",
            "jti reused");

    /** Rows without a single right answer, and ours: accepted, and told where something is worth telling. */
    private static final Map<String, String> OUR_POLICY = Map.of(
            "owner renamed, id unchanged", "renamed",
            "no environment configured, claim present", "environment",
            "reusable workflow same repo (caller differs)", "reusable-workflow",
            "workflow_run", "");

    private static final String WORKFLOWS = "foo/bar/.github/workflows/";

    @Test
    void match_eachScenario_isAsExpected() {
        VectorRows scenarios = OidcVectors.rows("github/scenarios");
        int policies = 0;
        int decidedHere = 0;
        for (JsonNode row : scenarios) {
            String name = row.get("name").asString();
            String expect = row.get("expect").asString();
            Run run = run(row);
            PublisherMatch match = run.match(pins(row));
            if (DECIDED_BY_THE_TOKEN.contains(name)) {
                continue;
            }
            decidedHere++;
            if (OUR_POLICY.containsKey(name)) {
                policies++;
                scenarios.explained("documented and stable: accepted");
                isAsDocumented(run, match, OUR_POLICY.get(name));
            } else {
                assertThat(match.<String>fold(matched -> "accept", unmatched -> "reject"))
                        .as(name)
                        .isEqualTo(expect.startsWith("accept") ? "accept" : "reject");
            }
        }
        assertThat(policies).isEqualTo(OUR_POLICY.size());
        assertThat(decidedHere).isEqualTo(24);
        scenarios.passed();
    }

    private static void isAsDocumented(Run run, PublisherMatch match, String told) {
        Matched matched = (Matched) match;
        assertThat(matched.renamed().isPresent()).isEqualTo(told.equals("renamed"));
        assertThat(run.provider()
                        .unusedEnvironment(run.settings(), run.identity())
                        .isPresent())
                .isEqualTo(told.equals("environment"));
        assertThat(run.provider().run(run.identity()).getOrDefault("flags", "").contains("reusable-workflow"))
                .isEqualTo(told.equals("reusable-workflow"));
    }

    private static Run run(JsonNode row) {
        JsonNode config = row.get("publisherConfig");
        Map<String, String> form = new HashMap<>(Map.of(
                "owner", config.get("owner").asString(),
                "repository", config.get("repository").asString(),
                "workflow", config.get("workflow").asString()));
        String environment = OidcVectors.text(config.get("environment"));
        if (environment != null) {
            form.put("environment", environment);
        }
        PublisherProvider github = PublisherProvider.github();
        return new Run(github, Runs.read(github, form), OidcVectors.map(row.get("claims")));
    }

    private static Map<String, String> pins(JsonNode row) {
        return Map.of("repository_owner_id", row.at("/publisherConfig/ownerId").asString());
    }

    @Test
    void match_theSampleOfTheDocumentation_isRefusedForItsReusableWorkflow() {
        PublisherProvider github = PublisherProvider.github();
        PublisherSettings settings =
                Runs.read(github, Map.of("owner", "octo-org", "repository", "octo-repo", "workflow", "oidc.yml"));

        Unmatched unmatched =
                new Run(github, settings, OidcVectors.map(OidcVectors.at("/github/docsSample/claims"))).unmatched();

        assertThat(unmatched.mismatches()).hasSize(1);
        assertThat(unmatched.code()).isEqualTo(PublisherMismatch.OTHER_WORKFLOW);
        assertThat(unmatched.text()).contains("octo-org/octo-automation/.github/workflows/oidc.yml");
        VectorRows claims = OidcVectors.rows("github/docsSample/claims");
        claims.ran("sample");
        claims.passed();
    }

    @Test
    void github_eachPath_givesTheFile() {
        VectorRows rows = OidcVectors.rows("github/workflowFilenameExtraction");
        for (JsonNode row : rows) {
            String claim = row.get("workflowRef").asString();
            assertThat(WorkflowFiles.github(claim).orElse(null))
                    .as(claim)
                    .isEqualTo(OidcVectors.text(row.get("filename")));
        }
        rows.passed();
    }

    /** A table of this one claim, so that nothing else decides. */
    private static PublisherProvider workflowAlone() {
        return PublisherProvider.builder("one", "One", "https://one.example")
                .settings(List.of(PublisherSetting.builder("workflow", "Workflow")
                        .required("missing")
                        .build()))
                .rules(List.of(ClaimRule.workflow("job_workflow_ref", WORKFLOWS, "workflow", "ref", "sha", false)))
                .lookup("name", "{workflow}", "{claim.job_workflow_ref}")
                .build();
    }

    @Test
    void workflow_eachRowOfTheTable_isAsExpected() {
        JsonNode table = OidcVectors.at("/github/jobWorkflowRefTruthTable");
        VectorRows rows = OidcVectors.rows("github/jobWorkflowRefTruthTable/rows");
        assertThat(table.get("configured").asString()).isEqualTo(WORKFLOWS + "baz.yml");
        PublisherSettings settings = Runs.read(workflowAlone(), Map.of("workflow", "baz.yml"));
        for (JsonNode row : rows) {
            Map<String, @Nullable Object> claims = OidcVectors.map(row);
            claims.put("iss", "https://one.example");
            assertThat(new Run(workflowAlone(), settings, claims).matches())
                    .as(row.toString())
                    .isEqualTo(row.get("valid").asBoolean());
        }
        rows.passed();
    }

    @Test
    void environment_eachRow_isAsExpected() {
        VectorRows rows = OidcVectors.rows("github/environment");
        for (JsonNode row : rows) {
            Run run = Runs.github()
                    .set("environment", row.get("configured").asString())
                    .with("environment", OidcVectors.text(row.get("claim")));
            assertThat(run.matches())
                    .as(row.toString())
                    .isEqualTo(row.get("valid").asBoolean());
        }
        rows.passed();
    }

    /** Names are compared in their normal form, which reading makes; here without it, so that the comparison itself is seen. */
    @Test
    void equalIgnoringCase_eachRow_isAsExpected() {
        VectorRows rows = OidcVectors.rows("github/repository");
        for (JsonNode row : rows) {
            assertThat(Compared.ignoringCase(row))
                    .as(row.toString())
                    .isEqualTo(row.get("valid").asBoolean());
        }
        rows.passed();
    }
}
