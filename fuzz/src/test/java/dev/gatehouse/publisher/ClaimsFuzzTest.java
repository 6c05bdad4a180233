package dev.gatehouse.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.fuzz.FuzzTarget;
import dev.gatehouse.internal.StrictJson;
import dev.gatehouse.oidc.IdentityClaims;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Claims of identity tokens against the tables of all providers: a run is matched with its own publisher alone, whatever its claims look
 * like, and what was once pinned is demanded.
 */
class ClaimsFuzzTest extends FuzzTarget {
    private record Registered(PublisherProvider provider, PublisherSettings settings) {}

    private static final String ORGANIZATION = "00000000-0000-1000-8000-00000000000a";
    /** A class of its own: what is loaded before Jazzer's agent it changes later, and the virtual machine then stumbles. */
    private static final class Known {
        static final List<Registered> ALL = List.of(
                registered(
                        PublisherProvider.github(),
                        Map.of("owner", "octo-org", "repository", "octo-repo", "workflow", "release.yml")),
                registered(
                        PublisherProvider.gitlab(),
                        Map.of("namespace", "octocat", "project", "hello-world", "workflow", ".gitlab-ci.yml")),
                registered(PublisherProvider.google(), Map.of("email", "svc@project.iam.gserviceaccount.com")),
                registered(
                        PublisherProvider.activeState(),
                        Map.of("organization", "fakeorg", "project", "fakeproject", "actor-id", ORGANIZATION)),
                registered(
                        PublisherProvider.circleCi(),
                        Map.of(
                                "organization-id",
                                ORGANIZATION,
                                "project-id",
                                ORGANIZATION,
                                "pipeline-definition-id",
                                ORGANIZATION)));

        private Known() {}
    }

    private static Registered registered(PublisherProvider provider, Map<String, String> form) {
        return new Registered(provider, provider.read(form).fold(SettingsReading.Accepted::settings, refused -> {
            throw new AssertionError(refused.problems().toString());
        }));
    }

    @Override
    protected List<byte[]> seeds() {
        String workflow = "octo-org/octo-repo/.github/workflows/release.yml@refs/tags/v1.0.0";
        return List.of(
                utf8(
                        "{\"iss\":\"https://token.actions.githubusercontent.com\",\"sub\":\"repo:octo-org/octo-repo:ref:refs/tags/v1.0.0\","
                                + "\"repository\":\"octo-org/octo-repo\",\"repository_id\":\"74\",\"repository_owner\":\"octo-org\","
                                + "\"repository_owner_id\":\"65\",\"ref\":\"refs/tags/v1.0.0\",\"ref_type\":\"tag\",\"ref_protected\":\"false\","
                                + "\"sha\":\"0123456789abcdef0123456789abcdef01234567\",\"workflow_ref\":\"" + workflow
                                + "\",\"job_workflow_ref\":\"" + workflow
                                + "\",\"event_name\":\"push\",\"run_id\":\"4711\","
                                + "\"run_attempt\":\"1\",\"runner_environment\":\"github-hosted\",\"actor\":\"octocat\",\"actor_id\":\"12\"}"),
                utf8(
                        "{\"iss\":\"https://gitlab.com\",\"sub\":\"project_path:octocat/hello-world:ref_type:branch:ref:main\","
                                + "\"project_id\":\"7\",\"project_path\":\"octocat/hello-world\",\"namespace_id\":\"1\","
                                + "\"namespace_path\":\"octocat\",\"user_id\":\"3\",\"user_login\":\"octocat\",\"pipeline_id\":\"2\","
                                + "\"pipeline_source\":\"push\",\"ref\":\"main\",\"ref_type\":\"branch\",\"ref_path\":\"refs/heads/main\","
                                + "\"ref_protected\":\"true\",\"runner_id\":1,\"runner_environment\":\"gitlab-hosted\",\"sha\":"
                                + "\"0123456789abcdef0123456789abcdef01234567\",\"ci_config_ref_uri\":"
                                + "\"gitlab.com/octocat/hello-world//.gitlab-ci.yml@refs/heads/main\"}"),
                utf8(
                        "{\"iss\":\"https://accounts.google.com\",\"sub\":\"1\",\"email\":\"svc@project.iam.gserviceaccount.com\","
                                + "\"email_verified\":true}"),
                utf8(
                        "{\"iss\":\"https://platform.activestate.com/api/v1/oauth/oidc\",\"sub\":\"org:fakeorg:project:fakeproject\","
                                + "\"organization\":\"fakeorg\",\"organization_id\":\"o\",\"project\":\"fakeproject\",\"project_id\":\"p\","
                                + "\"project_path\":\"fakeorg/fakeproject\",\"actor_id\":\"" + ORGANIZATION
                                + "\",\"builder\":\"pypi-publisher\"}"),
                utf8("{\"iss\":\"https://oidc.circleci.com/org/" + ORGANIZATION + "\",\"sub\":\"org/" + ORGANIZATION
                        + "/project/"
                        + ORGANIZATION + "/user/u\",\"oidc.circleci.com/org-id\":\"" + ORGANIZATION
                        + "\",\"oidc.circleci.com/project-id\":\""
                        + ORGANIZATION + "\",\"oidc.circleci.com/pipeline-definition-id\":\"" + ORGANIZATION
                        + "\",\"oidc.circleci.com/ssh-rerun\":false}"));
    }

    @Override
    protected void check(byte[] input) {
        Map<String, Object> members = StrictJson.readObject(input);
        if (members == null) {
            return;
        }
        IdentityClaims claims = IdentityClaims.of(members);
        List<String> matched = new ArrayList<>();
        for (Registered each : Known.ALL) {
            PublisherProvider provider = each.provider();
            assertThat(provider.keys(claims)).allSatisfy(key -> assertThat(key).hasSizeBetween(1, 255));
            provider.unfit(claims);
            provider.run(claims).forEach((name, value) -> assertThat(value).hasSizeLessThanOrEqualTo(1_000));
            provider.unusedEnvironment(each.settings(), claims);
            provider.match(each.settings(), Map.of(), claims)
                    .fold(
                            match -> {
                                matched.add(provider.id());
                                assertThat(provider.keys(claims))
                                        .as("what matches is found")
                                        .containsAnyElementsOf(provider.keys(each.settings(), Map.of()));
                                isMatchedAgain(each, match, claims);
                                return match;
                            },
                            unmatched -> {
                                assertThat(unmatched.text())
                                        .isNotBlank()
                                        .hasSizeLessThan(2_000)
                                        .doesNotContainPattern("[\\x00-\\x1f]");
                                return unmatched;
                            });
        }
        assertThat(matched).hasSizeLessThanOrEqualTo(1);
        if (!matched.isEmpty()) {
            assertThat(claims.text("iss")).isPresent();
        }
    }

    /** With the pins of the first run the same run fits; with other pins it does not. */
    private static void isMatchedAgain(Registered each, PublisherMatch.Matched match, IdentityClaims claims) {
        Map<String, String> pins = match.pinsNow();
        assertThat(isMatched(each, pins, claims)).isTrue();
        pins.keySet().forEach(pin -> {
            Map<String, String> other = new java.util.TreeMap<>(pins);
            other.put(pin, pins.get(pin) + "1");
            assertThat(isMatched(each, other, claims)).as(pin).isFalse();
        });
    }

    private static boolean isMatched(Registered each, Map<String, String> pins, IdentityClaims claims) {
        return each.provider().match(each.settings(), pins, claims).fold(match -> true, unmatched -> false);
    }
}
