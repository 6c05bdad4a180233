package dev.gatehouse.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.oidc.IdentityClaims;
import dev.gatehouse.publisher.PublisherMatch.Matched;
import dev.gatehouse.publisher.PublisherMatch.Unmatched;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Claims of an ordinary run at each provider, and a publisher that they are of. */
final class Runs {
    /** A provider's table, a publisher of it and the claims of a run of its. */
    record Run(PublisherProvider provider, PublisherSettings settings, Map<String, @Nullable Object> claims) {

        /** The same with these claims put in the place of others; null takes one out. */
        Run with(String name, @Nullable Object value) {
            Map<String, @Nullable Object> changed = new LinkedHashMap<>(claims);
            if (value == null) {
                changed.remove(name);
            } else {
                changed.put(name, value);
            }
            return new Run(provider, settings, changed);
        }

        Run set(String setting, String value) {
            Map<String, String> values = new LinkedHashMap<>(settings.values());
            values.put(setting, value);
            return new Run(provider, PublisherSettings.of(settings.provider(), settings.issuer(), values), claims);
        }

        Run by(PublisherProvider table) {
            return new Run(table, settings, claims);
        }

        IdentityClaims identity() {
            return IdentityClaims.of(claims);
        }

        PublisherMatch match(Map<String, String> pins) {
            return provider.match(settings, pins, identity());
        }

        PublisherMatch match() {
            return match(Map.of());
        }

        Matched matched() {
            return match().fold(matched -> matched, unmatched -> {
                throw new AssertionError(unmatched.mismatches().toString());
            });
        }

        /** The pins after a first use. */
        Map<String, String> pins() {
            return matched().pinsNow();
        }

        Unmatched unmatched() {
            return unmatched(Map.of());
        }

        Unmatched unmatched(Map<String, String> pins) {
            return match(pins)
                    .fold(
                            matched -> {
                                throw new AssertionError("matched");
                            },
                            unmatched -> unmatched);
        }

        boolean matches() {
            return match().fold(matched -> true, unmatched -> false);
        }

        /** Expects the code and the claim of the first cause. */
        void isRefused(PublisherMismatch code, String claim) {
            Unmatched unmatched = unmatched();
            assertThat(unmatched.code()).as(unmatched.text()).isEqualTo(code);
            assertThat(unmatched.claim()).isEqualTo(claim);
        }
    }

    private static final String SHA = "0123456789abcdef0123456789abcdef01234567";

    private Runs() {}

    static PublisherSettings read(PublisherProvider provider, Map<String, String> form) {
        return provider.read(form).fold(SettingsReading.Accepted::settings, refused -> {
            throw new AssertionError(refused.problems().toString());
        });
    }

    static Map<String, @Nullable Object> claims(@Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> claims = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            claims.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return claims;
    }

    static Run github() {
        String workflow = "octo-org/octo-repo/.github/workflows/release.yml@refs/tags/v1.0.0";
        return new Run(
                PublisherProvider.github(),
                read(
                        PublisherProvider.github(),
                        Map.of("owner", "octo-org", "repository", "octo-repo", "workflow", "release.yml")),
                claims(
                        "iss", "https://token.actions.githubusercontent.com",
                        "aud", "pypi",
                        "jti", "a1",
                        "iat", 1632493567,
                        "exp", 1632493867,
                        "sub", "repo:octo-org/octo-repo:ref:refs/tags/v1.0.0",
                        "repository", "octo-org/octo-repo",
                        "repository_id", "74",
                        "repository_owner", "octo-org",
                        "repository_owner_id", "65",
                        "ref", "refs/tags/v1.0.0",
                        "ref_type", "tag",
                        "ref_protected", "false",
                        "sha", SHA,
                        "workflow_ref", workflow,
                        "job_workflow_ref", workflow,
                        "event_name", "push",
                        "run_id", "4711",
                        "run_attempt", "1",
                        "runner_environment", "github-hosted",
                        "actor", "octocat",
                        "actor_id", "12"));
    }

