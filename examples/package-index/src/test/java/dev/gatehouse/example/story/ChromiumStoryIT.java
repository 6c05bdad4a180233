package dev.gatehouse.example.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** What people do and see in a real browser. */
class ChromiumStoryIT {
    private static final String BANNER =
            "Two-factor authentication must be enabled on your account to perform this action.";

    @TempDir
    Path data;

    @BeforeAll
    static void chromiumIsThere() {
        Chromium.require();
    }

    @Test
    void newcomer_onTheWayToTheirProjects_setsUpAnAppAndLogsInWithIt() throws Exception {
        try (Index index = Index.start(data, "2024-02-01T12:00:00Z");
                Chromium browser = Chromium.before(index, "newcomer")) {
            Person nora = new Person(index, "nora");
            browser.open("/").keep("front").press("Register").keep("register");
            browser.type("User name", "nora")
                    .type("Email address", "nora@example.org")
                    .type("Password", nora.password())
                    .type("Password, again", nora.password())
                    .press("Register");
            browser.says("We have sent a mail to nora@example.org").keep("registered");
            browser.open("/outbox/").keep("outbox");
            browser.open(nora.link("/account/verify-email/confirm/")).keep("confirm-address");
            browser.press("Confirm the address").says("is confirmed").keep("two-factor");

            browser.press("Your projects").isAt("/manage/account/two-factor/?next=%2Fmanage%2Fprojects%2F");
            WebElement banner = browser.element(".note.error[role=alert]");
            assertThat(banner.getText()).contains(BANNER);
            assertThat(banner.getCssValue("color")).as("red").isIn("rgb(163, 23, 31)", "rgba(163, 23, 31, 1)");
            browser.keep("red-banner")
                    .width(400)
                    .keep("red-banner-narrow")
                    .dark(true)
                    .keep("red-banner-dark");
            browser.dark(false).width(1100);

            browser.press("Make recovery codes").keep("recovery-codes");
            browser.type("Password", nora.password())
                    .press("Make recovery codes")
                    .keep("recovery-codes-new");
            String code = browser.element(".codes code").getText();
            browser.press("I have them; use one code").keep("recovery-codes-use");
            browser.type("One of your recovery codes", code)
                    .press("Use this code")
                    .keep("recovery-code-used");
            browser.press("Set up an app").keep("app");
            nora.hasApp(browser.element("code.secret").getDomProperty("textContent"));
            browser.type("Give the app or device a name", "Phone")
                    .type("Type the code that the app shows", "000000")
                    .press("Switch on two-factor authentication");
            browser.says("Invalid TOTP code.").keep("app-wrong-code");
            nora.hasApp(browser.element("code.secret").getDomProperty("textContent"));
            browser.type("Type the code that the app shows", nora.nextCode())
                    .press("Switch on two-factor authentication");
            browser.isAt("/manage/projects/").keep("projects");
            browser.press("Account").keep("account");

            browser.press("Log out").says("Register").press("Log in");
            browser.type("User name", "nora").type("Password", nora.password()).keep("log-in");
            browser.submit();
            browser.isAt("/account/second-factor/").keep("second-factor");
            browser.type("Code", "000000").submit();
            browser.says("The code is wrong.").keep("second-factor-wrong");
            browser.type("Code", nora.nextCode()).submit();
            browser.isAt("/manage/projects/");
        }
    }

    @Test
    void administrator_atTheSwitchesAndWaivers_seesWhatIsInForce() throws Exception {
        Person boss;
        try (Index index = Index.start(data, "2023-05-01T12:00:00Z")) {
            boss = new Person(index, "boss").registerWithTwoFactor();
            new Person(index, "late").register();
        }
        AdministrationTest.command(data, "--make-admin", "boss");
        try (Index index = Index.start(data, "2023-05-02T12:00:00Z");
                Chromium browser = Chromium.before(index, "administration")) {
            boss = boss.at(index);
            logIn(browser, boss);
            browser.press("Administration").keep("overview");
            browser.press("Switch on").keep("switch-open");
            for (WebElement button : browser.driver().findElements(By.cssSelector("details button"))) {
                if (button.isDisplayed()) {
                    button.click();
                    break;
                }
            }
            browser.says("Say why").keep("switch-without-reason");
            browser.type("Why", "A rehearsal for June")
                    .element("details[open] button")
                    .click();
            browser.says("is on.").keep("switched");
            browser.type("User name", "late")
                    .type("Days", "31")
                    .press("Give the waiver")
                    .says("Choose a requirement.")
                    .keep("waiver-wrong");
            browser.choose("Requirement", "project-")
                    .type("Days", "14")
                    .type("Reason", "Waits for a new security key")
                    .press("Give the waiver")
                    .says("is released from")
                    .keep("waiver-given")
                    .width(400)
                    .keep("waiver-given-narrow");
        }
    }

