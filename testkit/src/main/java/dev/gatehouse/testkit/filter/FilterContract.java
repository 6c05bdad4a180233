package dev.gatehouse.testkit.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.testkit.token.ForgedToken;
import dev.gatehouse.testkit.token.Forgery;
import dev.gatehouse.testkit.token.TokenForge;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * What holds of an index behind its filter, whatever the container, the layout and the host's own code: seen over HTTP alone. A JUnit
 * test class extends it and describes the running host; starting and stopping it is the subclass's.
 *
 * <p>It sends some hundreds of requests, of which a few succeed.
 */
public abstract class FilterContract extends FilterPaths {
    /** What PyPI answers an upload by password, as twine and others look for it. */
    public static final String PYPI_PHRASE = "an API Token or Trusted Publisher must be used to upload";

    /** For subclasses. */
    protected FilterContract() {}

    // One carrier for each path

    @Test
    final void page_withoutASession_isRefused() {
        assertRefused(host().page(), "there is no session");
        assertRefused(host().page().with("Cookie: sid=nobody; session=nobody"), "the session is nobody's");
    }

    @Test
    final void page_withoutTwoFactorAuthentication_isRefused() {
        assertRefused(
                host().page().with(credentials().sessionWithoutFactor()), "the user has no two-factor authentication");
    }

    @Test
    final void authorization_onABrowsersPath_isNotRead() {
        assertRefused(host().page().with(credentials().token()), "a token is no session");
        assertRefused(host().page().with(credentials().password()), "a password is no session");
        assertRefused(
                host().page()
                        .with(
                                credentials().sessionWithoutFactor(),
                                credentials().token()),
                "a token does not replace a second factor");
    }

    @Test
    final void cookie_onAnUploadPath_isNotRead() {
        assertRefused(host().upload(), "there is no credential");
        assertRefused(host().upload().with(credentials().session()), "cookies are not read there");
    }

    /** A credential that is there and does not hold is refused, and no session takes its place. */
    @Test
    final void badAuthorization_onAnUploadPath_isRefusedWhateverElseIsThere() {
        for (String bad : bad()) {
            String line = "Authorization: " + bad;
            assertRefused(host().upload().with(line), "the credential is bad");
            assertRefused(host().upload().with(line, credentials().session()), "a session is no replacement");
            assertRefused(host().upload().with(credentials().token(), line), "there are two credentials");
            assertRefused(host().upload().with(line, credentials().token()), "there are two credentials");
        }
    }

    private static List<String> bad() {
        return List.of(
                "Bearer garbage",
                "Bearer",
                "Basic",
                "Basic not!base64",
                "Basic dGVzdDoxMjOj",
                "Digest username=\"alice\"",
                basic("__token__", "garbage"),
                basic("__token__", "pypi" + "-AAAA"),
                basic("", ""));
    }

