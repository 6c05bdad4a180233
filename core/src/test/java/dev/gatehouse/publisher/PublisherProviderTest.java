package dev.gatehouse.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.gatehouse.oidc.IdentityClaims;
import dev.gatehouse.publisher.Runs.Run;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tables that a host builds, tables made from others, and what is recorded and shown. */
class PublisherProviderTest {
    private static final PublisherSetting NAME =
            PublisherSetting.builder("name", "Name").required("Specify a name").build();
    private static final PublisherSetting EXTRA =
            PublisherSetting.builder("extra", "Extra").constraint().build();

    private static PublisherProvider.Builder builder() {
        return PublisherProvider.builder("own", "Own", "https://own.example")
                .settings(List.of(NAME, EXTRA))
                .rules(List.of(
                        ClaimRule.equal("name", "{name}"),
                        ClaimRule.equal("extra", "{extra}").optional()))
                .lookup("name", "{name}", "{claim.name}");
    }

    @Test
    void build_aTableOfOnesOwn_matches() {
        PublisherProvider own = builder().build();
        Run run = new Run(
                own, Runs.read(own, Map.of("name", "a")), Runs.claims("iss", "https://own.example", "name", "a"));

        assertThat(run.matches()).isTrue();
        run.with("name", "b").isRefused(PublisherMismatch.OTHER_VALUE, "name");
        assertThat(PublisherProviders.standard().with(own).find("own")).hasValue(own);
    }

