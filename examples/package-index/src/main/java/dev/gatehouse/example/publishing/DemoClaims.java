package dev.gatehouse.example.publishing;

import dev.gatehouse.publisher.PublisherSettings;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the build services say of a run of a publisher, as far as an index looks at it. Not thread-safe. */
final class DemoClaims {
    private static final String LEFT_OUT = "-";
    private static final String SHA = "0123456789abcdef0123456789abcdef01234567";

    private final Map<String, Object> claims = new LinkedHashMap<>();
    private final PublisherSettings settings;
    private final Map<String, String> pins;
    private final Map<String, String> chosen;

    private DemoClaims(PublisherSettings settings, Map<String, String> pins, Map<String, String> chosen) {
        this.settings = settings;
        this.pins = pins;
        this.chosen = chosen;
    }

    /**
     * The claims of a run that the publisher matches, unless others are chosen.
     *
     * @param provider the service, such as {@code github}
     */
    static Map<String, Object> of(
            String provider, PublisherSettings settings, Map<String, String> pins, Map<String, String> chosen) {
        DemoClaims run = new DemoClaims(settings, pins, chosen);
        switch (provider) {
            case "github" -> run.github();
            case "gitlab" -> run.gitlab();
            case "google" -> run.google();
            case "activestate" -> run.activeState();
            case "circleci" -> run.circleCi();
            case "buildkite" -> run.buildkite();
            default -> throw new IllegalArgumentException("provider: none that is demonstrated");
        }
        chosen.forEach((name, value) -> {
            if (!value.equals(LEFT_OUT)) {
                run.claims.putIfAbsent(name, value);
            }
        });
        return run.claims;
    }

    private void github() {
        String repository = put("repository", setting("owner") + "/" + setting("repository"));
        String owner = put("repository_owner", repository.replaceFirst("/.*", ""));
        put("repository_owner_id", pin("repository_owner_id", number(owner)));
        put("repository_id", pin("repository_id", number(repository)));
        put("repository_visibility", "public");
        String ref = put("ref", ref());
        put("ref_type", ref.startsWith("refs/tags/") ? "tag" : "branch");
        put("ref_protected", settings.value("ref-protected").orElse("false"));
        put("sha", SHA);
        String own = put("workflow_ref", repository + "/.github/workflows/" + setting("workflow") + "@" + ref);
        put(
                "job_workflow_ref",
                settings.value("reusable-repository")
                        .map(other -> other + "/.github/workflows/" + setting("reusable-workflow") + "@refs/heads/main")
                        .orElse(own));
        put("event_name", first("events", "push"));
        put("environment", settings.value("environment").orElse(LEFT_OUT));
        put("runner_environment", settings.value("runner").orElse("github-hosted"));
        put("actor", "octocat");
        put("actor_id", first("actor-id", "583231"));
        put("run_id", "4711");
        put("run_number", "1");
        put("run_attempt", "1");
        put("jti", UUID.randomUUID().toString());
        put("sub", "repo:" + repository + ":ref:" + ref);
    }

    private void gitlab() {
        String path = put("project_path", setting("namespace") + "/" + setting("project"));
        String namespace = put("namespace_path", path.replaceFirst("/[^/]*$", ""));
        put("namespace_id", pin("namespace_id", number(namespace)));
        put("project_id", pin("project_id", number(path)));
        String ref = put("ref_path", ref());
        String type = put("ref_type", ref.startsWith("refs/tags/") ? "tag" : "branch");
        String name = put("ref", ref.replaceFirst("refs/(tags|heads)/", ""));
        put("ref_protected", settings.value("ref-protected").orElse("false"));
        put("sha", SHA);
        String host = settings.issuer().replaceFirst("https?://", "");
        put("ci_config_ref_uri", host + "/" + path + "//" + setting("workflow") + "@" + ref);
        put("pipeline_source", first("events", "push"));
        put("environment", settings.value("environment").orElse(LEFT_OUT));
        put("runner_environment", settings.value("runner").orElse("gitlab-hosted"));
        put("user_login", "tanuki");
        put("user_id", first("actor-id", "1"));
        put("pipeline_id", "4711");
        put("job_id", "4712");
        put("jti", UUID.randomUUID().toString());
        put("sub", "project_path:" + path + ":ref_type:" + type + ":ref:" + name);
    }

