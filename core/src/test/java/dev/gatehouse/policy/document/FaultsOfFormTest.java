package dev.gatehouse.policy.document;

import static dev.gatehouse.policy.document.Documents.document;
import static dev.gatehouse.policy.document.Documents.findings;
import static dev.gatehouse.policy.document.Documents.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Codes P01 to P13 of the policy model, section 11: the form of a document, and actions. */
class FaultsOfFormTest {
    private static Arguments refused(String document, String... findings) {
        return Arguments.of(document, List.of(findings));
    }

    static List<Arguments> refused() {
        return List.of(
                // P01 stands alone, whatever else is wrong
                refused(
                        "name = \n",
                        "1:8 P01 not TOML: Unexpected end of line, expected ', \", ''', \"\"\", a number,"
                                + " a boolean, a date/time, an array, or a table"),
                refused("a = 1\na = 2\n", "2:1 P01 not TOML: a previously defined at line 1, column 1"),
                refused(
                        with("\"demand.enrolled\" = \"any\""),
                        "9:1 P01 not TOML: enrolled previously defined at line 7, column 1"),
                refused("a = [".repeat(40), "1:165 P01 not TOML: nested deeper than 32 levels"),
                refused(
                        "a = \"" + "x".repeat(1 << 20) + "\"",
                        "1:1 P01 not TOML: the document is longer than 524288 characters"),
                refused("name = \"\\u12\"", "1:9 P01 not TOML: Invalid unicode escape sequence"),
                refused("name = \"\\U0010FFF\"", "1:9 P01 not TOML: Invalid unicode escape sequence"),
                refused("name = \"\\q\"", "1:9 P01 not TOML: Invalid escape sequence '\\q'"),
                refused("a = \"\uD83D\"", "1:6 P01 not TOML: half of a character"),
                // P02 comes before anything else, even in a text that only a later format can parse
                refused(
                        "name = 5\ngatehouse-policy = 2\n",
                        "2:1 P02 this reader knows format 1; the document is format 2"),
                refused("gatehouse-policy = 3\nx = \n", "1:1 P02 this reader knows format 1; the document is format 3"),
                refused(
                        document("gatehouse-polic = 2", requirement()),
                        "5:1 P03 unknown key 'gatehouse-polic' in the document; did you mean 'gatehouse-policy'?"),
                // P03
                refused(
                        with("mesage = \"m\""),
                        "9:1 P03 unknown key 'mesage' in requirement 'x'; did you mean 'message'?"),
                refused(with("severity = 3"), "9:1 P03 unknown key 'severity' in requirement 'x'"),
                refused(
                        with("when.acount.flag = \"f\""),
                        "9:1 P03 unknown key 'acount' in 'when'; did you mean 'account'?"),
                refused(
                        with("phases = [{ mode = \"enforce\", form = 2024-01-01 }]"),
                        "9:31 P03 unknown key 'form' in 'phases'; did you mean 'from'?"),
                refused(
                        with("when.project.registered.since = 2024-01-01"),
                        "9:1 P03 unknown key 'registered' in 'project'"),
                refused(
                        with("when.member-of.created.since = 2024-01-01"),
                        "9:1 P03 unknown key 'created' in 'member-of'"),
                refused(
                        document("[vocabulary.flags]", "projekt.hot = \"h\"", requirement()),
                        "6:1 P03 unknown key 'projekt' in vocabulary.flags; did you mean 'project'?"),
                refused(
                        document("[vocabulary.flag]", "project.hot = \"h\"", requirement()),
                        "5:1 P03 unknown key 'flag' in vocabulary; did you mean 'flags'?"),
                // P04
                refused(
                        with("except = \"publish.file\""),
                        "9:1 P04 'except' needs an array of strings, found a string"),
                refused(with("notice = 5"), "9:1 P04 'notice' needs a string, found a whole number"),
                refused(with("when = true"), "9:1 P04 'when' needs a table, found a boolean"),
                refused(with("when.email-verified = false"), "9:1 P04 'email-verified' needs true, found false"),
                refused(with("when.credential = 1.5"), "9:1 P04 'credential' needs a string, found a number"),
                refused(
                        with("when.credential = []"),
                        "9:1 P04 'credential' needs a string or an array of strings, found an empty array"),
                refused(with("when.account = {}"), "9:1 P04 'account' needs at least one key, found none"),
                refused(with("phases = []"), "9:1 P04 'phases' needs a phase or more, found an empty array"),
                refused(
                        with("phases = [{ mode = \"enforced\" }]"),
                        "9:13 P04 'mode' needs announce, report, warn or enforce, found 'enforced'"),
                refused(
                        with("when.credential = { reach = \"everything\" }"),
                        "9:21 P04 'reach' needs account, organization, pattern, projects or project, found 'everything'"),
                refused(
                        with("phases = [{ mode = \"enforce\", from = 07:32:00 }]"),
                        "9:31 P04 'from' needs a date, found a time"),
                refused(
                        "gatehouse-policy = 0\nname = \"n\"\nrevision = 0\n" + requirement(),
                        "1:1 P04 'gatehouse-policy' needs a whole number above zero, found 0",
                        "3:1 P04 'revision' needs a whole number above zero, found 0"),
                refused(
                        document("reviewed = 2024-01-01T00:00:00Z", requirement()),
                        "5:1 P04 'reviewed' needs a date, found a date with time"),
                refused(
                        document("[[requirement]]", "actions = []"),
                        "5:1 P04 'requirement' needs a table, found an array"),
                refused(document("requirement.x = 5"), "5:1 P04 'x' needs a table, found a whole number"),
                refused(
                        metric("over = 9007199254740993"),
                        "11:37 P04 'over' needs a number of at most 9007199254740992, found 9007199254740993"),
                refused(metric("over = nan"), "11:37 P04 'over' needs a number, found nan"),
                refused(metric("at-least = -inf"), "11:37 P04 'at-least' needs a number, found -inf"),
                refused(
                        metric(),
                        "11:20 P04 'metric' needs a bound beside it: over, at-least, below or at-most, found none"),
                // P05
                refused(
                        document("[requirement.x]", "message = \"m\""),
                        "5:1 P05 'actions' is missing from requirement 'x'",
                        "5:1 P05 'demand' is missing from requirement 'x'"),
                refused(
                        document("[requirement.x]", "actions = []", "demand = {}", "message = \"m\""),
                        "6:1 P05 'actions' is missing from requirement 'x'",
                        "7:1 P05 'demand' is missing from requirement 'x'"),
                refused(
                        with("phases = [", "  { from = 2024-01-01 }]"),
                        "10:5 P05 'mode' is missing from requirement 'x'"),
                refused(with("when.proven.factor = \"any\""), "9:1 P05 'within' is missing from requirement 'x'"),
                refused(
                        "revision = 1\n" + requirement(),
                        "1:1 P05 'gatehouse-policy' is missing from the document",
                        "1:1 P05 'name' is missing from the document"),
                // P06, P07
                refused(
                        document(
                                "[requirement.Upload_1]",
                                "actions = [\"publish\"]",
                                "demand.enrolled = \"any\"",
                                "message = \"m\""),
                        "5:1 P06 'Upload_1' is not an id: lower-case letters, digits and '-', starting with a letter"),
                refused(
                        "gatehouse-policy = 1\nname = \"2fa\"\nrevision = 1\n" + requirement(),
                        "2:1 P06 '2fa' is not an id: lower-case letters, digits and '-', starting with a letter"),
                refused(
                        document("[vocabulary.actions]", "webhook = \"w\"", requirement()),
                        "6:1 P06 'webhook' is not an id: lower-case letters, digits and '-', starting with a letter"),
                refused(document(), "1:1 P07 the policy has no requirement"),
                // P10 to P13
                refused(
                        with("except = [\"publsh.file\"]"),
                        "9:1 P10 unknown action or group 'publsh.file'; declare it under vocabulary.actions"),
                refused(
                        document("ungated = [\"webhook\"]", requirement()),
                        "5:1 P10 unknown action or group 'webhook'; declare it under vocabulary.actions"),
                refused(with("except = [\"token\"]"), "9:1 P11 'token' in except is not among the actions of 'x'"),
                refused(with("except = [\"publish\"]"), "9:1 P12 requirement 'x' gates no action: except removes all"));
    }