    /** P2 of the pitfalls: an empty list of conditions must not mean anybody. */
    @Test
    void build_withoutAClaimThatIsVerified_throws() {
        for (List<ClaimRule> rules : List.of(
                List.<ClaimRule>of(),
                List.of(ClaimRule.present("name")),
                List.of(ClaimRule.equal("name", "constant")),
                List.of(ClaimRule.pin("name")),
                List.of(ClaimRule.flag("name", true)),
                List.of(ClaimRule.equal("name", "{name}").optional()),
                List.of(ClaimRule.ignored("name")))) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> builder().rules(rules).build())
                    .withMessageStartingWith("No required verifiable claims");
        }
    }

    @Test
    void build_aTableThatDoesNotHoldTogether_throwsSayingWhere() {
        assertThatIllegalStateException()
                .isThrownBy(() -> builder()
                        .rules(List.of(ClaimRule.equal("name", "{name}"), ClaimRule.equal("x", "{other}")))
                        .build())
                .withMessageContaining("rule 'x'");
        assertThatIllegalStateException()
                .isThrownBy(() -> builder()
                        .rules(List.of(ClaimRule.equal("name", "{name}"), ClaimRule.equal("x", "{extra}")))
                        .build())
                .withMessageContaining("rule 'x': required, and compared with a setting that is not");
        assertThatIllegalStateException()
                .isThrownBy(() -> builder().settings(List.of(NAME, NAME)).build())
                .withMessageContaining("'name' is there twice");
        assertThatIllegalStateException()
                .isThrownBy(() -> builder().lookup("x", "{other}", "{claim.x}").build())
                .withMessageContaining("lookup 'x'");
        assertThatIllegalStateException()
                .isThrownBy(() -> builder()
                        .settings(List.of(
                                NAME,
                                PublisherSetting.builder("extra", "E")
                                        .needs("gone")
                                        .build()))
                        .build())
                .withMessageContaining("setting 'extra'");
        assertThatIllegalStateException()
                .isThrownBy(() -> PublisherProvider.builder("own", "Own", "https://own.example/{extra}")
                        .settings(List.of(NAME, EXTRA))
                        .rules(List.of(ClaimRule.equal("name", "{name}")))
                        .lookup("name", "{name}", "{claim.name}")
                        .build())
                .withMessageContaining("issuer");
        assertThatIllegalStateException()
                .isThrownBy(() -> PublisherProvider.builder("own", "Own", "https://own.example")
                        .settings(List.of(NAME))
                        .rules(List.of(ClaimRule.equal("name", "{name}")))
                        .build())
                .withMessageContaining("lookup: none");
        assertThatIllegalStateException()
                .isThrownBy(() -> PublisherProvider.builder("own", "Own", "https://own.example")
                        .settings(List.of(NAME, EXTRA))
                        .rules(List.of(ClaimRule.equal("name", "{name}")))
                        .lookup("extra", "{extra}", "{claim.name}")
                        .build())
                .withMessageContaining("lookup 'extra': the first has to be there for every publisher");
    }

    @Test
    void builder_namesThatAreNone_throws() {
        for (Runnable wrong : List.<Runnable>of(
                () -> PublisherProvider.builder("Own", "Own", "https://own.example"),
                () -> PublisherProvider.builder("own", "Own", "https://own.example/{"),
                () -> PublisherProvider.builder("own", "Own", "https://own.example/{a b}"),
                () -> PublisherSetting.builder("issuer", "Issuer"),
                () -> PublisherSetting.builder("a b", "A"),
                () -> PublisherSetting.builder("a", "A").maxLength(401, "long"),
                () -> builder().lookup("A", "{name}", "{claim.name}"),
                () -> ClaimRule.present(""))) {
            assertThatIllegalArgumentException().isThrownBy(wrong::run);
        }
    }

    @Test
    void build_usedAgain_leavesTheFirstAsItWas() {
        PublisherProvider.Builder builder = builder();
        PublisherProvider first = builder.build();
        builder.rules(List.of(ClaimRule.equal("other", "{name}"))).settings(List.of(NAME));

        assertThat(first.rules()).hasSize(2);
        assertThat(builder.build().rules()).hasSize(1);
    }

    @Test
    void forIssuer_anotherServer_hasItsIssuerAndNoOther() {
        PublisherProvider server = PublisherProvider.github().forIssuer("demo", "Demo", "http://localhost:1");
        PublisherSettings settings = Runs.read(server, Runs.github().settings().values());
        Run run = new Run(
                server,
                settings,
                Runs.github().with("iss", "http://localhost:1").claims());

        assertThat(settings.issuer()).isEqualTo("http://localhost:1");
        assertThat(run.matches()).isTrue();
        assertThat(run.provider().run(run.identity())).containsEntry("provider", "demo");
        run.with("iss", "https://token.actions.githubusercontent.com").isRefused(PublisherMismatch.OTHER_ISSUER, "iss");
        new Run(server, Runs.github().settings(), Runs.github().claims())
                .isRefused(PublisherMismatch.OTHER_PROVIDER, "provider");
        assertThat(PublisherProvider.gitlab()
                        .forIssuer("x", "X", "https://x.example")
                        .ownIssuers())
                .isFalse();
        assertThat(server.refusingRenames().settings()).hasSameSizeAs(server.settings());
    }

    @Test
    void refusingEvents_whereNoneAreTold_throws() {
        assertThatIllegalStateException()
                .isThrownBy(() -> PublisherProvider.google().refusingEvents(Set.of("push")))
                .withMessageContaining("events");
    }

    @Test
    void providers_standard_areSixAndNoneTwice() {
        assertThat(PublisherProviders.standard().all())
                .extracting(PublisherProvider::id)
                .containsExactly("activestate", "buildkite", "circleci", "github", "gitlab", "google");
        assertThat(PublisherProviders.standard().find("semaphore")).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> PublisherProviders.of(List.of(PublisherProvider.github(), PublisherProvider.github())))
                .withMessageContaining("'github'");
    }

    /** Every claim of an ordinary run is in the table, and those of PyPI's table that are not looked at are known. */
    @Test
    void rules_ofGitHub_nameEachClaimOnce() {
        List<String> decided = PublisherProvider.github().rules().stream()
                .filter(rule -> rule.need() == ClaimRule.Need.REQUIRED)
                .map(ClaimRule::claim)
                .toList();
        assertThat(decided)
                .doesNotHaveDuplicates()
                .containsExactly(
                        "event_name",
                        "repository",
                        "repository_owner",
                        "repository_owner_id",
                        "repository_id",
                        "ref",
                        "sha",
                        "job_workflow_ref",
                        "jti");
        assertThat(PublisherProvider.github().rules()).anySatisfy(rule -> {
            assertThat(rule.claim()).isEqualTo("sub");
            assertThat(rule.need()).isEqualTo(ClaimRule.Need.IGNORED);
            assertThat(rule.comparison()).isEqualTo(ClaimRule.Comparison.NONE);
        });
        assertThat(PublisherProvider.github().pinned()).containsExactly("repository_id", "repository_owner_id");
    }

    @Test
    void run_ofGitHub_isWhatThePolicyReads() {
        Run run = Runs.github()
                .with("environment", "pypi")
                .with("ref_protected", "true")
                .with("runner_environment", "self-hosted")
                .with("workflow_ref", "octo-org/octo-repo/.github/workflows/ci.yml@refs/tags/v1.0.0");
        assertThat(run.provider().run(run.identity()))
                .containsExactly(
                        Map.entry("actor", "octocat"),
                        Map.entry("actor-id", "12"),
                        Map.entry("environment", "pypi"),
                        Map.entry("event", "push"),
                        Map.entry("flags", "environment ref-protected reusable-workflow self-hosted-runner"),
                        Map.entry("provider", "github"),
                        Map.entry("ref", "refs/tags/v1.0.0"),
                        Map.entry("ref-type", "tag"),
                        Map.entry("run-attempt", "1"),
                        Map.entry("run-id", "4711"),
                        Map.entry("runner", "self-hosted"),
                        Map.entry("sha", "0123456789abcdef0123456789abcdef01234567"),
                        Map.entry("source", "octo-org/octo-repo"),
                        Map.entry("workflow", "octo-org/octo-repo/.github/workflows/release.yml@refs/tags/v1.0.0"));
    }

    @Test
    void run_ofTheOthers_saysWhatTheySay() {
        assertThat(Runs.gitlab().provider().run(Runs.gitlab().identity()))
                .containsEntry("event", "push")
                .containsEntry("ref", "refs/heads/main")
                .containsEntry("ref-type", "branch")
                .containsEntry("flags", "ref-protected")
                .containsEntry("actor", "octocat")
                .containsEntry("actor-id", "39035")
                .containsEntry("run-id", "2069090987")
                .containsEntry("runner", "gitlab-hosted")
                .containsEntry("sha", "0123456789abcdef0123456789abcdef01234567")
                .containsEntry("source", "octocat/hello-world")
                .containsEntry("workflow", "gitlab.com/octocat/hello-world//.gitlab-ci.yml@refs/heads/main");
        assertThat(Runs.buildkite().provider().run(Runs.buildkite().identity()))
                .containsEntry("event", "webhook")
                .containsEntry("ref", "refs/tags/v1.0.0")
                .containsEntry("ref-type", "tag")
                .containsEntry("run-id", "175");
        assertThat(Runs.circleCi().provider().run(Runs.circleCi().identity()))
                .containsEntry("ref", "refs/heads/main")
                .containsEntry("ref-type", "branch")
                .containsEntry("run-id", "00000000-0000-1000-8000-00000000000e")
                .containsEntry("source", "github.com/octo-org/octo-repo");
        assertThat(Runs.google().provider().run(Runs.google().identity()))
                .containsOnlyKeys("provider", "actor", "actor-id");
        assertThat(Runs.activeState().provider().run(Runs.activeState().identity()))
                .containsOnlyKeys("provider", "actor", "actor-id", "run-id");
        Run pull = Runs.github()
                .with("ref", "refs/pull/6/merge")
                .with("event_name", "")
                .with("run_id", List.of());
        assertThat(pull.provider().run(pull.identity())).doesNotContainKeys("ref-type", "event", "run-id");
    }

    @Test
    void run_reusableWorkflow_asPyPI() {
        Run other = Runs.github().with("workflow_ref", "octo-org/octo-repo/.github/workflows/ci.yml@refs/tags/v1.0.0");
        assertThat(other.provider().run(other.identity())).containsEntry("flags", "reusable-workflow");
        assertThat(Runs.github().provider().run(Runs.github().identity())).doesNotContainKey("flags");
        Map<String, String> gitlab = Runs.gitlab().provider().run(Runs.gitlab().identity());
        assertThat(gitlab).containsEntry("flags", "ref-protected");
    }

    @Test
    void run_hostileTexts_areEscapedAndCut() {
        Run run = Runs.github().with("actor", "a\n\u202eb\0").with("event_name", "\ud83d\ude00".repeat(200));
        assertThat(run.provider().run(run.identity()))
                .containsEntry("actor", "a\\u{a}\\u{202e}b\\u{0}")
                .hasEntrySatisfying("event", value -> assertThat(value).hasSize(254));
    }

    @Test
    void describe_aPublisher_isOneLine() {
        Run run = Runs.github().set("environment", "pypi").set("ref-type", "tag");
        assertThat(run.provider().describe(run.settings()))
                .isEqualTo("octo-org/octo-repo, release.yml, environment pypi, ref-type tag");
        assertThat(Runs.google().provider().describe(Runs.google().settings()))
                .isEqualTo("svc@project.iam.gserviceaccount.com");
        assertThat(run.provider().describe(PublisherSettings.of("github", "i", Map.of("owner", "a\nb"))))
                .isEqualTo("GitHub, owner a\\u{a}b");
        for (Run each : Runs.all()) {
            assertThat(each.provider().describe(each.settings()))
                    .isNotEqualTo(each.provider().displayName());
            assertThat(each.provider().toString()).contains(each.provider().id());
        }
    }

    @Test
    void match_settingsThatLeaveOutWhatIsCompared_isRefused() {
        for (Run run : Runs.all()) {
            PublisherSettings empty = PublisherSettings.of(
                    run.settings().provider(), run.settings().issuer(), Map.of());
            assertThat(new Run(run.provider(), empty, run.claims()).matches()).isFalse();
            run.set("unheard-of", "x").isRefused(PublisherMismatch.UNVERIFIABLE, "unheard-of");
        }
    }

    @Test
    void identityClaims_values_haveTheirTypeAndNoOther() {
        IdentityClaims claims = IdentityClaims.of(Runs.claims(
                "text",
                "true",
                "flag",
                true,
                "number",
                12,
                "big",
                1e300,
                "half",
                1.5,
                "whole",
                2.0,
                "texts",
                List.of("a"),
                "mixed",
                List.of("a", 1),
                "object",
                Map.of(),
                "null",
                null));
        assertThat(claims.text("text")).hasValue("true");
        assertThat(claims.flag("text")).isEmpty();
        assertThat(claims.flag("flag")).hasValue(true);
        assertThat(claims.text("flag")).isEmpty();
        assertThat(claims.number("number")).hasValue(12);
        assertThat(claims.text("number")).isEmpty();
        assertThat(claims.number("big")).isEmpty();
        assertThat(claims.number("half")).isEmpty();
        assertThat(claims.number("whole")).hasValue(2);
        assertThat(claims.texts("texts")).hasValue(List.of("a"));
        assertThat(claims.texts("mixed")).isEmpty();
        assertThat(claims.has("null")).isFalse();
        assertThat(claims.has("object")).isTrue();
        assertThat(claims.names()).hasSize(9).doesNotContain("null");
        assertThat(claims.toString()).isEqualTo("IdentityClaims[9]");
        assertThat(List.of("text", "flag", "number", "big", "texts", "mixed", "object", "null").stream()
                        .map(claims::kind))
                .containsExactly(
                        "a text", "true", "a number", "a number", "an array", "an array", "an object", "missing");
        assertThat(IdentityClaims.of(Map.of("a", 1L)))
                .isEqualTo(IdentityClaims.of(Map.of("a", 1)))
                .hasSameHashCodeAs(IdentityClaims.of(Map.of("a", 1)))
                .isNotEqualTo(IdentityClaims.of(Map.of("a", "1")));
    }
}
