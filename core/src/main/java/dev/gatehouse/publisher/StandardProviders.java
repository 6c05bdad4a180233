package dev.gatehouse.publisher;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tables that come with the library. What their services say is in their documentation of identity tokens. */
final class StandardProviders {
    static final PublisherProvider GITHUB = github();
    static final PublisherProvider GITLAB = gitlab();
    static final PublisherProvider GOOGLE = google();
    static final PublisherProvider ACTIVE_STATE = activeState();
    static final PublisherProvider CIRCLE_CI = circleCi();
    static final PublisherProvider BUILDKITE = buildkite();

    private StandardProviders() {}

    /**
     * GitHub Actions. {@code job_workflow_ref} is what is compared: the file of the job's workflow, which has to be the registered one in
     * the registered repository, or, with {@code reusable-repository}, the named one there.
     */
    private static PublisherProvider github() {
        return PublisherProvider.builder("github", "GitHub", "https://token.actions.githubusercontent.com")
                .settings(List.of(
                        PublisherFields.githubOwner(),
                        PublisherFields.githubRepository(),
                        PublisherFields.githubWorkflow(),
                        PublisherFields.reusableRepository(),
                        PublisherFields.reusableWorkflow()))
                .rules(List.of(
                        ClaimRule.path("repository", "owner", "repository_owner_id", "repository", "repository_id"),
                        ClaimRule.name("repository_owner", "owner", "repository_owner_id"),
                        ClaimRule.pin("repository_owner_id"),
                        ClaimRule.pin("repository_id"),
                        ClaimRule.present("ref"),
                        ClaimRule.present("sha"),
                        ReusableCheck.rule(),
                        ClaimRule.present("jti"),
                        ClaimRule.ignored("sub"),
                        ClaimRule.ignored("actor"),
                        ClaimRule.ignored("base_ref"),
                        ClaimRule.ignored("head_ref"),
                        ClaimRule.ignored("ref_type"),
                        ClaimRule.ignored("repository_visibility"),
                        ClaimRule.ignored("run_attempt"),
                        ClaimRule.ignored("run_id"),
                        ClaimRule.ignored("run_number"),
                        ClaimRule.ignored("workflow"),
                        ClaimRule.ignored("workflow_sha"),
                        ClaimRule.ignored("job_workflow_sha")))
                .lookup("name", "{owner}/{repository}", "{claim.repository}")
                .lookup("id", "{pin.repository_id}", "{claim.repository_id}")
                .lookup(
                        "owner-id",
                        "{pin.repository_owner_id}/{repository}",
                        "{claim.repository_owner_id}/{claim.repository|last}")
                .run(RunClaims.builder()
                        .event("event_name", Set.of("pull_request_target"))
                        .ref("ref")
                        .refProtected("ref_protected")
                        .environment("environment", true)
                        .runner("runner_environment", List.of("github-hosted", "self-hosted"))
                        .actorId("actor_id")
                        .workflow("workflow_ref", "job_workflow_ref")
                        .recorded(Map.of(
                                "sha", "sha",
                                "run-id", "run_id",
                                "run-attempt", "run_attempt",
                                "actor", "actor",
                                "source", "repository"))
                        .build())
                .site(PublisherSite.repository("https://github.com/{owner}/{repository}"))
                .site(PublisherSite.pages("https://{owner}.github.io/{repository}"))
                .description("{owner}/{repository}, {workflow}")
                .build();
    }

    /** GitLab CI/CD. Names of environments are compared with case; both of {@code ref_path} and {@code sha} have to say something. */
    private static PublisherProvider gitlab() {
        return PublisherProvider.builder("gitlab", "GitLab", "https://gitlab.com")
                .ownIssuers()
                .settings(List.of(
                        PublisherFields.gitlabNamespace(),
                        PublisherFields.gitlabProject(),
                        PublisherFields.gitlabWorkflow()))
                .rules(List.of(
                        ClaimRule.path("project_path", "namespace", "namespace_id", "project", "project_id"),
                        ClaimRule.prefixIgnoringCase("sub", "project_path:{claim.project_path}", ':'),
                        ClaimRule.pin("namespace_id"),
                        ClaimRule.pin("project_id"),
                        ClaimRule.present("ref_path"),
                        ClaimRule.present("sha"),
                        ClaimRule.workflow(
                                "ci_config_ref_uri",
                                "{host}/{claim.project_path}//",
                                "workflow",
                                "ref_path",
                                "sha",
                                true),
                        ClaimRule.present("jti"),
                        ClaimRule.ignored("namespace_path"),
                        ClaimRule.ignored("user_login"),
                        ClaimRule.ignored("user_email"),
                        ClaimRule.ignored("user_access_level"),
                        ClaimRule.ignored("pipeline_id"),
                        ClaimRule.ignored("job_id"),
                        ClaimRule.ignored("ref"),
                        ClaimRule.ignored("ref_type"),
                        ClaimRule.ignored("runner_id"),
                        ClaimRule.ignored("ci_config_sha"),
                        ClaimRule.ignored("project_visibility")))
                .lookup("name", "{namespace}/{project}", "{claim.project_path}")
                .lookup("id", "{pin.project_id}", "{claim.project_id}")
                .lookup("owner-id", "{pin.namespace_id}/{project}", "{claim.namespace_id}/{claim.project_path|last}")
                .run(RunClaims.builder()
                        .event("pipeline_source", Set.of())
                        .ref("ref_path")
                        .refProtected("ref_protected")
                        .environment("environment", false)
                        .runner("runner_environment", List.of("gitlab-hosted", "self-hosted"))
                        .actorId("user_id")
                        .recorded(Map.of(
                                "sha", "sha",
                                "run-id", "pipeline_id",
                                "actor", "user_login",
                                "source", "project_path",
                                "workflow", "ci_config_ref_uri"))
                        .build())
                .site(PublisherSite.repository("https://{host}/{namespace}/{project}"))
                .site(GitLabPages::covers)
                .description("{namespace}/{project}, {workflow}")
                .build();
    }

