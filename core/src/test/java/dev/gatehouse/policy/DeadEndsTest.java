package dev.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.policy.document.PolicyDocuments;
import dev.gatehouse.policy.document.Presets;
import dev.gatehouse.policy.rule.Finding;
import dev.gatehouse.policy.rule.PolicyDefinition;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** P40: whoever is refused finds a way that they can go alone. */
class DeadEndsTest {
    private static final Instant NOW = Instant.parse("2025-01-01T00:00:00Z");

    static List<String> presets() {
        return Presets.names();
    }

    private static List<Finding> errors(PolicyDefinition definition, Instant now) {
        return PolicyAnalysis.findings(definition, Supplied.everything(definition.vocabulary()), now).stream()
                .filter(f -> f.code().equals("P40") && f.severity() == Finding.Severity.ERROR)
                .toList();
    }

    private static List<Finding> errors(String requirements) {
        return errors(read(requirements), NOW);
    }

    static PolicyDefinition read(String requirements) {
        return read(PolicyDocuments.standard(), requirements);
    }

    static PolicyDefinition read(PolicyDocuments documents, String requirements) {
        String document = "gatehouse-policy = 1\nname = \"planted\"\nrevision = 1\nreviewed = 2025-01-01\n"
                + "zone = \"Etc/UTC\"\n" + requirements;
        return documents.read("planted.toml", document).definition();
    }

    @ParameterizedTest
    @MethodSource("presets")
    void check_aPreset_findsNoDeadEndOnAnyDate(String preset) {
        assertThat(errors(Presets.load(preset), Instant.parse("2019-01-01T00:00:00Z")))
                .isEmpty();
    }

    private static final String PUBLISH_NEEDS_2FA = """
            [requirement.publish-needs-2fa]
            actions = ["publish"]
            demand.enrolled = "any"
            message = "m"
            phases = [{ from = 2026-01-01, mode = "enforce" }]
            """;

    @Test
    void check_enrolmentOnlyWithAFactor_isADeadEnd() {
        String gated = PUBLISH_NEEDS_2FA + """
                [requirement.factors-need-2fa]
                actions = ["factor.view"]
                demand.enrolled = "any"
                message = "m"
                phases = [{ from = 2025-06-01, mode = "enforce" }]
                """;

        assertThat(errors(gated))
                .extracting(Finding::text)
                .containsExactly(
                        "dead end: an account without a factor, address not verified, no recovery codes saved is refused"
                                + " factor.view by 'factors-need-2fa' from 2025-06-01T00:00:00Z, and the way out (enrol-factor)"
                                + " is refused by 'factors-need-2fa'",
                        "dead end: an account without a factor, address not verified, no recovery codes saved is refused"
                                + " publish.project by 'publish-needs-2fa' from 2026-01-01T00:00:00Z, and the way out"
                                + " (enrol-factor) is refused by 'factors-need-2fa'");
        assertThat(errors(gated))
                .extracting(Finding::path)
                .containsExactly("requirement.factors-need-2fa", "requirement.publish-needs-2fa");
        assertThat(errors(gated.replace("[\"factor.view\"]", "[\"factor.remove\"]")))
                .isEmpty();
    }

    @Test
    void check_onceADeadEndIsOver_isHistory() {
        String past = PUBLISH_NEEDS_2FA + """
                [requirement.no-new-factors]
                actions = ["factor.enrol"]
                demand.email-verified = true
                message = "m"

                [requirement.no-mail]
                actions = ["account.verify-email"]
                demand.enrolled = "any"
                message = "m"
                phases = [{ from = 2025-06-01, until = 2026-06-01, mode = "enforce" }]
                """;

        assertThat(errors(read(past), NOW))
                .extracting(Finding::text)
                .anyMatch(text -> text.contains("is refused publish.project by 'publish-needs-2fa' from"
                        + " 2026-01-01T00:00:00Z, and the way out (enrol-factor) is refused by 'no-new-factors'"));
        assertThat(errors(read(past), Instant.parse("2026-06-01T00:00:00Z"))).isEmpty();
    }

    @Test
    void check_tokenDemandedAndNeverMade_isADeadEndUnlessAPublisherWillDo() {
        String tokens = """
                [requirement.publish-needs-token]
                actions = ["publish"]
                demand.credential = "api-token"
                message = "m"

                [requirement.no-tokens]
                actions = ["token.create"]
                demand.credential = "trusted-publisher"
                message = "m"
                """;

        assertThat(errors(tokens))
                .extracting(Finding::text)
                .anyMatch(text -> text.contains(
                        "is refused publish.project by 'publish-needs-token' from 2025-01-01T00:00:00Z, and the way out"
                                + " (switch-credential) is refused by 'no-tokens'"));
        assertThat(errors(tokens.replace("\"api-token\"", "[\"api-token\", \"trusted-publisher\"]")))
                .noneMatch(f -> f.text().contains("publish-needs-token"));
    }

