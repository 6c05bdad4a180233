package dev.gatehouse.example.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The strict policy can be lived with: the first factor after a proof of the address, later ones after a fresh proof. */
class StrictPolicyTest {
    private static final String FACTORS = "/manage/account/two-factor/";
    private static final String CODES = "/manage/account/recovery-codes/";

    @TempDir
    Path data;

    @Test
    void firstFactor_byTheMailedLink_isSetUpAndWithoutItRefused() throws Exception {
        try (Index index = Index.start(data, "2024-02-01T12:00:00Z", "--policy", "pypi-strict")) {
            Person anna = new Person(index, "anna").register();
            Browser browser = anna.browser();
            browser.open(FACTORS);
            anna.makeAndUseCodes();
            assertThat(browser.text()).contains("confirmed from your email address");

            browser.open(FACTORS + "totp/");
            anna.hasApp(browser.find("<code class=\"secret\">([A-Z2-7 ]+)</code>"));
            browser.submit(FACTORS + "totp/", "code", anna.nextCode());
            assertThat(browser.text()).doesNotContain("successfully set up");

            browser.open(FACTORS).submit(FACTORS + "begin/");
            assertThat(browser.text()).contains("We have sent a mail to anna@example.org");
            String link = anna.link(FACTORS + "begin/");
            browser.open(link);
            browser.open(browser.find("href=\"(/manage/account/two-factor/totp/[^\"]*)\""));
            browser.submit(FACTORS + "totp/", "code", "000000");
            assertThat(browser.text()).contains("Invalid TOTP code.");
            anna.hasApp(browser.find("<code class=\"secret\">([A-Z2-7 ]+)</code>"));
            browser.submit(FACTORS + "totp/", "label", "Phone", "code", anna.nextCode());
            assertThat(browser.text()).contains("Authentication application successfully set up.");

            browser.submit(FACTORS + "remove/", "password", anna.password());
            assertThat(browser.text()).contains("Cannot remove last 2FA method");
        }
    }

    /** A factor without the wait after it would let whoever has set it up go on at once. */
    @Test
    void firstFactor_whoseWaitCannotBeNoted_isNotSetUp() throws Exception {
        try (Index index = Index.start(data, "2024-02-01T12:00:00Z", "--policy", "pypi-strict")) {
            Person anna = new Person(index, "anna").register();
            Browser browser = anna.browser();
            browser.open(FACTORS);
            anna.makeAndUseCodes();
            browser.open(FACTORS).submit(FACTORS + "begin/");
            browser.open(anna.link(FACTORS + "begin/"));
            browser.open(browser.find("href=\"(/manage/account/two-factor/totp/[^\"]*)\""));
            anna.hasApp(browser.find("<code class=\"secret\">([A-Z2-7 ]+)</code>"));
            Jdbi jdbi =
                    Jdbi.create("jdbc:h2:file:" + data.toAbsolutePath().resolve("index") + ";DB_CLOSE_ON_EXIT=FALSE");

            jdbi.useHandle(h -> h.execute("ALTER TABLE account_event RENAME TO away"));
            browser.submit(FACTORS + "totp/", "label", "Phone", "code", anna.nextCode());
            assertThat(browser.status()).isEqualTo(500);
            jdbi.useHandle(h -> h.execute("ALTER TABLE away RENAME TO account_event"));

            assertThat(jdbi.<Integer, RuntimeException>withHandle(h -> h.select("SELECT COUNT(*) FROM gatehouse_totp")
                            .mapTo(Integer.class)
                            .one()))
                    .isZero();
        }
    }

    @Test
    void link_ofSomebodyElse_setsNothingUp() throws Exception {
        try (Index index = Index.start(data, "2024-02-01T12:00:00Z", "--policy", "pypi-strict")) {
            Person other = new Person(index, "other").register();
            other.browser().open(FACTORS);
            other.makeAndUseCodes();
            other.browser().submit(FACTORS + "begin/");
            String token = other.link(FACTORS + "begin/").replaceAll(".*token=([^&]*).*", "$1");

            Person anna = new Person(index, "anna").register();
            anna.browser().open(FACTORS);
            anna.makeAndUseCodes();
            anna.browser().open(FACTORS + "totp/?token=" + token);
            anna.hasApp(anna.browser().find("<code class=\"secret\">([A-Z2-7 ]+)</code>"));
            anna.browser().submit(FACTORS + "totp/", "code", anna.nextCode());
            assertThat(anna.browser().text()).doesNotContain("successfully set up");
        }
    }

    @Test
    void change_withAnOldProof_asksForAFreshOneAndGoesOn() throws Exception {
        Person anna;
        try (Index index = Index.start(data, "2024-02-01T12:00:00Z")) {
            anna = new Person(index, "anna").registerWithTwoFactor();
        }
        try (Index index = Index.start(data, "2024-02-02T12:00:00Z", "--policy", "pypi-strict")) {
            anna = anna.at(index).logIn();
            Browser browser = anna.browser();
            index.clock().advance(Duration.ofMinutes(5));
            browser.open(FACTORS + "totp/");
            assertThat(browser.place()).startsWith("/account/reauthenticate/");
            assertThat(browser.body()).contains("name=\"code\"").doesNotContain("name=\"password\"");
            anna.confirmIfAsked();
            assertThat(browser.place()).isEqualTo(FACTORS + "totp/");

            index.clock().advance(Duration.ofMinutes(5));
            browser.open(CODES).submit(CODES, "password", anna.password());
            assertThat(browser.place()).startsWith("/account/reauthenticate/?factor=1");
            assertThat(browser.text()).contains("Prove one of your present factors first.");
            anna.confirmIfAsked();
            browser.open(CODES).submit(CODES, "password", anna.password());
            assertThat(browser.text()).contains("They are shown this once.");
        }
    }
}
