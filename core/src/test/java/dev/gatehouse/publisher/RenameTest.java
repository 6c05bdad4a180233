package dev.gatehouse.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.publisher.PublisherMatch.Matched;
import dev.gatehouse.publisher.Runs.Run;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Names and the ids behind them: what was renamed is told apart from what somebody else has made again (O53, TP6). */
class RenameTest {
    private static final Map<String, String> GITHUB = Map.of("repository_owner_id", "65", "repository_id", "74");
    private static final Map<String, String> GITLAB = Map.of("namespace_id", "123", "project_id", "74884433");

    private static Run githubAs(String owner, String repository) {
        String path = owner + "/" + repository;
        return Runs.github()
                .with("repository", path)
                .with("repository_owner", owner)
                .with("workflow_ref", path + "/.github/workflows/release.yml@refs/tags/v1.0.0")
                .with("job_workflow_ref", path + "/.github/workflows/release.yml@refs/tags/v1.0.0");
    }

    private static Run gitlabAs(String path) {
        return Runs.gitlab()
                .with("project_path", path)
                .with("sub", "project_path:" + path + ":ref_type:branch:ref:main")
                .with("ci_config_ref_uri", "gitlab.com/" + path + "//.gitlab-ci.yml@refs/heads/main");
    }

    private static Matched matched(PublisherMatch match) {
        return match.fold(matched -> matched, unmatched -> {
            throw new AssertionError(unmatched.mismatches().toString());
        });
    }

    @Test
    void match_firstUse_pinsTheIds() {
        assertThat(Runs.github().matched().pinsNow()).isEqualTo(GITHUB);
        assertThat(Runs.gitlab().matched().pinsNow()).isEqualTo(GITLAB);
        assertThat(Runs.google().matched().pinsNow()).isEqualTo(Map.of("sub", "111260650121185072906"));
        assertThat(Runs.activeState().matched().pinsNow()).isEqualTo(Map.of("organization_id", "o", "project_id", "p"));
        assertThat(Runs.buildkite().matched().pinsNow())
                .isEqualTo(Map.of("organization_id", "o1", "pipeline_id", "p1"));
        assertThat(Runs.circleCi().matched().pinsNow()).isEmpty();
        for (Run run : Runs.all()) {
            assertThat(matched(run.match(run.pins())).pinsNow()).isEqualTo(run.pins());
            assertThat(run.provider().pinned()).containsAll(run.pins().keySet());
        }
    }

    @Test
    void match_oneIdPinnedAtRegistration_pinsTheOther() {
        assertThat(matched(Runs.github().match(Map.of("repository_owner_id", "65")))
                        .pinsNow())
                .isEqualTo(GITHUB);
    }

    /** The same name and another id: the account was deleted and made again by somebody else. */
    @Test
    void match_anotherIdBehindTheName_isRefused() {
        for (Run run : Runs.all()) {
            for (String claim : run.pins().keySet()) {
                PublisherMatch.Unmatched unmatched = run.with(claim, "other").unmatched(run.pins());
                assertThat(unmatched.code()).isEqualTo(PublisherMismatch.OTHER_ID);
                assertThat(unmatched.claim()).isEqualTo(claim);
                assertThat(unmatched.outside()).startsWith("Check failed for ").endsWith(" claim '" + claim + "'");
                assertThat(run.with(claim, null).unmatched(run.pins()).code())
                        .isEqualTo(PublisherMismatch.MISSING_CLAIM);
                assertThat(run.with(claim, 65).unmatched(run.pins()).code())
                        .isEqualTo(PublisherMismatch.MALFORMED_CLAIM);
            }
        }
    }

    @Test
    void match_renamedOwnerOrRepositoryOrBoth_matchesAndTells() {
        Matched owner = matched(githubAs("Octo-New", "octo-repo").match(GITHUB));
        assertThat(owner.renamed())
                .hasValueSatisfying(text -> assertThat(text)
                        .contains("owner \"octo-org\" is now \"Octo-New\"")
                        .doesNotContain("repository \""));
        assertThat(owner.settingsNow().values())
                .containsEntry("owner", "octo-new")
                .containsEntry("repository", "octo-repo");
        assertThat(matched(githubAs("octo-org", "new").match(GITHUB))
                        .settingsNow()
                        .value("repository"))
                .hasValue("new");
        assertThat(matched(githubAs("o", "r").match(GITHUB)).renamed().orElseThrow())
                .contains("owner")
                .contains("repository");
        assertThat(matched(gitlabAs("group/sub/new").match(GITLAB))
                        .settingsNow()
                        .values())
                .containsEntry("namespace", "group/sub")
                .containsEntry("project", "new");
        Matched buildkite =
                matched(Runs.buildkite().with("pipeline_slug", "new").match(Map.of("pipeline_id", "p1")));
        assertThat(buildkite.settingsNow().value("pipeline")).hasValue("new");
    }

