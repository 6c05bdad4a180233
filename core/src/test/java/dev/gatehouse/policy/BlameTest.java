package dev.gatehouse.policy;

import static dev.gatehouse.policy.DeadEndClassesTest.NO_FACTORS;
import static dev.gatehouse.policy.DeadEndClassesTest.deadEnds;
import static dev.gatehouse.policy.DeadEndClassesTest.findings;
import static dev.gatehouse.policy.DeadEndClassesTest.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.policy.rule.Finding;
import org.junit.jupiter.api.Test;

/** A dead end names what stands in the way of somebody who has done all that they can. */
class BlameTest {
    private static final String NOBODY = "demand.credential = \"service-account\"";

    private static String one(String demand) {
        return rule("one", "\"project.settings\"", demand);
    }

    @Test
    void requirement_thatCanBeMet_isNotBlamed() {
        String text = NO_FACTORS
                + one("demand.enrolled = \"any\"")
                + rule("aaa", "\"project.settings\"", "demand.email-verified = true");

        assertThat(findings(text))
                .extracting(Finding::path)
                .contains("requirement.one")
                .doesNotContain("requirement.aaa");
        assertThat(deadEnds(text))
                .hasSize(1)
                .first()
                .asString()
                .endsWith("and the way out (enrol-factor) is refused by" + " 'no-factors'");
    }

    @Test
    void factor_thatIsSetUpAlready_isNotBlamed() {
        String text = one("demand.enrolled = \"phishing-resistant\"")
                + rule("aaa", "\"factor.enrol\"", "when.enrolled = \"totp\"\nwhen.new-factor = \"totp\"\n" + NOBODY)
                + rule("no-keys", "\"factor.enrol\"", "demand.new-factor = \"totp\"")
                + rule("no-publishers", "\"publisher.add\"", NOBODY);

        assertThat(deadEnds(text)).hasSize(1).first().asString().endsWith("(enrol-factor) is refused by 'no-keys'");
    }

    @Test
    void token_thatCanBeMadeAndIsRefused_isBlamedOnWhatRefusesIt() {
        String text = one("demand.credential = \"api-token\"")
                + rule("two", "\"project.settings\"", "when.credential = \"api-token\"\ndemand.enrolled = \"any\"")
                + NO_FACTORS;

        assertThat(deadEnds(text))
                .hasSize(1)
                .first()
                .asString()
                .endsWith(
                        "by 'one' from 2025-01-01T00:00:00Z, and the way out (switch-credential) is refused by 'two'");
    }

    @Test
    void publisher_thatFewerRequirementsRefuse_isTheNearestWay() {
        String text = one("unless.credential = \"trusted-publisher\"\ndemand.enrolled = \"any\"")
                + rule(
                        "two",
                        "\"project.settings\"",
                        "unless.credential = \"trusted-publisher\"\ndemand.recovery-codes-saved = true")
                + rule("three", "\"project.settings\"", "when.credential = \"trusted-publisher\"\n" + NOBODY)
                + rule("shut", "\"factor\"", "unless.email-verified = true\ndemand.email-verified = true\n")
                        .replace("\"factor\"", "\"factor.view\", \"factor.recovery-codes\"")
                        .replace("unless.email-verified = true\ndemand.email-verified = true", NOBODY);

        assertThat(findings(text))
                .extracting(Finding::path)
                .contains("requirement.three")
                .doesNotContain("requirement.one", "requirement.two");
        assertThat(findings(text + rule("no-publishers", "\"publisher.add\"", NOBODY)))
                .extracting(Finding::path)
                .contains("requirement.two")
                .doesNotContain("requirement.three");
    }

    @Test
    void requirement_thatShowingLessEscapes_isNotBlamed() {
        String text = NO_FACTORS
                + one("demand.enrolled = \"any\"")
                + rule(
                        "aaa",
                        "\"project.settings\"",
                        "when.proven = { factor = \"password\", within = \"session\" }\n" + NOBODY);

        assertThat(findings(text))
                .extracting(Finding::path)
                .contains("requirement.one")
                .doesNotContain("requirement.aaa");
    }

    @Test
    void deadEnd_behindOneThatASwitchLifts_isNamedToo() {
        String text = NO_FACTORS
                + one("demand.enrolled = \"any\"")
                + rule(
                        "aaa",
                        "\"project.settings\"",
                        "demand.enrolled = \"any\"\nphases = [{ mode = \"enforce\", switch = \"go\", share = 10 }]");

        assertThat(findings(text)).extracting(Finding::path).contains("requirement.aaa", "requirement.one");
        assertThat(deadEnds(text)).hasSize(1).first().asString().contains("switch go off is refused");
    }

    @Test
    void fact_thatTheWayAndTheGoalRead_isNamedOnce() {
        String staff = "when.account.flag = \"staff\"\ndemand.enrolled = \"any\"";

        assertThat(deadEnds(NO_FACTORS.replace("demand.enrolled = \"any\"", staff) + one(staff)))
                .containsExactly("dead end: an account without a factor, address not verified, no recovery codes saved,"
                        + " account flag staff is refused project.settings by 'one' from 2025-01-01T00:00:00Z, and the"
                        + " way out (enrol-factor) is refused by 'no-factors'");
    }

    @Test
    void refusal_thatAnotherPersonOrSupportMayEnd_isNone() {
        assertThat(deadEnds(
                        NO_FACTORS + one("demand.any-of = [{ enrolled = \"any\" }, { project.flag = \"critical\" }]")))
                .isEmpty();
        assertThat(deadEnds(NO_FACTORS + one("demand.enrolled = \"any\"\nremedy = \"contact-support\"")))
                .isEmpty();
        assertThat(deadEnds(NO_FACTORS + one("demand.enrolled = \"any\"\nremedy = \"switch-credential\"")))
                .hasSize(1);
    }

    @Test
    void settingsAndFactors_thatAStuckAccountHas_areNamed() {
        String level = rule("level", "\"publish.file\"", "demand.account.flag = \"level\"");
        String noPublishers = rule("no-publishers", "\"publisher.add\"", NOBODY);

        assertThat(deadEnds(level + noPublishers + one("when.account.flag = \"level\"\n" + NOBODY)))
                .hasSize(1)
                .first()
                .asString()
                .contains("no recovery codes saved, level is refused");
        assertThat(deadEnds(noPublishers
                        + one(
                                "when = { enrolled = \"totp\", any-of = [{ enrolled = \"webauthn\" }, { enrolled = \"hardware-bound\" }] }\n"
                                        + NOBODY)))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("dead end: an account with totp and webauthn, address");
    }
}
