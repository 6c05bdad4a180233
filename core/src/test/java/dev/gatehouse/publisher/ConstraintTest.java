package dev.gatehouse.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.publisher.PublisherMatch.Unmatched;
import dev.gatehouse.publisher.Runs.Run;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an owner can demand beyond identity: each constraint with a run that keeps it and runs that do not. */
class ConstraintTest {
    private static final String CIRCLE = "oidc.circleci.com/";

    @ParameterizedTest
    @CsvSource({
        "tag,,refs/tags/v1,true",
        "tag,,refs/heads/v1,false",
        "tag,,refs/pull/6/merge,false",
        "tag,,'',false",
        "tag,,refs/tags/,false",
        "tag,,v1,false",
        "branch,,refs/heads/main,true",
        "branch,,refs/tags/main,false",
        "branch,,refs/pull/6/merge,false",
        "tag,v*,refs/tags/v1.0,true",
        "tag,v*,refs/tags/w1.0,false",
        "tag,v*,refs/heads/v1.0,false",
        "tag,v1,refs/tags/v1,true",
        "tag,v1,refs/tags/v12,false",
        "tag,v1,refs/tags/V1,false",
        "branch,release/*,refs/heads/release/a/b,true",
        "branch,release/*,refs/heads/release,false",
        "other,,refs/heads/main,false"
    })
    void match_refTypeAndPattern_holdTheRun(String type, String pattern, String ref, boolean matches) {
        String workflow = "octo-org/octo-repo/.github/workflows/release.yml@";
        String sha = "0123456789abcdef0123456789abcdef01234567";
        Run run = Runs.github()
                .set("ref-type", type)
                .set("ref-pattern", pattern == null ? "" : pattern)
                .with("ref", ref)
                .with("job_workflow_ref", workflow + (ref.isEmpty() ? sha : ref));

        assertThat(run.matches()).isEqualTo(matches);
        if (!matches) {
            run.isRefused(PublisherMismatch.CONSTRAINT, "ref");
        }
    }

    @Test
    void match_anotherRef_isToldWithWhatWasExpected() {
        Run tagged = Runs.github();
        assertThat(tagged.set("ref-type", "branch").unmatched().mismatches())
                .extracting(PublisherMatch.Mismatch::text)
                .containsExactly(
                        "Check failed for optional claim 'ref': expected \"branch\", got \"refs/tags/v1.0.0\"");
        assertThat(tagged.set("ref-type", "tag")
                        .set("ref-pattern", "w*")
                        .unmatched()
                        .mismatches())
                .extracting(PublisherMatch.Mismatch::text)
                .containsExactly(
                        "Check failed for optional claim 'ref': expected \"tag w*\", got \"refs/tags/v1.0.0\"");
    }

    @Test
    void match_aPatternWithoutAType_isRefused() {
        Runs.github().set("ref-pattern", "*").isRefused(PublisherMismatch.UNVERIFIABLE, "ref-pattern");
        assertThat(Runs.github().set("ref-pattern", "*").unmatched().mismatches())
                .extracting(PublisherMatch.Mismatch::code)
                .containsExactly(PublisherMismatch.UNVERIFIABLE, PublisherMismatch.UNVERIFIABLE);
    }

    /** A Buildkite build with a tag is for the tag, whatever branch it names. */
    @Test
    void match_refOfBuildkite_isTheTagIfThereIsOne() {
        Run tagged = Runs.buildkite();
        Run untagged = tagged.with("build_tag", "");

        assertThat(tagged.set("ref-type", "tag").set("ref-pattern", "v*").matches())
                .isTrue();
        assertThat(tagged.set("ref-type", "branch").matches()).isFalse();
        assertThat(untagged.set("ref-type", "branch").set("ref-pattern", "main").matches())
                .isTrue();
        assertThat(untagged.set("ref-type", "tag").matches()).isFalse();
        untagged.with("build_branch", null)
                .set("ref-type", "branch")
                .isRefused(PublisherMismatch.CONSTRAINT, "build_branch");
    }

