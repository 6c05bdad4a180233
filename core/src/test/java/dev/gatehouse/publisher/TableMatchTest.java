package dev.gatehouse.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.publisher.Runs.Run;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a match keeps of a run: names of today only if a store can keep them. */
class TableMatchTest {
    private static final Map<String, String> PINS = Map.of("repository_owner_id", "65", "repository_id", "74");

    private static PublisherSettings now(String owner) {
        String path = owner + "/octo-repo";
        String workflow = path + "/.github/workflows/release.yml@refs/tags/v1.0.0";
        Run run = Runs.github()
                .with("repository", path)
                .with("repository_owner", owner)
                .with("workflow_ref", workflow)
                .with("job_workflow_ref", workflow);
        return run.match(PINS).fold(PublisherMatch.Matched::settingsNow, unmatched -> {
            throw new AssertionError(unmatched.mismatches().toString());
        });
    }

    @Test
    void match_renamedToWhatCannotBeKept_keepsTheRegisteredNames() {
        String longest = "o".repeat(PublisherSettings.MAX_VALUE);

        assertThat(now(longest).value("owner")).contains(longest);
        assertThat(now(longest + "o").value("owner")).contains("octo-org");
        assertThat(now("\0new").value("owner")).contains("octo-org");
    }

    /** What is told already is not told again of the workflow. */
    @Test
    void match_withoutTheWorkflowsClaim_tellsItOnce() {
        assertThat(Runs.github().with("job_workflow_ref", null).unmatched().mismatches())
                .singleElement()
                .satisfies(each -> assertThat(each.code()).isEqualTo(PublisherMismatch.MISSING_CLAIM));
    }

    @Test
    void match_aRefAtTheLimit_isComparedAndOneOverItIsNot() {
        String place = "octo-org/octo-repo/.github/workflows/release.yml@";
        String sha = "s".repeat(Matching.MAX_CLAIM);
        Run run = Runs.github().with("ref", null).with("sha", sha);

        assertThat(run.with("job_workflow_ref", place + "x").unmatched().mismatches())
                .anyMatch(each -> each.text().contains("expecting one of"));
        assertThat(run.with("sha", sha + "s").unmatched().mismatches())
                .anyMatch(each -> each.text().contains("ref and sha claims are empty"));
    }

    @Test
    void read_anIssuerOfOnesOwnThatIsNoUri_isRefused() {
        PublisherProvider gitlab = PublisherProvider.gitlab();
        Map<String, String> form = Runs.gitlab().settings().values();
        for (String url : new String[] {"https://e.example/%zz", "https://e<x", "https://e_x"}) {
            assertThat(gitlab.read(form, url).<Boolean>fold(accepted -> true, refused -> false))
                    .as(url)
                    .isFalse();
        }
        String base = "https://e.example/";
        String longest = base + "x".repeat(PublisherSettings.MAX_VALUE - base.length());
        assertThat(gitlab.read(form, longest).<Boolean>fold(accepted -> true, refused -> false))
                .isTrue();
    }
}
