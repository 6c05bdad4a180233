package dev.gatehouse.publisher;

import dev.gatehouse.oidc.IdentityClaims;
import java.util.HashMap;
import java.util.Map;

/** A run of GitHub Actions and its publisher; also with claims that were written to be slow to compare. */
public final class ClaimCase {
    private static final String WORKFLOW = "octo-org/octo-repo/.github/workflows/release.yml@refs/tags/v1.0.0";

    private final PublisherProvider github = PublisherProvider.github();
    private final PublisherSettings settings = github.read(
                    Map.of("owner", "octo-org", "repository", "octo-repo", "workflow", "release.yml"))
            .fold(SettingsReading.Accepted::settings, refused -> {
                throw new IllegalStateException(refused.problems().toString());
            });
    private final Map<String, String> claims = Map.ofEntries(
            Map.entry("iss", settings.issuer()),
            Map.entry("jti", "a1"),
            Map.entry("repository", "octo-org/octo-repo"),
            Map.entry("repository_id", "74"),
            Map.entry("repository_owner", "octo-org"),
            Map.entry("repository_owner_id", "65"),
            Map.entry("ref", "refs/tags/v1.0.0"),
            Map.entry("sha", "0123456789abcdef0123456789abcdef01234567"),
            Map.entry("workflow_ref", WORKFLOW),
            Map.entry("job_workflow_ref", WORKFLOW),
            Map.entry("event_name", "push"),
            Map.entry("runner_environment", "github-hosted"));
    private final IdentityClaims honest = IdentityClaims.of(claims);
    private final IdentityClaims hostile;
    private final String path;
    private final String ref;

    private ClaimCase(int characters) {
        String slow = "/.yml@".repeat(characters / 6);
        Map<String, String> many = new HashMap<>(claims);
        many.replaceAll((name, value) -> name.equals("iss") ? value : value + slow);
        this.hostile = IdentityClaims.of(many);
        this.path = "gitlab.com/foo/bar//" + slow;
        this.ref = "a".repeat(characters);
    }

    /** Hostile claims of this many characters each. */
    public static ClaimCase of(int characters) {
        return new ClaimCase(characters);
    }

    /** An ordinary run and its publisher. */
    public long match() {
        return answer(github.match(settings, Map.of(), honest));
    }

    /** Every claim as long as said. */
    public long matchHostile() {
        return answer(github.match(settings, Map.of(), hostile));
    }

    /** The lookup keys of an ordinary run. */
    public long keys() {
        return github.keys(honest).size();
    }

    /** Looks for a file where there almost is one, again and again. */
    public long file() {
        return WorkflowFiles.gitlab(path).isPresent() ? 2 : 1;
    }

    /** A pattern that almost matches everywhere. */
    public long pattern() {
        return Glob.matches("*a*a*a*b", ref) ? 2 : 1;
    }

    private static long answer(PublisherMatch match) {
        return match.<Long>fold(
                matched -> 1L, unmatched -> 1L + unmatched.mismatches().size());
    }
}
