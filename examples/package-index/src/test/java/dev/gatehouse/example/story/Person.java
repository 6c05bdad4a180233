package dev.gatehouse.example.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.totp.Totp;
import dev.gatehouse.totp.TotpParameters;
import dev.gatehouse.totp.TotpSecret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody with an account, doing in a browser what people do. */
public final class Person {
    private final Index index;
    private final String name;
    private final Browser browser;
    private String password = "correct horse battery";
    private TotpSecret secret;
    private List<String> codes = new ArrayList<>();

    public Person(Index index, String name) {
        this.index = index;
        this.name = name;
        this.browser = index.browser();
    }

    /** The same person, before an index that was started anew on the same data. */
    public Person at(Index later) {
        Person same = new Person(later, name);
        same.password = password;
        same.secret = secret;
        same.codes = codes;
        return same;
    }

    public Browser browser() {
        return browser;
    }

    public String name() {
        return name;
    }

    public String password() {
        return password;
    }

    public List<String> recoveryCodes() {
        return codes;
    }

    /** Registers, and follows the link in the mail. */
    public Person register() throws Exception {
        browser.open("/account/register/")
                .submit(
                        "/account/register/",
                        "username",
                        name,
                        "email",
                        name + "@example.org",
                        "password",
                        password,
                        "password2",
                        password);
        assertThat(browser.place()).isEqualTo("/account/verify-email/");
        browser.open(link("/account/verify-email/confirm/")).submit("/account/verify-email/confirm/");
        assertThat(browser.text()).contains("is confirmed.");
        return this;
    }

    /** The path of the newest link in the outbox that leads there. */
    public String link(String path) throws Exception {
        Browser reader = index.browser().open("/outbox/");
        return reader.find("href=\"" + index.address() + "(" + path + "[^\"]*)\"");
    }

    /** Registers and has a second factor. */
    public Person registerWithTwoFactor() throws Exception {
        register().browser().open("/manage/account/two-factor/");
        return setUpTwoFactor();
    }

    /** Logs in, with a code if one is asked for. */
    public Person logIn() throws Exception {
        browser.open("/account/login/").submit("/account/login/", "username", name, "password", password);
        if (browser.place().startsWith("/account/second-factor/")) {
            browser.submit("/account/second-factor/", "code", nextCode());
        }
        return this;
    }

    /** Types the password again where a page asks for it. */
    public Person confirmIfAsked() throws Exception {
        if (browser.place().startsWith("/account/reauthenticate/")) {
            if (browser.body().contains("name=\"code\"")) {
                browser.submit("/account/reauthenticate/", "password", password, "code", nextCode());
            } else {
                browser.submit("/account/reauthenticate/", "password", password);
            }
        }
        return this;
    }

    /** Makes recovery codes, uses one, and sets up an authenticator app; begins on the page about it. */
    public Person setUpTwoFactor() throws Exception {
        makeAndUseCodes();
        browser.open(browser.find("href=\"(/manage/account/two-factor/totp/[^\"]*)\""));
        assertThat(browser.body()).contains("<svg").contains("aria-label=\"QR code");
        hasApp(browser.find("<code class=\"secret\">([A-Z2-7 ]+)</code>"));
        browser.submit("/manage/account/two-factor/totp/", "label", "Phone", "code", nextCode());
        assertThat(browser.text()).contains("Authentication application successfully set up.");
        return this;
    }

    /** Makes recovery codes and uses one of them; begins on the page about two factors. */
    public Person makeAndUseCodes() throws Exception {
        assertThat(browser.place()).startsWith("/manage/account/two-factor/");
        browser.open(browser.find("href=\"(/manage/account/recovery-codes/[^\"]*)\""))
                .submit("/manage/account/recovery-codes/", "password", password);
        Matcher code = Pattern.compile("<li><code>([0-9a-f]{16})</code></li>").matcher(browser.body());
        while (code.find()) {
            codes.add(code.group(1));
        }
        assertThat(codes).hasSize(8);
        browser.open(browser.find("href=\"(/manage/account/recovery-codes/use/[^\"]*)\""))
                .submit("/manage/account/recovery-codes/use/", "code", codes.remove(0));
        assertThat(browser.text()).contains("Recovery code accepted.");
        return this;
    }

    public Person hasPassword(String other) {
        password = other;
        return this;
    }

    public Person hasCodes(List<String> written) {
        codes = new ArrayList<>(written);
        return this;
    }

    /** One recovery code, which is then used. */
    public String takeCode() {
        return codes.remove(0);
    }

    /** Has an app with this secret, in Base32 and perhaps in groups. */
    public Person hasApp(String base32) {
        secret = TotpSecret.fromBase32(base32);
        return this;
    }

    /** The code that the app shows; time moves on so that it is one that was not used before. */
    public String nextCode() {
        index.clock().advance(Duration.ofSeconds(30));
        return Totp.codeAt(secret, TotpParameters.standard(), index.now());
    }

    /** Makes a token; begins wherever the browser is. */
    public String makeToken(String label, String scope) throws Exception {
        browser.open("/manage/account/tokens/");
        confirmIfAsked();
        browser.submit("/manage/account/tokens/", "name", label, "scope", scope);
        return browser.find("<code class=\"secret\" id=\"token\">([^<]+)</code>");
    }
}
