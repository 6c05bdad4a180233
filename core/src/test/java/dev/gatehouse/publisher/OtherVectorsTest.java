package dev.gatehouse.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.publisher.Runs.Run;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The vectors {@code oidc-claims/oidc-claims.json}, the parts of Buildkite, Google and ActiveState and of what is typed, whole. */
class OtherVectorsTest {
    private static Run sample(PublisherProvider provider, String pointer, Map<String, String> form) {
        JsonNode rows = OidcVectors.at(pointer);
        assertThat(rows).hasSize(1);
        return new Run(
                provider, Runs.read(provider, form), OidcVectors.map(rows.get(0).get("claims")));
    }

    /** A number, a null and no jti: none of it disturbs; the slugs have to be the registered ones. */
    @Test
    void match_buildkitesSample_isAccepted() {
        Run run = sample(
                PublisherProvider.buildkite(),
                "/others/buildkite",
                Map.of("organization", "planetscale", "pipeline", "vault-secrets-buildkite-plugin"));

        assertThat(run.matched().pinsNow()).isEmpty();
        assertThat(run.provider().run(run.identity()))
                .containsEntry("run-id", "175")
                .containsEntry("ref-type", "branch");
        run.with("organization_slug", "planet").isRefused(PublisherMismatch.OTHER_VALUE, "organization_slug");
        run.set("step", "publish").isRefused(PublisherMismatch.CONSTRAINT, "step_key");
    }

    @Test
    void match_googlesSample_isAcceptedAndItsSubjectPinned() {
        Run run = sample(
                PublisherProvider.google(), "/others/google", Map.of("email", "svc@project.iam.gserviceaccount.com"));

        assertThat(run.matched().pinsNow()).isEqualTo(Map.of("sub", "111260650121185072906"));
        run.with("email", "Svc@project.iam.gserviceaccount.com").isRefused(PublisherMismatch.OTHER_VALUE, "email");
        run.with("email_verified", "true").isRefused(PublisherMismatch.MALFORMED_CLAIM, "email_verified");
        run.set("sub", "1").isRefused(PublisherMismatch.CONSTRAINT, "sub");
    }

    @Test
    void match_activeStatesSample_isAccepted() {
        Run run = sample(
                PublisherProvider.activeState(),
                "/others/activestate",
                Map.of(
                        "organization", "fakeorg",
                        "project", "fakeproject",
                        "actor-id", "00000000-0000-1000-8000-000000000002"));

        assertThat(run.matched().pinsNow()).isEqualTo(Map.of("organization_id", "o", "project_id", "p"));
        run.with("builder", "other").isRefused(PublisherMismatch.OTHER_VALUE, "builder");
        run.with("sub", "org:fakeorg:project:other").isRefused(PublisherMismatch.OTHER_VALUE, "sub");
    }

    private static String repeated(String value) {
        return value.equals("x*256") ? "x".repeat(256) : value;
    }

    private static boolean accepts(Run run, String setting, String value) {
        Map<String, String> form = new java.util.HashMap<>(run.settings().values());
        form.put(setting, repeated(value));
        return run.provider().read(form).fold(accepted -> true, refused -> {
            assertThat(refused.problems()).hasSize(1);
            assertThat(refused.problems().get(0).setting()).isEqualTo(setting);
            return false;
        });
    }

    private static int check(Run run, String pointer, String setting, boolean accepted) {
        JsonNode rows = OidcVectors.at("/configurationInputValidation" + pointer);
        for (JsonNode row : rows) {
            // A field left empty is no environment, as on PyPI; crates.io, whose rows these are, tells null and empty
            // apart.
            boolean none = setting.equals("environment") && row.asString().isEmpty();
            // In JSON these are a control character alone, which is both an edge and a control: refused whichever is
            // told.
            assertThat(accepts(run, setting, row.asString()))
                    .as(pointer + " " + row)
                    .isEqualTo(accepted || none);
        }
        return rows.size();
    }

    @Test
    void read_eachValueOfTheLists_isAcceptedOrRefusedAsTheySay() {
        Run github = Runs.github();
        Run gitlab = Runs.gitlab();
        List<Integer> counts = List.of(
                check(github, "/github/rejectOwner", "owner", false),
                check(github, "/github/rejectRepo", "repository", false),
                check(github, "/github/rejectWorkflowFilename", "workflow", false),
                check(github, "/github/rejectEnvironment", "environment", false),
                check(gitlab, "/gitlab/rejectNamespace", "namespace", false),
                check(gitlab, "/gitlab/acceptNamespace", "namespace", true),
                check(gitlab, "/gitlab/rejectProject", "project", false),
                check(gitlab, "/gitlab/acceptWorkflowFilepath", "workflow", true),
                check(gitlab, "/gitlab/rejectWorkflowFilepath", "workflow", false));

        assertThat(counts).containsExactly(3, 3, 6, 16, 9, 7, 8, 5, 4);
        // The token of crates.io in these vectors is of a form that this library does not mint; its digest is SHA-256
        // of the text.
        assertThat(OidcVectors.at("/configurationInputValidation/accessToken")).hasSize(4);
    }
}
