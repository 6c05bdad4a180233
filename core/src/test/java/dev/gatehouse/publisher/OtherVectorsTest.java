package dev.gatehouse.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.publisher.Runs.Run;
import dev.gatehouse.vectors.VectorRows;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The vectors {@code oidc-claims/oidc-claims.json}, the parts of Buildkite, Google and ActiveState and of what is typed, whole. */
class OtherVectorsTest {
    private static Run sample(PublisherProvider provider, String section, Map<String, String> form) {
        JsonNode row = OidcVectors.at("/" + section + "/0");
        return new Run(provider, Runs.read(provider, form), OidcVectors.map(row.get("claims")));
    }

    /** A number, a null and no jti: none of it disturbs; the slugs have to be the registered ones. */
    @Test
    void match_buildkitesSample_isAccepted() {
        Run run = sample(
                PublisherProvider.buildkite(),
                "others/buildkite",
                Map.of("organization", "planetscale", "pipeline", "vault-secrets-buildkite-plugin"));

        assertThat(run.matched().pinsNow()).isEmpty();
        assertThat(run.provider().run(run.identity()))
                .containsEntry("run-id", "175")
                .containsEntry("ref-type", "branch");
        run.with("organization_slug", "planet").isRefused(PublisherMismatch.OTHER_VALUE, "organization_slug");
        run.set("step", "publish").isRefused(PublisherMismatch.CONSTRAINT, "step_key");
        passed("others/buildkite");
    }

    @Test
    void match_googlesSample_isAcceptedAndItsSubjectPinned() {
        Run run = sample(
                PublisherProvider.google(), "others/google", Map.of("email", "svc@project.iam.gserviceaccount.com"));

        assertThat(run.matched().pinsNow()).isEqualTo(Map.of("sub", "111260650121185072906"));
        run.with("email", "Svc@project.iam.gserviceaccount.com").isRefused(PublisherMismatch.OTHER_VALUE, "email");
        run.with("email_verified", "true").isRefused(PublisherMismatch.MALFORMED_CLAIM, "email_verified");
        run.set("sub", "1").isRefused(PublisherMismatch.CONSTRAINT, "sub");
        passed("others/google");
    }

    @Test
    void match_activeStatesSample_isAccepted() {
        Run run = sample(
                PublisherProvider.activeState(),
                "others/activestate",
                Map.of(
                        "organization", "fakeorg",
                        "project", "fakeproject",
                        "actor-id", "00000000-0000-1000-8000-000000000002"));

        assertThat(run.matched().pinsNow()).isEqualTo(Map.of("organization_id", "o", "project_id", "p"));
        run.with("builder", "other").isRefused(PublisherMismatch.OTHER_VALUE, "builder");
        run.with("sub", "org:fakeorg:project:other").isRefused(PublisherMismatch.OTHER_VALUE, "sub");
        passed("others/activestate");
    }

    /** Its one row ran. */
    private static void passed(String section) {
        VectorRows rows = OidcVectors.rows(section);
        rows.ran(0);
        rows.passed();
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

    private static void check(Run run, String list, String setting, boolean accepted) {
        VectorRows rows = OidcVectors.rows("configurationInputValidation/" + list);
        for (JsonNode row : rows) {
            // A field left empty is no environment, as on PyPI; crates.io, whose rows these are, tells null and empty
            // apart.
            boolean none = setting.equals("environment") && row.asString().isEmpty();
            // In JSON these are a control character alone, which is both an edge and a control: refused whichever is
            // told.
            assertThat(accepts(run, setting, row.asString()))
                    .as(list + " " + row)
                    .isEqualTo(accepted || none);
            if (none) {
                rows.explained("an empty field is no environment, as on PyPI");
            }
        }
        rows.passed();
    }

    @Test
    void read_eachValueOfTheLists_isAcceptedOrRefusedAsTheySay() {
        Run github = Runs.github();
        Run gitlab = Runs.gitlab();
        check(github, "github/rejectOwner", "owner", false);
        check(github, "github/rejectRepo", "repository", false);
        check(github, "github/rejectWorkflowFilename", "workflow", false);
        check(github, "github/rejectEnvironment", "environment", false);
        check(gitlab, "gitlab/rejectNamespace", "namespace", false);
        check(gitlab, "gitlab/acceptNamespace", "namespace", true);
        check(gitlab, "gitlab/rejectProject", "project", false);
        check(gitlab, "gitlab/acceptWorkflowFilepath", "workflow", true);
        check(gitlab, "gitlab/rejectWorkflowFilepath", "workflow", false);
    }

    /** Sentences, and what is of other programs: said here, so that the table says it. */
    @Test
    void rows_thatAreNoInput_areNamed() {
        OidcVectors.rows("configurationInputValidation/accessToken")
                .skipped("all", "the form of crates.io's token, which is not minted here");
        OidcVectors.rows("github/docsSample/typ_header")
                .skipped("all", "a header alone; headers are read with the rows of jose and wycheproof");
        skipped("github/docsSample/notes", 2, "a remark on the sample, which runs");
        skipped("gitlab/rules", 3, "a sentence; its rule runs with the rows of gitlab");
    }

    private static void skipped(String section, int count, String why) {
        VectorRows rows = OidcVectors.rows(section);
        for (int i = 0; i < count; i++) {
            rows.skipped(i, why);
        }
    }
}
