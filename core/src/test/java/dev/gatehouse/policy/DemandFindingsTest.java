package dev.gatehouse.policy;

import static dev.gatehouse.policy.PolicyAnalysisTest.findings;
import static dev.gatehouse.policy.PolicyAnalysisTest.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.policy.rule.Finding;
import dev.gatehouse.policy.rule.Finding.Severity;
import dev.gatehouse.policy.rule.Remedy;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** P41 to P44 and the note of P40, atom by atom. */
class DemandFindingsTest {
    private static final String NAMES = """
            [vocabulary.flags]
            account.staff = "v"
            project.critical = "v"
            organization.strict = "v"
            release.large = "v"
            publisher.hosted = "v"
            host.night = "v"
            [vocabulary.labels]
            trusted-publisher.staged = "v"
            api-token.granular = "v"
            [vocabulary.events]
            email-changed = "v"
            [vocabulary.switches]
            go = "v"

            """;

    private static List<Finding> of(String code, String more) {
        return findings(code, NAMES + rule(more));
    }

    /** The same for one action only, which some atoms need. */
    private static List<Finding> of(String code, String action, String more) {
        return findings(code, NAMES + rule(more).replace("[\"publish\", \"account\"]", "[\"" + action + "\"]"));
    }

    private static boolean stopsPublishers(String more) {
        return !of("P42", more).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "enrolled = \"any\"",
                "proven = { factor = \"totp\", within = \"request\" }",
                "email-verified = true",
                "recovery-codes-saved = true",
                "account.flag = \"staff\"",
                "elapsed = { since = [\"email-changed\"], at-least = \"PT1H\" }",
            })
    void demand_ofAPerson_stopsPublishersAndNeverExemptsThem(String atom) {
        assertThat(stopsPublishers("demand." + atom)).isTrue();
        assertThat(stopsPublishers("unless." + atom + "\ndemand.credential = \"session\""))
                .isTrue();
        assertThat(stopsPublishers("when." + atom + "\ndemand.credential = \"session\""))
                .as("it binds no publisher")
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"maintains.flag = \"critical\"", "member-of.flag = \"strict\""})
    void when_ofAPersonsThings_bindsNoPublisher(String atom) {
        assertThat(stopsPublishers("when." + atom + "\ndemand.enrolled = \"any\""))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // A pattern that surely covers every publisher exempts; one that may not cover some does not.
                "unless.credential = [\"session\", \"trusted-publisher\"] | false",
                "unless.credential = \"trusted-publisher.staged\" | true",
                "unless.credential = { kind = \"trusted-publisher\", reach = \"project\" } | true",
                "unless.credential = { age.below = \"PT1H\" } | true",
                "unless.credential = \"session\" | true",
                "unless.project.flag = \"critical\" | true",
                "unless.any-of = [{ enrolled = \"any\" }, { credential = \"trusted-publisher\" }] | false",
                "unless.any-of = [{ enrolled = \"any\" }, { email-verified = true }] | true",
                "unless = { credential = \"trusted-publisher\", any-of = [{ enrolled = \"any\" }, { email-verified = true }] } | true",
                // What a publisher may fall under binds it.
                "when.project.flag = \"critical\" | true",
                "when.host.flag = \"night\" | true",
                "when.credential = { age.below = \"PT1H\" } | true",
                "when.any-of = [{ enrolled = \"any\" }, { project.flag = \"critical\" }] | true",
                "when.any-of = [{ enrolled = \"any\" }, { email-verified = true }] | false",
                "when = { enrolled = \"any\", project.flag = \"critical\" } | false",
                "when.any-of = [{ credential = \"api-token\" }, { project.flag = \"critical\" }] | true",
                "when.any-of = [{ credential = \"trusted-publisher\" }, { project.flag = \"critical\" }] | false",
            })
    void condition_thatMayOrMustFitPublishers_bindsOrExemptsThem(String condition, boolean stopped) {
        assertThat(stopsPublishers(condition + "\ndemand.recovery-codes-saved = true"))
                .isEqualTo(stopped);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "credential = \"session\" | true",
                "credential = \"trusted-publisher\" | false",
                "credential = \"trusted-publisher.staged\" | false",
                "credential = { age.below = \"PT1H\" } | false",
                "project.flag = \"critical\" | false",
                "publisher.flag = \"hosted\" | false",
                "any-of = [{ enrolled = \"any\" }, { email-verified = true }] | true",
                "any-of = [{ enrolled = \"any\" }, { project.flag = \"critical\" }] | false",
            })
    void demand_thatSomePublisherMeets_stopsNotAll(String demand, boolean stopped) {
        assertThat(of("P42", "publish.release", "demand." + demand)).hasSize(stopped ? 1 : 0);
    }

    @Test
    void publisher_stoppedFromSomeActions_isToldOfEachInOrder() {
        String demand = "demand.enrolled = \"any\"";

        assertThat(findings(
                        "P42",
                        rule(demand)
                                .replace(
                                        "\"publish\", \"account\"",
                                        "\"publish.release\", \"publish.file\", \"token\"")))
                .extracting(Finding::text)
                .containsExactly(
                        "no trusted publisher can meet 'one' on publish.file",
                        "no trusted publisher can meet 'one' on publish.release");
        assertThat(of("P42", "account", demand)).isEmpty();
    }

    @Test
    void publisher_stoppedByWhatIsInForceOrToCome_isTold() {
        String phases =
                "demand.enrolled = \"any\"\nphases = [{ from = 2024-01-01, until = 2025-01-02, mode = \"enforce\" }]";

        assertThat(stopsPublishers(phases)).isTrue();
        assertThat(stopsPublishers(phases.replace("2024", "2020").replace("2025-01-02", "2025-01-01")))
                .as("over")
                .isFalse();
        assertThat(stopsPublishers(phases.replace("2024-01-01", "2025-01-01T12:00:00Z")))
                .as("to come")
                .isTrue();
        assertThat(stopsPublishers(phases.replace("\"enforce\"", "\"enforce\", tentative = true")))
                .isFalse();
        assertThat(stopsPublishers(phases.replace("\"enforce\"", "\"warn\""))).isFalse();
    }

    @Test
    void binding_ofNobody_isOfTheWholeCondition() {
        assertThat(of("P41", "unless.credential = \"session\"\ndemand.enrolled = \"any\""))
                .isEmpty();
        assertThat(of("P41", "when.credential = \"session\"\ndemand.enrolled = \"any\""))
                .isEmpty();
        assertThat(
                        of(
                                "P41",
                                "when.credential = \"session\"\nunless.credential = \"session\"\ndemand.credential = \"session\""))
                .extracting(Finding::path)
                .containsExactly("requirement.one.demand", "requirement.one.unless");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "credential = \"session\" | credential",
                "enrolled = \"any\" | enrolled",
                "proven = { factor = \"totp\", within = \"request\" } | proven",
                "email-verified = true | email-verified",
                "recovery-codes-saved = true | recovery-codes-saved",
                "any-of = [{ account.flag = \"staff\" }, { enrolled = \"any\", email-verified = true }] | any-of[1].email-verified",
            })
    void evidence_anywhereInWhen_isNotedWhereItStandsFirst(String when, String path) {
        assertThat(of("P43", "when." + when + "\ndemand.closed = true"))
                .extracting(Finding::path)
                .containsExactly("requirement.one.when." + path);
    }

    @Test
    void evidence_inAPhase_isNotedByThePlaceOfThePhase() {
        String phases = "demand.closed = true\nphases = [{ from = 2024-01-01, mode = \"warn\" },"
                + " { from = 2024-06-01, mode = \"enforce\", when.enrolled = \"any\" }]";

        assertThat(of("P43", phases))
                .extracting(Finding::path)
                .containsExactly("requirement.one.phases[1].when.enrolled");
        assertThat(of("P43", "when.email-verified = true\n" + phases))
                .extracting(Finding::path)
                .containsExactly("requirement.one.when.email-verified");
        assertThat(of("P43", "when.project.flag = \"critical\"\ndemand.closed = true"))
                .isEmpty();
    }

    /** For each atom of a demand the remedies that can change it; support always may. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "publish | credential = \"api-token\" | authenticate, switch-credential",
                "publish | email-verified = true | verify-email, switch-credential",
                "publish | recovery-codes-saved = true | save-recovery-codes, switch-credential",
                "publish | enrolled = \"any\" | enrol-factor, switch-credential",
                "factor.remove | factors-left = \"any\" | enrol-factor, switch-credential",
                "publish | proven = { factor = \"totp\", within = \"request\" } | prove, enrol-factor, switch-credential, authenticate",
                "publish | account.flag = \"staff\" | change-setting, switch-credential",
                "token.create | new-token.reach = \"project\" | change-request",
                "factor.enrol | new-factor = \"totp\" | change-request",
                "publish.release | release.flag = \"large\" | change-request",
                "publish.release | publisher.flag = \"hosted\" | change-request, switch-credential, authenticate",
                "publish.release | project.flag = \"critical\" | ask-owner",
                "publish.release | organization.flag = \"strict\" | ask-owner",
                "publish | elapsed = { since = [\"email-changed\"], at-least = \"PT1H\" } | wait, switch-credential",
                "publish | closed = true | contact-support",
            })
    void remedy_ofAnAtom_isOneThatChangesIt(String action, String demand, String helps) {
        Set<String> fine = new TreeSet<>();
        for (Remedy remedy : Remedy.values()) {
            List<Finding> found = of("P44", action, "demand." + demand + "\nremedy = \"" + remedy.id() + "\"");
            assertThat(found).allMatch(f -> f.severity() == Severity.ERROR);
            if (found.isEmpty()) {
                fine.add(remedy.id());
            }
        }

        Set<String> expected = new TreeSet<>(Arrays.asList(helps.split(", ")));
        expected.add("contact-support");
        assertThat(fine).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            emptyValue = "",
            value = {
                "from = 2024-01-01 | false",
                "from = 2024-01-01, until = 2026-01-01 | true",
                "windows = [{ from = 2025-06-01, for = \"PT1H\" }] | true",
                "from = 2024-01-01, switch = \"go\" | true",
                "from = 2024-01-01, when.maintains.flag = \"critical\" | false",
            })
    void waiting_helpsWhereAPhaseEnds(String phase, boolean helps) {
        assertThat(of(
                                "P44",
                                "demand.closed = true\nremedy = \"wait\"\nphases = [{ mode = \"enforce\", " + phase
                                        + " }]")
                        .isEmpty())
                .isEqualTo(helps);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "closed = true | true",
                "project.flag = \"critical\" | true",
                "organization.flag = \"strict\" | true",
                "elapsed = { since = [\"email-changed\"], at-least = \"PT1H\" } | true",
                "enrolled = \"any\" | false",
                "account.flag = \"staff\" | false",
                "any-of = [{ project.flag = \"critical\" }, { organization.flag = \"strict\", enrolled = \"any\" }] | true",
                "any-of = [{ project.flag = \"critical\" }, { enrolled = \"any\" }] | false",
            })
    void demand_thatNobodyMeetsAlone_isNoted(String demand, boolean noted) {
        List<Finding> notes = of("P40", "publish.release", "demand." + demand).stream()
                .filter(f -> f.severity() == Severity.NOTE)
                .toList();

        assertThat(notes)
                .isEqualTo(
                        noted
                                ? List.of(Finding.note(
                                        "P40",
                                        "requirement.one.demand",
                                        "'one' leaves only another person, time, or support"))
                                : List.of());
    }

    @Test
    void demand_thatNobodyMeetsAlone_isNotNotedWhereARemedyOfTheCallersOwnIsNamed() {
        String elapsed = "demand.elapsed = { since = [\"email-changed\"], at-least = \"PT1H\" }\nremedy = ";

        assertThat(of("P40", elapsed + "\"switch-credential\"")).isEmpty();
        assertThat(of("P40", elapsed + "\"wait\"")).hasSize(1);
    }
}
