package dev.gatehouse.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.publisher.Runs.Run;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Failures that indexes have had with claims of identity tokens, one test for each public report that concerns the tables. */
class ClaimFieldFailuresTest {
    /** O40: the owner's case differs from what was registered, in all three claims; a half fix failed on the third. */
    @Test
    void match_namesInAnotherCaseInAllClaims_match() {
        Run run = Runs.github()
                .with("repository", "JasperFX/Octo-Repo")
                .with("repository_owner", "JasperFX")
                .with("job_workflow_ref", "JasperFX/Octo-Repo/.github/workflows/release.yml@refs/tags/v1.0.0")
                .set("owner", "jasperfx");

        assertThat(run.matches()).isTrue();
        assertThat(run.with("job_workflow_ref", "JASPERfx/octo-REPO/.github/workflows/release.yml@refs/tags/v1.0.0")
                        .matches())
                .isTrue();
        run.with("repository_owner", "JasperFY").isRefused(PublisherMismatch.OTHER_VALUE, "repository_owner");
        run.with("job_workflow_ref", "JasperFX/Octo-Repo/.github/workflows/Release.yml@refs/tags/v1.0.0")
                .isRefused(PublisherMismatch.OTHER_WORKFLOW, "job_workflow_ref");
    }

    /** O41: GitLab's environments have a case. */
    @Test
    void match_gitLabsEnvironmentByCase_matchesOnlyTheSame() {
        assertThat(Runs.gitlab()
                        .set("environment", "Production")
                        .with("environment", "Production")
                        .matches())
                .isTrue();
        Runs.gitlab()
                .set("environment", "production")
                .with("environment", "Production")
                .isRefused(PublisherMismatch.CONSTRAINT, "environment");
    }

    /** O42: a deployment of a commit has an empty ref. */
    @Test
    void match_anEmptyRefAndTheCommit_matches() {
        String sha = "0123456789abcdef0123456789abcdef01234567";
        Run run = Runs.github()
                .with("ref", "")
                .with("job_workflow_ref", "octo-org/octo-repo/.github/workflows/release.yml@" + sha);

        assertThat(run.matches()).isTrue();
        run.with("sha", "").isRefused(PublisherMismatch.OTHER_WORKFLOW, "job_workflow_ref");
        assertThat(run.provider().run(run.identity())).doesNotContainKeys("ref", "ref-type");
    }

    /** O43: what is compared is the workflow of the job; the one that was started does not help it. */
    @Test
    void match_callerRegisteredAndCalleeInTheClaim_isRefusedNamingBoth() {
        Run run = Runs.github()
                .with("job_workflow_ref", "octo-org/octo-repo/.github/workflows/madspace.yml@refs/tags/v1.0.0");

        assertThat(run.unmatched().text()).contains("release.yml", "madspace.yml", "compared is job_workflow_ref");
        assertThat(run.set("workflow", "madspace.yml").matches()).isTrue();
    }

    /** O44: a fork can start it; the second is the index's to choose. */
    @Test
    void match_dangerousTriggers_areRefused() {
        Runs.github()
                .with("event_name", "pull_request_target")
                .isRefused(PublisherMismatch.DANGEROUS_TRIGGER, "event_name");
        Run second = Runs.github().with("event_name", "workflow_run");
        assertThat(second.matches()).isTrue();
        second.by(PublisherProvider.github().refusingEvents(Set.of("workflow_run")))
                .isRefused(PublisherMismatch.DANGEROUS_TRIGGER, "event_name");
    }

    /** O50: a file's name of one letter. */
    @Test
    void match_aShortFileName_matches() {
        assertThat(WorkflowFiles.gitlab("gitlab.com/foo/bar//a.yml@refs/heads/main"))
                .hasValue("a.yml");
        assertThat(Runs.gitlab()
                        .set("workflow", "a.yml")
                        .with("ci_config_ref_uri", "gitlab.com/octocat/hello-world//a.yml@refs/heads/main")
                        .matches())
                .isTrue();
    }

    /** O51: a provider adds claims without notice. */
    @Test
    void match_claimsThatAreNew_match() {
        for (Run run : Runs.all()) {
            assertThat(run.with("repo_property_env_tier", Map.of())
                            .with("check_run_id", List.of(1))
                            .matches())
                    .isTrue();
        }
    }

    /** O53: renamed by its owner, and made again by another. */
    @Test
    void match_renamedAndResurrected_areToldApart() {
        Map<String, String> pins = Runs.github().pins();
        Run renamed = Runs.github()
                .with("repository", "octo-org/new")
                .with("job_workflow_ref", "octo-org/new/.github/workflows/release.yml@refs/tags/v1.0.0");
        Run resurrected = Runs.github().with("repository_owner_id", "66").with("repository_id", "75");

        assertThat(renamed.match(pins)
                        .<Boolean>fold(matched -> matched.renamed().isPresent(), no -> false))
                .isTrue();
        assertThat(resurrected.unmatched(pins).mismatches())
                .extracting(PublisherMatch.Mismatch::code)
                .containsExactly(PublisherMismatch.OTHER_ID, PublisherMismatch.OTHER_ID);
    }

    /** Gap 17: GitLab's ids are pinned too, and two instances are two issuers. */
    @Test
    void match_gitLabsProjectMadeAgain_isRefused() {
        Map<String, String> pins = Runs.gitlab().pins();
        for (String claim : List.of("project_id", "namespace_id")) {
            assertThat(Runs.gitlab().with(claim, "9").unmatched(pins).code()).isEqualTo(PublisherMismatch.OTHER_ID);
        }
        PublisherSettings other = PublisherSettings.of(
                "gitlab", "https://git.example.com", Runs.gitlab().settings().values());
        assertThat(other).isNotEqualTo(Runs.gitlab().settings());
        assertThat(other.fingerprint()).isNotEqualTo(Runs.gitlab().settings().fingerprint());
    }

    @Test
    void match_workflowThatIsNoText_isToldOnce() {
        for (Run run :
                List.of(Runs.github().with("job_workflow_ref", 7), Runs.gitlab().with("ci_config_ref_uri", 7))) {
            assertThat(run.unmatched().mismatches())
                    .filteredOn(
                            each -> each.claim().endsWith("ref") || each.claim().endsWith("uri"))
                    .extracting(PublisherMatch.Mismatch::code)
                    .containsExactly(PublisherMismatch.MALFORMED_CLAIM);
        }
    }
}