    @Test
    void match_refOfGitLabAndCircleCi_holdsTheRun() {
        assertThat(Runs.gitlab()
                        .set("ref-type", "branch")
                        .set("ref-pattern", "ma*n")
                        .matches())
                .isTrue();
        Runs.gitlab().set("ref-type", "tag").isRefused(PublisherMismatch.CONSTRAINT, "ref_path");
        assertThat(Runs.circleCi()
                        .set("ref-type", "branch")
                        .set("ref-pattern", "main")
                        .matches())
                .isTrue();
        Runs.circleCi().set("ref-type", "tag").isRefused(PublisherMismatch.CONSTRAINT, CIRCLE + "vcs-ref");
    }

    @Test
    void match_protectedRef_isTheTextTrue() {
        assertThat(Runs.github()
                        .set("ref-protected", "true")
                        .with("ref_protected", "true")
                        .matches())
                .isTrue();
        assertThat(Runs.gitlab().set("ref-protected", "true").matches()).isTrue();
        for (Object claim : List.of("false", "", "TRUE", "1")) {
            Runs.github()
                    .set("ref-protected", "true")
                    .with("ref_protected", claim)
                    .isRefused(PublisherMismatch.CONSTRAINT, "ref_protected");
        }
        Runs.github()
                .set("ref-protected", "true")
                .with("ref_protected", true)
                .isRefused(PublisherMismatch.MALFORMED_CLAIM, "ref_protected");
        Runs.github()
                .set("ref-protected", "true")
                .with("ref_protected", null)
                .isRefused(PublisherMismatch.CONSTRAINT, "ref_protected");
    }

    @Test
    void match_events_areThoseListedAndNotThoseRefused() {
        Run run = Runs.github().with("event_name", "workflow_run");
        assertThat(run.matches()).isTrue();
        run.set("events", "push,release").isRefused(PublisherMismatch.CONSTRAINT, "event_name");
        assertThat(run.set("events", "push,workflow_run").matches()).isTrue();
        run.set("events-refused", "schedule,workflow_run").isRefused(PublisherMismatch.CONSTRAINT, "event_name");
        assertThat(run.set("events-refused", "workflow").matches()).isTrue();
        assertThat(run.set("events", "workflow").matches()).isFalse();
        Runs.gitlab().set("events", "web").isRefused(PublisherMismatch.CONSTRAINT, "pipeline_source");
        Runs.buildkite().set("events", "schedule").isRefused(PublisherMismatch.CONSTRAINT, "build_source");
        Runs.buildkite()
                .set("events-refused", "ui")
                .with("build_source", null)
                .isRefused(PublisherMismatch.CONSTRAINT, "build_source");
    }

    /** crates.io refuses both; PyPI one. A list of allowed events cannot bring a dangerous one back. */
    @Test
    void match_dangerousTriggers_areRefusedWhateverIsSet() {
        Runs.github()
                .set("events", "pull_request_target")
                .with("event_name", "pull_request_target")
                .isRefused(PublisherMismatch.DANGEROUS_TRIGGER, "event_name");
        PublisherProvider strict = PublisherProvider.github().refusingEvents(Set.of("workflow_run"));
        for (String event : List.of("pull_request_target", "workflow_run")) {
            Runs.github()
                    .by(strict)
                    .with("event_name", event)
                    .isRefused(PublisherMismatch.DANGEROUS_TRIGGER, "event_name");
        }
        assertThat(Runs.github().by(strict).matches()).isTrue();
        assertThat(strict.read(Map.of("owner", "a", "repository", "b", "workflow", "c.yml", "events", "workflow_run"))
                        .<Integer>fold(
                                accepted -> 0, refused -> refused.problems().size()))
                .isEqualTo(1);
    }