    private static String basic(String user, String secret) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }

    /** Where the token is a macaroon in {@code Basic}: one of each kind of forgery. */
    @Test
    final void forgedToken_onAnUploadPath_isRefused() {
        String token = secret(credentials().token());
        assumeTrue(isMacaroon(token), "the token is no macaroon");
        TokenForge forge = TokenForge.of(token);
        Arrays.stream(Forgery.Kind.values())
                // A header layer strips white space; what it strips is no forgery.
                .filter(kind -> kind != Forgery.Kind.WHITE_SPACE
                        && kind != Forgery.Kind.TOO_MANY_CAVEATS
                        && kind != Forgery.Kind.OVER_LONG_CAVEAT)
                .forEach(kind -> {
                    ForgedToken forged = forge.forged(new Forgery(kind, 0));
                    assertRefused(
                            host().upload().with("Authorization: " + basic("__token__", forged.text())), forged.how());
                });
    }

    private static boolean isMacaroon(String token) {
        try {
            TokenForge.of(token);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The secret in a header line of {@code Basic}, or an empty text. */
    private static String secret(String line) {
        String value = line.substring(line.indexOf(':') + 1).strip();
        if (!value.regionMatches(true, 0, "Basic ", 0, 6)) {
            return "";
        }
        String pair = new String(Base64.getDecoder().decode(value.substring(6).strip()), StandardCharsets.UTF_8);
        return pair.substring(pair.indexOf(':') + 1);
    }

    @Test
    final void upload_byPassword_isRefused() {
        FilterAnswer answer =
                assertRefused(host().upload().with(credentials().password()), "a password uploads nothing");

        assertThat(answer.status()).isBetween(400, 499);
        if (host().isPypi()) {
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.body()).contains(PYPI_PHRASE);
        }
    }

    // Changes with a session

    @Test
    final void change_fromTheIndexsOwnPage_passes() {
        assertReached(change().with(credentials().session(), "Sec-Fetch-Site: same-origin", own()));
    }

    @Test
    final void change_fromAnotherSite_isRefused() {
        FilterRequest change = change().with(credentials().session());
        for (String from : List.of(
                "Origin: http://evil.example",
                "Origin: null",
                own() + ".evil.example",
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site")) {
            assertRefused(change.with(from), from);
        }
        assertRefused(change().with(own(), "Sec-Fetch-Site: same-origin"), "a change needs a session");
    }

    /** A form of another site can send plain text unasked, and no JSON. */
    @Test
    final void change_thatIsJson_isRefusedAsAnythingElse() {
        FilterRequest change = change();
        assumeTrue(
                change.headers().stream()
                        .anyMatch(line -> line.toLowerCase(Locale.ROOT).contains("json")),
                "the change is a form");
        FilterRequest plain = new FilterRequest(change.method(), change.target(), List.of(), change.body())
                .with(credentials().session(), own());
        assertRefused(plain, "it has no content type");
        assertRefused(plain.with("Content-Type: text/plain"), "it is plain text");
        assertRefused(plain.with("Content-Type: application/x-www-form-urlencoded"), "it is a form");
        assertRefused(change.with(credentials().session()), "it does not say where it comes from");
    }

    private FilterRequest change() {
        FilterRequest change = host().change();
        assumeTrue(change != null, "the host tells of no change");
        return Objects.requireNonNull(change);
    }

    private String own() {
        return "Origin: http://" + host().base().getRawAuthority();
    }

    // What is told, and to whom

    /** Before the credential holds all are told the same, and nothing of anybody. */
    @Test
    final void refusal_beforeACredentialHolds_tellsNothingOfTheAccount() {
        List<FilterAnswer> answers = List.of(
                send(host().upload().with("Authorization: Bearer garbage")),
                send(host().upload().with("Authorization: " + basic("__token__", "garbage"))),
                send(host().upload()),
                send(host().page()),
                send(host().page().with(credentials().token())),
                send(host().upload().with(credentials().session())),
                send(host().upload().with(credentials().password())),
                send(FilterRequest.get(host().unlisted())));
        for (FilterAnswer answer : answers) {
            for (String word : host().secrets()) {
                assertThat(answer.body() + answer.headers() + answer.reason())
                        .as("told with %d", answer.status())
                        .doesNotContain(word);
            }
        }
        String token = secret(credentials().token());
        if (isMacaroon(token)) {
            FilterAnswer known = send(host().upload()
                    .with("Authorization: "
                            + basic(
                                    "__token__",
                                    TokenForge.of(token)
                                            .forged(new Forgery(Forgery.Kind.FLIPPED_SIGNATURE_BIT, 0))
                                            .text())));
            assertThat(known.status()).isEqualTo(answers.get(1).status());
            assertThat(known.body())
                    .as("a token of somebody with a wrong signature, and one of nobody")
                    .isEqualTo(answers.get(1).body());
        }
    }

    @Test
    final void answer_thatDependsOnTheCaller_isNotStored() {
        for (FilterRequest request : List.of(
                pageOfSession(),
                host().page(),
                host().page().with(credentials().sessionWithoutFactor()),
                host().upload().with(credentials().password()))) {
            FilterAnswer answer = send(request);
            assertThat(String.join(",", answer.all("Cache-Control")))
                    .as("Cache-Control of the answer to %s, %d", request, answer.status())
                    .containsAnyOf("no-store", "private");
        }
    }

    /** What the one before was says nothing of the next, on one connection. */
    @Test
    final void requests_onOneConnection_areApart() {
        try (Wire wire = host().connect()) {
            for (int round = 0; round < 3; round++) {
                assertThat(reached(wire, pageOfSession())).as("with a session").isTrue();
                assertThat(reached(wire, host().page()))
                        .as("without, behind it")
                        .isFalse();
                assertThat(reached(wire, host().page().with(credentials().sessionWithoutFactor())))
                        .as("without a factor, behind it")
                        .isFalse();
                assertThat(reached(wire, host().publicRead()))
                        .as("a public read")
                        .isTrue();
                assertThat(reached(wire, host().page()))
                        .as("without, behind it")
                        .isFalse();
            }
        }
    }

    private boolean reached(Wire wire, FilterRequest request) {
        FilterAnswer answer = wire.send(request);
        assertThat(answer.header("Connection"))
                .as("the host keeps the connection of %s, %d", request, answer.status())
                .isNotEqualToIgnoringCase("close");
        return host().hasReached(answer);
    }
}
