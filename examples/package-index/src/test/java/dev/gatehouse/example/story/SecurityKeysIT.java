package dev.gatehouse.example.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.virtualauthenticator.Credential;
import org.openqa.selenium.virtualauthenticator.VirtualAuthenticator;
import org.openqa.selenium.virtualauthenticator.VirtualAuthenticatorOptions;

/** Security keys and passkeys in a real browser, with the authenticator that its driver has. */
class SecurityKeysIT {
    @TempDir
    Path data;

    @BeforeAll
    static void chromiumIsThere() {
        Chromium.require();
    }

    private static VirtualAuthenticator plugIn(Chromium browser) {
        return browser.driver()
                .addVirtualAuthenticator(new VirtualAuthenticatorOptions()
                        .setProtocol(VirtualAuthenticatorOptions.Protocol.CTAP2)
                        .setTransport(VirtualAuthenticatorOptions.Transport.USB)
                        .setHasResidentKey(true)
                        .setHasUserVerification(true)
                        .setIsUserVerified(true));
    }

    private static Chromium password(Chromium browser, Person person) {
        browser.open("/account/login/").type("User name", person.name()).type("Password", person.password());
        return browser.submit();
    }

    /** Somebody with recovery codes, one of them used, on the page of the set-up. */
    private static void prepare(Chromium browser, Person person) throws Exception {
        person.register();
        password(browser, person).says("Log out");
        browser.open("/manage/account/two-factor/").press("Make recovery codes");
        browser.type("Password", person.password()).press("Make recovery codes").says("shown this once");
        person.hasCodes(browser.driver().findElements(By.cssSelector(".codes code")).stream()
                .map(WebElement::getText)
                .toList());
        browser.press("I have them; use one code")
                .type("One of your recovery codes", person.takeCode())
                .press("Use this code");
    }

    private static Chromium addKey(Chromium browser, String label) {
        return browser.type("Name of the key", label)
                .press("Set up the key")
                .says("Security device successfully set up.");
    }

    private static Chromium logOut(Chromium browser) {
        return browser.press("Log out").says("Register");
    }

