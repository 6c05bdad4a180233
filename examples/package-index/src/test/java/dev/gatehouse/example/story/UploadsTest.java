package dev.gatehouse.example.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Race;
import dev.gatehouse.token.ApiTokens;
import dev.gatehouse.token.Caveats;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Uploads over the wire, also those that no client makes, and what comes back of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UploadsTest {
    private Path directory;
    private Index index;
    private Person anna;
    private String token;

    @BeforeAll
    void start(@TempDir Path temporary) throws Exception {
        directory = temporary;
        index = Index.start(directory.resolve("data"), "2024-02-01T12:00:00Z");
        anna = new Person(index, "anna").registerWithTwoFactor();
        token = anna.makeToken("everything", "account");
    }

    @AfterAll
    void stop() {
        index.close();
    }

    private Path wheel(String project, String version) throws Exception {
        return Wheels.make(directory.resolve("dist"), project, version);
    }

    private HttpResponse<String> upload(String project, String version) throws Exception {
        return Uploads.of(index, wheel(project, version), project, version).send("__token__", token);
    }

    private static HttpResponse<String> json(Index index, String page) throws Exception {
        return index.browser()
                .send(java.net.http.HttpRequest.newBuilder(java.net.URI.create(index.address() + page))
                        .header("Accept", "application/vnd.pypi.simple.v1+json"));
    }

    @Test
    void upload_sameFileTwice_isFineAndOtherBytesUnderTheNameAreRefused() throws Exception {
        assertThat(upload("twice", "1.0").statusCode()).isEqualTo(200);
        assertThat(upload("twice", "1.0").statusCode()).isEqualTo(200);

        Path other = Files.createDirectories(directory.resolve("other")).resolve("twice-1.0-py3-none-any.whl");
        Files.copy(wheel("twice", "1.0"), other);
        Files.write(other, new byte[] {1}, StandardOpenOption.APPEND);
        HttpResponse<String> response = Uploads.of(index, other, "twice", "1.0").send("__token__", token);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("File already exists ('twice-1.0-py3-none-any.whl').");
    }

    @Test
    void upload_metadataLongerThanItsColumns_isCutOrRefusedInPlainText() throws Exception {
        Path dist = directory.resolve("long");
        Path python = Wheels.make(dist, "long", "1.0", "Requires-Python: " + ">".repeat(256));
        HttpResponse<String> refused = Uploads.of(index, python, "long", "1.0").send("__token__", token);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("Requires-Python is longer than 255 characters");

        Path summary = Wheels.make(dist, "long", "1.0", "Summary: a" + "\uD83D\uDE00".repeat(257));
        HttpResponse<String> taken = Uploads.of(index, summary, "long", "1.0").send("__token__", token);
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(200);
    }

    private List<HttpResponse<String>> atOnce(String project, String credential, List<Path> files) {
        return Race.of(files.size(), i -> {
            try {
                return Uploads.of(index, files.get(i), project, "1.0").send("__token__", credential);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }

    /** As a matrix of jobs does: one of them makes the project, and its release, and the others find them made. */
    @Test
    void upload_ofTheFilesOfANewProjectAtOnce_keepsAll() throws Exception {
        for (int round = 0; round < 5; round++) {
            String project = "matrix-" + round;
            Path wheel = wheel(project, "1.0");
            List<Path> files = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Path file = wheel.resolveSibling("matrix_" + round + "-1.0-py3" + i + "-none-any.whl");
                files.add(Files.copy(wheel, file));
            }

            assertThat(atOnce(project, token, files))
                    .allSatisfy(response -> assertThat(response.statusCode())
                            .as(response.body())
                            .isEqualTo(200));
            for (Path file : files) {
                assertThat(index.browser().open("/simple/" + project + "/").body())
                        .contains(file.getFileName().toString());
            }
        }
    }

    @Test
    void upload_ofOneNameWithOtherBytesAtOnce_keepsOneOfThem() throws Exception {
        for (int round = 0; round < 5; round++) {
            String project = "contested-" + round;
            List<Path> files = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Path file = Wheels.make(directory.resolve("contested-" + i), project, "1.0");
                files.add(Files.write(file, new byte[] {(byte) i}, StandardOpenOption.APPEND));
            }

            List<HttpResponse<String>> responses = atOnce(project, token, files);

            assertThat(responses).extracting(HttpResponse::statusCode).containsOnlyOnce(200);
            assertThat(responses)
                    .filteredOn(response -> response.statusCode() != 200)
                    .allSatisfy(response -> assertThat(response.body()).contains("File already exists"));
        }
    }

    /** Whatever has to be begun again for another's sake: a token that is good for one use is used once, by one of them. */
    @Test
    void upload_withOneSingleUseTokenAtOnce_isTakenOnce() throws Exception {
        for (int round = 0; round < 5; round++) {
            String project = "once-" + round;
            Path wheel = wheel(project, "1.0");
            String once = ApiTokens.attenuate(
                    token,
                    List.of(Caveats.singleUse("nonce-0" + round, index.now().plusSeconds(60))));

            assertThat(atOnce(project, once, List.of(wheel, wheel, wheel, wheel)))
                    .extracting(HttpResponse::statusCode)
                    .containsOnlyOnce(200)
                    .containsOnly(200, 403);
        }
    }

    @Test
    void upload_nameOfADeletedFile_isRefusedForEver() throws Exception {
        assertThat(upload("gone", "1.0").statusCode()).isEqualTo(200);
        anna.browser().open("/manage/project/gone/");
        anna.browser().submit("/manage/project/gone/release/delete/", "confirm", "1");
        assertThat(anna.browser().fieldOfTheError()).isEqualTo("f-confirm-1.0");
        anna.browser().submit("/manage/project/gone/release/delete/", "confirm", "1.0");
        assertThat(anna.browser().text()).contains("Deleted release 1.0.");

        HttpResponse<String> response = upload("gone", "1.0");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("previously used by a file that has since been deleted");
    }

    /** Whoever installs sees one release, and whoever uploads has one: its age counts, not how its version is spelled. */
    @Test
    void upload_toAnOldRelease_isRefusedHoweverItsVersionIsSpelled() throws Exception {
        try (Index later = Index.start(directory.resolve("old"), "2026-08-01T12:00:00Z")) {
            Person owner = new Person(later, "owner").registerWithTwoFactor();
            String credential = owner.makeToken("everything", "account");
            Path wheel = wheel("aged", "1.0");
            assertThat(Uploads.of(later, wheel, "aged", "1.0")
                            .send("__token__", credential)
                            .statusCode())
                    .isEqualTo(200);
            Path another = Files.copy(wheel, wheel.resolveSibling("aged-1.0-py38-none-any.whl"));
            assertThat(Uploads.of(later, another, "aged", "v1.0.0")
                            .send("__token__", credential)
                            .statusCode())
                    .isEqualTo(200);
            later.clock().advance(Duration.ofDays(15));

            Path third = Files.copy(wheel, wheel.resolveSibling("aged-1.0-py39-none-any.whl"));
            for (String spelling : List.of("1.0", "1.0.0", "v1.0", "1", "01.00", "0!1.0")) {
                HttpResponse<String> response =
                        Uploads.of(later, third, "aged", spelling).send("__token__", credential);
                assertThat(response.statusCode()).as(spelling).isEqualTo(403);
                assertThat(response.body()).contains("releases older than 14 days is not allowed");
            }
            assertThat(Uploads.of(later, wheel("aged", "1.0.0"), "aged", "1.0.0")
                            .send("__token__", credential)
                            .statusCode())
                    .isEqualTo(403);

            HttpResponse<String> json = json(later, "/simple/aged/");
            assertThat(json.body())
                    .contains("\"versions\":[\"1.0\"]")
                    .contains("py3-none-any", "py38-none-any")
                    .doesNotContain("py39-none-any");
        }
    }

    @Test
    void upload_ofOneReleaseInSeveralSpellingsAtOnce_makesOne() throws Exception {
        for (int round = 0; round < 5; round++) {
            String project = "spelled-" + round;
            assertThat(upload(project, "0.9").statusCode()).isEqualTo(200);
            List<String> spellings = List.of("1.0", "1.0.0", "v1", "1.00");
            List<Path> files = new ArrayList<>();
            for (int i = 0; i < spellings.size(); i++) {
                Path wheel = wheel(project, "1.0");
                files.add(Files.copy(
                        wheel, wheel.resolveSibling(project.replace('-', '_') + "-1.0-py3" + i + "-none-any.whl")));
            }

            List<HttpResponse<String>> responses = Race.of(spellings.size(), i -> {
                try {
                    return Uploads.of(index, files.get(i), project, spellings.get(i))
                            .send("__token__", token);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            });

            assertThat(responses).extracting(HttpResponse::statusCode).containsOnly(200);
            HttpResponse<String> json = json(index, "/simple/" + project + "/");
            assertThat(json.body()).containsPattern("\"versions\":\\[\"[^\"]+\",\"[^\"]+\"\\]");
        }
    }

    @Test
    void upload_wrongDigest_isRefusedAndLeavesNoProject() throws Exception {
        HttpResponse<String> response = Uploads.of(index, wheel("digest", "1.0"), "digest", "1.0")
                .field("sha256_digest", "0".repeat(64))
                .send("__token__", token);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(index.browser().open("/simple/digest/").status()).isEqualTo(404);
    }

    @Test
    void upload_metadataOfAnotherProject_isRefusedAndLeavesNoProject() throws Exception {
        HttpResponse<String> response =
                Uploads.of(index, wheel("theirs", "1.0"), "mine", "1.0").send("__token__", token);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(index.browser().open("/simple/mine/").status()).isEqualTo(404);
        assertThat(index.browser().open("/simple/theirs/").status()).isEqualTo(404);
    }

    @Test
    void upload_twoNames_isRefused() throws Exception {
        HttpResponse<String> response = Uploads.of(index, wheel("first", "1.0"), "first", "1.0")
                .field("name", "second")
                .send("__token__", token);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("name: Should not be a tuple.");
    }

    @Test
    void upload_projectTokenForAnotherProject_isRefusedWhateverTheSpelling() throws Exception {
        assertThat(upload("scoped-one", "1.0").statusCode()).isEqualTo(200);
        String scoped = anna.makeToken("scoped", "project:scoped-one");

        assertThat(Uploads.of(index, wheel("Scoped.One", "1.1"), "Scoped.One", "1.1")
                        .send("__token__", scoped)
                        .statusCode())
                .isEqualTo(200);
        HttpResponse<String> response = Uploads.of(index, wheel("scoped-two", "1.0"), "scoped-two", "1.0")
                .send("Bearer " + scoped);
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).contains("project-scoped token is not valid for project: 'scoped-two'");
    }

    @Test
    void upload_byOnesWhoDoNotWorkOnTheProject_isRefusedWithPypisWords() throws Exception {
        assertThat(upload("annas", "1.0").statusCode()).isEqualTo(200);
        Person other = new Person(index, "other").registerWithTwoFactor();
        String theirs = other.makeToken("mine", "account");

        HttpResponse<String> response =
                Uploads.of(index, wheel("annas", "6.6"), "annas", "6.6").send("__token__", theirs);

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).contains("The user 'other' isn't allowed to upload to project 'annas'.");
    }

    @Test
    void upload_revokedToken_isRefusedAndListedNoMore() throws Exception {
        String short_ = anna.makeToken("short", "account");
        anna.browser().open("/manage/account/tokens/");
        String id = anna.browser().find("short</th>.*?name=\"id\" value=\"([^\"]+)\"");
        anna.browser().submit("/manage/account/tokens/revoke/", "id", id, "password", "wrong as can be");
        assertThat(anna.browser().fieldOfTheError()).isEqualTo("f-password-" + id);
        assertThat(anna.browser().text()).contains("Invalid credentials. Try again.");
        anna.browser().submit("/manage/account/tokens/revoke/", "id", id, "password", anna.password());
        assertThat(anna.browser().text()).contains("Deleted API token 'short'.");

        HttpResponse<String> response =
                Uploads.of(index, wheel("late", "1.0"), "late", "1.0").send("__token__", short_);
        assertThat(response.statusCode()).isIn(401, 403);
        assertThat(index.browser().open("/simple/late/").status()).isEqualTo(404);
    }

    @Test
    void upload_alteredToken_isRefusedWithoutSayingMore() throws Exception {
        char last = token.charAt(token.length() - 2);
        String altered =
                token.substring(0, token.length() - 2) + (last == 'A' ? 'B' : 'A') + token.charAt(token.length() - 1);

        HttpResponse<String> response =
                Uploads.of(index, wheel("altered", "1.0"), "altered", "1.0").send("__token__", altered);

        assertThat(response.statusCode()).isIn(401, 403);
        assertThat(response.body()).contains("Invalid or non-existent authentication information.");
    }

    @Test
    void upload_withASessionCookieAndNoHeader_isAnonymous() throws Exception {
        HttpResponse<String> response = anna.browser()
                .send(anna.browser()
                        .request("/legacy/")
                        .header("Content-Type", "multipart/form-data; boundary=x")
                        .POST(java.net.http.HttpRequest.BodyPublishers.ofString("--x--\r\n")));

        assertThat(response.statusCode()).isIn(401, 403);
    }

    @Test
    void tokenForm_nameTakenOrUnknownScope_isToldOnTheForm() throws Exception {
        anna.makeToken("taken", "account");
        anna.browser().open("/manage/account/tokens/");
        anna.browser().submit("/manage/account/tokens/", "name", "taken", "scope", "account");
        assertThat(anna.browser().status()).isEqualTo(422);
        assertThat(anna.browser().text()).contains("API token name already in use.");

        anna.browser().submit("/manage/account/tokens/", "name", "x", "scope", "project:not-mine", "days", "0");
        assertThat(anna.browser().text())
                .contains("Specify the token scope.")
                .contains("Give a number of days from 1 to 3650");
    }

    @Test
    void simpleApi_always_servesBothFormsUnderNormalizedNames() throws Exception {
        assertThat(upload("Simple_Api", "1.0").statusCode()).isEqualTo(200);
        Browser browser = index.browser();

        assertThat(browser.open("/simple/Simple.API/").place()).isEqualTo("/simple/simple-api/");
        assertThat(browser.body()).contains("Simple_Api-1.0-py3-none-any.whl").contains("#sha256=");
        HttpResponse<String> json = json(index, "/simple/simple-api/");
        assertThat(json.headers().firstValue("Content-Type")).contains("application/vnd.pypi.simple.v1+json");
        assertThat(json.body()).contains("\"name\":\"simple-api\"").contains("\"sha256\":\"");
        assertThat(json.headers().firstValue("Vary").orElse("")).contains("Accept");
    }

    @Test
    void file_withAnotherDigestInItsAddress_isNotThere() throws Exception {
        assertThat(upload("bytes", "1.0").statusCode()).isEqualTo(200);
        String address = index.browser().open("/simple/bytes/").find("href=\"([^#\"]+)#");
        HttpResponse<String> file = index.browser().send(index.browser().request(address));

        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.headers().firstValue("Content-Disposition")).contains("attachment");
        String other = address.replaceAll("/[0-9a-f]{64}/", "/" + "0".repeat(64) + "/");
        assertThat(index.browser().open(other).status()).isEqualTo(404);
    }

    @Test
    void summary_withMarkup_isShownAsText() throws Exception {
        Path wheel = wheel("markup", "1.0");
        Map<String, String> environment = Map.of("create", "false");
        try (var zip = java.nio.file.FileSystems.newFileSystem(wheel, environment)) {
            Path metadata = zip.getPath("markup-1.0.dist-info/METADATA");
            Files.writeString(
                    metadata,
                    "Metadata-Version: 2.1\nName: markup\nVersion: 1.0\nSummary: <script>alert(1)</script>\n\n");
        }
        assertThat(Uploads.of(index, wheel, "markup", "1.0")
                        .send("__token__", token)
                        .statusCode())
                .isEqualTo(200);

        assertThat(index.browser().open("/project/markup/").body())
                .contains("&lt;script&gt;alert(1)")
                .doesNotContain("<script>");
    }
}
