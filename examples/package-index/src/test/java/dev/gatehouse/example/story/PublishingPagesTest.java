package dev.gatehouse.example.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The pages about publishing: what an owner registers, is told, and takes back. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PublishingPagesTest {
    private static final String PENDING = "/manage/account/publishing/";

    private Path directory;
    private Index index;
    private Person owner;
    private String token;

    @BeforeAll
    void start(@TempDir Path temporary) throws Exception {
        directory = temporary;
        index = Index.start(directory.resolve("data"), "2024-02-01T12:00:00Z", "--demo");
        owner = new Person(index, "owner").registerWithTwoFactor();
        token = owner.makeToken("all", "account");
    }

    @AfterAll
    void stop() {
        index.close();
    }

    private void make(String project) throws Exception {
        assertThat(Uploads.of(index, Wheels.make(directory.resolve("dist"), project, "1.0"), project, "1.0")
                        .send("__token__", token)
                        .statusCode())
                .isEqualTo(200);
    }

    /** The project's page about publishing, made anew where the project is not there. */
    private Browser open(String project) throws Exception {
        make(project);
        Browser browser = owner.browser().open(page(project));
        owner.confirmIfAsked();
        assertThat(browser.place()).isEqualTo(page(project));
        return browser;
    }

    private static String page(String project) {
        return "/manage/project/" + project + "/publishing/";
    }

    @Test
    void page_ofAProject_offersEveryProviderWithItsFieldsAndNoScript() throws Exception {
        Browser browser = open("many-ways");

        for (String provider : List.of("GitHub", "GitLab", "Google", "ActiveState", "CircleCI", "Buildkite")) {
            assertThat(browser.body()).contains("<summary>" + provider);
        }
        for (String field : List.of("workflow", "environment", "ref-type", "ref-pattern", "ref-protected", "events")) {
            assertThat(browser.body()).contains("name=\"" + field + "\"");
        }
        for (String field : List.of("runner", "actor-id", "reusable-workflow", "step", "pipeline-definition-id")) {
            assertThat(browser.body()).contains("name=\"" + field + "\"");
        }
        assertThat(browser.body()).doesNotContain("<script");
        assertThat(browser.text()).contains("No publishers are configured.");
    }

    @Test
    void add_withWhatCannotBe_isToldInTheWordsOfPypiAndKeepsWhatWasTyped() throws Exception {
        Browser browser = open("careful-one");
        browser.submit(page("careful-one"), "provider", "github", "owner", "no such owner!", "workflow", "release.txt");

        assertThat(browser.status()).isEqualTo(422);
        assertThat(browser.text())
                .contains("Invalid GitHub user or organization name.")
                .contains("Specify repository name")
                .contains("Workflow name must end with .yml or .yaml");
        assertThat(browser.body()).contains("value=\"no such owner!\"");
        assertThat(index.browser().open("/outbox/").text()).doesNotContain("careful-one");
    }

    @Test
    void add_thenConstrainAndRemove_showsOnThePageAndInTheMail() throws Exception {
        Browser browser = open("steady");
        browser.submit(
                page("steady"),
                "provider",
                "github",
                "owner",
                "Octo-Org",
                "repository",
                "octo-repo",
                "workflow",
                "release.yml");
        assertThat(browser.place()).isEqualTo(page("steady"));
        assertThat(browser.text()).contains("Added GitHub: octo-org/octo-repo, release.yml");
        assertThat(mails()).contains("trusted-publisher-added").contains("steady");

        browser.submit(
                page("steady"),
                "provider",
                "github",
                "owner",
                "OCTO-ORG",
                "repository",
                "octo-repo",
                "workflow",
                "release.yml");
        assertThat(browser.status()).isEqualTo(422);
        assertThat(browser.text()).contains("is already registered with steady");

        browser.open(page("steady")).submit(page("steady") + "constrain/", "environment", "Release");
        assertThat(browser.text()).contains("environment release");
        assertThat(browser.text()).doesNotContain("Hold it to an environment");

        browser.submit(page("steady") + "remove/");
        assertThat(browser.text())
                .contains("Removed trusted publisher for project 'steady'")
                .contains("No publishers are configured.");
        assertThat(mails()).contains("trusted-publisher-removed");
    }

    @Test
    void remove_publisherOfAnotherProject_isRefused() throws Exception {
        Browser browser = open("mine-one");
        browser.submit(
                page("mine-one"),
                "provider",
                "gitlab",
                "namespace",
                "group",
                "project",
                "tool",
                "workflow",
                ".gitlab-ci.yml");
        Map<String, String> form = browser.hidden(page("mine-one") + "remove/");
        open("mine-two").post(page("mine-two") + "remove/", form);

        assertThat(browser.status()).isEqualTo(422);
        assertThat(browser.text()).contains("Invalid publisher for project");
        assertThat(browser.open(page("mine-one")).text()).contains("group/tool, .gitlab-ci.yml");
    }

    @Test
    void page_ofSomebodyElsesProject_isNotThere() throws Exception {
        make("not-yours");
        Person stranger = new Person(index, "stranger").registerWithTwoFactor();
        stranger.browser().open(page("not-yours"));
        assertThat(stranger.browser().status()).isEqualTo(404);

        String csrf = stranger.browser()
                .open("/manage/projects/")
                .hidden("/account/logout/")
                .get("csrf");
        for (String change : List.of("", "constrain/", "remove/")) {
            stranger.browser().post(page("not-yours") + change, Map.of("csrf", csrf, "provider", "github", "id", "1"));
            assertThat(stranger.browser().status()).as(change).isEqualTo(404);
        }
    }

    @Test
    void pending_threeAtMost_eachWithItsEnd() throws Exception {
        Person maker = new Person(index, "maker").registerWithTwoFactor();
        Browser browser = maker.browser().open(PENDING);
        maker.confirmIfAsked();
        assertThat(browser.text()).contains("No pending publishers are configured.");

        addPending(browser, "", "1");
        assertThat(browser.status()).isEqualTo(422);
        assertThat(browser.text()).contains("Specify project name");
        addPending(browser, "not a name!", "1");
        assertThat(browser.text()).contains("Invalid project name");
        make("there-already");
        addPending(browser, "there-already", "1");
        assertThat(browser.status()).isEqualTo(422);
        assertThat(browser.text()).contains("This project already exists");

        for (String each : List.of("1", "2", "3")) {
            index.clock().advance(Duration.ofSeconds(1));
            addPending(browser, "coming-" + each, each);
            assertThat(browser.text())
                    .contains("Registered a new pending publisher to create the project 'coming-" + each + "'.");
        }
        assertThat(browser.text()).contains("over on 2024-03-02");
        addPending(browser, "coming-4", "4");
        assertThat(browser.status()).isEqualTo(422);
        assertThat(browser.text()).contains("You can't register more than 3 pending trusted publishers at once.");

        browser.open(PENDING).submit(PENDING + "remove/");
        assertThat(browser.text())
                .contains("Removed trusted publisher for project 'coming-1'")
                .contains("coming-2");
    }

    private static void addPending(Browser browser, String project, String number) throws Exception {
        browser.submit(
                PENDING,
                "provider",
                "github",
                "project-name",
                project,
                "owner",
                "octo-org",
                "repository",
                "repo-" + number,
                "workflow",
                "release.yml");
    }

    @Test
    void pages_afterHalfAnHour_askForThePasswordAgain() throws Exception {
        try (Index later = Index.start(directory.resolve("later"), "2024-02-01T12:00:00Z")) {
            Person anna = new Person(later, "anna").registerWithTwoFactor();
            Browser browser = anna.browser();
            browser.open(PENDING);
            anna.confirmIfAsked();
            Map<String, String> form = browser.hidden(PENDING);
            later.clock().advance(Duration.ofMinutes(31));
            browser.post(PENDING, form);
            assertThat(browser.place()).startsWith("/account/reauthenticate/");
            assertThat(browser.open(PENDING).place()).startsWith("/account/reauthenticate/");
        }
    }

    private String mails() throws Exception {
        return index.browser().open("/outbox/").text();
    }
}
