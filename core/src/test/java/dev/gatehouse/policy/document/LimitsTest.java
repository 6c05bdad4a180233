package dev.gatehouse.policy.document;

import static dev.gatehouse.policy.document.Documents.document;
import static dev.gatehouse.policy.document.Documents.findings;
import static dev.gatehouse.policy.document.Documents.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where what a document may be ends, exactly: nesting, length, whole characters, and how much is told. */
class LimitsTest {
    private static final String PLAIN =
            "[requirement.x]\nactions = [\"publish\"]\ndemand.enrolled = \"any\"\nmessage = \"m\"\n";
    private static final String DEEP = "[".repeat(40);

    private static String dotted(int parts) {
        return String.join(".", Collections.nCopies(parts, "a"));
    }

    private static void assertAsDeepAsAllowed(String line) {
        assertThat(findings(document(line))).contains("5:1 P03 unknown key 'a' in the document");
    }

    private static void assertTooDeep(String line, int column) {
        assertThat(findings(document(line)))
                .containsExactly("5:" + column + " P01 not TOML: nested deeper than 32 levels");
    }

    @Test
    void nesting_ofKeys_endsAt32HoweverTheyAreWritten() {
        assertAsDeepAsAllowed(dotted(32) + " = 1");
        assertTooDeep(dotted(33) + " = 1", 1);
        assertAsDeepAsAllowed("\"" + dotted(32) + "\" = 1");
        assertTooDeep("\"" + dotted(33) + "\" = 1", 1);
        assertAsDeepAsAllowed("\"" + dotted(16) + "\" = { \"" + dotted(16) + "\" = 1 }");
        assertTooDeep("\"" + dotted(16) + "\" = { \"" + dotted(17) + "\" = 1 }", 39);
    }

    @Test
    void nesting_ofArrays_countsAsThatOfTables() {
        assertAsDeepAsAllowed(dotted(31) + " = [1]");
        assertTooDeep(dotted(32) + " = [1]", 1);
        assertAsDeepAsAllowed(dotted(30) + " = [[1]]");
        assertTooDeep(dotted(31) + " = [[1]]", 1);
        assertAsDeepAsAllowed(dotted(30) + " = [{ a = 1 }]");
        assertTooDeep(dotted(31) + " = [{ a = 1 }]", 68);
        assertAsDeepAsAllowed("a = " + "[".repeat(31) + "]".repeat(31));
        assertTooDeep("a = " + "[".repeat(33) + "]".repeat(33), 37);
    }

    @Test
    void brackets_inStringsAndComments_areText() {
        assertThat(findings(with(
                        "notice = \"\"\"",
                        DEEP + " a \" and '''\\\" " + DEEP + "\"\"\"\"\"",
                        "remedy = 'prove' # " + DEEP,
                        "unless.email-verified = true # \"\"\" " + DEEP)))
                .isEmpty();
        assertThat(findings(with("notice = '''" + DEEP + "\n''''", "# " + DEEP)))
                .isEmpty();
        assertThat(findings(with("notice = \"\\\"" + DEEP + "\\\\\""))).isEmpty();
    }

    @Test
    void brackets_afterAString_areCounted() {
        assertTooDeep("a = [\"\"\"x\"\"\"\"\", " + DEEP, 48);
        assertTooDeep("a = ['''x'''', " + DEEP, 47);
        assertTooDeep("a = [\"\\\"\", " + DEEP, 43);
        assertTooDeep("a = [\"\\\\\", " + DEEP, 43);
        assertTooDeep("a = ['\\', " + DEEP, 42);
        assertTooDeep("a = \"x\n" + DEEP, 33, 6);
        assertTooDeep("a = \"\"\"x\n\"\"\"\n" + DEEP, 33, 7);
    }

    private static void assertTooDeep(String lines, int column, int line) {
        assertThat(findings(document(lines)))
                .containsExactly(line + ":" + column + " P01 not TOML: nested deeper than 32 levels");
    }

    @Test
    void text_thatEndsInTheMiddle_isReadOrRefusedAtItsPlace() {
        assertThat(findings(with() + "# the end")).isEmpty();
        assertThat(findings(with("notice = \"\"\"n\"\"\"").stripTrailing())).isEmpty();
        assertThat(findings("a = 1 # \uD83D")).containsExactly("1:9 P01 not TOML: half of a character");
        assertThat(findings("a = 1\nb = \"\uD83D\"")).containsExactly("2:6 P01 not TOML: half of a character");
        assertThat(findings("a = 1\nb = \"\uDE00\"")).containsExactly("2:6 P01 not TOML: half of a character");
        assertThat(findings("a = \"\\u00")).containsExactly("1:6 P01 not TOML: Invalid unicode escape sequence");
        assertThat(findings("a = \"\"\"\n\\u00x\"\"\""))
                .containsExactly("2:1 P01 not TOML: Invalid unicode escape sequence");
        assertThat(findings("a = \"\\"))
                .singleElement()
                .asString()
                .startsWith("1:")
                .contains(" P01 ")
                .doesNotContain("gave up");
    }