    @Test
    void match_runner_isOfTheKind() {
        assertThat(Runs.github().set("runner", "github-hosted").matches()).isTrue();
        Runs.github()
                .set("runner", "github-hosted")
                .with("runner_environment", "self-hosted")
                .isRefused(PublisherMismatch.CONSTRAINT, "runner_environment");
        Runs.gitlab().set("runner", "self-hosted").isRefused(PublisherMismatch.CONSTRAINT, "runner_environment");
        Runs.gitlab()
                .set("runner", "gitlab-hosted")
                .with("runner_environment", null)
                .isRefused(PublisherMismatch.CONSTRAINT, "runner_environment");
        Runs.buildkite().set("runner", "self-hosted").isRefused(PublisherMismatch.CONSTRAINT, "runner_environment");
    }

    @Test
    void match_actor_isOneOfTheIds() {
        assertThat(Runs.github().set("actor-id", "11,12").matches()).isTrue();
        Runs.github().set("actor-id", "1,2,123").isRefused(PublisherMismatch.CONSTRAINT, "actor_id");
        Runs.github()
                .set("actor-id", "12")
                .with("actor_id", 12)
                .isRefused(PublisherMismatch.MALFORMED_CLAIM, "actor_id");
        Runs.gitlab().set("actor-id", "39036").isRefused(PublisherMismatch.CONSTRAINT, "user_id");
    }

    @Test
    void match_circleCi_byContextAndOrigin() {
        String context = "00000000-0000-1000-8000-00000000000d";
        Run run = Runs.circleCi().set("context-id", context);
        assertThat(run.matches()).isTrue();
        run.with(CIRCLE + "context-ids", List.of("00000000-0000-1000-8000-0000000000ff"))
                .isRefused(PublisherMismatch.CONSTRAINT, CIRCLE + "context-ids");
        run.with(CIRCLE + "context-ids", List.of()).isRefused(PublisherMismatch.CONSTRAINT, CIRCLE + "context-ids");
        run.with(CIRCLE + "context-ids", null).isRefused(PublisherMismatch.CONSTRAINT, CIRCLE + "context-ids");
        run.with(CIRCLE + "context-ids", context).isRefused(PublisherMismatch.MALFORMED_CLAIM, CIRCLE + "context-ids");
        run.with(CIRCLE + "context-ids", List.of(context, 1))
                .isRefused(PublisherMismatch.MALFORMED_CLAIM, CIRCLE + "context-ids");
        Runs.circleCi()
                .set("vcs-origin", "github.com/octo-org/other")
                .isRefused(PublisherMismatch.CONSTRAINT, CIRCLE + "vcs-origin");
    }

    /** Whoever joins a job over SSH can do in it what they like. */
    @Test
    void match_circleCisJobJoinedOverSsh_isRefused() {
        Runs.circleCi().with(CIRCLE + "ssh-rerun", true).isRefused(PublisherMismatch.OTHER_VALUE, CIRCLE + "ssh-rerun");
        for (Object value : List.of("false", 0)) {
            Runs.circleCi()
                    .with(CIRCLE + "ssh-rerun", value)
                    .isRefused(PublisherMismatch.MALFORMED_CLAIM, CIRCLE + "ssh-rerun");
        }
        Runs.circleCi()
                .with(CIRCLE + "ssh-rerun", null)
                .isRefused(PublisherMismatch.MISSING_CLAIM, CIRCLE + "ssh-rerun");
    }

    /** The issuer is built from the registered organization, and nothing else is looked at to find out which it is. */
    @Test
    void match_circleCisOtherOrganization_isRefused() {
        Run run = Runs.circleCi();
        String other = "00000000-0000-1000-8000-0000000000ff";

        assertThat(run.settings().issuer())
                .isEqualTo("https://oidc.circleci.com/org/00000000-0000-1000-8000-00000000000a");
        run.with("iss", "https://oidc.circleci.com/org/" + other).isRefused(PublisherMismatch.OTHER_ISSUER, "iss");
        run.with(CIRCLE + "org-id", other).isRefused(PublisherMismatch.OTHER_VALUE, CIRCLE + "org-id");
        run.with(CIRCLE + "project-id", other).isRefused(PublisherMismatch.OTHER_VALUE, CIRCLE + "project-id");
        run.with(CIRCLE + "pipeline-definition-id", other)
                .isRefused(PublisherMismatch.OTHER_VALUE, CIRCLE + "pipeline-definition-id");
    }