    @Test
    void check_tokenThatTheRulesOfUseRefuse_isADeadEnd() {
        String limits = """
                [requirement.publish-needs-short-token]
                actions = ["publish"]
                demand.credential = { kind = "api-token", lifetime.at-most = "P7D" }
                message = "m"

                [requirement.long-tokens]
                actions = ["token.create"]
                demand.new-token.lifetime.at-least = "P30D"
                message = "m"
                """;

        assertThat(errors(limits)).hasSize(1).first().matches(f -> f.text().contains("publish-needs-short-token"));
        assertThat(errors(limits.replace("P30D", "P7D"))).isEmpty();
    }

    @Test
    void check_aCohortOnly_isNamed() {
        String cohort = """
                [vocabulary.flags]
                account.staff = "works here"

                [requirement.staff-needs-key]
                actions = ["publish"]
                when.account = { flag = "staff", registered.since = 2024-01-01 }
                demand.enrolled = "phishing-resistant"
                message = "m"

                [requirement.no-keys]
                actions = ["factor.enrol"]
                demand.new-factor = "totp"
                message = "m"

                [requirement.people-publish]
                actions = ["publish"]
                when.credential = "trusted-publisher"
                demand.credential = ["session", "api-token"]
                message = "m"
                """;

        assertThat(errors(cohort))
                .extracting(Finding::text)
                .containsExactly(
                        "dead end: an account without a factor, address not verified, no recovery codes saved, account flag"
                                + " staff, account registered since 2024-01-01T00:00:00Z is refused publish.project by"
                                + " 'staff-needs-key' from 2025-01-01T00:00:00Z, and the way out (enrol-factor) is refused by"
                                + " 'no-keys'");
        assertThat(errors(cohort.replace("= \"totp\"", "= [\"totp\", \"webauthn\"]")))
                .isEmpty();
    }

    @Test
    void check_onlyWhileASwitchIsOn_isFound() {
        String switched = PUBLISH_NEEDS_2FA + """
                [vocabulary.switches]
                lock-down = "only those who have a factor change factors"

                [requirement.factors-need-2fa]
                actions = ["factor"]
                demand.enrolled = "any"
                message = "m"
                phases = [{ mode = "enforce", switch = "lock-down" }]
                """;

        assertThat(errors(switched)).isNotEmpty();
        assertThat(errors(switched.replace(
                        "demand.enrolled = \"any\"\nmessage = \"m\"\nphases = [{ mode",
                        "demand.closed = true\nmessage = \"m\"\nphases = [{ mode")))
                .as("a closed door is no dead end: support opens it")
                .isEmpty();
    }

    @Test
    void check_aSettingThatCannotBeReached_isADeadEnd() {
        String setting = """
                [vocabulary.flags]
                account.strong = "the strong level"

                [requirement.level]
                actions = ["publish"]
                demand.account.flag = "strong"
                message = "m"

                [requirement.settings-need-the-level]
                actions = ["factor.settings"]
                demand.account.flag = "strong"
                message = "m"
                """;

        assertThat(errors(setting))
                .extracting(Finding::text)
                .anyMatch(text -> text.contains(
                        "publish.project by 'level' from 2025-01-01T00:00:00Z, and the way out (change-setting) is refused by"
                                + " 'settings-need-the-level'"));
        assertThat(errors(setting.replace("[\"factor.settings\"]", "[\"factor.remove\"]")))
                .isEmpty();
    }

    @Test
    void check_aPlanOrAWarning_isNoDeadEnd() {
        String planned = """
                [requirement.factors-need-2fa]
                actions = ["factor"]
                demand.enrolled = "any"
                message = "m"
                notice = "n"
                phases = [{ from = 2024-01-01, mode = "warn" }, { from = 2026-01-01, mode = "enforce", tentative = true }]
                """;

        assertThat(errors(planned)).isEmpty();
        assertThat(errors(planned.replace(", tentative = true", ""))).isNotEmpty();
    }

    @Test
    void check_theSamePolicyTwice_findsTheSameInTheSameOrder() {
        PolicyDefinition definition = read(PUBLISH_NEEDS_2FA + """
                [requirement.factors-need-2fa]
                actions = ["factor", "account"]
                demand.enrolled = "any"
                message = "m"
                """);

        assertThat(errors(definition, NOW)).isEqualTo(errors(definition, NOW)).hasSizeGreaterThan(1);
    }
}
