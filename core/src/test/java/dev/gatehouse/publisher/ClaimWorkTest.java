package dev.gatehouse.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.publisher.Runs.Run;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Work on hostile texts of a million characters grows as they do, counted in characters looked at. (That a token holds no more than
 * a few thousand is the concern of its verification.)
 */
@Tag("unmutated")
class ClaimWorkTest {
    private static final int LENGTH = 1_000_000;

    /** What makes a matcher that goes back quadratic: almost-suffixes, almost-places, almost-stars. */
    private static List<String> hostile(String part, int length) {
        String many = part.repeat(length / part.length());
        return List.of(
                many, "foo/bar/.github/workflows/" + many, "gitlab.com/foo/bar//" + many, many + "@", "v" + many);
    }

    private static void isLinear(String text, int perCharacter, Consumer<CharSequence> work) {
        Counting counting = new Counting(text);
        work.accept(counting);
        assertThat(counting.steps()).isLessThanOrEqualTo((long) perCharacter * text.length() + 100);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "/",
                "//",
                "@",
                ".yml@",
                "/.yml@",
                "/.yaml@",
                ".yaml@/",
                "yml@",
                "a.yml@",
                "/a.yml",
                ".github/",
                "*"
            })
    void files_ofHostileTexts_takeLinearWork(String part) {
        for (String text : hostile(part, LENGTH)) {
            isLinear(text, 12, WorkflowFiles::github);
            isLinear(text, 12, WorkflowFiles::gitlab);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "aab", "ab", "v", "/"})
    void glob_ofHostileTexts_takesAtMostTheProduct(String part) {
        for (String pattern : List.of("*", "*a*a*a*b", "a*".repeat(20) + "c", "*" + "a".repeat(98) + "b", "v*")) {
            for (String text : hostile(part, LENGTH / 50)) {
                isLinear(text, pattern.length() + 2, it -> Glob.matches(pattern, it));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "K", "\u212a", "/"})
    void fold_ofHostileTexts_takesLinearWork(String part) {
        for (String text : hostile(part, LENGTH)) {
            isLinear(text, 1, it -> Fold.equal(it, text, true));
            isLinear(text, 1, it -> Fold.startsWith(it, 0, text, true));
        }
    }

    /** Nothing of a claim over the limit is looked at, whichever claim it is. */
    @Test
    void match_claimsOfAMillionCharacters_areRefusedUnread() {
        String million = "a".repeat(LENGTH);
        for (Run run : Runs.all()) {
            for (ClaimRule rule : run.provider().rules()) {
                boolean compared =
                        rule.need() == ClaimRule.Need.REQUIRED && rule.comparison() != ClaimRule.Comparison.PRESENT;
                if (compared) {
                    assertThat(run.with(rule.claim(), million).unmatched().mismatches())
                            .anyMatch(each -> each.code() == PublisherMismatch.MALFORMED_CLAIM
                                    && each.claim().equals(rule.claim()));
                }
                run.provider().keys(run.with(rule.claim(), million).identity());
                assertThat(run.provider()
                                .run(run.with(rule.claim(), million).identity())
                                .values())
                        .allMatch(value -> value.length() <= 255);
            }
            assertThat(run.provider().verifies(run.settings(), "https://github.com/" + million))
                    .isFalse();
        }
    }

    /** The limit is far beyond any workflow, its repository and its ref. */
    @Test
    void match_aClaimAtTheLimit_isCompared() {
        String workflow = "octo-org/octo-repo/.github/workflows/release.yml@";
        String ref = "refs/tags/" + "v".repeat(4_096 - workflow.length() - "refs/tags/".length());
        Run run = Runs.github().with("ref", ref).with("job_workflow_ref", workflow + ref);

        assertThat(run.matches()).isTrue();
        run.with("job_workflow_ref", workflow + ref + "v")
                .isRefused(PublisherMismatch.MALFORMED_CLAIM, "job_workflow_ref");
    }
}
