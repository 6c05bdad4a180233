package dev.gatehouse.publisher;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What an owner registers at each service: labels, and what may be typed; PyPI's words where it has some. */
final class PublisherFields {
    /** Each is one character class after another without choice, so that matching is linear. */
    private static final Pattern GITHUB_OWNER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*");

    private static final Pattern GITHUB_REPOSITORY = Pattern.compile("[A-Za-z0-9_.-]+");
    private static final Pattern GITLAB_PART = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*");
    private static final Pattern ACTIVE_STATE = Pattern.compile("[.A-Za-z0-9-]{3,40}");
    private static final Pattern UUID =
            Pattern.compile("[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}");
    private static final Pattern SLUG = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,99}");
    private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]+");

    private PublisherFields() {}

    static PublisherSetting githubOwner() {
        return PublisherSetting.builder("owner", "Owner")
                .help("The user or organization that the repository belongs to.")
                .required("Specify GitHub repository owner (username or organization)")
                .ignoringCase()
                .maxLength(100, "Invalid GitHub user or organization name.")
                .check(typed ->
                        unless(GITHUB_OWNER.matcher(typed).matches(), "Invalid GitHub user or organization name."))
                .build();
    }

    static PublisherSetting githubRepository() {
        return PublisherSetting.builder("repository", "Repository name")
                .required("Specify repository name")
                .ignoringCase()
                .maxLength(100, "Invalid repository name")
                .check(typed -> unless(isRepository(typed), "Invalid repository name"))
                .build();
    }

    private static boolean isRepository(String typed) {
        return GITHUB_REPOSITORY.matcher(typed).matches()
                && !typed.equals(".")
                && !typed.equals("..")
                && !Fold.lower(typed).endsWith(".git");
    }

    static PublisherSetting githubWorkflow() {
        return githubFile("workflow", "Workflow name")
                .help("The file in .github/workflows/ that the job runs.")
                .required("Specify workflow filename")
                .build();
    }

    private static PublisherSetting.Builder githubFile(String name, String label) {
        return PublisherSetting.builder(name, label)
                .maxLength(255, "Workflow name is too long")
                .check(PublisherFields::githubFileProblem);
    }

    private static Optional<String> githubFileProblem(String typed) {
        if (!isYaml(typed)) {
            return Optional.of("Workflow name must end with .yml or .yaml");
        }
        if (typed.indexOf('/') >= 0) {
            return Optional.of("Workflow filename must be a filename only, without directories");
        }
        return controls(typed, "Workflow name must not contain control characters");
    }

    static PublisherSetting reusableRepository() {
        return PublisherSetting.builder(ReusableCheck.REPOSITORY, "Repository of a reusable workflow")
                .help(
                        "OWNER/REPOSITORY, if the job runs a workflow of another repository; the workflow above calls it.")
                .ignoringCase()
                .needs(ReusableCheck.WORKFLOW)
                .check(PublisherFields::reusableProblem)
                .build();
    }

    private static Optional<String> reusableProblem(String typed) {
        int slash = typed.indexOf('/');
        return unless(
                slash > 0
                        && slash <= 100
                        && GITHUB_OWNER.matcher(typed.substring(0, slash)).matches()
                        && isRepository(typed.substring(slash + 1)),
                "Repository of a reusable workflow must be OWNER/REPOSITORY");
    }

    static PublisherSetting reusableWorkflow() {
        return githubFile(ReusableCheck.WORKFLOW, "Reusable workflow")
                .help("The file in .github/workflows/ of that repository.")
                .needs(ReusableCheck.REPOSITORY)
                .build();
    }

    static PublisherSetting gitlabNamespace() {
        return PublisherSetting.builder("namespace", "Namespace")
                .help("The user or group that the project belongs to, with its subgroups.")
                .required("Specify GitLab namespace (username or group/subgroup)")
                .ignoringCase()
                .check(typed -> unless(isNamespace(typed), "Invalid GitLab username or group/subgroup name."))
                .build();
    }

    private static boolean isNamespace(String typed) {
        return List.of(typed.split("/", -1)).stream().allMatch(PublisherFields::isGitLabPart);
    }

    private static boolean isGitLabPart(String typed) {
        String lower = Fold.lower(typed);
        return GITLAB_PART.matcher(typed).matches()
                && Character.isLetterOrDigit(typed.charAt(typed.length() - 1))
                && !lower.endsWith(".git")
                && !lower.endsWith(".atom");
    }

    static PublisherSetting gitlabProject() {
        return PublisherSetting.builder("project", "Project name")
                .required("Specify project name")
                .ignoringCase()
                .check(typed -> unless(isGitLabPart(typed), "Invalid project name"))
                .build();
    }

    static PublisherSetting gitlabWorkflow() {
        return PublisherSetting.builder("workflow", "Top-level pipeline file path")
                .required("Specify workflow filepath")
                .check(PublisherFields::gitlabFileProblem)
                .build();
    }

    private static Optional<String> gitlabFileProblem(String typed) {
        if (typed.startsWith("/") || typed.endsWith("/")) {
            return Optional.of("Workflow file path cannot start or end with /");
        }
        if (!isYaml(typed)) {
            return Optional.of("Workflow file path must end with .yml or .yaml");
        }
        return controls(typed, "Workflow file path must not contain control characters");
    }

    /** Whether there is a name before the suffix: a file that is only a suffix is none. */
    private static boolean isYaml(String typed) {
        int stem = typed.length() - (typed.endsWith(".yml") ? 4 : 5);
        return (typed.endsWith(".yml") || typed.endsWith(".yaml")) && stem > 0 && typed.charAt(stem - 1) != '/';
    }

    static PublisherSetting googleEmail() {
        return PublisherSetting.builder("email", "E-mail")
                .help("The address of the service account or person.")
                .required("This field is required.")
                .maxLength(254, "Invalid email address.")
                .check(typed -> unless(isAddress(typed), "Invalid email address."))
                .build();
    }

    private static boolean isAddress(String typed) {
        int at = typed.indexOf('@');
        return VISIBLE.matcher(typed).matches() && at > 0 && at == typed.lastIndexOf('@') && at < typed.length() - 1;
    }

    static PublisherSetting googleSubject() {
        return PublisherSetting.builder("sub", "Subject")
                .help("The account's number, if it is known.")
                .constraint()
                .check(typed -> unless(VISIBLE.matcher(typed).matches(), "Invalid subject"))
                .build();
    }

    static PublisherSetting activeStateOrganization() {
        return activeState("organization", "Organization", "Specify ActiveState organization name")
                .check(typed -> typed.indexOf('.') >= 0
                        ? Optional.of("Invalid ActiveState organization name")
                        : activeStateProblem(typed, "Invalid ActiveState organization name"))
                .build();
    }

    static PublisherSetting activeStateProject() {
        return activeState("project", "ActiveState project name", "Specify ActiveState project name")
                .check(typed -> activeStateProblem(typed, "Invalid ActiveState project name"))
                .build();
    }

    static PublisherSetting activeStateActor() {
        return activeState("actor-id", "Actor id", "Specify the ActiveState actor id")
                .help("The immutable id of the user whose runs count.")
                .check(typed -> unless(UUID.matcher(typed).matches(), "Invalid ActiveState actor id"))
                .build();
    }

    private static PublisherSetting.Builder activeState(String name, String label, String missing) {
        return PublisherSetting.builder(name, label).required(missing);
    }

    private static Optional<String> activeStateProblem(String typed, String invalid) {
        if (!ACTIVE_STATE.matcher(typed).matches()) {
            return Optional.of(invalid);
        }
        if (typed.contains("--")) {
            return Optional.of("Double dashes are not allowed in the name");
        }
        return typed.startsWith("-") || typed.endsWith("-")
                ? Optional.of("Leading or trailing dashes are not allowed in the name")
                : Optional.empty();
    }

    static List<PublisherSetting> circleCi() {
        return List.of(
                uuid("organization-id", "Organization ID")
                        .required("Specify CircleCI organization ID")
                        .build(),
                uuid("project-id", "Project ID")
                        .required("Specify CircleCI project ID")
                        .build(),
                uuid("pipeline-definition-id", "Pipeline definition ID")
                        .required("Specify CircleCI pipeline definition ID")
                        .build(),
                uuid("context-id", "Context ID")
                        .help("Only jobs that use this context.")
                        .constraint()
                        .build(),
                PublisherSetting.builder("vcs-origin", "Repository")
                        .help("Only runs for this repository, such as github.com/octo-org/octo-repo.")
                        .constraint()
                        .check(typed -> unless(VISIBLE.matcher(typed).matches(), "Invalid repository"))
                        .build());
    }

    private static PublisherSetting.Builder uuid(String name, String label) {
        return PublisherSetting.builder(name, label)
                .ignoringCase()
                .check(typed -> unless(UUID.matcher(typed).matches(), label + " must be a UUID"));
    }

    static List<PublisherSetting> buildkite() {
        return List.of(
                slug("organization", "Organization slug", "Specify Buildkite organization slug"),
                slug("pipeline", "Pipeline slug", "Specify pipeline slug"),
                PublisherSetting.builder("step", "Step key")
                        .help("Only jobs of this step.")
                        .constraint()
                        .check(typed -> unless(VISIBLE.matcher(typed).matches(), "Invalid step key"))
                        .build());
    }

    private static PublisherSetting slug(String name, String label, String missing) {
        return PublisherSetting.builder(name, label)
                .required(missing)
                .ignoringCase()
                .check(typed -> unless(SLUG.matcher(typed).matches(), "Invalid " + Fold.lower(label)))
                .build();
    }

    private static Optional<String> unless(boolean holds, String text) {
        return holds ? Optional.empty() : Optional.of(text);
    }

    private static Optional<String> controls(String typed, String text) {
        return unless(typed.chars().noneMatch(Character::isISOControl), text);
    }
}