    private static void remove(Chromium browser, String label, Person person) {
        browser.driver()
                .findElement(By.xpath("//li[h2='" + label + "']//summary"))
                .click();
        browser.type("Password", person.password())
                .element("details[open] button")
                .click();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ES256", "EDDSA", "RS256"})
    void key_ofEachAlgorithm_isSetUpAndLogsIn(String algorithm) throws Exception {
        try (Index index = Index.start(data, "2024-02-01T12:00:00Z", "--key-algorithms", algorithm);
                Chromium browser = Chromium.before(index, "key-" + algorithm)) {
            VirtualAuthenticator key = plugIn(browser);
            Person anna = new Person(index, "anna");
            prepare(browser, anna);
            browser.keep("two-factor").press("Set up a key or passkey").keep("set-up");
            addKey(browser, "Blue key").keep("listed");
            assertThat(key.getCredentials()).singleElement().satisfies(stored -> {
                assertThat(stored.getRpId()).isEqualTo("localhost");
                assertThat(stored.isResidentCredential()).isTrue();
            });

            logOut(browser);
            password(browser, anna).isAt("/account/second-factor/").keep("second-factor");
            browser.press("Use your key").says("Your projects").isAt("/manage/projects/");

            browser.press("Log out")
                    .press("Log in")
                    .keep("log-in")
                    .press("Log in with a passkey")
                    .keep("passkey");
            browser.press("Use a passkey").says("You have no project yet").isAt("/manage/projects/");
            assertThat(index.browser().open("/outbox/").text()).contains("a security device (\"Blue key\")");
        }
    }

    @Test
    void keys_twoOfThem_areListedRemovedAndTheLastOneStays() throws Exception {
        try (Index index = Index.start(data, "2024-02-01T12:00:00Z");
                Chromium browser = Chromium.before(index, "two-keys")) {
            VirtualAuthenticator first = plugIn(browser);
            Person anna = new Person(index, "anna");
            prepare(browser, anna);
            addKey(browser.press("Set up a key or passkey"), "Blue key");
            browser.press("Add a key or passkey")
                    .type("Name of the key", "Again")
                    .press("Set up the key");
            browser.says("This key is set up already.").keep("same-key");

            first.removeAllCredentials();
            browser.driver().removeVirtualAuthenticator(first);
            plugIn(browser);
            browser.open("/manage/account/two-factor/key/")
                    .type("Name of the key", "Blue key")
                    .press("Set up the key");
            browser.says("already in use").keep("same-label");
            addKey(browser, "Green key")
                    .keep("two-keys")
                    .width(400)
                    .keep("two-keys-narrow")
                    .width(1100);

            remove(browser, "Blue key", anna);
            browser.says("Security device removed.").keep("removed");
            remove(browser, "Green key", anna);
            browser.says("Cannot remove last 2FA method").keep("last-one-stays");
            browser.press("Known browsers").says("this browser").keep("devices");
            browser.press("End all other sessions").says("All your other sessions are over.");

            logOut(browser);
            password(browser, anna).press("Use your key").says("You have no project yet");
        }
    }

    @Test
    void key_thatIsLost_isReplacedByWayOfARecoveryCode() throws Exception {
        try (Index index = Index.start(data, "2024-02-01T12:00:00Z");
                Chromium browser = Chromium.before(index, "lost-key")) {
            VirtualAuthenticator lost = plugIn(browser);
            Person anna = new Person(index, "anna");
            prepare(browser, anna);
            addKey(browser.press("Set up a key or passkey"), "Blue key");
            logOut(browser);
            lost.removeAllCredentials();
            browser.driver().removeVirtualAuthenticator(lost);
            plugIn(browser);

            password(browser, anna)
                    .press("Use your key")
                    .says("Nothing was chosen in time")
                    .keep("no-such-key");
            browser.press("You do not have your device?").keep("recovery-code");
            browser.type("Recovery code", anna.takeCode()).press("Use a recovery code");
            browser.says("Recovery code accepted.").keep("recovered");
            addKey(browser.open("/manage/account/two-factor/").press("Add a key or passkey"), "New key");
            remove(browser, "Blue key", anna);
            browser.says("Security device removed.");
            logOut(browser);
            password(browser, anna).press("Use your key").says("You have no project yet");
        }
    }

    @Test
    void key_ofAnotherSite_isNotOffered() throws Exception {
        try (Index index = Index.start(data, "2024-02-01T12:00:00Z");
                Chromium browser = Chromium.before(index, "foreign-key")) {
            VirtualAuthenticator key = plugIn(browser);
            Person anna = new Person(index, "anna");
            prepare(browser, anna);
            addKey(browser.press("Set up a key or passkey"), "Blue key");
            Credential own = key.getCredentials().get(0);
            key.removeAllCredentials();
            key.addCredential(Credential.createResidentCredential(
                    own.getId(), "evil.example", own.getPrivateKey(), own.getUserHandle(), own.getSignCount()));
            logOut(browser);
            password(browser, anna).press("Use your key").says("Nothing was chosen in time");
            assertThat(browser.place()).startsWith("/account/second-factor/");

            Map<String, Object> answer = foreignAnswer(browser);
            assertThat(answer).containsEntry("error", "SecurityError");
        }
    }

    /** A page of this index cannot ask for another site's keys: the browser refuses. */
    @SuppressWarnings("unchecked")
    private static Map<String, Object> foreignAnswer(Chromium browser) {
        return (Map<String, Object>) browser.driver().executeAsyncScript("""
                const done = arguments[0];
                navigator.credentials.get({ publicKey: { challenge: new Uint8Array(32), rpId: 'evil.example' } })
                  .then(() => done({ error: 'none' })).catch(e => done({ error: e.name }));
                """);
    }

    @Test
    void everything_withoutScript_worksWithAnApp() throws Exception {
        try (Index index = Index.start(data, "2024-02-01T12:00:00Z");
                Chromium browser = Chromium.before(index, "no-script")) {
            browser.script(false);
            Person anna = new Person(index, "anna");
            anna.register();
            password(browser, anna).says("Log out");
            browser.open("/manage/account/two-factor/").press("Make recovery codes");
            browser.type("Password", anna.password())
                    .press("Make recovery codes")
                    .says("shown this once")
                    .keep("codes");
            String code = browser.element(".codes code").getText();
            browser.press("I have them; use one code")
                    .type("One of your recovery codes", code)
                    .press("Use this code")
                    .press("Set up a key or passkey")
                    .says("Security keys and passkeys need JavaScript")
                    .keep("key");
            browser.open("/manage/account/two-factor/totp/");
            anna.hasApp(browser.element("code.secret").getDomProperty("textContent"));
            browser.type("Type the code that the app shows", anna.nextCode())
                    .press("Switch on two-factor authentication")
                    .says("successfully set up");
            logOut(browser);
            password(browser, anna)
                    .type("Code", anna.nextCode())
                    .press("Log in")
                    .isAt("/manage/projects/");
        }
    }
}
