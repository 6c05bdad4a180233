package dev.gatehouse.policy.document;

import static dev.gatehouse.policy.document.Documents.HEAD;
import static dev.gatehouse.policy.document.Documents.findings;
import static dev.gatehouse.policy.document.Documents.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.policy.rule.Finding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Places, order and what surrounds a document. */
class ReadingTest {
    @Test
    void document_withManyFaults_tellsAllInTheOrderOfTheText() {
        String document = """
                gatehouse-policy = 1
                name = "Many"
                revision = "1"
                zone = "Mars/Olympus"
                reviewd = 2024-01-01
                drop = ["gone"]

                [vocabulary.flags]
                project.hot = 1

                [requirement.b]
                actions = ["publish", "publsh"]
                except = ["token"]
                when = { project.flag = ["hot", "new"], maintains = { metric = "size" } }
                demand.any-of = [
                  { enrolled = "totpp" },
                  { credential = ["session", "cookie.x"], maintains.flag = "hot" },
                ]
                remedy = "pray"
                message = "{who}"
                phases = [
                  { from = 2024-02-01, mode = "enforce" },
                  { mode = "announce", share = 200 },
                  { from = 2024-01-02T00:00:00Z, until = 2024-01-01T00:00:00Z, mode = "warn", switch = "s" },
                ]

                [requirement.A]
                actions = ["publish"]
                except = ["publish"]
                demand = { closed = true, enrolled = "any" }
                """;

        assertThat(findings(document))
                .containsExactly(
                        "2:1 P06 'Many' is not an id: lower-case letters, digits and '-', starting with a letter",
                        "3:1 P04 'revision' needs a whole number, found a string",
                        "4:1 P38 unknown zone 'Mars/Olympus'",
                        "5:1 P03 unknown key 'reviewd' in the document; did you mean 'reviewed'?",
                        "6:1 P51 drop: 'gone' is not in the parent",
                        "9:1 P04 'project.hot' needs a string, found a whole number",
                        "11:1 P36 'b' warns but has no notice",
                        "12:1 P10 unknown action or group 'publsh'; declare it under vocabulary.actions",
                        "14:10 P20 flag 'project.new' is not declared in vocabulary.flags",
                        "14:55 P04 'metric' needs a bound beside it: over, at-least, below or at-most, found none",
                        "16:5 P27 unknown factor 'totpp'",
                        "17:5 P27 unknown credential kind 'cookie'",
                        "17:43 P22 'maintains' cannot be demanded: nobody can bring it about; put it in when",
                        "19:1 P27 unknown remedy 'pray'",
                        "20:1 P37 unknown placeholder '{who}'",
                        "23:5 P33 an announce phase needs from, or tentative",
                        "23:24 P35 share is above 0 and at most 100",
                        "24:34 P31 until is not after from",
                        "24:79 P20 switch 's' is not declared in vocabulary.switches",
                        "27:1 P06 'A' is not an id: lower-case letters, digits and '-', starting with a letter",
                        "27:1 P36 'A' enforces but has no message",
                        "29:1 P12 requirement 'A' gates no action: except removes all",
                        "30:12 P23 'closed' stands only in a demand, and alone");
    }

    @Test
    void place_afterTabsCrLfAndWideCharacters_countsCharacters() {
        String document = with(
                        "\tunless.email-verified = 1\t# \uD83D\uDE00",
                        "when = { account.flag = \"\uD83D\uDE00\u00e9\", credentia = 1 }")
                .replace("\n", "\r\n");

        assertThat(findings(document))
                .containsExactly(
                        "9:2 P04 'email-verified' needs true, found a whole number",
                        "10:10 P20 flag 'account.\uD83D\uDE00\u00e9' is not declared in vocabulary.flags",
                        "10:31 P03 unknown key 'credentia' in 'when'; did you mean 'credential'?");
    }

    @Test
    void place_afterAByteOrderMark_isThatOfTheEditor() {
        assertThat(findings("\uFEFF" + with("").replaceFirst("gatehouse", "gatehous")))
                .startsWith("1:1 P03 unknown key 'gatehous-policy' in the document; did you mean 'gatehouse-policy'?");
    }

    @Test
    void key_quotedOrDotted_isTheSame() {
        String dotted = with("when.credential.age.below = \"P1D\"");

        assertThat(PolicyDocuments.standard()
                        .read("a", with("\"when.credential\".\"age\" = { \"below\" = \"P1D\" }"))
                        .definition())
                .isEqualTo(PolicyDocuments.standard().read("b", dotted).definition());
    }

    @Test
    void phases_whateverTheirOrder_areLocatedWhereTheyAreWritten() {
        LoadedPolicy loaded = PolicyDocuments.standard()
                .read(
                        "test.toml",
                        with(
                                "phases = [",
                                "  { from = 2024-03-01, mode = \"enforce\" },",
                                "  { mode = \"report\", from = 2024-01-01, when.any-of = [{ enrolled = \"phishing-resistant\" }, { enrolled = \"any\" }] },",
                                "]"));

        assertThat(place(loaded, "requirement.x.phases[0]")).isEqualTo("11:5");
        assertThat(place(loaded, "requirement.x.phases[1].mode")).isEqualTo("10:24");
        assertThat(place(loaded, "requirement.x.phases[1].when")).isEqualTo("10:5");
        assertThat(place(loaded, "requirement.x.phases[0].when.any-of[0].enrolled"))
                .isEqualTo("11:95");
        assertThat(place(loaded, "requirement.x.phases[0].when.any-of[1]")).isEqualTo("11:58");
        assertThat(place(loaded, "requirement.nobody")).isEqualTo("5:1");
    }

    private static String place(LoadedPolicy loaded, String path) {
        DocumentFinding found = loaded.locate(Finding.note("P43", path, "t"));
        return found.line() + ":" + found.column();
    }

    @Test
    void file_inUtf8_isReadUnderItsName(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("mine.toml");
        Files.writeString(file, with("notice = 5"), StandardCharsets.UTF_8);

        assertThatThrownBy(() -> PolicyDocuments.standard().read(file))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessage("mine.toml:9:1: error P04: 'notice' needs a string, found a whole number");
    }

    @Test
    void file_inAnotherEncoding_isRefusedWithThePlace(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("latin.toml");
        Files.write(file, (HEAD + "# \u00e9t\u00e9").getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> PolicyDocuments.standard().read(file))
                .hasMessage("latin.toml:5:3: error P01: not TOML: not in UTF-8");
    }

    @Test
    void file_thatIsTooLong_isRefusedWithoutBeingReadWhole(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("long.toml");
        Files.writeString(file, "\u00e9".repeat(2_000_000));

        assertThatThrownBy(() -> PolicyDocuments.standard().read(file))
                .hasMessage("long.toml:1:1: error P01: not TOML: the document is longer than 524288 characters");
    }

    @Test
    void finding_withControlCharacters_staysOnOneLine() {
        assertThatThrownBy(() -> PolicyDocuments.standard().read("a.toml", with("remedy = \"x\\ny\\u202E\"")))
                .hasMessage("a.toml:9:1: error P27: unknown remedy 'x\\u{a}y\\u{202e}'");
    }
}
