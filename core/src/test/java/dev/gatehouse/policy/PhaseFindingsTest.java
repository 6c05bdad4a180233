package dev.gatehouse.policy;

import static dev.gatehouse.policy.PolicyAnalysisTest.findings;
import static dev.gatehouse.policy.PolicyAnalysisTest.phases;
import static dev.gatehouse.policy.PolicyAnalysisTest.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.policy.rule.Finding;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** P32 and P45 to P48, each at its edges: which phase covers which, and what is over. */
class PhaseFindingsTest {
    private static final String SWITCHES = """
            [vocabulary.switches]
            one = "s"
            two = "s"

            """;

    /** Which phases P32 names. */
    private static List<String> hidden(String phases) {
        return findings("P32", SWITCHES + phases(phases)).stream()
                .map(Finding::path)
                .toList();
    }

    /** Whether a warning is hidden behind something enforced. */
    private static boolean hides(String enforced, String warned) {
        List<String> paths = hidden("{ mode = \"enforce\"" + enforced + " }, { mode = \"warn\"" + warned + " }");
        assertThat(paths).isSubsetOf("requirement.one.phases[1]");
        return !paths.isEmpty();
    }

    @Test
    void phases_thatHideEachOther_theLaterIsNamedOnce() {
        assertThat(hidden("{ from = 2025-01-01, mode = \"enforce\" },"
                        + " { from = 2025-01-01, mode = \"enforce\", share = 100 }"))
                .containsExactly("requirement.one.phases[1]");
    }

    @Test
    void phase_earlierInTheListAndWeaker_isNamed() {
        assertThat(hidden("{ windows = [{ from = 2025-06-01, for = \"PT1H\" }], mode = \"warn\" },"
                        + " { from = 2025-01-01, mode = \"enforce\" }"))
                .containsExactly("requirement.one.phases[0]");
    }

