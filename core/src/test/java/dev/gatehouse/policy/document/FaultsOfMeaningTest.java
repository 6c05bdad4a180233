package dev.gatehouse.policy.document;

import static dev.gatehouse.policy.document.Documents.document;
import static dev.gatehouse.policy.document.Documents.findings;
import static dev.gatehouse.policy.document.Documents.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.factor.FactorClass;
import dev.gatehouse.factor.FactorKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Codes P20 to P38 of the policy model, section 11: names, conditions, dates, phases, texts. */
class FaultsOfMeaningTest {
    private static final String PLAIN =
            "[requirement.x]\nactions = [\"publish\"]\ndemand.enrolled = \"any\"\nmessage = \"m\"\n";

    private static Arguments says(String document, String... findings) {
        return Arguments.of(document, List.of(findings));
    }

    /** The requirement for one action with this demand; the demand is at line 7. */
    private static String demanding(String action, String... demand) {
        return document(
                "[requirement.x]", "actions = [\"" + action + "\"]", String.join("\n", demand), "message = \"m\"");
    }

    /** A phase in line 9, its first key at column 13. */
    private static String phase(String keys) {
        return with("phases = [{ " + keys + " }]");
    }

    static List<Arguments> names() {
        return List.of(
                says(
                        with("when.project.flag = \"hot\""),
                        "9:1 P20 flag 'project.hot' is not declared in vocabulary.flags"),
                says(
                        with("when.maintains.flags = [\"hot\"]"),
                        "9:1 P20 flag 'project.hot' is not declared in vocabulary.flags"),
                says(
                        with("when.member-of.flag = \"hot\""),
                        "9:1 P20 flag 'organization.hot' is not declared in vocabulary.flags"),
                says(with("when.host.flag = \"vpn\""), "9:1 P20 flag 'host.vpn' is not declared in vocabulary.flags"),
                says(
                        with("when.publisher.flag = \"ours\""),
                        "9:1 P20 flag 'publisher.ours' is not declared in vocabulary.flags"),
                says(
                        with(
                                "when.account = { metrics = [",
                                "  { metric = \"age\", over = 1 },",
                                "  { metric = \"size\", over = 1 }] }"),
                        "10:5 P20 metric 'account.age' is not declared in vocabulary.metrics",
                        "11:5 P20 metric 'account.size' is not declared in vocabulary.metrics"),
                says(
                        with("when.credential = [\"session\", \"api-token.old.write\"]"),
                        "9:1 P20 label 'api-token.old' is not declared in vocabulary.labels",
                        "9:1 P20 label 'api-token.write' is not declared in vocabulary.labels"),
                says(
                        demanding("token.create", "demand.new-token.label = \"write\""),
                        "7:1 P20 label 'api-token.write' is not declared in vocabulary.labels"),
                says(
                        with("when.elapsed = { since = [\"moved\"], at-least = \"P1D\" }"),
                        "9:18 P20 event 'moved' is not declared in vocabulary.events"),
                says(
                        phase("mode = \"enforce\", switch = \"on\""),
                        "9:31 P20 switch 'on' is not declared in vocabulary.switches"),
                says(
                        document("[vocabulary.flags]", "project.hot = \"h\"", PLAIN),
                        "6:1 warning P21 flag 'project.hot' is declared and never used"),
                says(
                        document("[vocabulary.labels]", "\"session.old\" = \"h\"", PLAIN),
                        "6:1 warning P21 label 'session.old' is declared and never used"),
                says(
                        document("[vocabulary.events]", "moved = 5", PLAIN),
                        "6:1 P04 'moved' needs a string, found a whole number"),
                says(
                        document("[vocabulary.flags]", "project = \"h\"", PLAIN),
                        "6:1 P04 'project' needs a table, found a string"),
                says(
                        document("[vocabulary.flags]", "project.\"Hot!\" = \"h\"", PLAIN),
                        "6:1 P06 'Hot!' is not an id: lower-case letters, digits and '-', starting with a letter"),
                says(
                        document("[vocabulary.actions]", "publish.release = \"h\"", PLAIN),
                        "6:1 P52 'publish.release' is declared with another meaning in the core"));
    }

