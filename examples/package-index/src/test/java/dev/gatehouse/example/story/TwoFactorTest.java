package dev.gatehouse.example.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Second factors: set up, asked for, used once, lost, removed. */
class TwoFactorTest {
    @TempDir
    Path data;

    @Test
    void code_usedAtSetUpOrLogin_isNotAcceptedAgain() throws Exception {
        try (Index index = Index.start(data, "2024-02-01T12:00:00Z")) {
            Person anna = new Person(index, "anna").registerWithTwoFactor();
            Browser browser = index.browser();
            browser.open("/account/login/").submit("/account/login/", "username", "anna", "password", anna.password());
            String code = anna.nextCode();
            browser.submit("/account/second-factor/", "code", code);
            assertThat(browser.place()).isEqualTo("/manage/projects/");

            Browser replay = index.browser();
            replay.open("/account/login/").submit("/account/login/", "username", "anna", "password", anna.password());
            replay.submit("/account/second-factor/", "code", code);
            assertThat(replay.status()).isEqualTo(422);
            assertThat(replay.text()).contains("The code is wrong.");
            assertThat(replay.open("/manage/account/").place()).startsWith("/account/login/");
        }
    }

    @Test
    void passwordAlone_withASecondFactor_opensNothing() throws Exception {
        try (Index index = Index.start(data, "2024-02-01T12:00:00Z")) {
            Person anna = new Person(index, "anna").registerWithTwoFactor();
            Browser browser = index.browser();
            browser.open("/account/login/").submit("/account/login/", "username", "anna", "password", anna.password());
            for (String page : new String[] {
                "/manage/account/",
                "/manage/account/two-factor/",
                "/manage/account/recovery-codes/",
                "/manage/projects/"
            }) {
                assertThat(browser.open(page).place()).startsWith("/account/login/");
            }
            index.clock().advance(Duration.ofMinutes(5));
            browser.post(
                    "/account/second-factor/",
                    Map.of(
                            "csrf",
                            browser.open("/account/second-factor/").way().size() > 1 ? "late" : "in time",
                            "code",
                            anna.nextCode()));
            assertThat(browser.status()).isEqualTo(403);
        }
    }

    @Test
    void codes_fiveWrongOnes_lockTheSecondStepAndEndTheLogin() throws Exception {
        try (Index index = Index.start(data, "2024-02-01T12:00:00Z")) {
            Person anna = new Person(index, "anna").registerWithTwoFactor();
            Browser browser = index.browser();
            browser.open("/account/login/").submit("/account/login/", "username", "anna", "password", anna.password());
            for (int i = 0; i < 5; i++) {
                browser.submit("/account/second-factor/", "code", "00000" + i);
                assertThat(browser.status()).isEqualTo(422);
            }
            browser.submit("/account/second-factor/", "code", anna.nextCode());
            assertThat(browser.status()).isEqualTo(429);
            assertThat(browser.open("/account/second-factor/").place()).isEqualTo("/account/login/");
        }
    }

    @Test
    void recoveryCode_inPlaceOfTheDevice_worksOnce() throws Exception {
        try (Index index = Index.start(data, "2024-02-01T12:00:00Z")) {
            Person anna = new Person(index, "anna").registerWithTwoFactor();
            String code = anna.recoveryCodes().get(0);
            Browser browser = index.browser();
            browser.open("/account/login/").submit("/account/login/", "username", "anna", "password", anna.password());
            browser.submit("/account/second-factor/recovery-code/", "recovery", code);
            assertThat(browser.place()).isEqualTo("/manage/projects/");
            assertThat(browser.text()).contains("Recovery code accepted.");

            Browser again = index.browser();
            again.open("/account/login/").submit("/account/login/", "username", "anna", "password", anna.password());
            again.submit("/account/second-factor/recovery-code/", "recovery", code);
            assertThat(again.status()).isEqualTo(422);
        }
    }

    @Test
    void remove_lastApp_isRefusedSinceJuly2023AndWasAllowedBefore() throws Exception {
        try (Index index = Index.start(data, "2023-07-25T12:00:00Z")) {
            Person before = new Person(index, "before").registerWithTwoFactor();
            removeFirst(before);
            assertThat(before.browser().text()).contains("Authentication application removed");
            assertThat(index.browser().open("/outbox/").text()).contains("two-factor-removed");

            index.clock().set(java.time.Instant.parse("2023-07-26T12:00:00Z"));
            Person after = new Person(index, "after").registerWithTwoFactor();
            removeFirst(after);
            assertThat(after.browser().status()).isEqualTo(422);
            assertThat(after.browser().text()).contains("Cannot remove last 2FA method");
        }
    }

