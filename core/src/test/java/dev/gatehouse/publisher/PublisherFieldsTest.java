package dev.gatehouse.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.publisher.Runs.Run;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What may be typed, exactly at its bounds. */
class PublisherFieldsTest {
    private static List<String> problems(Run run, Map<String, String> typed) {
        Map<String, String> form = new HashMap<>(run.settings().values());
        form.putAll(typed);
        return run.provider()
                .read(form)
                .fold(
                        accepted -> List.of(),
                        refused -> refused.problems().stream()
                                .map(SettingProblem::text)
                                .toList());
    }

    @Test
    void fields_ofEachProvider_standInTheOrderOfTheForm() {
        assertThat(PublisherFields.circleCi())
                .extracting(PublisherSetting::name)
                .containsExactly("organization-id", "project-id", "pipeline-definition-id", "context-id", "vcs-origin");
        assertThat(PublisherFields.buildkite())
                .extracting(PublisherSetting::name)
                .containsExactly("organization", "pipeline", "step");
    }

    @Test
    void workflow_withAControlCharacter_isRefused() {
        assertThat(problems(Runs.github(), Map.of("workflow", "a\u0085b.yml")))
                .containsExactly("Workflow name must not contain control characters");
        assertThat(problems(Runs.gitlab(), Map.of("workflow", "a\u0085b.yml")))
                .containsExactly("Workflow file path must not contain control characters");
    }

    @Test
    void email_withNothingBehindTheAt_isRefused() {
        assertThat(problems(Runs.google(), Map.of("email", "a@"))).containsExactly("Invalid email address.");
        assertThat(problems(Runs.google(), Map.of("email", "a@b"))).isEmpty();
    }

    @Test
    void organization_thatBeginsWithADot_isRefused() {
        assertThat(problems(Runs.activeState(), Map.of("organization", ".abc")))
                .containsExactly("Invalid ActiveState organization name");
    }

    @Test
    void reusableRepository_whoseOwnerIsAtItsBound_isAccepted() {
        assertThat(problems(
                        Runs.github(),
                        Map.of("reusable-repository", "o".repeat(100) + "/r", "reusable-workflow", "a.yml")))
                .isEmpty();
        for (String bad : List.of("o".repeat(101) + "/r", "/r", "o/", "o", "o/r/s")) {
            assertThat(problems(Runs.github(), Map.of("reusable-repository", bad, "reusable-workflow", "a.yml")))
                    .containsExactly("Repository of a reusable workflow must be OWNER/REPOSITORY");
        }
    }
}