    @Test
    void owner_withoutRecoveryCodes_isRemindedOnEveryPage() throws Exception {
        try (Index index = Index.start(data, "2024-02-01T12:00:00Z");
                Chromium browser = Chromium.before(index, "reminder")) {
            Person anna = new Person(index, "anna").registerWithTwoFactor();
            for (int i = 0; i < 7; i++) {
                anna.browser().open("/manage/account/recovery-codes/use/");
                anna.browser()
                        .submit(
                                "/manage/account/recovery-codes/use/",
                                "code",
                                anna.recoveryCodes().remove(0));
            }
            logIn(browser, anna);
            browser.says("Two-factor recovery codes are available, generate them now for your account.")
                    .keep("projects");
            browser.press("Generate them").keep("recovery-codes");
            browser.open("/nowhere/").keep("not-found");
            assertThat(browser.text()).contains("There is nothing at this address.");
        }
    }

    @Test
    void owner_whoForgotThePassword_setsANewOneAndConfirmsTheTokens() throws Exception {
        try (Index index = Index.start(data, "2024-02-01T12:00:00Z");
                Chromium browser = Chromium.before(index, "reset")) {
            Person anna = new Person(index, "anna").registerWithTwoFactor();
            anna.makeToken("build", "account");
            browser.open("/account/login/").press("Forgotten your password?").keep("ask");
            browser.type("User name or email address", "anna").submit();
            browser.says("If there is such an account").keep("asked");
            browser.open(anna.link("/account/reset-password/confirm/")).keep("set");
            anna.hasPassword("a better password");
            browser.type("New password", "a better password")
                    .type("New password, again", "a better password")
                    .submit()
                    .says("Your API tokens are suspended")
                    .keep("done");
            logIn(browser, anna);
            browser.open("/manage/account/tokens/")
                    .says("Your tokens are suspended")
                    .keep("tokens");
            browser.press("They are mine").says("Your API tokens work again.");
        }
    }

    @Test
    void owner_withoutScript_addsATrustedPublisherAndSeesHowToTryIt() throws Exception {
        try (Index index = Index.start(data, "2024-04-02T12:00:00Z", "--demo");
                Chromium browser = Chromium.before(index, "publishing")) {
            Person anna = new Person(index, "anna").registerWithTwoFactor();
            browser.script(false);
            logIn(browser, anna);
            browser.open("/manage/account/publishing/").keep("pending");
            browser.press("GitHub (demonstration)").keep("pending-form");
            browser.type("Name of the project", "octo-tool")
                    .type("Owner", "octo-org")
                    .type("Repository name", "octo-tool")
                    .type("Workflow name", "release.txt")
                    .press("Constraints")
                    .keep("pending-constraints");
            browser.press("Add")
                    .says("Workflow name must end with .yml or .yaml")
                    .keep("pending-wrong");
            browser.type("Workflow name", "release.yml")
                    .press("Add")
                    .says("Registered a new pending publisher")
                    .press("Try it");
            browser.keep("pending-added").width(400).keep("pending-narrow").width(1100);

            browser.open("/demo/").keep("demonstration");
            browser.type("Token", "anything-that-was-found").press("Sign a report");
            browser.says("DEMO-PUBLIC-KEY-SIGNATURE").keep("report");
        }
    }

    private static void logIn(Chromium browser, Person person) {
        browser.open("/account/login/").type("User name", person.name()).type("Password", person.password());
        browser.submit();
        browser.isAt("/account/second-factor/").type("Code", person.nextCode());
        browser.submit();
        browser.isAt("/manage/projects/");
    }
}
