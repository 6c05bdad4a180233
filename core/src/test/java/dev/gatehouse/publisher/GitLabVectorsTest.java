package dev.gatehouse.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.publisher.Runs.Run;
import dev.gatehouse.vectors.VectorRows;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The vectors {@code oidc-claims/oidc-claims.json}, the part of GitLab CI/CD, whole. */
class GitLabVectorsTest {
    private static final String CONFIG = "gitlab.com/foo/bar//";

    private static Run sample(JsonNode row) {
        PublisherProvider gitlab = PublisherProvider.gitlab();
        String path = row.at("/claims/project_path").asString();
        Map<String, String> form = Map.of(
                "namespace", path.substring(0, path.lastIndexOf('/')),
                "project", path.substring(path.lastIndexOf('/') + 1),
                "workflow", ".gitlab-ci.yml");
        PublisherSettings read = Runs.read(gitlab, form);
        String issuer = row.at("/claims/iss").asString();
        PublisherSettings settings = PublisherSettings.of("gitlab", issuer, read.values());
        return new Run(gitlab, settings, OidcVectors.map(row.get("claims")));
    }

    @Test
    void match_eachSample_isAsItsNotesSay() {
        JsonNode samples = OidcVectors.at("/gitlab/samples");
        assertThat(samples).hasSize(3);
        VectorRows rows = OidcVectors.rows("gitlab/samples");
        rows.forEach(row -> assertThat(row.has("claims")).isTrue());

        // The host of the first has a port, and is compared as it stands.
        assertThat(sample(samples.get(0)).matches()).isTrue();
        Run fulcio = sample(samples.get(1)).with("ref_path", "refs/head/main").with("jti", "a");
        assertThat(fulcio.unmatched().code()).isEqualTo(PublisherMismatch.OTHER_WORKFLOW);
        assertThat(sample(samples.get(1)).unmatched().claim()).isEqualTo("ref_path");
        assertThat(sample(samples.get(2)).matches()).isTrue();
        rows.passed();
    }

    /** The third rule: another instance's tokens are of no publisher here. */
    @Test
    void match_theSampleOfAnotherInstance_isRefused() {
        Run sample = sample(OidcVectors.at("/gitlab/samples").get(0));
        PublisherSettings here = PublisherSettings.of(
                "gitlab", "https://gitlab.com", sample.settings().values());

        new Run(sample.provider(), here, sample.claims()).isRefused(PublisherMismatch.OTHER_ISSUER, "iss");
        Run elsewhere = sample.with("iss", "https://gitlab.com");
        new Run(sample.provider(), here, elsewhere.claims())
                .isRefused(PublisherMismatch.OTHER_WORKFLOW, "ci_config_ref_uri");
    }

    @Test
    void gitlab_eachPath_givesTheFile() {
        VectorRows rows = OidcVectors.rows("gitlab/workflowFilepathExtraction");
        for (JsonNode row : rows) {
            String claim = row.get("ciConfigRefUri").asString();
            assertThat(WorkflowFiles.gitlab(claim).orElse(null))
                    .as(claim)
                    .isEqualTo(OidcVectors.text(row.get("filepath")));
        }
        rows.passed();
    }

    @Test
    void environment_eachRow_isAsExpected() {
        VectorRows rows = OidcVectors.rows("gitlab/environment");
        for (JsonNode row : rows) {
            Run run = Runs.gitlab()
                    .set("environment", row.get("configured").asString())
                    .with("environment", OidcVectors.text(row.get("claim")));
            assertThat(run.matches())
                    .as(row.toString())
                    .isEqualTo(row.get("valid").asBoolean());
        }
        rows.passed();
    }

    @Test
    void prefix_eachRowOfTheSubject_isAsExpected() {
        VectorRows rows = OidcVectors.rows("gitlab/subClaim");
        for (JsonNode row : rows) {
            assertThat(Compared.by(ClaimRule.prefixIgnoringCase("c", "{value}", ':'), row))
                    .as(row.toString())
                    .isEqualTo(row.get("valid").asBoolean());
        }
        rows.passed();
    }

    @Test
    void equalIgnoringCase_eachProjectPath_isAsExpected() {
        VectorRows rows = OidcVectors.rows("gitlab/projectPath");
        for (JsonNode row : rows) {
            assertThat(Compared.ignoringCase(row))
                    .as(row.toString())
                    .isEqualTo(row.get("valid").asBoolean());
        }
        rows.passed();
    }

    private static PublisherProvider workflowAlone() {
        return PublisherProvider.builder("one", "One", "https://one.example")
                .settings(List.of(PublisherSetting.builder("workflow", "Workflow")
                        .required("missing")
                        .build()))
                .rules(List.of(ClaimRule.workflow("ci_config_ref_uri", CONFIG, "workflow", "ref_path", "sha", true)))
                .lookup("name", "{workflow}", "{claim.ci_config_ref_uri}")
                .build();
    }

    @Test
    void workflow_eachRowOfTheTable_isAsExpected() {
        JsonNode table = OidcVectors.at("/gitlab/ciConfigRefUriTruthTable");
        VectorRows rows = OidcVectors.rows("gitlab/ciConfigRefUriTruthTable/rows");
        assertThat(table.get("configured").asString()).isEqualTo(CONFIG + "workflows/baz.yml");
        PublisherSettings settings = Runs.read(workflowAlone(), Map.of("workflow", "workflows/baz.yml"));
        for (JsonNode row : rows) {
            Map<String, @Nullable Object> claims = OidcVectors.map(row);
            claims.put("iss", "https://one.example");
            assertThat(new Run(workflowAlone(), settings, claims).matches())
                    .as(row.toString())
                    .isEqualTo(row.get("valid").asBoolean());
        }
        rows.passed();
    }
}