    @Test
    void phase_hiddenByTwo_isNamedOnceWithTheFirst() {
        assertThat(findings(
                        "P32",
                        phases("{ from = 2024-01-01, mode = \"enforce\" }, { from = 2025-01-01, mode = \"enforce\" },"
                                + " { from = 2026-01-01, mode = \"warn\" }")))
                .allMatch(f -> f.text().contains("'enforce from 2024-01-01T00:00:00Z'"))
                .extracting(Finding::path)
                .containsExactly("requirement.one.phases[1]", "requirement.one.phases[2]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            emptyValue = "",
            value = {
                ", from = 2025-01-01T00:00:01Z | , from = 2025-01-01T00:00:01Z | true",
                ", from = 2025-01-01T00:00:02Z | , from = 2025-01-01T00:00:01Z | false",
                ", from = 2025-01-01 | '' | false",
                "'' | , from = 2025-01-01 | true",
                ", until = 2026-01-01T00:00:01Z | , until = 2026-01-01T00:00:01Z | true",
                ", until = 2026-01-01T00:00:01Z | , until = 2026-01-01T00:00:02Z | false",
                ", until = 2026-01-01 | , from = 2025-01-01 | false",
                "'' | , until = 2026-01-01 | true",
            })
    void span_insideAnother_isHidden(String enforced, String warned, boolean hidden) {
        assertThat(hides(enforced, warned)).isEqualTo(hidden);
    }

    @Test
    void window_besideThoseThatEnforce_shows() {
        String enforced = ", windows = [{ from = 2025-06-01, for = \"PT2H\" }, { from = 2025-07-01, for = \"PT2H\" }]";

        assertThat(hides(enforced, ", windows = [{ from = 2025-07-01, for = \"PT2H\" }]"))
                .isTrue();
        assertThat(hides(
                        enforced,
                        ", windows = [{ from = 2025-06-01, for = \"PT2H\" }, { from = 2025-07-01, for = \"PT3H\" }]"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            emptyValue = "",
            value = {
                ", share = 100 | '' | true",
                ", share = 99.9999 | '' | false",
                ", share = 10 | , share = 10 | true",
                ", share = 10 | , share = 10.0001 | false",
                "'' | , switch = \"one\" | true",
                ", switch = \"one\" | , switch = \"one\" | true",
                ", switch = \"one\" | '' | false",
                ", switch = \"one\" | , switch = \"two\" | false",
                "'' | , unless.credential = \"session\" | true",
                ", unless.credential = \"session\" | , unless.credential = [\"session\", \"password\"] | true",
                ", unless.credential = [\"session\", \"password\"] | , unless.credential = \"session\" | false",
                ", unless.credential = \"session\" | '' | false",
                ", when.credential = \"session\" | '' | false",
                ", when.credential = \"session\" | , when.credential = [\"session\", \"password\"] | false",
                "'' | , when.credential = \"session\" | true",
                ", tentative = true | '' | false",
            })
    void phase_forTheSameOrFewer_isHidden(String enforced, String warned, boolean hidden) {
        assertThat(hides(enforced, warned)).isEqualTo(hidden);
    }

    @Test
    void group_onlyWarnedOfOrPlanned_isNotCovered() {
        String none = "{ from = 2024-01-01, mode = \"enforce\" }";

        assertThat(findings("P45", phases(none))).noneMatch(f -> f.text().contains("'publish'"));
        for (String weaker : List.of(
                "{ from = 2024-01-01, mode = \"warn\" }",
                "{ from = 2024-01-01, mode = \"enforce\", tentative = true }",
                "{ from = 2024-01-01, until = 2025-01-01, mode = \"enforce\" }")) {
            assertThat(findings("P45", phases(weaker)))
                    .as(weaker)
                    .contains(Finding.warning(
                            "P45", "ungated", "action group 'publish' is not covered by any requirement enforced now"));
        }
    }

    @Test
    void plan_besideOthers_isNamedByItsPlace() {
        assertThat(findings(
                        "P46",
                        phases("{ from = 2024-01-01, mode = \"warn\" },"
                                + " { from = 2024-06-01, mode = \"enforce\", tentative = true }")))
                .extracting(Finding::path)
                .containsExactly("requirement.one.phases[1].tentative");
    }

    @Test
    void windows_areOverWhenTheLastIs() {
        String windows = phases("{ windows = [{ from = 2024-06-01, for = \"PT1H\" }, { from = 2024-12-31T23:00:00Z,"
                + " for = \"PT1H\" }], mode = \"enforce\" }");

        assertThat(findings("P47", windows)).hasSize(1);
        assertThat(findings("P47", windows, PolicyAnalysisTest.NOW.minusNanos(1)))
                .isEmpty();
    }

    @Test
    void rule_thatOnlyPlannedToEnforce_isNotOneThatOnceDid() {
        String tentative = "{ from = 2024-01-01, until = 2024-06-01, mode = \"enforce\", tentative = true }";

        assertThat(findings("P47", phases(tentative))).isEmpty();
        assertThat(findings("P47", phases(tentative.replace(", tentative = true", ""))))
                .hasSize(1);
        assertThat(findings("P47", rule("demand.email-verified = true")))
                .as("without phases it is enforced always")
                .isEmpty();
    }

    @Test
    void share_thatIsAllOrOverOrOnlyAPlan_isFine() {
        String share = "{ from = 2024-01-01, until = 2025-01-02, mode = \"enforce\", share = 99.9999 }";
        Instant end = Instant.parse("2025-01-02T00:00:00Z");

        assertThat(findings("P48", phases(share), end.minusNanos(1))).hasSize(1);
        assertThat(findings("P48", phases(share), end)).isEmpty();
        for (String fine : List.of(
                share.replace("99.9999", "100"),
                share.replace("\"enforce\"", "\"warn\""),
                share.replace("\"enforce\"", "\"enforce\", tentative = true"),
                share + ", { from = 2025-06-01, mode = \"enforce\", tentative = true }")) {
            assertThat(findings("P48", phases(fine))).as(fine).isEmpty();
        }
    }

    @Test
    void shares_thatGrow_areNamedOnceByTheFirst() {
        assertThat(findings(
                        "P48",
                        phases("{ from = 2024-01-01, mode = \"warn\" },"
                                + " { from = 2024-06-01, mode = \"enforce\", share = 10 },"
                                + " { from = 2025-06-01, mode = \"enforce\", share = 50 }")))
                .extracting(Finding::path)
                .containsExactly("requirement.one.phases[1].share");
        assertThat(findings(
                        "P48",
                        phases("{ from = 2024-01-01, mode = \"enforce\", share = 10 },"
                                + " { windows = [{ from = 2025-06-01, for = \"PT1H\" }], mode = \"enforce\" }")))
                .as("windows do not cover all")
                .hasSize(1);
    }
}
