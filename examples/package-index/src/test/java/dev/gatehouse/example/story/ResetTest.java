package dev.gatehouse.example.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A forgotten password: the link in the mail, what it opens, and what it closes. */
class ResetTest {
    private static final String ASK = "/account/reset-password/";
    private static final String SET = "/account/reset-password/confirm/";
    private static final String FRESH = "a better password";

    @TempDir
    Path data;

    private static Browser ask(Index index, String account) throws Exception {
        Browser browser = index.browser().open("/account/login/").open(ASK);
        return browser.submit(ASK, "account", account);
    }

    private static Browser set(Browser browser, String link, String... more) throws Exception {
        browser.open(link);
        String[] fields = new String[more.length + 4];
        System.arraycopy(new String[] {"password", FRESH, "password2", FRESH}, 0, fields, 0, 4);
        System.arraycopy(more, 0, fields, 4, more.length);
        return browser.submit(SET, fields);
    }

    private static int mails(Index index, String kind) throws Exception {
        return index.browser().open("/outbox/").text().split(", " + kind + " ", -1).length - 1;
    }

    @Test
    void ask_forAnyName_isAnsweredTheSame() throws Exception {
        try (Index index = Index.start(data, "2024-02-01T12:00:00Z")) {
            new Person(index, "anna").register();
            Browser register = index.browser().open("/account/register/");
            String password = "correct horse battery";
            register.submit(
                    "/account/register/",
                    "username",
                    "unverified",
                    "email",
                    "unverified@example.org",
                    "password",
                    password,
                    "password2",
                    password);
            String known = ask(index, "anna")
                    .body()
                    .replaceAll("[A-Za-z0-9_-]{43}", "")
                    .replaceAll("\\(\\d+\\)", "");
            for (String other : new String[] {
                "anna@example.org", "nobody", "nobody@example.org", "unverified", "unverified@example.org"
            }) {
                Browser answer = ask(index, other);
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.body().replaceAll("[A-Za-z0-9_-]{43}", "").replaceAll("\\(\\d+\\)", ""))
                        .as(other)
                        .isEqualTo(known);
            }
            assertThat(mails(index, "password-reset")).isEqualTo(2);
            assertThat(mails(index, "password-reset-unverified")).isEqualTo(1);
        }
    }

    @Test
    void ask_moreThanFiveTimesADay_sendsNoMoreAndSaysTheSame() throws Exception {
        try (Index index = Index.start(data, "2024-02-01T12:00:00Z")) {
            new Person(index, "anna").register();
            for (int i = 0; i < 6; i++) {
                assertThat(ask(index, "anna").text()).contains("If there is such an account");
            }
            assertThat(mails(index, "password-reset")).isEqualTo(5);
            index.clock().advance(Duration.ofDays(1));
            ask(index, "anna");
            assertThat(mails(index, "password-reset")).isEqualTo(6);
        }
    }

    @Test
    void set_byTheLink_endsSessionsForgetsBrowsersAndSuspendsTokensUntilConfirmed() throws Exception {
        try (Index index = Index.start(data, "2025-11-20T12:00:00Z")) {
            Person anna = new Person(index, "anna").registerWithTwoFactor();
            String token = anna.makeToken("build", "account");
            Path wheel = Wheels.make(data.resolve("dist"), "tool", "1.0");
            ask(index, "anna");
            String link = anna.link(SET);

            Browser elsewhere = set(index.browser(), link);
            assertThat(elsewhere.text()).contains("Your password is changed").contains("API tokens are suspended");
            assertThat(anna.browser().open("/manage/account/").place()).startsWith("/account/login/");
            assertThat(Uploads.of(index, wheel, "tool", "1.0")
                            .send("__token__", token)
                            .statusCode())
                    .isEqualTo(401);
            assertThat(index.browser().open("/outbox/").text()).contains(", password-change ");

            anna.hasPassword(FRESH);
            anna.logIn();
            assertThat(anna.browser().text())
                    .as("no second factor is spared, and this browser is not known any more")
                    .contains("Unrecognized device");
            anna.browser().open(anna.link("/account/second-factor/confirm/")).submit("/account/second-factor/confirm/");
            anna.browser().open("/manage/account/tokens/");
            assertThat(anna.browser().text()).contains("Your tokens are suspended");
            anna.browser().submit("/manage/account/tokens/resume/");
            assertThat(anna.browser().text()).contains("Your API tokens work again.");
            assertThat(Uploads.of(index, wheel, "tool", "1.0")
                            .send("__token__", token)
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void link_usedOldOrFollowedByALogin_opensNothing() throws Exception {
        try (Index index = Index.start(data, "2024-02-01T12:00:00Z")) {
            Person anna = new Person(index, "anna").register();
            ask(index, "anna");
            String beforeLogin = anna.link(SET);
            anna.at(index).logIn();
            assertThat(set(index.browser(), beforeLogin).status()).isEqualTo(410);

            ask(index, "anna");
            String old = anna.link(SET);
            index.clock().advance(Duration.ofHours(6));
            assertThat(set(index.browser(), old).status()).isEqualTo(410);

            ask(index, "anna");
            String twice = anna.link(SET);
            ask(index, "anna");
            String beforeChange = anna.link(SET);
            assertThat(set(index.browser(), twice).status()).isEqualTo(200);
            assertThat(set(index.browser(), twice).status()).isEqualTo(410);
            assertThat(set(index.browser(), beforeChange).status()).isEqualTo(410);
        }
    }

    @Test
    void link_onAWrongForm_staysGood() throws Exception {
        try (Index index = Index.start(data, "2024-02-01T12:00:00Z")) {
            Person anna = new Person(index, "anna-the-first").register();
            ask(index, "anna-the-first");
            String link = anna.link(SET);
            Browser browser = index.browser().open(link);
            browser.submit(SET, "password", "short", "password2", "short");
            assertThat(browser.status()).isEqualTo(422);
            browser.submit(SET, "password", "Anna-The-First", "password2", "Anna-The-First");
            assertThat(browser.text()).contains("The password must not be the user name.");
            anna.browser().open(link);
            assertThat(anna.browser().text()).contains("Log out first");
            assertThat(set(index.browser(), link).status()).isEqualTo(200);
        }
    }

    @Test
    void link_forSomethingElse_setsNoPassword() throws Exception {
        try (Index index = Index.start(data, "2024-02-01T12:00:00Z")) {
            Person anna = new Person(index, "anna").register();
            ask(index, "anna");
            String reset = anna.link(SET).replaceAll(".*token=", "");
            anna.browser().open("/account/verify-email/confirm/?token=" + reset);
            anna.browser().submit("/account/verify-email/confirm/");
            assertThat(anna.browser().status()).isEqualTo(410);

            String verify = verificationLink(index).replaceAll(".*token=", "");
            assertThat(set(index.browser(), SET + "?token=" + verify).status()).isEqualTo(410);
        }
    }

    private static String verificationLink(Index index) throws Exception {
        String password = "correct horse battery";
        index.browser()
                .open("/account/register/")
                .submit(
                        "/account/register/",
                        "username",
                        "other",
                        "email",
                        "other@example.org",
                        "password",
                        password,
                        "password2",
                        password);
        return new Person(index, "other").link("/account/verify-email/confirm/");
    }

    @Test
    void strictPolicy_ofAnEnrolledAccount_wantsTheFactorBeforeTheNewPassword() throws Exception {
        Person anna;
        try (Index index = Index.start(data, "2024-02-01T12:00:00Z")) {
            anna = new Person(index, "anna").registerWithTwoFactor();
        }
        try (Index index = Index.start(data, "2024-02-02T12:00:00Z", "--policy", "pypi-strict")) {
            anna = anna.at(index);
            ask(index, "anna");
            String link = anna.link(SET);
            Browser browser = set(index.browser(), link);
            assertThat(browser.status()).isEqualTo(422);
            assertThat(browser.text()).contains("Prove a factor or use a recovery code to recover this account.");
            assertThat(set(browser, link, "code", "000000").text()).contains("The code is wrong");
            assertThat(set(browser, link, "code", anna.nextCode()).text()).contains("Your password is changed");
        }
    }
}
