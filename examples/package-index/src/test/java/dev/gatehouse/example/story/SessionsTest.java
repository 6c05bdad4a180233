package dev.gatehouse.example.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logging in and staying so, and what others try with it. */
class SessionsTest {
    private static final String SESSION = "index-session";

    @TempDir
    Path data;

    private Index index;
    private Person anna;

    @BeforeEach
    void start() throws Exception {
        index = Index.start(data, "2024-02-01T12:00:00Z");
        anna = new Person(index, "anna").register();
    }

    @AfterEach
    void stop() {
        index.close();
    }

    @Test
    void logIn_unknownNameAndWrongPassword_areToldTheSame() throws Exception {
        String unknown = failedLogin("nobody");
        String wrong = failedLogin("anna");

        assertThat(unknown.replace("nobody", "anna"))
                .isEqualTo(wrong)
                .contains("The user name or the password is wrong.");
    }

    private String failedLogin(String name) throws Exception {
        Browser browser = index.browser().open("/account/login/");
        browser.submit("/account/login/", "username", name, "password", "wrong as can be");
        assertThat(browser.status()).isEqualTo(422);
        return browser.body().replaceAll("value=\"[A-Za-z0-9_-]{43}\"", "value=\"\"");
    }

    @Test
    void logIn_afterTenFailures_isLockedForEverybodyOfThatNameUntilTheWindowHasPassed() throws Exception {
        for (int i = 0; i < 10; i++) {
            failedLogin("anna");
        }
        Browser browser = index.browser().open("/account/login/");
        browser.submit("/account/login/", "username", "anna", "password", anna.password());
        assertThat(browser.status()).isEqualTo(429);
        assertThat(browser.header("Retry-After")).isEqualTo("300");
        assertThat(browser.text()).contains("You have been locked out for 5 minutes.");

        index.clock().advance(Duration.ofMinutes(5));
        assertThat(anna.at(index).logIn().browser().place()).startsWith("/manage/account/two-factor/");
    }

    @Test
    void logIn_always_givesTheSessionANewIdThatScriptsCannotRead() throws Exception {
        Browser browser = index.browser().open("/account/login/");
        Map<String, String> form = new HashMap<>(browser.hidden("/account/login/"));
        form.put("username", "anna");
        form.put("password", anna.password());
        HttpResponse<String> response = browser.send(browser.request("/account/login/")
                .header("Origin", index.address())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("csrf=" + form.get("csrf") + "&username=anna&password="
                        + anna.password().replace(' ', '+'))));

