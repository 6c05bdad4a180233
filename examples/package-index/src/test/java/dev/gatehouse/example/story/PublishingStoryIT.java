package dev.gatehouse.example.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a build to a release without a secret that anybody keeps, with real clients. */
class PublishingStoryIT {
    private static final String PAGE = "/manage/project/octo-tool/publishing/";

    @TempDir
    Path directory;

    private Clients clients;

    @BeforeEach
    void clientsAreThere() throws Exception {
        Clients.require(directory.resolve("home"));
        clients = new Clients(directory.resolve("home"));
    }

    private void uploads(Index index, String token, String version) throws Exception {
        Path wheel = Wheels.make(directory.resolve("dist"), "octo-tool", version);
        Clients.Run run = clients.twine(index, "__token__", token, wheel);
        assertThat(run.exit()).as(run.output()).isZero();
        Path into = Files.createDirectories(directory.resolve("download-" + version));
        assertThat(clients.download(index, "octo-tool==" + version, into)).isEqualTo(Files.readAllBytes(wheel));
    }

    private String isRefused(Index index, String token, String version) throws Exception {
        Clients.Run run =
                clients.twine(index, "__token__", token, Wheels.make(directory.resolve("dist"), "octo-tool", version));
        assertThat(run.exit()).as(run.output()).isNotZero();
        return run.output();
    }

    @Test
    void build_fromPendingPublisherToRemoval_publishesWhatItMayAndNoMore() throws Exception {
        try (Index index = Index.start(directory.resolve("data"), "2024-04-02T12:00:00Z", "--demo")) {
            Runs runs = new Runs(index);
            Person anna = new Person(index, "anna").registerWithTwoFactor();
            Browser browser = anna.browser().open("/manage/account/publishing/");
            anna.confirmIfAsked();
            browser.submit(
                    "/manage/account/publishing/",
                    "project-name",
                    "octo-tool",
                    "owner",
                    "octo-org",
                    "repository",
                    "octo-tool",
                    "workflow",
                    "release.yml");

            String identity = runs.identity("github", Runs.publisher(browser));
            uploads(index, Runs.minted(runs.mint(identity)), "1.0");
            HttpResponse<String> replay = runs.mint(identity);
            assertThat(replay.statusCode()).isEqualTo(422);
            assertThat(replay.body()).contains("invalid-reuse-token").contains("invalid token: already used");

            browser.open("/manage/projects/");
            assertThat(browser.text()).contains("octo-tool");
            browser.open(PAGE);
            anna.confirmIfAsked();
            String publisher = Runs.publisher(browser);
            String kept = runs.token("github", publisher);
            uploads(index, kept, "1.1");

            String api = anna.makeToken("by-hand", "project:octo-tool");
            uploads(index, api, "1.2");
            browser.open("/manage/project/octo-tool/");
            browser.submit("/manage/project/octo-tool/settings/", "disallow-tokens", "on");
            assertThat(isRefused(index, api, "1.3")).contains("403").contains("tokens are not allowed");
            uploads(index, kept, "1.3");

            browser.open(PAGE).submit(PAGE + "remove/");
            assertThat(isRefused(index, kept, "1.4")).contains("401");
        }
    }
}