    static Run gitlab() {
        return new Run(
                PublisherProvider.gitlab(),
                read(
                        PublisherProvider.gitlab(),
                        Map.of("namespace", "octocat", "project", "hello-world", "workflow", ".gitlab-ci.yml")),
                claims(
                        "iss", "https://gitlab.com",
                        "aud", "pypi",
                        "jti", "a1",
                        "sub", "project_path:octocat/hello-world:ref_type:branch:ref:main",
                        "project_id", "74884433",
                        "project_path", "octocat/hello-world",
                        "namespace_id", "123",
                        "namespace_path", "octocat",
                        "user_id", "39035",
                        "user_login", "octocat",
                        "pipeline_id", "2069090987",
                        "pipeline_source", "push",
                        "ref", "main",
                        "ref_type", "branch",
                        "ref_path", "refs/heads/main",
                        "ref_protected", "true",
                        "runner_id", 12270840,
                        "runner_environment", "gitlab-hosted",
                        "sha", SHA,
                        "ci_config_ref_uri", "gitlab.com/octocat/hello-world//.gitlab-ci.yml@refs/heads/main"));
    }

    static Run google() {
        return new Run(
                PublisherProvider.google(),
                read(PublisherProvider.google(), Map.of("email", "svc@project.iam.gserviceaccount.com")),
                claims(
                        "iss", "https://accounts.google.com",
                        "aud", "pypi",
                        "azp", "123",
                        "sub", "111260650121185072906",
                        "email", "svc@project.iam.gserviceaccount.com",
                        "email_verified", true));
    }

    static Run activeState() {
        return new Run(
                PublisherProvider.activeState(),
                read(
                        PublisherProvider.activeState(),
                        Map.of(
                                "organization", "fakeorg",
                                "project", "fakeproject",
                                "actor-id", "00000000-0000-1000-8000-00000000000f")),
                claims(
                        "iss", "https://platform.activestate.com/api/v1/oauth/oidc",
                        "aud", "pypi",
                        "sub", "org:fakeorg:project:fakeproject:ingredient:x",
                        "organization", "fakeorg",
                        "organization_id", "o",
                        "project", "fakeproject",
                        "project_id", "p",
                        "project_visibility", "public",
                        "project_path", "fakeorg/fakeproject",
                        "actor", "someuser",
                        "actor_id", "00000000-0000-1000-8000-00000000000f",
                        "artifact_id", "a",
                        "builder", "pypi-publisher"));
    }

    static Run circleCi() {
        String organization = "00000000-0000-1000-8000-00000000000a";
        String project = "00000000-0000-1000-8000-00000000000b";
        String definition = "00000000-0000-1000-8000-00000000000c";
        return new Run(
                PublisherProvider.circleCi(),
                read(
                        PublisherProvider.circleCi(),
                        Map.of(
                                "organization-id", organization,
                                "project-id", project,
                                "pipeline-definition-id", definition)),
                claims(
                        "iss",
                        "https://oidc.circleci.com/org/" + organization,
                        "aud",
                        "pypi",
                        "sub",
                        "org/" + organization + "/project/" + project + "/user/u",
                        "oidc.circleci.com/org-id",
                        organization,
                        "oidc.circleci.com/project-id",
                        project,
                        "oidc.circleci.com/pipeline-definition-id",
                        definition,
                        "oidc.circleci.com/ssh-rerun",
                        false,
                        "oidc.circleci.com/context-ids",
                        java.util.List.of("00000000-0000-1000-8000-00000000000d"),
                        "oidc.circleci.com/vcs-origin",
                        "github.com/octo-org/octo-repo",
                        "oidc.circleci.com/vcs-ref",
                        "refs/heads/main",
                        "oidc.circleci.com/workflow-id",
                        "00000000-0000-1000-8000-00000000000e"));
    }

    static Run buildkite() {
        return new Run(
                PublisherProvider.buildkite(),
                read(PublisherProvider.buildkite(), Map.of("organization", "planetscale", "pipeline", "vault-secrets")),
                claims(
                        "iss", "https://agent.buildkite.com",
                        "aud", "pypi",
                        "sub", "organization:planetscale:pipeline:vault-secrets:ref:refs/heads/main:commit:x:step:",
                        "organization_slug", "planetscale",
                        "organization_id", "o1",
                        "pipeline_slug", "vault-secrets",
                        "pipeline_id", "p1",
                        "build_number", 175,
                        "build_branch", "main",
                        "build_tag", "v1.0.0",
                        "build_commit", SHA,
                        "build_source", "webhook",
                        "step_key", "publish",
                        "job_id", "018485f6-1f53-4f18-9b53-72428db4d239",
                        "agent_id", "018485f6-eec2-4b61-a7be-0e35ef563df0",
                        "runner_environment", "buildkite-hosted"));
    }

    static java.util.List<Run> all() {
        return java.util.List.of(github(), gitlab(), google(), activeState(), circleCi(), buildkite());
    }
}