    @Test
    void match_buildkitesStep_isTheRegisteredOne() {
        assertThat(Runs.buildkite().set("step", "publish").matches()).isTrue();
        Runs.buildkite().set("step", "test").isRefused(PublisherMismatch.CONSTRAINT, "step_key");
        Runs.buildkite().with("pipeline_slug", "other").isRefused(PublisherMismatch.OTHER_VALUE, "pipeline_slug");
    }

    private static Run reusable() {
        return Runs.github()
                .set("reusable-repository", "shared/ci")
                .set("reusable-workflow", "publish.yml")
                .with("job_workflow_ref", "Shared/CI/.github/workflows/publish.yml@refs/heads/main");
    }

    @Test
    void match_aReusableWorkflowThatIsNamed_matches() {
        assertThat(reusable().matches()).isTrue();
        assertThat(reusable()
                        .with("job_workflow_ref", "shared/ci/.github/workflows/publish.yml@ffff")
                        .matches())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "shared/ci/.github/workflows/other.yml@refs/heads/main",
        "shared/ci/.github/workflows/Publish.yml@refs/heads/main",
        "shared/ci2/.github/workflows/publish.yml@refs/heads/main",
        "evil/ci/.github/workflows/publish.yml@refs/heads/main",
        "shared/ci/.github/workflows/publish.yml@evil.yml@refs/heads/main",
        "shared/ci/.github/workflows/publish.yml@",
        "shared/ci/.github/workflows/publish.yml",
        "octo-org/octo-repo/.github/workflows/release.yml@refs/tags/v1.0.0"
    })
    void match_anotherReusableWorkflow_isRefused(String job) {
        reusable().with("job_workflow_ref", job).isRefused(PublisherMismatch.OTHER_WORKFLOW, "job_workflow_ref");
    }

    @Test
    void match_aReusableWorkflowStartedByAnother_isRefused() {
        Run run = reusable();
        run.with("workflow_ref", "octo-org/octo-repo/.github/workflows/evil.yml@refs/tags/v1.0.0")
                .isRefused(PublisherMismatch.OTHER_WORKFLOW, "workflow_ref");
        run.with("workflow_ref", "evil/octo-repo/.github/workflows/release.yml@refs/tags/v1.0.0")
                .isRefused(PublisherMismatch.OTHER_WORKFLOW, "workflow_ref");
        run.with("workflow_ref", null).isRefused(PublisherMismatch.MISSING_CLAIM, "workflow_ref");
        run.with("workflow_ref", 7).isRefused(PublisherMismatch.MALFORMED_CLAIM, "workflow_ref");
    }

    @Test
    void match_halfOfAReusableWorkflow_isRefused() {
        Runs.github()
                .set("reusable-repository", "shared/ci")
                .isRefused(PublisherMismatch.UNVERIFIABLE, "reusable-repository");
        Runs.github().set("reusable-workflow", "a.yml").isRefused(PublisherMismatch.UNVERIFIABLE, "reusable-workflow");
    }

    /** O43: the message names both files, and the one that was compared. */
    @Test
    void match_aReusableWorkflowThatIsNotNamed_isRefusedNamingBothFiles() {
        Unmatched unmatched = Runs.github()
                .with("job_workflow_ref", "octo-org/octo-repo/.github/workflows/madspace.yml@refs/tags/v1.0.0")
                .unmatched();

        assertThat(unmatched.code()).isEqualTo(PublisherMismatch.OTHER_WORKFLOW);
        assertThat(unmatched.outside())
                .contains("compared is job_workflow_ref, the workflow that the job runs: \"madspace.yml\"")
                .contains("workflow_ref: \"release.yml\"");
    }
}
