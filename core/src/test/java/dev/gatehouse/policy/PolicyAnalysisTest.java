package dev.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.policy.document.Presets;
import dev.gatehouse.policy.rule.Finding;
import dev.gatehouse.policy.rule.Finding.Severity;
import dev.gatehouse.policy.rule.PolicyDefinition;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** P32 and P41 to P49: what a policy means although its form is sound. */
class PolicyAnalysisTest {
    static final Instant NOW = Instant.parse("2025-01-01T00:00:00Z");

    static List<Finding> findings(String code, String requirements, Instant now) {
        PolicyDefinition definition = DeadEndsTest.read(requirements);
        return PolicyAnalysis.findings(definition, Supplied.everything(definition.vocabulary()), now).stream()
                .filter(f -> f.code().equals(code))
                .toList();
    }

    static List<Finding> findings(String code, String requirements) {
        return findings(code, requirements, NOW);
    }

    static String rule(String more) {
        return """
                [requirement.one]
                actions = ["publish", "account"]
                message = "m"
                notice = "n"
                """ + more + "\n";
    }

    static String phases(String phases) {
        return rule("demand.email-verified = true\nphases = [" + phases + "]");
    }

    static List<String> presets() {
        return Presets.names();
    }

    @ParameterizedTest
    @MethodSource("presets")
    void findings_ofAPresetWhenItWasReviewed_areNoErrorsAndLeaveNoGroupUnsaid(String preset) {
        PolicyDefinition definition = Presets.load(preset);
        Instant reviewed = definition
                .reviewed()
                .orElseThrow()
                .plusDays(1)
                .atStartOfDay(java.time.ZoneOffset.UTC)
                .toInstant();

        assertThat(PolicyAnalysis.findings(definition, Supplied.everything(definition.vocabulary()), reviewed))
                .noneMatch(f -> f.severity() == Severity.ERROR)
                .noneMatch(f -> List.of("P32", "P41", "P45", "P49").contains(f.code()));
    }

    @Test
    void phase_laterAndWeaker_neverShows() {
        assertThat(findings(
                        "P32",
                        phases("{ from = 2025-01-01, mode = \"enforce\" }, { from = 2026-01-01, mode = \"warn\" }")))
                .containsExactly(Finding.warning(
                        "P32",
                        "requirement.one.phases[1]",
                        "this phase never shows: 'enforce from 2025-01-01T00:00:00Z' is at least as strong whenever it"
                                + " is active"));
    }

    @Test
    void phase_thatShowsToSomebodyOrSometime_isFine() {
        for (String fine : List.of(
                "{ from = 2025-01-01, mode = \"warn\" }, { from = 2026-01-01, mode = \"enforce\" }",
                "{ from = 2025-01-01, until = 2026-01-01, mode = \"enforce\" }, { from = 2025-06-01, mode = \"warn\" }",
                "{ from = 2025-01-01, mode = \"enforce\", share = 10 }, { from = 2025-06-01, mode = \"warn\" }",
                "{ from = 2025-01-01, mode = \"enforce\", when.account.registered.since = 2025-01-01 },"
                        + " { from = 2025-06-01, mode = \"warn\" }",
                "{ from = 2025-01-01, mode = \"enforce\", unless.credential = \"api-token\" },"
                        + " { from = 2025-06-01, mode = \"warn\" }",
                "{ from = 2025-01-01, mode = \"enforce\" }, { from = 2026-01-01, mode = \"warn\", tentative = true }")) {
            assertThat(findings("P32", phases(fine))).as(fine).isEmpty();
        }
    }

    @Test
    void phase_forFewerOfTheSame_neverShows() {
        for (String hidden : List.of(
                "{ from = 2025-01-01, mode = \"enforce\" }, { from = 2025-01-01, mode = \"warn\", share = 10 }",
                "{ from = 2025-01-01, mode = \"enforce\", share = 20 },"
                        + " { from = 2025-01-01, mode = \"enforce\", share = 10 }",
                "{ from = 2025-01-01, mode = \"enforce\", when.credential = [\"session\", \"password\"] },"
                        + " { from = 2025-06-01, mode = \"warn\", when.credential = \"session\" }",
                "{ from = 2025-01-01, mode = \"enforce\" },"
                        + " { windows = [{ from = 2025-06-01, for = \"PT1H\" }], mode = \"report\" }")) {
            assertThat(findings("P32", phases(hidden))).as(hidden).hasSize(1);
        }
    }

    @Test
    void demand_thatItsOwnWhenImplies_isMetByEverybody() {
        assertThat(findings("P41", rule("when.enrolled = \"phishing-resistant\"\ndemand.enrolled = \"any\"")))
                .containsExactly(Finding.warning(
                        "P41", "requirement.one.demand", "demand of 'one' is met by everybody that it binds"));
        assertThat(findings("P41", rule("when.enrolled = \"any\"\ndemand.enrolled = \"phishing-resistant\"")))
                .isEmpty();
        assertThat(findings(
                        "P41",
                        rule("when.credential = \"session\"\nunless.credential = [\"session\", \"api-token\"]\n"
                                + "demand.enrolled = \"any\"")))
                .containsExactly(Finding.warning("P41", "requirement.one.unless", "'one' binds nobody"));
    }

