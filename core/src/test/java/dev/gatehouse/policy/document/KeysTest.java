package dev.gatehouse.policy.document;

import static dev.gatehouse.policy.document.Documents.document;
import static dev.gatehouse.policy.document.Documents.findings;
import static dev.gatehouse.policy.document.Documents.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every table of the language knows its keys, and says of each value which type it needs. */
class KeysTest {
    private static final String METRIC = document("[vocabulary.metrics]", "project.size = \"s\"", "project.age = \"a\"")
            + with().substring(Documents.HEAD.length());

    private static Arguments says(String document, String... findings) {
        return Arguments.of(document, List.of(findings));
    }

    /** A key that nobody knows, in each table that has keys; the table is at line 9. */
    static List<Arguments> unknown() {
        String unknown = " P03 unknown key 'zzz' in ";
        return List.of(
                says(
                        with("when.proven = { zzz = 1, factor = \"any\", within = \"session\" }"),
                        "9:17" + unknown + "'proven'"),
                says(with("when.publisher = { zzz = 1, event = \"push\" }"), "9:20" + unknown + "'publisher'"),
                says(
                        with("actions = [\"token.create\"]", "when.new-token = { zzz = 1, reach = \"project\" }")
                                .replace("actions = [\"publish\"]\n", ""),
                        "9:20" + unknown + "'new-token'"),
                says(
                        with("when.elapsed = { zzz = 1, since = [], at-least = \"P1D\" }"),
                        "9:18" + unknown + "'elapsed'",
                        "9:27 P04 'since' needs a string or an array of strings, found an empty array"),
                says(
                        with("when.host = { zzz = 1, flag = [] }"),
                        "9:15" + unknown + "'host'",
                        "9:24 P04 'flag' needs a string or an array of strings, found an empty array"),
                says(
                        with("when.any-of = [{ zzz = 1, enrolled = \"any\" }, { email-verified = true }]"),
                        "9:18" + unknown + "'any-of'"),
                says(with("when.credential = { zzz = 1, kind = \"session\" }"), "9:21" + unknown + "'credential'"),
                says(with("when.credential.age = { zzz = 1, over = \"P1D\" }"), "9:25" + unknown + "'age'"),
                says(
                        with("when.account.registered = { zzz = 1, since = 2024-01-01 }"),
                        "9:29" + unknown + "'registered'"),
                says(
                        with("when.maintains = { zzz = 1, created.since = 2024-01-01 }"),
                        "9:20" + unknown + "'maintains'"),
                says(
                        METRIC + "when.project.metrics = [{ zzz = 1, metric = \"size\", over = 1 },"
                                + " { metric = \"age\", over = 1 }]",
                        "13:27" + unknown + "'metrics'"),
                says(
                        with(
                                "phases = [{ mode = \"enforce\", windows = [{ zzz = 1, from = 2024-01-01, for = \"P1D\" }] }]"),
                        "9:44" + unknown + "'windows'"));
    }

    static List<Arguments> values() {
        return List.of(
                says(with("when.credential.age = {}"), "9:1 P04 'age' needs a bound, found an empty table"),
                says(with("when.account.registered = {}"), "9:1 P04 'registered' needs a bound, found an empty table"),
                says(
                        with("when.enrolled = { a = 1 }"),
                        "9:1 P04 'enrolled' needs a string or an array of strings, found a table"),
                says(
                        with("phases = [{ mode = \"enforce\", windows = [] }]"),
                        "9:31 P04 'windows' needs a window or more, found an empty array"),
                says(
                        document("vocabulary.flags = 5") + with().substring(Documents.HEAD.length()),
                        "5:1 P04 'flags' needs a table, found a whole number"),
                says(with().replace("\"test\"", "2024-01-01"), "2:1 P04 'name' needs a string, found a date"),
                says(with("notice = 2024-01-01T00:00:00"), "9:1 P04 'notice' needs a string, found a date with time"),
                // What follows from a value that could not be read is not told
                says(with("when.closed = false"), "9:1 P04 'closed' needs true, found false"),
                says(with("when.closed = 1"), "9:1 P04 'closed' needs true, found a whole number"),
                says(
                        METRIC + "when.project = { metric = \"size\", over = \"5\", at-most = 0 }",
                        "13:35 P04 'over' needs a number, found a string"),
                says(
                        METRIC + "when.project = { metric = \"size\", over = inf, at-most = 0 }",
                        "13:35 P04 'over' needs a number, found inf"),
                says(
                        METRIC + "when.project = { metric = \"size\", at-least = 9007199254740993, at-most = -1 }",
                        "13:35 P04 'at-least' needs a number of at most 9007199254740992, found 9007199254740993"),
                says(
                        METRIC + "when.project = { metric = \"size\", at-least = -9007199254740993 }",
                        "13:35 P04 'at-least' needs a number of at most 9007199254740992, found -9007199254740993"),
                says(
                        METRIC + "when.project = { metric = 5, over = 1 }",
                        "13:18 P04 'metric' needs a string, found a whole number"),
                says(METRIC + "when.project = { over = 1 }", "13:1 P05 'metric' is missing from requirement 'x'"),
                says(
                        METRIC + "when.project.metrics = [{ over = 1 }]",
                        "13:27 P05 'metric' is missing from requirement 'x'"));
    }

    @ParameterizedTest
    @MethodSource({"unknown", "values"})
    void document_withAFault_saysItOnce(String document, List<String> expected) {
        assertThat(findings(document).stream().filter(one -> !one.contains("warning P21")))
                .isEqualTo(expected);
    }

    @Test
    void path_ofAnUnknownKey_isThatOfTheKey() {
        assertThatThrownBy(() -> PolicyDocuments.standard()
                        .read("test.toml", with("mood = 1").replace("zone", "zzz")))
                .asInstanceOf(type(InvalidDocumentException.class))
                .extracting(InvalidDocumentException::findings)
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.list(DocumentFinding.class))
                .extracting(found -> found.finding().path())
                .containsExactly("zzz", "requirement.x.mood");
    }
}