    static List<Arguments> conditions() {
        return List.of(
                says(
                        demanding(
                                "publish",
                                "demand.host.flag = \"vpn\"",
                                "[vocabulary.flags]",
                                "host.vpn = \"v\"",
                                "[requirement.y]",
                                "actions = [\"publish\"]",
                                "demand.enrolled = \"any\""),
                        "5:1 P36 'x' enforces but has no message",
                        "7:1 P22 'host' cannot be demanded: nobody can bring it about; put it in when"),
                says(
                        demanding("publish", "demand.maintains.created.since = 2024-01-01"),
                        "7:1 P22 'maintains' cannot be demanded: nobody can bring it about; put it in when"),
                says(with("unless.closed = true"), "9:1 P23 'closed' stands only in a demand, and alone"),
                says(
                        demanding("publish", "demand = { closed = true, enrolled = \"any\" }"),
                        "7:12 P23 'closed' stands only in a demand, and alone"),
                says(
                        demanding("publish", "demand.any-of = [", " { enrolled = \"any\" },", " { closed = true }]"),
                        "9:4 P23 'closed' stands only in a demand, and alone"),
                says(
                        with("when.any-of = [", " { enrolled = \"any\" },", " { email-verified = true, any-of = [] }]"),
                        "11:27 P24 any-of inside any-of: write two requirements"),
                says(with("when.any-of = [{ enrolled = \"any\" }]"), "9:1 P25 any-of needs two or more alternatives"),
                says(
                        with("when.any-of = [{ enrolled = \"any\" }, { enrolled = \"any\" }]"),
                        "9:1 P25 any-of needs two or more alternatives"),
                says(
                        with("when.any-of = [{ enrolled = \"any\" }, {}, { email-verified = true }]"),
                        "9:1 P25 any-of needs two or more alternatives"),
                says(
                        demanding("token", "demand.new-token.reach = \"project\""),
                        "7:1 P26 'new-token' has no meaning for action 'token.view'"),
                says(
                        demanding("factor.remove", "demand.new-factor = \"webauthn\""),
                        "7:1 P26 'new-factor' has no meaning for action 'factor.remove'"),
                says(
                        demanding("factor.enrol", "demand.factors-left = \"any\""),
                        "7:1 P26 'factors-left' has no meaning for action 'factor.enrol'"),
                says(
                        demanding("project", "demand.release.age.at-most = \"P1D\""),
                        "7:1 P26 'release' has no meaning for action 'project.view'"),
                says(
                        demanding("factor.enrol", "demand.publisher.event = \"push\""),
                        "7:1 P26 'publisher' has no meaning for action 'factor.enrol'"),
                says(with("when.enrolled = [\"any\", \"toptp\"]"), "9:1 P27 unknown factor 'toptp'"),
                says(with("when.credential = \"token.old\""), "9:1 P27 unknown credential kind 'token'"),
                says(with("remedy = \"retry\""), "9:1 P27 unknown remedy 'retry'"),
                says(
                        with("when.credential.age = { over = \"P2D\", below = \"PT24H\" }"),
                        "9:1 P28 no value satisfies over P2D and below P1D"),
                says(
                        with("when.credential = { age = { at-least = \"P1D\", below = \"PT24H\" } }"),
                        "9:21 P28 no value satisfies at-least P1D and below P1D"),
                says(
                        with("when.credential.lifetime = { one-of = [\"P1D\", \"P8D\"], over = \"P30D\" }"),
                        "9:1 P28 no value satisfies one-of [P1D, P8D] and over P30D"),
                says(
                        with(
                                "when.account.registered = { since = 2024-01-01T00:00:00Z, before = 2024-01-01T00:00:00Z }"),
                        "9:1 P28 no value satisfies since 2024-01-01T00:00:00Z and before 2024-01-01T00:00:00Z"),
                says(
                        document(
                                "[vocabulary.metrics]",
                                "project.size = \"s\"",
                                PLAIN,
                                "when.project.metrics = [",
                                "  { metric = \"size\", below = 1.5 },",
                                "  { metric = \"size\", over = 3 }]"),
                        "13:5 P28 no value satisfies over 3 and below 1.5"));
    }