    /** Google. An address can be given to another account, its {@code sub} never: it is pinned with the first use. */
    private static PublisherProvider google() {
        return PublisherProvider.builder("google", "Google", "https://accounts.google.com")
                .settings(List.of(PublisherFields.googleEmail(), PublisherFields.googleSubject()))
                .rules(List.of(
                        ClaimRule.equal("email", "{email}"),
                        ClaimRule.flag("email_verified", true),
                        ClaimRule.pin("sub"),
                        ClaimRule.equal("sub", "{sub}").optional(),
                        ClaimRule.ignored("azp")))
                .lookup("name", "{email}", "{claim.email}")
                .run(RunClaims.builder()
                        .recorded(Map.of("actor", "email", "actor-id", "sub"))
                        .build())
                .description("{email}")
                .build();
    }

    /** ActiveState. Only runs of the platform's own builder for package indexes count. */
    private static PublisherProvider activeState() {
        return PublisherProvider.builder(
                        "activestate", "ActiveState", "https://platform.activestate.com/api/v1/oauth/oidc")
                .settings(List.of(
                        PublisherFields.activeStateOrganization(),
                        PublisherFields.activeStateProject(),
                        PublisherFields.activeStateActor()))
                .rules(List.of(
                        SubjectCheck.rule("org:{organization}:project:{project}"),
                        ClaimRule.equal("organization", "{organization}"),
                        ClaimRule.equal("project", "{project}"),
                        ClaimRule.equal("actor_id", "{actor-id}"),
                        ClaimRule.equal("builder", "pypi-publisher"),
                        ClaimRule.pin("organization_id").optional(),
                        ClaimRule.pin("project_id").optional(),
                        ClaimRule.ignored("actor"),
                        ClaimRule.ignored("artifact_id"),
                        ClaimRule.ignored("ingredient"),
                        ClaimRule.ignored("project_path"),
                        ClaimRule.ignored("project_visibility")))
                .lookup("name", "{organization}/{project}", "{claim.organization}/{claim.project}")
                .run(RunClaims.builder()
                        .recorded(Map.of("actor", "actor", "actor-id", "actor_id", "run-id", "artifact_id"))
                        .build())
                .site("https://platform.activestate.com/{organization}/{project}")
                .description("{organization}/{project}, actor {actor-id}")
                .build();
    }

    /** CircleCI. All settings are immutable ids; a job that somebody joined over SSH never counts. */
    private static PublisherProvider circleCi() {
        String prefix = "oidc.circleci.com/";
        return PublisherProvider.builder("circleci", "CircleCI", "https://oidc.circleci.com/org/{organization-id}")
                .settings(PublisherFields.circleCi())
                .rules(List.of(
                        ClaimRule.equal(prefix + "org-id", "{organization-id}"),
                        ClaimRule.equal(prefix + "project-id", "{project-id}"),
                        ClaimRule.equal(prefix + "pipeline-definition-id", "{pipeline-definition-id}"),
                        ClaimRule.flag(prefix + "ssh-rerun", false),
                        ClaimRule.element(prefix + "context-ids", "{context-id}")
                                .optional(),
                        ClaimRule.equal(prefix + "vcs-origin", "{vcs-origin}").optional(),
                        ClaimRule.ignored("sub"),
                        ClaimRule.ignored(prefix + "job-id"),
                        ClaimRule.ignored(prefix + "pipeline-id"),
                        ClaimRule.ignored(prefix + "workflow-id")))
                .lookup("name", "{project-id}", "{claim." + prefix + "project-id}")
                .run(RunClaims.builder()
                        .ref(prefix + "vcs-ref")
                        .recorded(Map.of("run-id", prefix + "workflow-id", "source", prefix + "vcs-origin"))
                        .build())
                .description("organization {organization-id}, project {project-id}")
                .build();
    }

    /** Buildkite. Slugs can be given up and taken by others: the ids are pinned where the run's token has them. */
    private static PublisherProvider buildkite() {
        return PublisherProvider.builder("buildkite", "Buildkite", "https://agent.buildkite.com")
                .settings(PublisherFields.buildkite())
                .rules(List.of(
                        ClaimRule.name("organization_slug", "organization", "organization_id"),
                        ClaimRule.name("pipeline_slug", "pipeline", "pipeline_id"),
                        ClaimRule.pin("organization_id").optional(),
                        ClaimRule.pin("pipeline_id").optional(),
                        ClaimRule.present("job_id"),
                        ClaimRule.present("agent_id"),
                        ClaimRule.equal("step_key", "{step}").optional(),
                        ClaimRule.ignored("sub"),
                        ClaimRule.ignored("build_number"),
                        ClaimRule.ignored("build_commit")))
                .lookup("name", "{organization}/{pipeline}", "{claim.organization_slug}/{claim.pipeline_slug}")
                .lookup("id", "{pin.pipeline_id}", "{claim.pipeline_id}")
                .run(RunClaims.builder()
                        .event("build_source", Set.of())
                        .branchAndTag("build_branch", "build_tag")
                        .runner("runner_environment", List.of("buildkite-hosted", "self-hosted"))
                        .recorded(Map.of("sha", "build_commit", "run-id", "build_number", "source", "pipeline_slug"))
                        .build())
                .description("{organization}/{pipeline}")
                .build();
    }
}
