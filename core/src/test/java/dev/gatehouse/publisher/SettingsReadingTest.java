package dev.gatehouse.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.publisher.Runs.Run;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may be typed for a publisher, and the normal form it is brought into. */
class SettingsReadingTest {
    private static List<SettingProblem> problems(PublisherProvider provider, Map<String, String> form) {
        return provider.read(form).fold(accepted -> List.of(), SettingsReading.Refused::problems);
    }

    private static Run run(String provider) {
        return Runs.all().stream()
                .filter(run -> run.provider().id().equals(provider))
                .findFirst()
                .orElseThrow();
    }

    private static List<SettingProblem> problems(Run run, String setting, String value) {
        Map<String, String> form = new HashMap<>(run.settings().values());
        form.put(setting, value);
        return problems(run.provider(), form);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "github|owner|''|Specify GitHub repository owner (username or organization)",
                "github|owner|-a|Invalid GitHub user or organization name.",
                "github|owner|a b|Invalid GitHub user or organization name.",
                "github|repository|''|Specify repository name",
                "github|repository|a/b|Invalid repository name",
                "github|repository|a.git|Invalid repository name",
                "github|repository|..|Invalid repository name",
                "github|workflow|''|Specify workflow filename",
                "github|workflow|a.txt|Workflow name must end with .yml or .yaml",
                "github|workflow|.yml|Workflow name must end with .yml or .yaml",
                "github|workflow|sub/a.yml|Workflow filename must be a filename only, without directories",
                "github|environment|' a'|Environment name may not start with whitespace",
                "github|environment|'a '|Environment name may not end with whitespace",
                "github|ref-type|commit|Type of ref must be branch or tag",
                "github|ref-protected|yes|Protected refs only must be true",
                "github|runner|mine|Kind of runner must be github-hosted or self-hosted",
                "github|events|pull_request_target|Publishing from a workflow invoked via 'pull_request_target' is not"
                        + " supported.",
                "github|events|a b;c|Invalid event name",
                "github|events|','|Events: the list is empty",
                "github|actor-id|a/b|Invalid actor id",
                "github|ref-pattern|v*|Ref pattern needs ref-type too",
                "github|reusable-repository|a/b|Repository of a reusable workflow needs reusable-workflow too",
                "github|renames|maybe|After a rename must be refuse",
                "gitlab|namespace|''|Specify GitLab namespace (username or group/subgroup)",
                "gitlab|namespace|a//b|Invalid GitLab username or group/subgroup name.",
                "gitlab|namespace|a/b.git|Invalid GitLab username or group/subgroup name.",
                "gitlab|project|a/b|Invalid project name",
                "gitlab|workflow|/a.yml|Workflow file path cannot start or end with /",
                "gitlab|workflow|a/.yml|Workflow file path must end with .yml or .yaml",
                "google|email|''|This field is required.",
                "google|email|a|Invalid email address.",
                "google|email|a@b@c|Invalid email address.",
                "google|email|@b|Invalid email address.",
                "activestate|organization|ab|Invalid ActiveState organization name",
                "activestate|organization|a.b|Invalid ActiveState organization name",
                "activestate|project|a--b|Double dashes are not allowed in the name",
                "activestate|project|-ab|Leading or trailing dashes are not allowed in the name",
                "activestate|actor-id|someuser|Invalid ActiveState actor id",
                "circleci|organization-id|''|Specify CircleCI organization ID",
                "circleci|project-id|x|Project ID must be a UUID",
                "circleci|context-id|x|Context ID must be a UUID",
                "buildkite|organization|''|Specify Buildkite organization slug",
                "buildkite|organization|-a|Invalid organization slug",
                "buildkite|pipeline|a_b|Invalid pipeline slug"
            })
    void read_eachMistake_isToldInItsWords(String provider, String setting, String value, String text) {
        assertThat(problems(run(provider), setting, value)).containsExactly(new SettingProblem(setting, text));
    }

    @Test
    void read_allMistakes_areToldAtOnceInTheOrderOfTheForm() {
        List<SettingProblem> problems = problems(
                PublisherProvider.github(),
                Map.of(
                        "owner",
                        "-",
                        "workflow",
                        "x",
                        "environment",
                        "a;b",
                        "ref-pattern",
                        "refs/x",
                        "enviroment",
                        "a"));

        assertThat(problems)
                .extracting(SettingProblem::setting)
                .containsExactly(
                        "owner", "repository", "workflow", "environment", "ref-pattern", "ref-pattern", "enviroment");
        assertThat(problems.get(6).text()).isEqualTo("GitHub has no such setting");
    }

    /** A misspelt constraint must not be one that is silently not there. */
    @Test
    void read_aSettingThatIsNotKnown_isAProblemWithoutItsText() {
        assertThat(problems(run("github"), "x\u202e\n" + "y".repeat(300), "v")
                        .get(0)
                        .setting())
                .startsWith("x\\u{202e}\\u{a}y")
                .hasSize(100);
    }

    @Test
    void read_namesInAnyCase_areOnePublisher() {
        Map<String, String> form = Map.of(
                "owner", "Octo-ORG", "repository", "Octo-Repo", "workflow", "release.yml", "environment", "PyPI");
        Map<String, String> same = Map.of(
                "owner", "octo-org", "repository", "octo-repo", "workflow", "release.yml", "environment", "pypi");
        PublisherSettings settings = Runs.read(PublisherProvider.github(), form);

        assertThat(settings).isEqualTo(Runs.read(PublisherProvider.github(), same));
        assertThat(settings.fingerprint())
                .isEqualTo(Runs.read(PublisherProvider.github(), same).fingerprint())
                .hasSize(64);
        assertThat(settings.value("workflow")).hasValue("release.yml");
        Map<String, String> other = new HashMap<>(same);
        other.put("workflow", "Release.yml");
        assertThat(settings).isNotEqualTo(Runs.read(PublisherProvider.github(), other));
    }

    @Test
    void read_gitLabsEnvironment_keepsItsCase() {
        Map<String, String> form =
                Map.of("namespace", "G/S", "project", "P", "workflow", "A.yml", "environment", "Production");
        assertThat(Runs.read(PublisherProvider.gitlab(), form).values())
                .isEqualTo(new TreeMap<>(
                        Map.of("namespace", "g/s", "project", "p", "workflow", "A.yml", "environment", "Production")));
    }

    @Test
    void read_lists_areSortedAndWithoutDoubles() {
        Map<String, String> form = new HashMap<>(Runs.github().settings().values());
        form.put("events", "release, push  push,workflow_dispatch");
        assertThat(Runs.read(PublisherProvider.github(), form).value("events"))
                .hasValue("push,release,workflow_dispatch");
    }

    @Test
    void read_itsOwnResult_givesItAgain() {
        for (Run run : Runs.all()) {
            assertThat(Runs.read(run.provider(), run.settings().values())).isEqualTo(run.settings());
            assertThat(run.provider()
                            .read(run.settings().values(), run.settings().issuer()))
                    .isEqualTo(new SettingsReading.Accepted(run.settings()));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "https://git.example.com,true",
        "https://git.example.com:8443/gitlab,true",
        "https://gitlab.com,true",
        "http://git.example.com,false",
        "https://git.example.com/,false",
        "https://user@git.example.com,false",
        "https://git.example.com?x,false",
        "https://git.example.com#x,false",
        "https://git.example.com/../x,false",
        "https://git.exa mple.com,false",
        "https://,false",
        "https:///x,false",
        "https://git.example=.com,false",
        "https://git_.example.com,false",
        "'',false"
    })
    void read_anIssuerOfOnesOwn_isAPlainAddress(String issuer, boolean accepted) {
        Map<String, String> form = Runs.gitlab().settings().values();
        assertThat(PublisherProvider.gitlab().read(form, issuer).<Boolean>fold(ok -> true, refused -> false))
                .isEqualTo(accepted);
        assertThat(PublisherProvider.gitlab()
                        .read(form, "https://a/" + "x".repeat(400))
                        .<Boolean>fold(ok -> true, no -> false))
                .isFalse();
    }

    @Test
    void read_anotherIssuerWhereThereIsOne_isAProblem() {
        for (Run run : Runs.all()) {
            if (!run.provider().ownIssuers()) {
                assertThat(run.provider()
                                .read(run.settings().values(), "https://evil.example")
                                .<String>fold(
                                        accepted -> "",
                                        refused -> refused.problems().get(0).setting()))
                        .isEqualTo("issuer");
            }
        }
    }

    @Test
    void read_circleCisOrganization_isTheIssuer() {
        Map<String, String> form = new HashMap<>(Runs.circleCi().settings().values());
        form.put("organization-id", "ABCDEF00-0000-1000-8000-00000000000A");
        assertThat(Runs.read(PublisherProvider.circleCi(), form).issuer())
                .isEqualTo("https://oidc.circleci.com/org/abcdef00-0000-1000-8000-00000000000a");
        assertThat(PublisherProvider.circleCi().issuer()).isEmpty();
    }

    @Property(tries = 500)
    void read_anyTexts_isSettingsOrProblemsAndNothingElse(
            @ForAll String a, @ForAll String b, @ForAll String c, @ForAll String d) {
        for (Run run : Runs.all()) {
            Map<String, String> form = new HashMap<>();
            List<String> texts = List.of(a, b, c, d);
            List<PublisherSetting> settings = run.provider().settings();
            for (int i = 0; i < settings.size(); i++) {
                form.put(settings.get(i).name(), texts.get(i % 4));
            }
            form.put(a, b);
            SettingsReading reading = run.provider().read(form, c);
            assertThat(reading.<Boolean>fold(
                            accepted -> true, refused -> !refused.problems().isEmpty()))
                    .isTrue();
        }
    }

    @Test
    void of_settingsOutOfBounds_throwsNamingThem() {
        for (Runnable wrong : List.<Runnable>of(
                () -> PublisherSettings.of("GitHub", "i", Map.of()),
                () -> PublisherSettings.of("github", "", Map.of()),
                () -> PublisherSettings.of("github", "i".repeat(401), Map.of()),
                () -> PublisherSettings.of("github", "i", Map.of("A", "b")),
                () -> PublisherSettings.of("github", "i", Map.of("a", "b".repeat(401))),
                () -> PublisherSettings.of("github", "i", Map.of("a", "\0")))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(wrong::run)
                    .withMessageMatching("(provider|issuer|values): .*");
        }
        assertThat(PublisherSettings.of("github", "i", Map.of("a", "")))
                .isEqualTo(PublisherSettings.of("github", "i", Map.of()));
    }

    /** Parts that only together look the same are told apart. */
    @Test
    void fingerprint_ofOtherSettings_isAnother() {
        assertThat(List.of(
                                PublisherSettings.of("a", "b", Map.of("c", "d")),
                                PublisherSettings.of("a", "bc", Map.of("c", "d")),
                                PublisherSettings.of("ab", "c", Map.of("c", "d")),
                                PublisherSettings.of("a", "b", Map.of("c", "d", "e", "f")),
                                PublisherSettings.of("a", "b", Map.of("c", "de", "e", "f")),
                                PublisherSettings.of("a", "b", Map.of("c", "d", "e", "ef")),
                                PublisherSettings.of("a", "b", Map.of()))
                        .stream()
                        .map(PublisherSettings::fingerprint)
                        .distinct())
                .hasSize(7);
    }
}