    @Test
    void publisher_thatNothingLetsThrough_isNamedForPublishing() {
        assertThat(findings("P42", rule("demand.enrolled = \"any\"")))
                .containsExactly(Finding.warning(
                        "P42", "requirement.one.demand", "no trusted publisher can meet 'one' on publish"));
        for (String silenced : List.of(
                "unless.credential = \"trusted-publisher\"\ndemand.enrolled = \"any\"",
                "demand.any-of = [{ enrolled = \"any\" }, { credential = \"trusted-publisher\" }]",
                "when.account.registered.since = 2025-01-01\ndemand.enrolled = \"any\"",
                "when.credential = \"api-token\"\ndemand.enrolled = \"any\"",
                "when.credential = \"trusted-publisher\"\ndemand.credential = \"session\"",
                "demand.closed = true",
                "demand.enrolled = \"any\"\nphases = [{ from = 2024-01-01, until = 2024-06-01, mode = \"enforce\" }]",
                "demand.enrolled = \"any\"\nphases = [{ from = 2024-01-01, mode = \"warn\" }]")) {
            assertThat(findings("P42", rule(silenced))).as(silenced).isEmpty();
        }
    }

    @Test
    void evidence_readInWhen_isNoted() {
        assertThat(findings("P43", rule("when.enrolled = \"any\"\ndemand.email-verified = true")))
                .containsExactly(Finding.note(
                        "P43",
                        "requirement.one.when.enrolled",
                        "'one' reads evidence in when: more evidence may refuse more"));
        assertThat(findings(
                        "P43",
                        phases("{ from = 2025-01-01, mode = \"enforce\", when.proven = { factor = \"totp\", within ="
                                + " \"request\" } }")))
                .extracting(Finding::path)
                .containsExactly("requirement.one.phases[0].when.proven");
        assertThat(findings("P43", rule("unless.enrolled = \"any\"\ndemand.email-verified = true")))
                .isEmpty();
    }

    @Test
    void remedy_thatChangesNothingOfTheDemand_isAnError() {
        assertThat(findings("P44", rule("demand.enrolled = \"any\"\nremedy = \"verify-email\"")))
                .containsExactly(Finding.error(
                        "P44", "requirement.one.remedy", "the remedy 'verify-email' of 'one' cannot meet its demand"));
        for (String fine : List.of(
                "demand.enrolled = \"any\"\nremedy = \"enrol-factor\"",
                "demand.enrolled = \"any\"\nremedy = \"contact-support\"",
                "when.publisher.event = \"x\"\nactions = [\"publish\"]\ndemand.closed = true\nremedy = \"change-request\"")) {
            String text = fine.startsWith("when") ? rule(fine).replaceFirst("actions = .*\n", "") : rule(fine);
            assertThat(findings("P44", text)).as(fine).isEmpty();
        }
    }

    @Test
    void group_thatNothingGates_isNamedUnlessAcknowledged() {
        String all =
                rule("demand.email-verified = true").replace("[\"publish\", \"account\"]", "[\"manage\", \"publish\"]");

        assertThat(findings("P45", all))
                .extracting(Finding::text)
                .containsExactly(
                        "action group 'read' is not covered by any requirement enforced now",
                        "action group 'sign-in' is not covered by any requirement enforced now");
        assertThat(findings("P45", "ungated = [\"read\", \"sign-in\"]\n" + all)).isEmpty();
        assertThat(findings("P45", all + "phases = [{ from = 2026-01-01, mode = \"enforce\" }]"))
                .hasSizeGreaterThan(10);
        assertThat(findings(
                        "P45",
                        all + "phases = [{ from = 2026-01-01, mode = \"enforce\" }]",
                        Instant.parse("2026-01-01T00:00:00Z")))
                .hasSize(2);
    }

    @Test
    void plan_whoseDateHasPassed_isNamedFromThatInstant() {
        String plan = phases("{ from = 2025-01-01, mode = \"enforce\", tentative = true }");

        assertThat(findings("P46", plan))
                .containsExactly(Finding.warning(
                        "P46", "requirement.one.phases[0].tentative", "the tentative date of 'one' has passed"));
        assertThat(findings("P46", plan, NOW.minusNanos(1))).isEmpty();
        assertThat(findings("P46", phases("{ mode = \"enforce\", tentative = true }")))
                .isEmpty();
    }

    @Test
    void rule_thatOnceEnforcedAndIsOver_isNamedFromThatInstant() {
        String over = phases("{ from = 2024-01-01, until = 2025-01-01, mode = \"enforce\" }");

        assertThat(findings("P47", over))
                .containsExactly(Finding.warning(
                        "P47",
                        "requirement.one.phases",
                        "no phase of 'one' is active or to come, and it once enforced"));
        assertThat(findings("P47", over, NOW.minusNanos(1))).isEmpty();
        assertThat(findings("P47", over.replace("enforce", "warn"))).isEmpty();
        assertThat(findings(
                        "P47",
                        phases("{ windows = [{ from = 2024-01-01, for = \"PT24H\" }], mode = \"enforce\" },"
                                + " { from = 2026-01-01, mode = \"warn\" }")))
                .isEmpty();
    }

