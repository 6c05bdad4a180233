package dev.gatehouse.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One field of a form: what it shows, and exactly where it begins to refuse. */
class PublisherSettingTest {
    private static List<String> problems(PublisherSetting setting, String typed) {
        List<SettingProblem> problems = new ArrayList<>();
        String value = setting.read(typed, problems::add);
        assertThat(value).isEqualTo(problems.isEmpty() ? typed : "");
        return problems.stream().map(SettingProblem::text).toList();
    }

    @Test
    void build_showsWhatWasGiven() {
        PublisherSetting setting = PublisherSetting.builder("kind", "Kind")
                .help("One of two.")
                .choices(List.of("a", "b"))
                .maxLength(7, "Kind is long")
                .build();

        assertThat(setting.help()).isEqualTo("One of two.");
        assertThat(setting.choices()).containsExactly("a", "b");
        assertThat(setting.maxLength()).isEqualTo(7);
        assertThat(setting).hasToString("PublisherSetting[kind]");
    }

    @Test
    void toString_tellsWhetherItIsRequiredAndWhetherItNarrows() {
        PublisherSetting.Builder builder = PublisherSetting.builder("kind", "Kind");
        assertThat(builder.constraint().build()).hasToString("PublisherSetting[kind, constraint]");
        assertThat(builder.required("Specify a kind").build())
                .hasToString("PublisherSetting[kind, required, constraint]");
    }

    @Test
    void read_aValueOverTheLimit_inItsOwnWordsOrTheUsualOnes() {
        PublisherSetting usual = PublisherSetting.builder("kind", "Kind").build();
        assertThat(usual.maxLength()).isEqualTo(255);
        assertThat(problems(usual, "a".repeat(255))).isEmpty();
        assertThat(problems(usual, "a".repeat(256))).containsExactly("Kind is too long");

        PublisherSetting own = PublisherSetting.builder("kind", "Kind")
                .maxLength(2, "No more than two")
                .build();
        assertThat(problems(own, "aa")).isEmpty();
        assertThat(problems(own, "aaa")).containsExactly("No more than two");
    }

    @Test
    void maxLength_is1ToTheLongestOfAnySetting() {
        PublisherSetting.Builder builder = PublisherSetting.builder("kind", "Kind");

        for (int units : new int[] {1, PublisherSettings.MAX_VALUE}) {
            assertThat(builder.maxLength(units, "long").build().maxLength()).isEqualTo(units);
        }
        for (int units : new int[] {0, PublisherSettings.MAX_VALUE + 1}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.maxLength(units, "long"))
                    .withMessageStartingWith("units:");
        }
    }

    @Test
    void read_whatTheCheckRefuses_inItsWords() {
        PublisherSetting setting = PublisherSetting.builder("kind", "Kind")
                .check(typed -> typed.equals("no") ? Optional.of("Not this one") : Optional.empty())
                .build();
        assertThat(problems(setting, "no")).containsExactly("Not this one");
        assertThat(problems(setting, "yes")).isEmpty();
    }

    @Test
    void environment_isBroughtToLowerCaseOnlyWhereTheProviderComparesSo() {
        assertThat(RunSettings.environment(true).read("PyPI", problem -> {})).isEqualTo("pypi");
        assertThat(RunSettings.environment(false).read("PyPI", problem -> {})).isEqualTo("PyPI");
    }
}