    static List<Arguments> datesAndTexts() {
        return List.of(
                says(
                        with("when.credential.age.below = \"P1M\""),
                        "9:1 P29 'P1M' is not a duration above zero, such as PT15M or P90D"),
                says(
                        with("when.credential.age.below = \"P1W\""),
                        "9:1 P29 'P1W' is not a duration above zero, such as PT15M or P90D"),
                says(
                        with("when.credential.age.below = \"PT0S\""),
                        "9:1 P29 'PT0S' is not a duration above zero, such as PT15M or P90D"),
                says(
                        with("when.credential.age.below = \"-PT5M\""),
                        "9:1 P29 '-PT5M' is not a duration above zero, such as PT15M or P90D"),
                says(
                        with("when.credential.age.below = \"pt5m\""),
                        "9:1 P29 'pt5m' is not a duration above zero, such as PT15M or P90D"),
                says(
                        with("when.credential.age.below = \"P1DT\""),
                        "9:1 P29 'P1DT' is not a duration above zero, such as PT15M or P90D"),
                says(
                        with("when.credential.age.below = \"P\u0661D\""),
                        "9:1 P29 'P\u0661D' is not a duration above zero, such as PT15M or P90D"),
                says(
                        with("when.proven = { factor = \"any\", within = \"a day\" }"),
                        "9:33 P29 'a day' is not a duration above zero, such as PT15M or P90D"),
                says(
                        with("when.credential.age.below = \"P3652501D\""),
                        "9:1 P04 'age' needs a duration of at most P3652500D, found P3652501D"),
                says(
                        "gatehouse-policy = 1\nname = \"n\"\nrevision = 1\n" + PLAIN
                                + "phases = [{ from = 2024-01-01, mode = \"enforce\" }]",
                        "8:13 P30 a date without offset needs 'zone'"),
                says(
                        phase("mode = \"enforce\", from = 2024-01-02, until = 2024-01-02"),
                        "9:50 P31 until is not after from"),
                says(
                        phase(
                                "mode = \"enforce\", until = 2024-01-02, windows = [{ from = 2024-01-01, for = \"P1D\" }]"),
                        "9:51 P31 windows and from/until exclude each other"),
                says(
                        with(
                                "phases = [{ mode = \"enforce\", windows = [",
                                "  { from = 2024-01-02, for = \"P1D\" },",
                                "  { from = 2024-01-01, for = \"PT24H1S\" }] }]"),
                        "10:5 P31 windows overlap"),
                says(phase("mode = \"announce\""), "9:13 P33 an announce phase needs from, or tentative"),
                says(
                        phase("mode = \"enforce\", from = 2024-03-10T02:30:00"),
                        "9:31 P34 local time 2024-03-10T02:30 does not exist, or exists twice, in America/New_York: give an offset"),
                says(
                        phase("mode = \"enforce\", from = 2024-11-03T01:30:00"),
                        "9:31 P34 local time 2024-11-03T01:30 does not exist, or exists twice, in America/New_York: give an offset"),
                says(
                        document("zone = \"x\"")
                                .replaceFirst("zone = \"America/New_York\"\n", "")
                                .replace(
                                        "zone = \"x\"",
                                        "zone = \"America/Sao_Paulo\"\n" + PLAIN
                                                + "phases = [{ from = 2018-11-04, mode = \"enforce\" }]"),
                        "9:13 P34 local time 2018-11-04 does not exist, or exists twice, in America/Sao_Paulo: give an offset"),
                says(phase("mode = \"enforce\", share = 0"), "9:31 P35 share is above 0 and at most 100"),
                says(phase("mode = \"enforce\", share = 100.5"), "9:31 P35 share is above 0 and at most 100"),
                says(phase("mode = \"enforce\", share = -1"), "9:31 P35 share is above 0 and at most 100"),
                says(
                        phase("mode = \"enforce\", share = 0.00001"),
                        "9:31 P35 share is above 0 and at most 100, with at most 4 decimals"),
                says(
                        document("[requirement.x]", "actions = [\"publish\"]", "demand.enrolled = \"any\""),
                        "5:1 P36 'x' enforces but has no message"),
                says(phase("mode = \"warn\", from = 2024-01-01"), "5:1 P36 'x' warns but has no notice"),
                says(with("notice = \"{acount} {{x} {link}\""), "9:1 P37 unknown placeholder '{acount}'"),
                says(with("notice = \"{link\""), "9:1 P37 '{link' has no '}'"),
                says(
                        "gatehouse-policy = 1\nname = \"n\"\nrevision = 1\nzone = \"Europe/Pariss\"\n" + PLAIN
                                + "phases = [{ from = 2024-01-01, mode = \"announce\" }]",
                        "4:1 P38 unknown zone 'Europe/Pariss'"));
    }