    private static void removeFirst(Person person) throws Exception {
        person.browser().open("/manage/account/two-factor/");
        person.browser().submit("/manage/account/two-factor/remove/", "password", "wrong as can be");
        assertThat(person.browser().text()).contains("Invalid credentials. Try again.");
        assertThat(person.browser().fieldOfTheError()).startsWith("f-password-");
        person.browser().submit("/manage/account/two-factor/remove/", "password", person.password());
    }

    /** Its page was opened before somebody removed it in another one. */
    @Test
    void remove_whatIsGone_saysSoAtAPlaceThatIsThere() throws Exception {
        try (Index index = Index.start(data, "2023-07-25T12:00:00Z")) {
            Person anna = new Person(index, "anna").registerWithTwoFactor();
            anna.browser().open("/manage/account/two-factor/");
            Map<String, String> form = anna.browser().hidden("/manage/account/two-factor/remove/");
            form.put("password", anna.password());
            anna.browser().post("/manage/account/two-factor/remove/", form);
            assertThat(anna.browser().text()).contains("Authentication application removed");
            anna.browser().post("/manage/account/two-factor/remove/", form);
            assertThat(anna.browser().text()).contains("There is no such second factor to delete.");
            assertThat(anna.browser().fieldOfTheError()).isEqualTo("f-factors");
            form.put("password", "wrong as can be");
            anna.browser().post("/manage/account/two-factor/remove/", form);
            assertThat(anna.browser().fieldOfTheError()).isEqualTo("f-factors");
        }
    }

    @Test
    void setUp_withoutUsedRecoveryCode_isRefusedEvenByPost() throws Exception {
        try (Index index = Index.start(data, "2024-02-01T12:00:00Z")) {
            Person anna = new Person(index, "anna").register();
            anna.browser().open("/manage/account/two-factor/totp/");
            assertThat(anna.browser().place()).startsWith("/manage/account/recovery-codes/");
            assertThat(anna.browser().text()).contains("Save your recovery codes and use one of them first.");

            String csrf = anna.browser().hidden("/account/logout/").get("csrf");
            anna.browser().post("/manage/account/two-factor/totp/", Map.of("csrf", csrf, "code", "123456"));
            assertThat(anna.browser().place()).startsWith("/manage/account/recovery-codes/");
        }
    }

    @Test
    void login_fromAnUnknownBrowserSinceNovember2025_needsTheMailedLinkInThatBrowser() throws Exception {
        try (Index index = Index.start(data, "2025-11-20T12:00:00Z")) {
            Person anna = new Person(index, "anna").registerWithTwoFactor();
            Person known = anna.at(index);
            known.logIn();
            assertThat(known.browser().text()).contains("Unrecognized device");
            String link = anna.link("/account/second-factor/confirm/");

            Browser thief = index.browser();
            thief.open(link).submit("/account/second-factor/confirm/");
            assertThat(thief.status()).isEqualTo(410);
            assertThat(thief.open("/manage/account/").place()).startsWith("/account/login/");

            known.browser().open(link).submit("/account/second-factor/confirm/");
            assertThat(known.browser().place()).isEqualTo("/manage/projects/");
            known.browser().submit("/account/logout/");
            known.logIn();
            assertThat(known.browser().place()).isEqualTo("/manage/projects/");
        }
    }

    @Test
    void login_inTheBrowserOfTheSetUp_needsNoMail() throws Exception {
        try (Index index = Index.start(data, "2025-11-20T12:00:00Z")) {
            Person anna = new Person(index, "anna").registerWithTwoFactor();
            anna.browser().submit("/account/logout/");
            anna.logIn();

            assertThat(anna.browser().place()).isEqualTo("/manage/projects/");
        }
    }

    @Test
    void otherSession_afterASetUp_mustProveTheNewFactor() throws Exception {
        try (Index index = Index.start(data, "2024-02-01T12:00:00Z")) {
            Person anna = new Person(index, "anna").register();
            Person elsewhere = anna.at(index).logIn();
            anna.browser().open("/manage/account/two-factor/");
            anna.setUpTwoFactor();

            elsewhere.browser().open("/manage/projects/");
            assertThat(elsewhere.browser().place()).startsWith("/account/reauthenticate/");
            assertThat(elsewhere.browser().body()).contains("name=\"code\"").doesNotContain("name=\"password\"");
            elsewhere.browser().submit("/account/reauthenticate/", "code", anna.nextCode());
            assertThat(elsewhere.browser().place()).isEqualTo("/manage/projects/");
        }
    }
}