    static List<String> accepted() {
        return List.of(
                with(),
                "\uFEFF" + with(),
                with("except = [\"publish.file\", \"publish.stage\"]"),
                document(
                        "\"requirement.x.actions\" = [\"token\"]",
                        "requirement.x.\"demand.enrolled\" = \"any\"",
                        "requirement.\"x\".message = \"m\""),
                document(
                        "reviewed = 2024-01-01",
                        "ungated = [\"webhook\"]",
                        "[vocabulary.actions]",
                        "webhook.manage = \"w\"",
                        requirement()),
                metric("over = 9007199254740992"),
                metric("over = 0.5, below = 1e3"),
                with("when.credential = [\"session\"]"),
                with("phases = [{ mode = \"enforce\" }]"));
    }

    private static String requirement() {
        return "[requirement.x]\nactions = [\"publish\"]\ndemand.enrolled = \"any\"\nmessage = \"m\"";
    }

    private static String metric(String... bounds) {
        return document(
                "[vocabulary.metrics]",
                "project.size = \"s\"",
                requirement(),
                "when.maintains = { metric = \"size\"" + (bounds.length == 0 ? "" : ", " + bounds[0]) + " }");
    }

    @ParameterizedTest
    @MethodSource("refused")
    void document_withFaults_saysAllOfThemWithPlaceAndWords(String document, List<String> expected) {
        assertThat(findings(document)).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void document_withoutFaults_saysNothing(String document) {
        assertThat(findings(document)).isEmpty();
    }

    static List<Arguments> warned() {
        return List.of(
                refused(
                        document(
                                "[requirement.x]",
                                "actions = [\"publish\", \"publish\"]",
                                "demand.enrolled = \"any\"",
                                "message = \"m\""),
                        "6:1 warning P13 'publish' is listed twice"),
                refused(
                        document(
                                "[requirement.x]",
                                "actions = [\"publish\", \"publish.file\", \"write\"]",
                                "demand.enrolled = \"any\"",
                                "message = \"m\""),
                        "6:1 warning P13 'publish' is listed inside 'write' which is listed too",
                        "6:1 warning P13 'publish.file' is listed inside 'publish' which is listed too"));
    }

    @ParameterizedTest
    @MethodSource("warned")
    void document_withDoubtfulActions_isReadWithAWarning(String document, List<String> expected) {
        assertThat(findings(document)).isEqualTo(expected);
    }
}