    @ParameterizedTest
    @MethodSource({"names", "conditions", "datesAndTexts"})
    void document_withFaults_saysAllOfThemWithPlaceAndWords(String document, List<String> expected) {
        assertThat(findings(document)).isEqualTo(expected);
    }

    static List<String> accepted() {
        return List.of(
                document(
                        "[vocabulary.flags]",
                        "project.hot = \"a\"",
                        "\"organization.big\" = \"b\"",
                        "host.vpn = \"c\"",
                        "publisher.ours = \"d\"",
                        "[vocabulary.labels]",
                        "api-token.old = \"e\"",
                        "[vocabulary.events]",
                        "moved = \"f\"",
                        "[vocabulary.switches]",
                        "\"2fa-required\" = \"g\"",
                        PLAIN,
                        "when = { maintains.flag = \"hot\", member-of.flags = [\"big\"], host.flag = \"vpn\", publisher.flag = \"ours\" }",
                        "unless = { credential = \"api-token.old\", elapsed = { since = \"moved\", at-least = \"P1D\" } }",
                        "phases = [{ mode = \"enforce\", switch = \"2fa-required\" }]"),
                demanding("publish", "demand.closed = true"),
                demanding("token.create", "demand.new-token = { reach = [\"project\"], lifetime.one-of = [\"P1D\"] }"),
                demanding("factor.enrol", "demand.new-factor = [\"webauthn\", \"phishing-resistant\"]"),
                demanding("factor.remove", "demand.factors-left = \"any\""),
                demanding("release", "demand.release.age.at-most = \"P1D\""),
                demanding("publish", "demand.publisher = { provider = \"github\", event = [\"push\"], ref = \"tag\" }"),
                with("when.any-of = [{ enrolled = \"any\" }, { email-verified = true }]"),
                with("when.credential.age = { at-least = \"P1D\", at-most = \"PT24H\" }"),
                with("when.proven = { factor = [\"any\", \"recovery-code\"], within = \"PT1H30M0.5S\" }"),
                with("remedy = \"contact-support\""),
                phase("mode = \"enforce\", from = 2024-03-10T03:00:00, until = 2024-11-03T01:30:00-05:00"),
                phase("mode = \"announce\", tentative = true"),
                phase("mode = \"announce\", from = 2024-01-01"),
                phase("mode = \"enforce\", share = 0.0001"),
                phase("mode = \"enforce\", share = 100"),
                phase(
                        "mode = \"enforce\", windows = [{ from = 2024-01-02, for = \"P1D\" }, { from = 2024-01-01, for = \"P1D\" }]"),
                with(
                        "notice = \"{account} {project} {organization} {action} {link} {enforced-from} {wait-until} {{ } {{acount}\""));
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void document_withoutFaults_saysNothing(String document) {
        assertThat(findings(document)).isEmpty();
    }

    @Test
    void factor_ofTheHost_isKnownWhereTheReaderIsToldOfIt() {
        PolicyDocuments documents =
                PolicyDocuments.standard().factors(FactorKind.custom("smart-card", FactorClass.ANY));
        String document = with("when.enrolled = [\"smart-card\"]");

        assertThat(findings(document)).containsExactly("9:1 P27 unknown factor 'smart-card'");
        assertThat(findings(documents, document)).isEmpty();
    }
}
