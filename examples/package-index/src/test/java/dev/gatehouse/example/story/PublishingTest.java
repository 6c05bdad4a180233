package dev.gatehouse.example.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Runs of trusted publishers before the index: what gets a token, what does not, and when a token dies. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PublishingTest {
    private Path directory;
    private Index index;
    private Runs runs;
    private Person owner;
    private String token;

    @BeforeAll
    void start(@TempDir Path temporary) throws Exception {
        directory = temporary;
        index = Index.start(directory.resolve("data"), "2024-04-02T12:00:00Z", "--demo");
        runs = new Runs(index);
        owner = new Person(index, "owner").registerWithTwoFactor();
        token = owner.makeToken("all", "account");
    }

    @AfterAll
    void stop() {
        index.close();
    }

    private HttpResponse<String> upload(String project, String version, String secret) throws Exception {
        return Uploads.of(index, Wheels.make(directory.resolve("dist"), project, version), project, version)
                .send("__token__", secret);
    }

    /** A project with a publisher of the demonstration, whose id is given. */
    private String publisher(String project, String... more) throws Exception {
        assertThat(upload(project, "1.0", token).statusCode()).isEqualTo(200);
        Browser browser = owner.browser().open(page(project));
        owner.confirmIfAsked();
        String[] fields = {"owner", "octo-org", "repository", project, "workflow", "release.yml"};
        String[] all = new String[fields.length + more.length];
        System.arraycopy(fields, 0, all, 0, fields.length);
        System.arraycopy(more, 0, all, fields.length, more.length);
        browser.submit(page(project), all);
        assertThat(browser.place()).as(browser.text()).isEqualTo(page(project));
        return Runs.publisher(browser);
    }

    private static String page(String project) {
        return "/manage/project/" + project + "/publishing/";
    }

    private String mails() throws Exception {
        return index.browser().open("/outbox/").text();
    }

    private void isRefused(HttpResponse<String> answer, String code, String description) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(answer.body())
                .contains("Token request failed")
                .contains("\"" + code + "\"")
                .contains(description);
    }

    @Test
    void identityToken_exchangedTwice_isRefusedTheSecondTimeInTheWordsOfPypi() throws Exception {
        String identity = runs.identity("github", publisher("replayed"));
        assertThat(runs.mint(identity).statusCode()).isEqualTo(200);

        isRefused(runs.mint(identity), "invalid-reuse-token", "invalid token: already used");
    }

    @Test
    void run_thatThePublisherDoesNotMatch_getsNoToken() throws Exception {
        String publisher = publisher("choosy", "ref-type", "tag", "ref-pattern", "v*");

        isRefused(
                runs.mint(runs.identity("github", publisher, "ref", "refs/heads/main")),
                "invalid-publisher",
                "valid token, but no corresponding publisher");
        isRefused(
                runs.mint(runs.identity("github", publisher, "repository", "octo-org/another")),
                "invalid-publisher",
                "Publisher with matching claims was not found");
        isRefused(
                runs.mint(runs.identity("github", publisher, "event_name", "pull_request_target")),
                "invalid-publisher",
                "pull_request_target");
        isRefused(runs.mint("not-a-jwt"), "invalid-payload", "malformed JWT");
        assertThat(upload("choosy", "1.1", runs.token("github", publisher)).statusCode())
                .isEqualTo(200);
    }

    @Test
    void ids_pinnedByTheFirstRun_refuseWhoeverTakesTheNameLater() throws Exception {
        String publisher = publisher("pinned");
        runs.token("github", publisher);
        assertThat(owner.browser().open(page("pinned")).text()).contains("Pinned: ");

        isRefused(
                runs.mint(runs.identity("github", publisher, "repository_owner_id", "1", "repository_id", "2")),
                "invalid-publisher",
                "valid token, but no corresponding publisher");
    }

    @Test
    void mintedToken_isForItsProjectAndDiesWithThePublisher() throws Exception {
        String publisher = publisher("bound");
        String secret = runs.token("github", publisher);
        String late = runs.identity("github", publisher);
        publisher("elsewhere");
        assertThat(upload("bound", "1.1", secret).statusCode()).isEqualTo(200);
        HttpResponse<String> other = upload("elsewhere", "1.1", secret);
        assertThat(other.statusCode()).isEqualTo(403);
        assertThat(other.body()).contains("token is not valid for project");
        assertThat(upload("made-by-nobody", "1.0", secret).statusCode()).isGreaterThanOrEqualTo(400);

        owner.browser().open(page("bound"));
        owner.confirmIfAsked();
        owner.browser().submit(page("bound") + "remove/");
        assertThat(upload("bound", "1.2", secret).statusCode()).isEqualTo(401);
        isRefused(runs.mint(late), "invalid-publisher", "valid token, but no corresponding publisher");
    }

    @Test
    void mintedToken_afterFifteenMinutes_isOver() throws Exception {
        String secret = runs.token("github", publisher("quick"));
        index.clock().advance(Duration.ofMinutes(15));

        assertThat(upload("quick", "1.1", secret).statusCode()).isEqualTo(401);
    }

    @Test
    void environment_thatNobodyDemands_isMailedOnceWithAWayToDemandIt() throws Exception {
        String publisher = publisher("nudged");
        runs.token("github", publisher, "environment", "Release");
        runs.token("github", publisher, "environment", "Release");
        assertThat(something(index).split("environment-ignored-in-trusted-publisher", -1))
                .hasSize(2);
        String link = owner.link("/manage/project/nudged/publishing/");
        owner.browser().open(link.replace("&amp;", "&"));
        owner.confirmIfAsked();
        assertThat(owner.browser().body()).contains("value=\"Release\"");
        owner.browser().submit(page("nudged") + "constrain/", "environment", "Release");
        assertThat(owner.browser().text()).contains("environment release");
        isRefused(
                runs.mint(runs.identity("github", Runs.publisher(owner.browser()), "environment", "-")),
                "invalid-publisher",
                "valid token, but no corresponding publisher");
    }

    @Test
    void token_usedWhereAPublisherIs_isMailedOnceAndRefusedInItsMode() throws Exception {
        String publisher = publisher("strict-one");
        assertThat(upload("strict-one", "1.1", token).body()).contains("has a Trusted Publisher");
        assertThat(upload("strict-one", "1.2", token).statusCode()).isEqualTo(200);
        assertThat(mails().split("api-token-used-in-trusted-publisher-project", -1))
                .hasSize(2);

        owner.browser().open("/manage/project/strict-one/");
        owner.confirmIfAsked();
        owner.browser().submit("/manage/project/strict-one/settings/", "disallow-tokens", "on");
        HttpResponse<String> refused = upload("strict-one", "1.3", token);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("tokens are not allowed");
        assertThat(upload("strict-one", "1.3", runs.token("github", publisher)).statusCode())
                .isEqualTo(200);

        owner.browser().open("/manage/project/strict-one/");
        owner.browser().submit("/manage/project/strict-one/settings/", "trusted-publishing-only", "on");
        assertThat(upload("strict-one", "1.4", token).body()).contains("trusted publishers only");
        assertThat(upload("strict-one", "1.4", runs.token("github", publisher)).statusCode())
                .isEqualTo(200);
    }

    @Test
    void pending_ofTwoPeople_theFirstMakesTheProjectAndTheOtherIsTold() throws Exception {
        Person first = new Person(index, "first").registerWithTwoFactor();
        Person second = new Person(index, "second").registerWithTwoFactor();
        String run = pending(first, "wanted", "first-repo");
        pending(second, "Wanted", "second-repo");

        runs.token("github", run);
        first.browser().open("/manage/projects/");
        assertThat(first.browser().text()).contains("wanted");
        first.browser().submit("/account/logout/");
        assertThat(mails())
                .contains("pending-trusted-publisher-reified")
                .contains("pending-trusted-publisher-invalidated");
        assertThat(second.browser().open("/manage/account/publishing/").text())
                .contains("No pending publishers are configured.");
    }

    private static String pending(Person person, String project, String repository) throws Exception {
        Browser browser = person.browser().open("/manage/account/publishing/");
        person.confirmIfAsked();
        browser.submit(
                "/manage/account/publishing/",
                "project-name",
                project,
                "owner",
                "octo-org",
                "repository",
                repository,
                "workflow",
                "release.yml");
        return Runs.publisher(browser);
    }

    @Test
    void pending_thatNobodyUses_isRemindedOfAndRemoved() throws Exception {
        try (Index later = Index.start(directory.resolve("later"), "2024-04-02T12:00:00Z", "--demo")) {
            Person slow = new Person(later, "slow").registerWithTwoFactor();
            pending(slow, "some-day", "slow-repo");
            later.clock().advance(Duration.ofDays(26));
            assertThat(something(later)).contains("pending-trusted-publisher-expiration-reminder");
            later.clock().advance(Duration.ofDays(5));
            assertThat(something(later)).contains("pending-trusted-publisher-expired");
        }
    }

    /** The mails after somebody has done something. */
    private static String something(Index later) throws Exception {
        later.browser().open("/demo/").submit("/demo/leak/", "token", "none");
        return later.browser().open("/outbox/").text();
    }

    @Test
    void keys_changedOrOutOfReach_areLivedWith() throws Exception {
        try (Index other = Index.start(directory.resolve("keys"), "2024-04-02T12:00:00Z", "--demo")) {
            Runs theirs = new Runs(other);
            Person anna = new Person(other, "anna").registerWithTwoFactor();
            theirs.token("github", pending(anna, "long-lived", "repo"));
            String active = Runs.publisher(anna.browser().open(page("long-lived")));
            Browser demo = other.browser().open("/demo/");

            demo.submit("/demo/rotate/");
            other.clock().advance(Duration.ofSeconds(61));
            theirs.token("github", active);

            demo.submit("/demo/silence/");
            assertThat(demo.text()).contains("do not answer");
            theirs.token("github", active);
            other.clock().advance(Duration.ofHours(3));
            theirs.token("github", active);
            demo.submit("/demo/rotate/");
            isRefused(theirs.mint(theirs.identity("github", active)), "invalid-token", "malformed or invalid token");

            demo.submit("/demo/silence/");
            other.clock().advance(Duration.ofSeconds(61));
            theirs.token("github", active);
        }
    }

    @Test
    void token_foundInPublic_isRevokedAndItsOwnerTold() throws Exception {
        String publisher = publisher("leaky");
        String minted = runs.token("github", publisher);
        String made = owner.makeToken("leaked-one", "project:leaky");
        assertThat(report(made)).isEqualTo(204);
        assertThat(upload("leaky", "1.1", made).statusCode()).isEqualTo(401);
        assertThat(report(made)).isEqualTo(204);
        assertThat(report("pypi-" + "nothing-of-ours")).isEqualTo(204);
        assertThat(report(minted)).isEqualTo(204);
        assertThat(upload("leaky", "1.1", minted).statusCode()).isEqualTo(401);

        assertThat(something(index))
                .contains("An API token of yours was found in public")
                .contains("A token of a trusted publisher was found in public");
    }

    /** Sends the report that the page about the demonstration shows. */
    private int report(String secret) throws Exception {
        Browser demo = index.browser().open("/demo/");
        demo.submit("/demo/leak/", "token", secret);
        HttpRequest.Builder request = demo.request("/_/secrets/disclose-token");
        Matcher header = Pattern.compile("-H '([^:]+): ([^']+)'").matcher(demo.text());
        while (header.find()) {
            request.header(header.group(1), header.group(2));
        }
        String body = demo.text().replaceAll("(?s).*-d '([^']*)'.*", "$1");
        return demo.send(request.POST(HttpRequest.BodyPublishers.ofString(body)))
                .statusCode();
    }
}
