package dev.gatehouse.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.publisher.PublisherMatch.Unmatched;
import dev.gatehouse.publisher.Runs.Run;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What PyPI's tests say of claims, table by table, in its words where it has some. */
class WarehouseClaimsTest {
    private static final String NONE = "none";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "basic.yml@refs/heads/main|basic.yml",
                "basic.yaml@refs/heads/main|basic.yaml",
                "has-dash.yml@refs/heads/main|has-dash.yml",
                "has--dashes-.yml@refs/heads/main|has--dashes-.yml",
                "has.period.yml@refs/heads/main|has.period.yml",
                "has..periods..yml@refs/heads/main|has..periods..yml",
                "has_underscore.yml@refs/heads/main|has_underscore.yml",
                "nested@evil.yml@refs/heads/main|nested@evil.yml",
                "nested.yml@evil.yml@refs/heads/main|nested.yml@evil.yml",
                "extra@nested.yml@evil.yml@refs/heads/main|extra@nested.yml@evil.yml",
                "extra.yml@nested.yml@evil.yml@refs/heads/main|extra.yml@nested.yml@evil.yml",
                "basic.yml@refs/heads/misleading@branch.yml|basic.yml",
                "basic.yml@refs/heads/bad@branch@twomatches.yml|basic.yml",
                "foo.yml.yml@refs/heads/main|foo.yml.yml",
                "foo.yml.foo.yml@refs/heads/main|foo.yml.foo.yml",
                "basic.wrongsuffix@refs/heads/main|none",
                "@refs/heads/main|none",
                "nosuffix@refs/heads/main|none",
                ".yml@refs/heads/main|none",
                ".yaml@refs/heads/main|none",
                "main.yml|none"
            })
    void github_eachPath_givesTheFile(String path, String file) {
        assertThat(WorkflowFiles.github("foo/bar/.github/workflows/" + path).orElse(NONE))
                .isEqualTo(file);
    }

    /** A place that is no workflow of a repository has no file, whatever follows. */
    @Test
    void github_anotherPlace_givesNone() {
        for (String claim : List.of(
                "",
                "/",
                "//",
                "a.yml@x",
                "foo/.github/workflows/a.yml@x",
                "foo/bar/baz/.github/workflows/a.yml@x",
                "foo/bar/.github/workflows",
                "foo/bar/.GITHUB/workflows/a.yml@x",
                "foo/bar/.github/workflows/sub/a.yml@x")) {
            assertThat(WorkflowFiles.github(claim)).as(claim).isEmpty();
        }
    }

    private static Run workflow(String suffix, @Nullable Object ref, @Nullable Object sha) {
        return Runs.github()
                .set("owner", "foo")
                .set("repository", "bar")
                .set("workflow", "baz.yml")
                .with("repository", "foo/bar")
                .with("repository_owner", "foo")
                .with("job_workflow_ref", suffix)
                .with("ref", ref)
                .with("sha", sha);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "@refs/tags/v0.0.1|refs/tags/v0.0.1|somesha",
                "@refs/pulls/6|refs/pulls/6|somesha",
                "@refs/heads/main|refs/heads/main|somesha",
                "@notrailingslash|notrailingslash|somesha",
                "@somesha|someref|somesha",
                "@somesha|''|somesha"
            })
    void match_eachGoodWorkflow_matches(String suffix, String ref, String sha) {
        assertThat(workflow("foo/bar/.github/workflows/baz.yml" + suffix, ref, sha)
                        .matches())
                .isTrue();
    }

    @Test
    void match_refAndShaEmpty_isRefusedInPyPIsWords() {
        Unmatched unmatched =
                workflow("foo/bar/.github/workflows/baz.yml@missing", "", "").unmatched();

        assertThat(unmatched.code()).isEqualTo(PublisherMismatch.OTHER_WORKFLOW);
        assertThat(unmatched.text()).startsWith("The ref and sha claims are empty");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "foo/bar/.github/workflows/baz.yml@fake.yml@notrailingslash",
                "foo/bar/.github/workflows/baz.yml@fake.yml@refs/pulls/6",
                "foo/bar/.github/workflows/baz.yml@",
                "foo/bar/.github/workflows/baz.yml@malicious.yml@",
                "foo/bar/.github/workflows/baz.yml@@",
                "foo/bar/.github/workflows/baz.yml@SOMESHA",
                "foo/bar/.github/workflows/BAZ.yml@somesha",
                "foo/bar/.github/workflows/baz.yml@somesha2",
                "foo/bar/.github/workflows/baz.yml/somesha",
                "foo/bar/.github/workflows/@",
                "foo/bar/.github/workflows/",
                "foo/bar2/.github/workflows/baz.yml@somesha",
                "baz.yml"
            })
    void match_eachBadWorkflow_isRefusedWithWhatWasExpected(String claim) {
        Unmatched unmatched = workflow(claim, "somesha", "notrailingslash").unmatched();

        assertThat(unmatched.code()).isEqualTo(PublisherMismatch.OTHER_WORKFLOW);
        assertThat(unmatched.outside())
                .startsWith("The job_workflow_ref claim does not match, expecting one of "
                        + "[\"foo/bar/.github/workflows/baz.yml@notrailingslash\", "
                        + "\"foo/bar/.github/workflows/baz.yml@somesha\"], got \"" + claim + "\"");
    }

    @Test
    void match_workflowEmpty_isRefusedInPyPIsWords() {
        assertThat(workflow("", "somesha", "s").unmatched().text()).startsWith("The job_workflow_ref claim is empty");
        assertThat(Runs.gitlab().with("ci_config_ref_uri", "").unmatched().text())
                .isEqualTo("The ci_config_ref_uri claim is empty");
    }

    @Test
    void match_gitlabWithoutRefPathOrSha_isRefusedInPyPIsWords() {
        for (String claim : List.of("ref_path", "sha")) {
            assertThat(Runs.gitlab().with(claim, "").unmatched().text())
                    .isEqualTo("The ref_path and sha claims are empty");
        }
    }

    /** Both cases of every letter are one name, in whatever claim. */
    @ParameterizedTest
    @CsvSource({"foo", "Foo", "FOO", "fOO"})
    void match_namesInAnyCase_match(String name) {
        String path = name + "/Bar";
        Run github = Runs.github()
                .set("owner", "foo")
                .set("repository", "bar")
                .with("repository", path)
                .with("repository_owner", name)
                .with("job_workflow_ref", path + "/.github/workflows/release.yml@refs/tags/v1.0.0");
        Run gitlab = Runs.gitlab()
                .set("namespace", "foo")
                .set("project", "bar")
                .with("project_path", path)
                .with("sub", "project_path:" + path + ":x")
                .with("ci_config_ref_uri", "gitlab.com/" + path + "//.gitlab-ci.yml@refs/heads/main");

        assertThat(github.matches()).isTrue();
        assertThat(gitlab.matches()).isTrue();
    }

    @Test
    void match_namesThatAreNone_areRefused() {
        for (String path : List.of("", "/", "octo-org/", "/octo-repo", "octo-org", "octo-org/octo-repo/x")) {
            Runs.github().with("repository", path).isRefused(PublisherMismatch.OTHER_VALUE, "repository");
            Runs.gitlab().with("project_path", path).isRefused(PublisherMismatch.OTHER_VALUE, "project_path");
        }
        Runs.github().with("repository", null).isRefused(PublisherMismatch.MISSING_CLAIM, "repository");
        Runs.github().with("repository_owner", "").isRefused(PublisherMismatch.OTHER_VALUE, "repository_owner");
    }

    /** What is compared to the letter differs with the case of one. */
    @Test
    void match_anotherCaseOfWhatIsCompared_isRefused() {
        int rows = 0;
        for (Run run : Runs.all()) {
            for (ClaimRule rule : run.provider().rules()) {
                String value = run.identity().text(rule.claim()).orElse("");
                if (rule.need() == ClaimRule.Need.REQUIRED && rule.comparison() == ClaimRule.Comparison.EXACT) {
                    run.with(rule.claim(), value.toUpperCase(Locale.ROOT))
                            .isRefused(PublisherMismatch.OTHER_VALUE, rule.claim());
                    rows++;
                }
            }
        }
        assertThat(rows).isEqualTo(8);
        Runs.buildkite()
                .set("step", "publish")
                .with("step_key", "Publish")
                .isRefused(PublisherMismatch.CONSTRAINT, "step_key");
        Runs.circleCi()
                .set("vcs-origin", "github.com/octo-org/octo-repo")
                .with("oidc.circleci.com/vcs-origin", "github.com/octo-org/Octo-repo")
                .isRefused(PublisherMismatch.CONSTRAINT, "oidc.circleci.com/vcs-origin");
    }

    /** A letter that only some locales fold is another letter. */
    @Test
    void match_lettersThatLookAlike_areRefused() {
        Runs.github()
                .with("repository_owner", "octo-or\u0261")
                .isRefused(PublisherMismatch.OTHER_VALUE, "repository_owner");
        Run kelvin = Runs.buildkite().set("organization", "kiln").with("organization_slug", "\u212Ailn");
        kelvin.isRefused(PublisherMismatch.OTHER_VALUE, "organization_slug");
        Run dotless = Runs.buildkite().set("organization", "iris").with("organization_slug", "\u0130ris");
        dotless.isRefused(PublisherMismatch.OTHER_VALUE, "organization_slug");
    }

    @ParameterizedTest
    @CsvSource({
        "'','',true",
        "'',x,true",
        "some-environment,some-environment,true",
        "some-environment,other,false",
        "some-environment,'',false"
    })
    void match_environments_asPyPI(String registered, String claim, boolean matches) {
        for (Run run : List.of(Runs.github(), Runs.gitlab())) {
            assertThat(run.set("environment", registered)
                            .with("environment", claim)
                            .matches())
                    .isEqualTo(matches);
        }
    }

    @Test
    void match_environmentInAnotherCase_matchesOnGitHubOnly() {
        assertThat(Runs.github()
                        .set("environment", "some-environment")
                        .with("environment", "sOmE-eNvIrOnMeNt")
                        .matches())
                .isTrue();
        Runs.gitlab()
                .set("environment", "some-environment")
                .with("environment", "sOmE-eNvIrOnMeNt")
                .isRefused(PublisherMismatch.CONSTRAINT, "environment");
        assertThat(Runs.github().set("environment", "x").unmatched().outside())
                .isEqualTo("Check failed for optional claim 'environment'");
    }

    @Test
    void match_subjectOfGitLab_asPyPI() {
        for (String subject : List.of("project_path:octocat/hello-world", "project_path:OCTOCAT/hello-world:")) {
            assertThat(Runs.gitlab().with("sub", subject).matches()).isTrue();
        }
        for (String subject : List.of("", "project_path", "project_path:", "project_path:octocat/hello-world-2", "x")) {
            Runs.gitlab().with("sub", subject).isRefused(PublisherMismatch.OTHER_VALUE, "sub");
        }
    }

    @Test
    void match_googlesVerification_isTheValueTrueAndNothingElse() {
        for (Object value : List.of(false, "truthy-but-not-bool", "", "true", 1)) {
            assertThat(Runs.google().with("email_verified", value).unmatched().outside())
                    .isEqualTo("Check failed for required claim 'email_verified'");
        }
        assertThat(Runs.google().with("email_verified", true).matches()).isTrue();
    }

    @Test
    void match_googlesSubject_asPyPI() {
        assertThat(Runs.google().set("sub", "s").with("sub", "s").matches()).isTrue();
        assertThat(Runs.google().with("sub", "any").matches()).isTrue();
        for (String other : List.of("w", "S", "ss", "")) {
            assertThat(Runs.google()
                            .set("sub", "s")
                            .with("sub", other)
                            .unmatched()
                            .mismatches())
                    .anyMatch(each -> each.code() == PublisherMismatch.CONSTRAINT);
        }
        Runs.google().set("sub", "s").with("sub", null).isRefused(PublisherMismatch.MISSING_CLAIM, "sub");
    }

    @Test
    void match_activeStatesClaims_asPyPI() {
        for (String claim : List.of("organization", "project", "actor_id", "builder")) {
            Runs.activeState().with(claim, null).isRefused(PublisherMismatch.MISSING_CLAIM, claim);
            Runs.activeState().with(claim, "different").isRefused(PublisherMismatch.OTHER_VALUE, claim);
        }
        for (String claim : List.of(
                "actor", "organization_id", "project_id", "project_visibility", "project_path", "artifact_id")) {
            assertThat(Runs.activeState().with(claim, null).matches()).as(claim).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|Missing 'subject' claim",
                "org:fakeorg:project:other|Invalid 'subject' claim",
                "org:other:project:fakeproject|Invalid 'subject' claim",
                "org:fakeorg:project:fakeproject2|Invalid 'subject' claim",
                "Nonsense|Invalid 'subject' claim. Wrong format"
            })
    void match_activeStatesSubject_inPyPIsWords(String subject, String outside) {
        assertThat(Runs.activeState().with("sub", subject).unmatched().outside())
                .isEqualTo(outside);
    }

    @Test
    void match_activeStatesSubjectWithoutMore_matches() {
        assertThat(Runs.activeState()
                        .with("sub", "org:fakeorg:project:fakeproject")
                        .matches())
                .isTrue();
    }

    @Test
    void match_pullRequestTarget_isRefusedFirst() {
        Unmatched unmatched = Runs.github()
                .with("event_name", "pull_request_target")
                .with("repository", "evil/evil")
                .unmatched();

        assertThat(unmatched.code()).isEqualTo(PublisherMismatch.DANGEROUS_TRIGGER);
        assertThat(unmatched.outside())
                .isEqualTo("Publishing from a workflow invoked via 'pull_request_target' is not supported.");
    }

    @Test
    void match_anotherIssuer_isRefusedInPyPIsWords() {
        assertThat(Runs.github().with("iss", "https://gitlab.com").unmatched().text())
                .isEqualTo("JWT issuer \"https://gitlab.com\" does not match expected issuer "
                        + "\"https://token.actions.githubusercontent.com\"");
        for (Run run : Runs.all()) {
            run.with("iss", run.settings().issuer() + "/").isRefused(PublisherMismatch.OTHER_ISSUER, "iss");
            run.with("iss", null).isRefused(PublisherMismatch.MISSING_CLAIM, "iss");
        }
    }

    /** The same with the provider's own tokens: the publisher was not registered for them. */
    @Test
    void match_aPublisherWithAnIssuerOfItsOwnAndAnHonestToken_isRefused() {
        for (Run run : Runs.all()) {
            PublisherSettings foreign = PublisherSettings.of(
                    run.settings().provider(),
                    "https://evil.example",
                    run.settings().values());
            new Run(run.provider(), foreign, run.claims()).isRefused(PublisherMismatch.OTHER_ISSUER, "iss");
        }
    }

    /** A publisher whose stored issuer is not its provider's counts for nothing, even with a token that fits it. */
    @Test
    void match_aPublisherWithAnIssuerOfItsOwn_isRefusedWhereNoneMayBe() {
        for (Run run : Runs.all()) {
            PublisherSettings foreign = PublisherSettings.of(
                    run.settings().provider(),
                    "https://evil.example",
                    run.settings().values());
            Run elsewhere = new Run(
                    run.provider(),
                    foreign,
                    run.with("iss", "https://evil.example").claims());
            PublisherMismatch expected =
                    run.provider().ownIssuers() ? PublisherMismatch.OTHER_WORKFLOW : PublisherMismatch.OTHER_ISSUER;
            assertThat(elsewhere.unmatched().code()).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({"'',new_env,new_env", "'','',none", "env,new_env,none"})
    void unusedEnvironment_eachRow_asPyPI(String registered, String claim, String told) {
        for (Run run : List.of(Runs.github(), Runs.gitlab())) {
            Run changed = run.set("environment", registered).with("environment", claim);
            assertThat(changed.provider().unusedEnvironment(changed.settings(), changed.identity()))
                    .isEqualTo(Optional.of(told).filter(text -> !text.equals(NONE)));
        }
    }

    @Test
    void unusedEnvironment_ofProvidersWithoutAny_isNone() {
        for (Run run : List.of(Runs.google(), Runs.activeState())) {
            assertThat(run.provider()
                            .unusedEnvironment(
                                    run.settings(),
                                    run.with("environment", "new_env").identity()))
                    .isEmpty();
        }
    }
}