    /** Each name answers for itself: an owner's id says nothing about a repository's name. */
    @Test
    void match_renamedWithoutTheIdBehindThatName_isRefused() {
        Map<String, String> ownerAlone = Map.of("repository_owner_id", "65");
        assertThat(matched(githubAs("octo-new", "octo-repo").match(ownerAlone)).renamed())
                .isPresent();
        assertThat(githubAs("octo-org", "new").unmatched(ownerAlone).code()).isEqualTo(PublisherMismatch.OTHER_VALUE);
        assertThat(githubAs("octo-new", "octo-repo")
                        .unmatched(Map.of("repository_id", "74"))
                        .code())
                .isEqualTo(PublisherMismatch.OTHER_VALUE);
        assertThat(githubAs("octo-new", "octo-repo").unmatched().code()).isEqualTo(PublisherMismatch.OTHER_VALUE);
    }

    /** A repository that was given to another owner keeps its id; the owner's is another. */
    @Test
    void match_transferredToAnotherOwner_isRefused() {
        assertThat(githubAs("buyer", "octo-repo")
                        .with("repository_owner_id", "66")
                        .unmatched(GITHUB)
                        .mismatches())
                .extracting(PublisherMatch.Mismatch::code)
                .containsExactly(
                        PublisherMismatch.OTHER_VALUE, PublisherMismatch.OTHER_VALUE, PublisherMismatch.OTHER_ID);
    }

    /** In a renamed repository the workflow must lie there, not under the old name, which may be somebody else's now. */
    @Test
    void match_renamedButTheWorkflowIsElsewhere_isRefused() {
        Run run = githubAs("octo-new", "octo-repo")
                .with("job_workflow_ref", "octo-org/octo-repo/.github/workflows/release.yml@refs/tags/v1.0.0");
        assertThat(run.unmatched(GITHUB).code()).isEqualTo(PublisherMismatch.OTHER_WORKFLOW);
    }

    /** Two claims name the owner; if they do not agree, neither is believed. */
    @Test
    void match_claimsThatContradictEachOther_isRefused() {
        for (Run run : List.of(
                githubAs("octo-new", "octo-repo").with("repository_owner", "octo-newer"),
                githubAs("octo-new", "octo-repo").with("repository_owner", "octo-org"))) {
            assertThat(run.unmatched(GITHUB).claim()).isEqualTo("repository_owner");
        }
        assertThat(matched(githubAs("octo-new", "octo-repo")
                                .with("repository_owner", "OCTO-new")
                                .match(GITHUB))
                        .renamed())
                .isPresent();
    }

    @Test
    void match_renamedWhereItIsNotAccepted_isRefusedAndSaysSo() {
        Run renamed = githubAs("octo-new", "octo-repo");
        for (Run run :
                List.of(renamed.by(PublisherProvider.github().refusingRenames()), renamed.set("renames", "refuse"))) {
            PublisherMatch.Unmatched unmatched = run.unmatched(GITHUB);
            assertThat(unmatched.code()).isEqualTo(PublisherMismatch.RENAMED);
            assertThat(unmatched.text())
                    .isEqualTo(
                            "Check failed for required claim 'repository': renamed since it was registered, its id is "
                                    + "the same: owner \"octo-org\" is now \"octo-new\"");
            assertThat(unmatched.outside()).isEqualTo("Check failed for required claim 'repository': renamed");
        }
        assertThat(Runs.github()
                        .by(PublisherProvider.github().refusingRenames())
                        .matches())
                .isTrue();
        assertThat(Runs.github().set("renames", "refuse").matches()).isTrue();
    }

    /** A renamed repository is found, by its own id and by its owner's with its name. */
    @Test
    void keys_renamed_meetThePublishers() {
        PublisherProvider github = PublisherProvider.github();
        PublisherSettings settings = Runs.github().settings();
        assertThat(github.keys(githubAs("o", "r").identity())).containsAnyElementsOf(github.keys(settings, GITHUB));
        assertThat(github.keys(githubAs("o", "octo-repo").identity()))
                .containsAnyElementsOf(github.keys(settings, Map.of("repository_owner_id", "65")));
        assertThat(github.keys(githubAs("o", "r").identity()))
                .doesNotContainAnyElementsOf(github.keys(settings, Map.of()));
        Run gitlab = gitlabAs("new/new");
        assertThat(gitlab.provider().keys(gitlab.identity()))
                .containsAnyElementsOf(gitlab.provider().keys(gitlab.settings(), Map.of("project_id", "74884433")));
        Run namespace = gitlabAs("new/hello-world");
        assertThat(namespace.provider().keys(namespace.identity()))
                .containsAnyElementsOf(namespace.provider().keys(gitlab.settings(), Map.of("namespace_id", "123")));
        Run buildkite = Runs.buildkite().with("pipeline_slug", "new");
        assertThat(buildkite.provider().keys(buildkite.identity()))
                .containsAnyElementsOf(buildkite.provider().keys(buildkite.settings(), Map.of("pipeline_id", "p1")));
    }

    @Test
    void match_aPinThatTheTableDoesNotKnow_isRefused() {
        assertThat(Runs.github().unmatched(Map.of("enterprise_id", "2")).code())
                .isEqualTo(PublisherMismatch.UNVERIFIABLE);
    }

    @Test
    void match_anIdThatCannotBeKept_isRefused() {
        Runs.github().with("repository_id", "").isRefused(PublisherMismatch.MALFORMED_CLAIM, "repository_id");
        Runs.github()
                .with("repository_id", "7".repeat(256))
                .isRefused(PublisherMismatch.MALFORMED_CLAIM, "repository_id");
        assertThat(Runs.github().with("repository_id", "7".repeat(255)).matches())
                .isTrue();
    }
}