    @Test
    void length_upToTheLimit_isRead() {
        String most = with() + "#".repeat((1 << 19) - with().length());

        assertThat(findings(most)).isEmpty();
        assertThat(findings(most + "#"))
                .containsExactly("1:1 P01 not TOML: the document is longer than 524288 characters");
    }

    @Test
    void duration_upTo64Characters_isRead() {
        String longest = "P000000000000000001DT000000000000000000H000000000000000000M0001S";

        assertThat(longest).hasSize(64);
        assertThat(findings(with("when.credential.age.below = \"" + longest + "\"")))
                .isEmpty();
        assertThat(findings(with("when.credential.age.below = \"" + longest.replace("0001S", "00001S") + "\"")))
                .containsExactly("9:1 P29 '" + longest.replace("0001S", "00001S")
                        + "' is not a duration above zero, such as PT15M or P90D");
    }

    @Test
    void revision_thatNoNumberHolds_isRefusedAsItIsWritten() {
        String document = with();

        assertThat(findings(document.replace("revision = 1", "revision = 2147483647")))
                .isEmpty();
        for (String revision : List.of("2147483648", "-2147483649")) {
            assertThat(findings(document.replace("revision = 1", "revision = " + revision)))
                    .containsExactly("3:1 P04 'revision' needs a whole number above zero, found " + revision);
        }
    }

    @Test
    void text_ofAFinding_isCutAfter500CharactersAndNotInsideOne() {
        String before = "unknown remedy '";

        assertThat(findings(with("remedy = \"" + "x".repeat(483) + "\"")))
                .containsExactly("9:1 P27 " + before + "x".repeat(483) + "'");
        assertThat(findings(with("remedy = \"" + "x".repeat(484) + "\"")))
                .containsExactly("9:1 P27 " + before + "x".repeat(484) + "...");
        assertThat(findings(with("remedy = \"" + "x".repeat(483) + "\uD83D\uDE00\"")))
                .containsExactly("9:1 P27 " + before + "x".repeat(483) + "...");
        assertThat(findings(with("remedy = \"" + "x".repeat(482) + "\uD83D\uDE00\"")))
                .containsExactly("9:1 P27 " + before + "x".repeat(482) + "\uD83D\uDE00...");
    }

    @Test
    void findings_ofOneDocument_areAThousandAtMost() {
        assertThat(findings(unknownActions(999))).hasSize(999);
        assertThat(findings(unknownActions(1000))).hasSize(1000);
        assertThat(findings(unknownActions(1001))).hasSize(1000);
    }

    /** Ten kilobytes of warnings in one line that nobody reads to its end must not carry a fault past the reader. */
    @ParameterizedTest
    @CsvSource({
        "'demand.any-of = [{ proven = { factor = \"any\", within = \"PT15M\" } }]', P25",
        "'demand = { email-verified = true, email-verifed = true }', P03",
        "'demand.email-verified = true\nphases = [{ mode = \"enforc\" }]', P04"
    })
    void findings_errorBehindAnyNumberOfWarnings_isKept(String fault, String code) {
        String repeated = "\"publish\", ".repeat(1_001) + "\"publish\"";
        String many = IntStream.range(0, 1_001)
                .mapToObj(i -> "\"publish.a" + i + "\", \"publish.a" + i + "\"")
                .collect(Collectors.joining(", "));
        for (String actions : List.of(repeated, many)) {
            String before =
                    "[requirement.a]\nactions = [" + actions + "]\ndemand.enrolled = \"any\"\nmessage = \"No.\"\n";
            String behind = "[requirement.b]\nactions = [\"project\"]\nmessage = \"No.\"\n" + fault + "\n";

            assertThat(findings(document("", before + behind))).anyMatch(one -> one.contains(code));
        }
    }

    private static String unknownActions(int count) {
        return document(
                "ungated = ["
                        + IntStream.range(0, count)
                                .mapToObj(i -> "\"a.b" + i + "\"")
                                .collect(Collectors.joining(", "))
                        + "]",
                PLAIN);
    }
}