    private void google() {
        String email = put("email", setting("email"));
        flag("email_verified", true);
        put("sub", settings.value("sub").orElse(pin("sub", number(email))));
        put("azp", number(email));
    }

    private void activeState() {
        String organization = put("organization", setting("organization"));
        String project = put("project", setting("project"));
        put("actor_id", setting("actor-id"));
        put("actor", "somebody");
        put("builder", "pypi-publisher");
        put("organization_id", pin("organization_id", id(organization)));
        put("project_id", pin("project_id", id(organization + "/" + project)));
        put("artifact_id", id("artifact"));
        put("sub", "org:" + organization + ":project:" + project);
    }

    private void circleCi() {
        String prefix = "oidc.circleci.com/";
        String project = put(prefix + "project-id", setting("project-id"));
        String organization = put(prefix + "org-id", setting("organization-id"));
        put(prefix + "pipeline-definition-id", setting("pipeline-definition-id"));
        put(prefix + "vcs-origin", settings.value("vcs-origin").orElse("github.com/octo-org/octo-repo"));
        put(prefix + "vcs-ref", ref());
        put(prefix + "workflow-id", id("workflow"));
        put(prefix + "job-id", id("job"));
        flag(prefix + "ssh-rerun", false);
        if (!chosen.containsKey(prefix + "context-ids")) {
            claims.put(
                    prefix + "context-ids",
                    settings.value("context-id").map(List::of).orElse(List.of()));
        }
        put("sub", "org/" + organization + "/project/" + project + "/user/" + id("user"));
    }

    private void buildkite() {
        String organization = put("organization_slug", setting("organization"));
        String pipeline = put("pipeline_slug", setting("pipeline"));
        put("organization_id", pin("organization_id", id(organization)));
        put("pipeline_id", pin("pipeline_id", id(organization + "/" + pipeline)));
        put("job_id", id("job"));
        put("agent_id", id("agent"));
        put("step_key", settings.value("step").orElse("publish"));
        put("build_number", "7");
        put("build_commit", SHA);
        put("build_source", first("events", "webhook"));
        put("runner_environment", settings.value("runner").orElse("buildkite-hosted"));
        String ref = ref();
        String name = ref.replaceFirst("refs/(tags|heads)/", "");
        put("build_branch", ref.startsWith("refs/heads/") ? name : "main");
        put("build_tag", ref.startsWith("refs/tags/") ? name : LEFT_OUT);
        put("sub", "organization:" + organization + ":pipeline:" + pipeline + ":ref:" + ref);
    }

    /** Sets a claim to what is chosen for it, else to the value; gives what it is. */
    private String put(String claim, String value) {
        String is = chosen.getOrDefault(claim, value);
        if (!is.equals(LEFT_OUT)) {
            claims.put(claim, is);
        }
        return is;
    }

    private void flag(String claim, boolean value) {
        @Nullable String other = chosen.get(claim);
        if (other == null) {
            claims.put(claim, value);
        } else if (!other.equals(LEFT_OUT)) {
            claims.put(claim, other.equals("true"));
        }
    }

    private String setting(String name) {
        return settings.value(name).orElse("");
    }

    private String pin(String claim, String otherwise) {
        return pins.getOrDefault(claim, otherwise);
    }

    private String first(String setting, String otherwise) {
        return settings.value(setting).map(list -> list.split(",", -1)[0]).orElse(otherwise);
    }

    /** A ref that the constraints of the publisher take. */
    private String ref() {
        boolean branch = settings.value("ref-type").filter("branch"::equals).isPresent();
        String pattern = settings.value("ref-pattern").orElse("*");
        String any = branch ? "main" : pattern.equals("*") ? "v1.0" : "1.0";
        return (branch ? "refs/heads/" : "refs/tags/") + pattern.replace("*", any);
    }

    /** A number that is always the same for a name. */
    private static String number(String name) {
        return Long.toString(1_000_000 + Integer.toUnsignedLong(name.hashCode()));
    }

    /** An id that is always the same for a name. */
    private static String id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