    @Test
    void share_thatStaysAShare_isNamed() {
        String share = "{ from = 2024-01-01, mode = \"enforce\", share = 10 }";

        assertThat(findings("P48", phases(share)))
                .containsExactly(Finding.warning(
                        "P48",
                        "requirement.one.phases[0].share",
                        "'one' enforces for a share of accounts and no later phase covers all"));
        for (String then : List.of(
                "{ from = 2026-01-01, mode = \"enforce\" }",
                "{ from = 2026-01-01, mode = \"enforce\", share = 100 }")) {
            assertThat(findings("P48", phases(share + ", " + then))).as(then).isEmpty();
        }
        for (String then : List.of(
                "{ from = 2026-01-01, mode = \"warn\" }",
                "{ from = 2026-01-01, mode = \"enforce\", share = 50 }",
                "{ from = 2026-01-01, until = 2027-01-01, mode = \"enforce\" }",
                "{ from = 2026-01-01, mode = \"enforce\", when.credential = \"session\" }")) {
            assertThat(findings("P48", phases(share + ", " + then))).as(then).hasSize(1);
        }
    }

    @Test
    void names_thatTheHostDoesNotSupply_areNamed() {
        PolicyDefinition definition = DeadEndsTest.read("""
                [vocabulary.flags]
                account.vip = "v"
                project.critical = "v"
                [vocabulary.metrics]
                project.downloads = "v"
                [vocabulary.labels]
                api-token.granular = "v"
                [vocabulary.events]
                email-changed = "v"

                [requirement.one]
                actions = ["publish"]
                when.account.flag = "vip"
                when.maintains = { flag = "critical", metric = "downloads", over = 10 }
                when.credential = "api-token.granular"
                demand.elapsed = { since = ["email-changed"], at-least = "PT1H" }
                message = "m"
                """);

        assertThat(PolicyAnalysis.findings(definition, Supplied.nothing(), NOW).stream()
                        .filter(f -> f.code().equals("P49")))
                .extracting(Finding::text)
                .containsExactly(
                        "flag 'account.vip' is used and the host does not supply it: it is unknown and binds",
                        "flag 'project.critical' is used and the host does not supply it: it is unknown and binds",
                        "metric 'project.downloads' is used and the host does not supply it: it is unknown and binds",
                        "label 'api-token.granular' is used and the host does not supply it: it is unknown and binds",
                        "event 'email-changed' is used and the host does not supply it: it is unknown and binds");
        assertThat(PolicyAnalysis.findings(definition, Supplied.everything(definition.vocabulary()), NOW))
                .noneMatch(f -> f.code().equals("P49"));
    }

    @Test
    void names_ofEveryAtom_areNamedWithTheirPlaceInTheVocabulary() {
        PolicyDefinition definition = DeadEndsTest.read("""
                [vocabulary.flags]
                account.a1 = "v"
                account.a2 = "v"
                project.p1 = "v"
                project.p2 = "v"
                organization.o1 = "v"
                organization.o2 = "v"
                release.r1 = "v"
                publisher.u1 = "v"
                publisher.u2 = "v"
                [vocabulary.metrics]
                organization.members = "v"
                [vocabulary.labels]
                api-token.t1 = "v"
                api-token.t2 = "v"

                [requirement.one]
                actions = ["publish.release"]
                when.account = { flag = "a1", flags = ["a2"] }
                when.project.flag = "p1"
                when.maintains.flags = ["p2"]
                when.organization = { flag = "o1", metric = "members", over = 1 }
                when.member-of.flag = "o2"
                when.release.flag = "r1"
                when.publisher = { flag = "u1", flags = ["u2"] }
                demand.credential = "api-token.t1"
                message = "m"

                [requirement.two]
                actions = ["token.create"]
                demand.new-token.label = "t2"
                message = "m"
                """);

        assertThat(PolicyAnalysis.findings(definition, Supplied.nothing(), NOW).stream()
                        .filter(f -> f.code().equals("P49")))
                .allMatch(f -> f.severity() == Severity.WARNING)
                .extracting(Finding::path)
                .containsExactly(
                        "vocabulary.flags.account.a1",
                        "vocabulary.flags.account.a2",
                        "vocabulary.flags.organization.o1",
                        "vocabulary.flags.organization.o2",
                        "vocabulary.flags.project.p1",
                        "vocabulary.flags.project.p2",
                        "vocabulary.flags.publisher.u1",
                        "vocabulary.flags.publisher.u2",
                        "vocabulary.flags.release.r1",
                        "vocabulary.metrics.organization.members",
                        "vocabulary.labels.api-token.t1",
                        "vocabulary.labels.api-token.t2");
    }
}
