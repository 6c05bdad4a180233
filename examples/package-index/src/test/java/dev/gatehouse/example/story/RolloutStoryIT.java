package dev.gatehouse.example.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole story over HTTP, with real clients, on dates of PyPI's rollout. */
class RolloutStoryIT {
    private static final String PHRASE = "an API Token or Trusted Publisher must be used to upload";
    private static final String BANNER =
            "Two-factor authentication must be enabled on your account to perform this action.";

    @TempDir
    Path directory;

    private Clients clients;

    @BeforeEach
    void clientsAreThere() throws Exception {
        Clients.require(directory.resolve("home"));
        clients = new Clients(directory.resolve("home"));
    }

    private Index index(String at, String... options) throws Exception {
        return Index.start(directory.resolve("data"), at, options);
    }

    private void uploads(Index index, String user, String password, String project, String version) throws Exception {
        Path wheel = Wheels.make(directory.resolve("dist"), project, version);
        Clients.Run run = clients.twine(index, user, password, wheel);
        assertThat(run.exit()).as(run.output()).isZero();
        Path into = Files.createDirectories(directory.resolve("download-" + project + "-" + version));
        assertThat(clients.download(index, project + "==" + version, into)).isEqualTo(Files.readAllBytes(wheel));
    }

    private String isRefused(Index index, String user, String password, String project, String version)
            throws Exception {
        Clients.Run run =
                clients.twine(index, user, password, Wheels.make(directory.resolve("dist"), project, version));
        assertThat(run.exit()).as(run.output()).isNotZero();
        return run.output();
    }

    private static Person registered(Index index, String name) throws Exception {
        return new Person(index, name).register();
    }

    @Test
    void index_20220315_asksNobodyAndWritesToThoseWhoUploadWithPasswords() throws Exception {
        try (Index index = index("2022-03-15T12:00:00Z")) {
            Person anna = registered(index, "anna");
            anna.browser().open("/manage/projects/");
            assertThat(anna.browser().place()).isEqualTo("/manage/projects/");

            uploads(index, "anna", anna.password(), "early-bird", "1.0");
            assertThat(mails(index)).doesNotContain("basic-auth-with-2fa");

            anna.browser().open("/manage/account/two-factor/");
            anna.setUpTwoFactor();
            assertThat(mails(index))
                    .contains("two-factor-added")
                    .contains("recovery-codes-generated")
                    .contains("recovery-code-used");
            uploads(index, "anna", anna.password(), "early-bird", "1.1");
            assertThat(mails(index)).contains("basic-auth-with-2fa");

            String token = anna.makeToken("build", "project:early-bird");
            uploads(index, "__token__", token, "early-bird", "1.2");
            String other = isRefused(index, "__token__", token, "something-else", "1.0");
            assertThat(other).contains("403").contains("project-scoped token is not valid for project");
        }
    }

    @Test
    void index_20230615_refusesPasswordsOfThoseWithASecondFactor() throws Exception {
        try (Index index = index("2023-06-15T12:00:00Z")) {
            Person without = registered(index, "without");
            uploads(index, "without", without.password(), "plain", "1.0");

            Person with = registered(index, "with");
            with.browser().open("/manage/account/two-factor/");
            with.setUpTwoFactor();
            String output = isRefused(index, "with", with.password(), "guarded", "1.0");
            assertThat(output)
                    .contains("403")
                    .contains("User with has two factor auth enabled, " + PHRASE + " in place of password.");
            assertThat(mails(index)).contains("basic-auth-with-2fa");
            assertThat(isRefused(index, "with", "not the password", "guarded", "1.0"))
                    .doesNotContain("two factor auth enabled");

            uploads(index, "__token__", with.makeToken("build", "account"), "guarded", "1.0");
        }
    }

