package dev.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.policy.rule.Finding;
import dev.gatehouse.policy.rule.PolicyDefinition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** P40: a dead end of few is found and names them; every way that somebody may go alone is one. */
class DeadEndClassesTest {
    static final Instant NOW = Instant.parse("2025-01-01T00:00:00Z");

    private static final String NAMES = """
            [vocabulary.flags]
            account.level = "v"
            account.staff = "v"
            project.critical = "v"
            organization.strict = "v"
            release.large = "v"
            publisher.hosted = "v"
            host.night = "v"
            [vocabulary.metrics]
            account.uploads = "v"
            project.downloads = "v"
            organization.members = "v"
            release.size = "v"
            [vocabulary.labels]
            api-token.scoped = "v"
            session.known = "v"
            [vocabulary.events]
            email-changed = "v"
            [vocabulary.switches]
            go = "v"

            """;

    static String rule(String id, String actions, String more) {
        return "[requirement." + id + "]\nactions = [" + actions + "]\nmessage = \"m\"\n" + more + "\n";
    }

    /** Nobody who has no factor gets one, or a publisher instead. */
    static final String NO_FACTORS =
            rule("no-factors", "\"factor.view\", \"publisher.add\"", "demand.enrolled = \"any\"");

    static List<Finding> findings(String text) {
        List<Finding> findings = new ArrayList<>();
        new DeadEnds(DeadEndsTest.read(NAMES + text), NOW, findings).check();
        return findings;
    }

