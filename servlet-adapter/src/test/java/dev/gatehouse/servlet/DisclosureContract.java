package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.issuer.FakeDisclosureOrigin.Report;
import dev.gatehouse.token.MintRequest;
import dev.gatehouse.token.Minting.Minted;
import dev.gatehouse.token.Requester;
import dev.gatehouse.token.TokenContext;
import dev.gatehouse.token.TokenOwner;
import dev.gatehouse.token.VerifiedToken;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reports of leaked tokens over HTTP: statuses, empty bodies, bytes as they came, and no difference that tells anything. */
abstract class DisclosureContract {
    private final PublishingApp app = new PublishingApp();
    private final Container container = container();
    private int port;

    abstract Container container();

    @BeforeEach
    void start() throws Exception {
        port = container.start(new Container.App("", app.filter(), app));
    }

    @AfterEach
    void stop() throws Exception {
        container.stop();
    }

    private String mint(String name) {
        TokenOwner alice = TokenOwner.account("id-alice");
        return ((Minted) app.tokens.mint(
                        MintRequest.builder(alice, app.tokens.ownerState(alice).version(), Requester.of("test"))
                                .name(name)
                                .build()))
                .secret();
    }

    private boolean isLive(String token) {
        return app.tokens.verify(token, TokenContext.withoutProject()) instanceof VerifiedToken;
    }

    private Wire.Response send(String path, Report report, String... more) {
        List<String> headers = new ArrayList<>(List.of(more));
        report.headers().forEach((name, value) -> headers.add(name + ": " + value));
        return Wire.send(port, "POST", path, headers, new String(report.body(), StandardCharsets.UTF_8));
    }

    private Wire.Response send(Report report) {
        return send("/_/secrets/disclose-token", report);
    }

    /** All of an answer but its date. */
    private static List<String> visible(Wire.Response response) {
        List<String> all = new ArrayList<>(response.headers());
        all.removeIf(header -> header.startsWith("Date:"));
        all.add(response.statusLine());
        all.add(response.body());
        return all;
    }

    private static void assertEmpty(Wire.Response response, int status) {
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.body()).isEmpty();
        assertThat(response.header("Content-Type")).isEmpty();
        assertThat(response.header("Cache-Control")).contains("no-store");
    }

    @Test
    void report_ofALiveToken_revokesItOnBothPaths() {
        for (String path : List.of("/_/secrets/disclose-token", "/_/github/disclose-token")) {
            String token = mint("for " + path);
            assertEmpty(send(path, app.scanner.report(token)), 204);
            assertThat(isLive(token)).isFalse();
        }
    }

    @Test
    void report_whateverItsToken_isAnsweredAlike() {
        String token = mint("token");
        String forged = token.substring(0, token.length() - 8) + "AAAAAAAA";
        List<String> first = visible(send(app.scanner.report("pypi-unknown")));

        assertThat(visible(send(app.scanner.report(forged)))).isEqualTo(first);
        assertThat(isLive(token)).isTrue();
        assertThat(visible(send(app.scanner.report(token)))).isEqualTo(first);
        assertThat(visible(send(app.scanner.report(token)))).isEqualTo(first);
        assertThat(isLive(token)).isFalse();
    }

    /** Whatever a container might do to a form, a body of odd white space or other letters: the bytes are what is signed. */
    @Test
    void report_ofAnyContentType_isVerifiedOverItsBytes() {
        for (String type : List.of("application/x-www-form-urlencoded", "text/plain; charset=iso-8859-1", "x")) {
            String token = mint("for " + type);
            Report report = app.scanner.sign(
                    "\r\n[ {\"token\":\"" + token
                            + "\",\"type\":\"pypi_api_token\",\"url\":\"https://\u00e9.example/?a=1&b=%20\",\"_method\":\"x\"}\t] \n");
            assertEmpty(
                    send(
                            "/_/secrets/disclose-token",
                            report,
                            "Content-Type: " + type,
                            "Cookie: sid=alice",
                            "Authorization: Basic junk",
                            "Origin: https://other.example",
                            "Sec-Fetch-Site: cross-site"),
                    204);
            assertThat(isLive(token)).as(type).isFalse();
        }
        assertThat(app.index.host.calls).isEmpty();
    }

    @Test
    void report_thatIsNone_isRefusedWithAnEmptyBody() {
        Report report = app.scanner.report(mint("token"));

        assertEmpty(Wire.send(port, "POST", "/_/secrets/disclose-token", List.of(), "[]"), 404);
        assertEmpty(send(report.withBody("[]".getBytes(StandardCharsets.UTF_8))), 400);
        assertEmpty(send(app.scanner.sign("{}")), 400);
        assertEmpty(send(app.scanner.sign("[" + " ".repeat(1 << 20) + "]")), 413);
        List<String> twice = new ArrayList<>();
        report.headers().forEach((name, value) -> twice.addAll(List.of(name + ": " + value, name + ": " + value)));
        assertEmpty(
                Wire.send(
                        port,
                        "POST",
                        "/_/secrets/disclose-token",
                        twice,
                        new String(report.body(), StandardCharsets.UTF_8)),
                400);
        assertThat(Wire.send(port, "GET", "/_/secrets/disclose-token", List.of(), "")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void report_thatCannotBeDealtWith_isToBeSentAgain() {
        String token = mint("token");
        Report report = app.scanner.report(token);
        app.scanner.down();
        Wire.Response later = send(report);
        assertEmpty(later, 503);
        assertThat(later.header("Retry-After")).isEqualTo("60");
        app.scanner.up();
        app.index.clock.advance(java.time.Duration.ofMinutes(1));
        app.unrecordable = "account:api_token:removed_leak";
        Wire.Response failed = send(report);
        assertEmpty(failed, 503);
        assertThat(failed.header("Retry-After")).isEqualTo("60");
        assertThat(isLive(token)).isTrue();
        app.unrecordable = "";
        assertEmpty(send(report), 204);
        assertThat(isLive(token)).isFalse();
    }
}