    @Test
    void index_20230815_asksNewAccountsToManageAndLeavesOldOnes() throws Exception {
        try (Index before = index("2023-08-01T12:00:00Z")) {
            registered(before, "old");
        }
        try (Index index = index("2023-08-15T12:00:00Z")) {
            Person old = new Person(index, "old").logIn();
            assertThat(old.browser().place()).isEqualTo("/manage/projects/");
            uploads(index, "old", old.password(), "old-one", "1.0");
            String token = old.makeToken("laptop", "account");
            uploads(index, "__token__", token, "old-one", "1.1");

            Person young = registered(index, "young");
            young.browser().open("/manage/projects/?sort=name");
            assertThat(young.browser().place())
                    .isEqualTo("/manage/account/two-factor/?next=%2Fmanage%2Fprojects%2F%3Fsort%3Dname");
            assertThat(young.browser().text()).contains("Error: " + BANNER);
            uploads(index, "young", young.password(), "young-one", "1.0");
        }
    }

    @Test
    void index_20231220_asksNewAccountsToUploadAndWarnsOldOnes() throws Exception {
        try (Index before = index("2023-08-01T12:00:00Z")) {
            registered(before, "old");
        }
        try (Index index = index("2023-12-20T12:00:00Z")) {
            Person old = new Person(index, "old").logIn();
            assertThat(old.browser().place()).isEqualTo("/manage/projects/");
            uploads(index, "old", old.password(), "old-one", "1.0");
            uploads(index, "old", old.password(), "old-one", "1.1");
            assertThat(mails(index).split("two-factor-not-yet-enabled", -1)).hasSize(2);
            old.browser().open("/manage/account/two-factor/");
            old.confirmIfAsked().setUpTwoFactor();
            assertThat(isRefused(index, "old", old.password(), "old-one", "1.2"))
                    .contains(PHRASE);
            uploads(index, "__token__", old.makeToken("build", "project:old-one"), "old-one", "1.2");

            Person young = registered(index, "young");
            assertThat(isRefused(index, "young", young.password(), "young-one", "1.0"))
                    .contains("403")
                    .contains("does not have two-factor authentication enabled")
                    .contains(PHRASE);
        }
    }

    @Test
    void testIndex_20231220_asksEverybody() throws Exception {
        try (Index before = index("2023-08-01T12:00:00Z", "--policy", "testpypi")) {
            registered(before, "old");
        }
        try (Index index = index("2023-12-20T12:00:00Z", "--policy", "testpypi")) {
            wholeStory(index, new Person(index, "old").logIn());
        }
    }

    @Test
    void index_20240115_asksEverybody() throws Exception {
        try (Index before = index("2023-08-01T12:00:00Z")) {
            Person old = registered(before, "old");
            uploads(before, "old", old.password(), "old-one", "1.0");
        }
        try (Index index = index("2024-01-15T12:00:00Z")) {
            wholeStory(index, new Person(index, "old").logIn());
            wholeStory(index, registered(index, "young"));
        }
    }

    /** The red banner, the way forward, back to where the person was going, a token, a refused password. */
    private void wholeStory(Index index, Person person) throws Exception {
        String project = person.name() + "-tool";
        assertThat(isRefused(index, person.name(), person.password(), project, "1.0"))
                .contains("403")
                .contains(PHRASE);

        person.browser().open("/manage/account/tokens/");
        assertThat(person.browser().place())
                .isEqualTo("/manage/account/two-factor/?next=%2Fmanage%2Faccount%2Ftokens%2F");
        assertThat(person.browser().text()).contains("Error: " + BANNER);
        person.setUpTwoFactor();
        assertThat(person.browser().place()).isEqualTo("/manage/account/tokens/");

        uploads(index, "__token__", person.makeToken("first", "account"), project, "1.0");
        uploads(index, "__token__", person.makeToken("second", "project:" + project), project, "1.1");
        assertThat(isRefused(index, person.name(), person.password(), project, "1.2"))
                .contains("403")
                .contains(PHRASE);
        assertThat(isRefused(index, "nobody", "whatever it is", project, "1.2")).contains(PHRASE);

        Person elsewhere = person.at(index).logIn();
        assertThat(elsewhere.browser().place()).isEqualTo("/manage/projects/");
        assertThat(elsewhere.browser().text()).contains(project);
    }

    private static String mails(Index index) throws Exception {
        return index.browser().open("/outbox/").text();
    }
}