    /** What is said of the requirement {@code one}. */
    static List<String> deadEnds(String text) {
        return findings(text).stream()
                .filter(f -> f.path().equals("requirement.one"))
                .map(Finding::text)
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "account.flag = \"staff\" | account flag staff",
                "account.registered.since = 2024-01-01 | account registered since 2024-01-01T00:00:00Z",
                "account = { metric = \"uploads\", at-least = 5 } | account metric uploads 5.0",
                "project.flag = \"critical\" | project flag critical",
                "project.created.since = 2024-01-01 | project created since 2024-01-01T00:00:00Z",
                "project = { metric = \"downloads\", at-least = 5 } | project metric downloads 5.0",
                "organization.flag = \"strict\" | organization flag strict",
                "organization = { metric = \"members\", at-least = 5 } | organization metric members 5.0",
                "maintains.flag = \"critical\" | maintains ",
                "member-of.flag = \"strict\" | member-of ",
                "host.flag = \"night\" | host night",
            })
    void deadEnd_ofOneClass_namesIt(String when, String words) {
        String text = NO_FACTORS + rule("one", "\"project.settings\"", "when." + when + "\ndemand.enrolled = \"any\"");

        assertThat(deadEnds(text))
                .singleElement()
                .satisfies(found -> assertThat(found)
                        .startsWith(
                                "dead end: an account without a factor, address not verified, no recovery codes saved, "
                                        + words)
                        .endsWith(
                                " is refused project.settings by 'one' from 2025-01-01T00:00:00Z, and the way out (enrol-factor)"
                                        + " is refused by 'no-factors'"));
    }

    @Test
    void deadEnd_ofTheUsualClass_namesNoFacts() {
        String text = NO_FACTORS
                + rule("one", "\"project.settings\"", "unless.project.flag = \"critical\"\ndemand.enrolled = \"any\"");

        assertThat(deadEnds(text))
                .containsExactly(
                        "dead end: an account without a factor, address not verified, no recovery codes saved is"
                                + " refused project.settings by 'one' from 2025-01-01T00:00:00Z, and the way out (enrol-factor)"
                                + " is refused by 'no-factors'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "verify-email | account.verify-email | email-verified = true",
                "save-recovery-codes | factor.recovery-codes | recovery-codes-saved = true",
                "change-setting | factor.settings | account.flag = \"level\"",
                "enrol-factor | factor.enrol | enrolled = \"any\"",
                "enrol-factor | factor.view | enrolled = \"any\"",
            })
    void step_thatIsRefusedToAll_isTheWayOutThatIsShut(String remedy, String action, String demand) {
        String one = rule("one", "\"project.settings\"", "demand." + demand);
        String shut = rule("shut", "\"" + action + "\"", "demand.credential = \"service-account\"");

        assertThat(deadEnds(one)).isEmpty();
        assertThat(deadEnds(one + shut))
                .singleElement()
                .satisfies(
                        found -> assertThat(found).endsWith("and the way out (" + remedy + ") is refused by 'shut'"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "address not verified | email-verified = true | account.verify-email",
                "no recovery codes saved | recovery-codes-saved = true | factor.recovery-codes",
            })
    void state_inWhichSomebodyIsStuck_isNamed(String words, String demand, String action) {
        String text = rule("one", "\"project.settings\"", "demand." + demand)
                + rule("shut", "\"" + action + "\"", "demand.credential = \"service-account\"");

        assertThat(deadEnds(text))
                .singleElement()
                .satisfies(found -> assertThat(found).contains(words));
    }

    @Test
    void state_inWhichNothingIsLeftToDo_isNamedInFull() {
        String text = rule("one", "\"project.settings\"", """
                when.enrolled = "any"
                when.email-verified = true
                when.recovery-codes-saved = true
                demand.credential = "service-account"
                """)
                + NO_FACTORS.replace("demand.enrolled = \"any\"", "demand.credential = \"service-account\"");

        assertThat(deadEnds(text))
                .singleElement()
                .satisfies(found -> assertThat(found)
                        .startsWith(
                                "dead end: an account with totp, address verified, recovery codes saved is refused"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // The caller makes the token, releases what fits, waits for nothing, and comes from anywhere.
                "publish.release | credential = \"api-token.scoped\"",
                "publish.release | credential = { kind = \"api-token\", reach = \"organization\" }",
                "publish.release | credential = { kind = \"api-token\", lifetime.over = \"P7D\" }",
                "publish.release | credential = \"session.known\"",
                "publish.release | credential = \"trusted-publisher\"",
                "publish.release | release.flag = \"large\"",
                "publish.release | release = { metric = \"size\", over = 100 }",
                "publish.release | release.age.over = \"P7D\"",
                "publish.release | proven = { factor = \"password\", within = \"request\" }",
                "publish.release | proven = { factor = \"totp\", within = \"PT5M\" }",
                "publish.release | proven = { factor = \"sms\", within = \"session\" }",
                "publish.release | proven = { factor = \"email\", within = \"session\" }",
                "publish.release | proven = { factor = \"recovery-code\", within = \"session\" }",
                "publish.release | proven = { factor = \"hardware-bound\", within = \"session\" }",
                "token.create | new-token = { label = \"scoped\", lifetime.at-most = \"P7D\" }",
                "token.create | new-token.reach = \"projects\"",
                "factor.enrol | new-factor = \"webauthn\"",
                "publish.release | elapsed = { since = [\"email-changed\"], at-least = \"PT1H\" }",
                "project.settings | project.flag = \"critical\"",
                "project.settings | organization.flag = \"strict\"",
                "project.settings | closed = true",
                "factor.remove | factors-left = \"webauthn\"",
            })
    void demand_thatTheCallerCanMeetOrOnlyOthersCan_isNoDeadEnd(String action, String demand) {
        assertThat(findings(rule("one", "\"" + action + "\"", "demand." + demand)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "credential = \"api-token.scoped\" | token.create",
                "credential = \"trusted-publisher\" | publisher.add",
                "proven = { factor = \"totp\", within = \"PT5M\" } | factor.enrol",
                "proven = { factor = \"email\", within = \"session\" } | account.verify-email",
                "proven = { factor = \"recovery-code\", within = \"session\" } | factor.recovery-codes",
            })
    void demand_whoseOnlyWayIsShut_isADeadEnd(String demand, String action) {
        assertThat(deadEnds(rule("one", "\"publish.release\"", "demand." + demand)
                        + rule("shut", "\"" + action + "\"", "demand.credential = \"service-account\"")))
                .hasSize(1);
    }

    @Test
    void publisher_whoseRunMayBeAny_isNoDeadEnd() {
        for (String run : List.of("flag = \"hosted\"", "event = \"push\"", "ref = \"tag\"", "provider = \"github\"")) {
            String text = rule("one", "\"publish.release\"", "demand.credential = \"trusted-publisher\"")
                    + rule(
                            "two",
                            "\"publish.release\"",
                            "when.credential = \"trusted-publisher\"\ndemand.publisher." + run);
            assertThat(findings(text)).as(run).isEmpty();
        }
    }

    @Test
    void proof_thatWouldBind_needNotBeShown() {
        String bound = "when.proven = { factor = \"password\", within = \"request\" }\n"
                + "demand.credential = \"service-account\"";
        String needed =
                rule("two", "\"project.settings\"", "demand.proven = { factor = \"password\", within = \"session\" }");
        String shut = rule("shut", "\"publisher.add\"", "demand.credential = \"service-account\"");

        assertThat(deadEnds(rule("one", "\"project.settings\"", bound) + needed + shut))
                .as("the session's proof will do")
                .isEmpty();
        assertThat(deadEnds(rule("one", "\"project.settings\"", bound.replace("\"request\"", "\"session\"")) + shut))
                .as("none is asked")
                .isEmpty();
        assertThat(deadEnds(rule("one", "\"project.settings\"", bound.replace("\"request\"", "\"session\""))
                        + needed
                        + shut))
                .hasSize(1);
    }

    /** Three facts of ten make the rule bind: each rule is met by somebody, however many others there are. */
    @ParameterizedTest
    @CsvSource({"account", "project", "organization"})
    void rule_thatLooksAtThreeFactsOfMany_isMet(String owner) {
        StringBuilder text = new StringBuilder("[vocabulary.flags]\n");
        for (int i = 1; i <= 10; i++) {
            text.append(owner).append(".f").append(i).append(" = \"v\"\n");
        }
        text.append(NO_FACTORS)
                .append(rule(
                        "one",
                        "\"project.settings\"",
                        "when." + owner + ".flags = [\"f1\", \"f2\", \"f3\"]\ndemand.enrolled = \"any\""));
        for (int i = 4; i <= 10; i++) {
            text.append(rule(
                    "other" + i,
                    "\"project.settings\"",
                    "when." + owner + ".flag = \"f" + i + "\"\ndemand.credential = \"session\""));
        }
        List<Finding> findings = new ArrayList<>();

        new DeadEnds(DeadEndsTest.read(text.toString()), NOW, findings).check();

        assertThat(findings)
                .filteredOn(found -> found.path().equals("requirement.one"))
                .singleElement()
                .satisfies(found -> assertThat(found.severity()).isEqualTo(Finding.Severity.ERROR))
                .satisfies(found -> assertThat(found.text())
                        .contains(owner + " flag f1, " + owner + " flag f2, " + owner + " flag f3"));
    }

    @Test
    void rule_thatLooksAtThreeFactsAndIsLiftedByMany_isMet() {
        StringBuilder text = new StringBuilder("[vocabulary.flags]\n");
        for (int i = 1; i <= 10; i++) {
            text.append("project.f").append(i).append(" = \"v\"\n");
        }
        text.append(NO_FACTORS).append(rule("one", "\"project.settings\"", """
                when.project.flags = ["f1", "f2", "f3"]
                unless.project.flag = ["f4", "f5", "f6", "f7", "f8", "f9", "f10"]
                demand.enrolled = "any"
                """));
        List<Finding> findings = new ArrayList<>();

        new DeadEnds(DeadEndsTest.read(text.toString()), NOW, findings).check();

        assertThat(findings).extracting(Finding::path).contains("requirement.one");
    }

    @Test
    void action_ofAnAccount_isAboutNoProject() {
        assertThat(findings(
                        rule("one", "\"factor.view\"", "when.project.flag = \"critical\"\ndemand.enrolled = \"any\"")))
                .isEmpty();
        assertThat(findings(rule(
                        "one", "\"factor.view\"", "unless.project.flag = \"critical\"\ndemand.enrolled = \"any\"")))
                .isNotEmpty();
    }

    @Test
    void lastFactor_maybeReplacedFirst_isNoDeadEnd() {
        assertThat(findings(rule("one", "\"factor.remove\"", "when.enrolled = \"any\"\ndemand.factors-left = \"any\"")))
                .isEmpty();
    }

    @Test
    void federatedFactor_isSetUpElsewhere() {
        String text = rule("one", "\"project.settings\"", "demand.enrolled = \"federated\"")
                + rule("shut", "\"factor.enrol\"", "demand.credential = \"service-account\"");

        assertThat(deadEnds(text)).isEmpty();
        assertThat(deadEnds(text.replace("\"federated\"", "\"totp\""))).hasSize(1);
    }

    @Test
    void requirements_thatOnlyWarnOrAnnounce_areNotSearched() {
        PolicyDefinition nothing = DeadEndsTest.read("ungated = [\"read\"]\n"
                + rule(
                        "one",
                        "\"project.settings\"",
                        "notice = \"n\"\ndemand.enrolled = \"any\"\nphases = [{ mode = \"warn\" }]")
                + NO_FACTORS.replace("demand", "notice = \"n\"\nphases = [{ mode = \"warn\" }]\ndemand"));
        List<Finding> findings = new ArrayList<>();

        new DeadEnds(nothing, NOW, findings).check();

        assertThat(findings).isEmpty();
    }

    @Test
    void deadEnd_thatBeginsLater_isNamedFromItsFirstInstant() {
        String text = NO_FACTORS
                + rule(
                        "one",
                        "\"project.settings\"",
                        "demand.enrolled = \"any\"\nphases = [{ windows = [{ from = 2024-12-31, for = \"PT24H\" },"
                                + " { from = 2025-03-01, for = \"PT1H\" }, { from = 2025-04-01, for = \"PT1H\" }],"
                                + " mode = \"enforce\" }]");

        assertThat(deadEnds(text))
                .singleElement()
                .satisfies(found -> assertThat(found).contains("'one' from 2025-03-01T00:00:00Z"));
        assertThat(deadEnds(text.replace("2024-12-31,", "2024-12-31T00:00:01Z,")))
                .as("in force now: since when")
                .singleElement()
                .satisfies(found -> assertThat(found).contains("'one' from 2024-12-31T00:00:01Z"));
    }

    @Test
    void share_ofAPhaseThatIsOver_isNotSearched() {
        assertThat(deadEnds(NO_FACTORS
                        + rule(
                                "one",
                                "\"project.settings\"",
                                "demand.enrolled = \"any\"\nphases = [{ from = 2024-01-01, until = 2025-01-01,"
                                        + " mode = \"enforce\", share = 10 }]")))
                .isEmpty();
    }

    @Test
    void share_ofAPhase_isSearchedAsIfAllWereInIt() {
        assertThat(deadEnds(NO_FACTORS
                        + rule(
                                "one",
                                "\"project.settings\"",
                                "demand.enrolled = \"any\"\nphases = [{ from = 2024-01-01, until = 2026-01-01,"
                                        + " mode = \"enforce\", share = 0.0001, switch = \"go\","
                                        + " when.account.flag = \"staff\" }]")))
                .singleElement()
                .satisfies(found -> assertThat(found)
                        .contains("account flag staff is refused project.settings by 'one' from 2024-01-01T00:00:00Z"));
    }
}