        assertThat(response.statusCode()).isEqualTo(303);
        assertThat(response.headers().allValues("Set-Cookie"))
                .anySatisfy(cookie -> assertThat(cookie)
                        .startsWith(SESSION + "=")
                        .contains("HttpOnly")
                        .contains("SameSite=Lax"));
        String first = browser.cookie(SESSION);
        index.clock().advance(Duration.ofMinutes(31));
        browser.open("/manage/account/").submit("/account/reauthenticate/", "password", anna.password());
        assertThat(browser.place()).isEqualTo("/manage/account/");
        assertThat(browser.cookie(SESSION)).isNotEqualTo(first);
    }

    @Test
    void session_thatSomebodyElseHasChosen_isNotTheOneOfTheLogin() throws Exception {
        String chosen = "node0abcdefabcdefabcdefabcdef0.node0";
        Browser browser = index.browser().open("/account/login/");
        HttpResponse<String> response = browser.send(browser.request("/account/login/")
                .header("Cookie", SESSION + "=" + chosen + "; index-visitor=" + browser.cookie("index-visitor"))
                .header("Origin", index.address())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "csrf=" + browser.hidden("/account/login/").get("csrf") + "&username=anna&password="
                                + anna.password().replace(' ', '+'))));

        assertThat(response.statusCode()).isEqualTo(303);
        assertThat(response.headers().allValues("Set-Cookie"))
                .anySatisfy(
                        cookie -> assertThat(cookie).startsWith(SESSION + "=").doesNotContain(chosen));
    }

    @Test
    void form_withoutTokenOrFromElsewhere_isRefused() throws Exception {
        Browser browser = anna.browser();
        browser.open("/manage/account/two-factor/");
        Map<String, String> form =
                Map.of("csrf", browser.hidden("/account/logout/").get("csrf"));

        browser.post("/account/logout/", Map.of());
        assertThat(browser.status()).isEqualTo(403);
        browser.post("/account/logout/", Map.of("csrf", "A".repeat(43)));
        assertThat(browser.status()).isEqualTo(403);
        for (String[] header : new String[][] {
            {"Origin", "https://evil.example"},
            {"Origin", "null"},
            {"Sec-Fetch-Site", "cross-site"},
            {"Sec-Fetch-Site", "same-site"}
        }) {
            HttpResponse<String> response = browser.send(browser.request("/account/logout/")
                    .header(header[0], header[1])
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString("csrf=" + form.get("csrf"))));
            assertThat(response.statusCode()).as(header[1]).isEqualTo(403);
        }
        browser.open("/manage/account/two-factor/");
        assertThat(browser.place()).isEqualTo("/manage/account/two-factor/");
        browser.submit("/account/logout/");
        assertThat(browser.open("/manage/account/").place()).startsWith("/account/login/");
    }

    @Test
    void token_ofAnotherSession_opensNoForm() throws Exception {
        Person other = new Person(index, "other").register();
        String theirs = other.browser().hidden("/account/logout/").get("csrf");

        anna.browser().post("/account/logout/", Map.of("csrf", theirs));

        assertThat(anna.browser().status()).isEqualTo(403);
    }

    @Test
    void changePassword_withTheOldOne_endsEveryOtherSession() throws Exception {
        Person elsewhere = anna.at(index).logIn();
        anna.browser().open("/manage/account/");
        anna.browser()
                .submit(
                        "/manage/account/password/",
                        "current",
                        "wrong as can be",
                        "password",
                        "another password",
                        "password2",
                        "another password");
        assertThat(anna.browser().text()).contains("Invalid credentials. Try again.");
        anna.browser()
                .submit(
                        "/manage/account/password/",
                        "current",
                        anna.password(),
                        "password",
                        "another password",
                        "password2",
                        "another password");
        assertThat(anna.browser().text()).contains("Your password is changed.");

        assertThat(elsewhere.browser().open("/manage/account/").place()).startsWith("/account/login/");
        assertThat(anna.browser().open("/manage/account/").place()).isEqualTo("/manage/account/");
        assertThat(index.browser().open("/outbox/").text()).contains("password-change");
    }

    @Test
    void session_notUsedForHalfADayOrAWeekOld_isOver() throws Exception {
        index.clock().advance(Duration.ofDays(7));

        assertThat(anna.browser().open("/manage/account/two-factor/").place()).startsWith("/account/login/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example/",
                "https://evil.example/",
                "/\\evil.example",
                "/%2f%2fevil.example/",
                "javascript:alert(1)",
                "/account/logout/",
                "/a/../../b"
            })
    void next_thatLeadsElsewhere_isIgnored(String next) throws Exception {
        Browser browser = index.browser().open("/account/login/");
        Map<String, String> form = new HashMap<>(browser.hidden("/account/login/"));
        form.put("username", "anna");
        form.put("password", anna.password());
        form.put("next", next);

        browser.post("/account/login/", form);

        assertThat(browser.way().get(1)).isEqualTo("/manage/projects/");
    }

    @Test
    void reauthenticate_withThePasswordOfSomebodyElse_isRefused() throws Exception {
        index.clock().advance(Duration.ofMinutes(30));
        anna.browser().open("/manage/account/");
        assertThat(anna.browser().place()).isEqualTo("/account/reauthenticate/?next=%2Fmanage%2Faccount%2F");

        anna.browser().submit("/account/reauthenticate/", "username", "other", "password", "not the password");

        assertThat(anna.browser().status()).isEqualTo(422);
        assertThat(anna.browser().open("/manage/account/").place()).startsWith("/account/reauthenticate/");
    }

    @Test
    void page_always_forbidsToBeFramedScriptedOrKept() throws Exception {
        anna.browser().open("/manage/account/");

        assertThat(anna.browser().header("Content-Security-Policy"))
                .contains("default-src 'none'")
                .contains("frame-ancestors 'none'");
        assertThat(anna.browser().header("Cache-Control")).contains("no-store");
        assertThat(anna.browser().header("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @Test
    void verificationLink_ofSomebodyElse_confirmsNothingAndStaysGoodForItsOwnerOnce() throws Exception {
        Browser other = index.browser().open("/account/register/");
        other.submit(
                "/account/register/",
                "username",
                "other",
                "email",
                "other@example.org",
                "password",
                "a long password",
                "password2",
                "a long password");
        String link = anna.link("/account/verify-email/confirm/");
        anna.browser().open(link).submit("/account/verify-email/confirm/");
        assertThat(anna.browser().status()).isEqualTo(410);
        other.open("/manage/projects/");
        assertThat(other.place()).startsWith("/account/verify-email/");
        assertThat(other.text()).contains("You must verify your **primary** email address");
        other.open(link).submit("/account/verify-email/confirm/");
        assertThat(other.text()).contains("The address other@example.org is confirmed.");
        other.open(link).submit("/account/verify-email/confirm/");
        assertThat(other.status()).isEqualTo(410);
    }

    /** The page that begins a session for whoever looks at it does so a bounded number of times for one address. */
    @Test
    void passkeyPage_openedByStrangersAgainAndAgain_beginsOnlySoManySessions() throws Exception {
        Browser first = index.browser().open("/account/passkey/");
        assertThat(first.status()).isEqualTo(200);
        for (int i = 1; i < 60; i++) {
            assertThat(index.browser().open("/account/passkey/").status()).isEqualTo(200);
        }

        Browser refused = index.browser().open("/account/passkey/");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.cookie(SESSION)).isEmpty();
        assertThat(first.open("/account/passkey/").status()).isEqualTo(200);
        index.clock().advance(Duration.ofMinutes(5));
        assertThat(refused.open("/account/passkey/").status()).isEqualTo(200);
    }
}
