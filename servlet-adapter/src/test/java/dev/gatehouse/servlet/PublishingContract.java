package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.policy.Fact;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.CredentialKind;
import dev.gatehouse.testkit.issuer.FakeIssuer;
import dev.gatehouse.token.OwnerState;
import dev.gatehouse.token.TokenOwner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The endpoints of trusted publishing over HTTP: PyPI's answers row by row, and a token from its exchange to its upload and its end. */
abstract class PublishingContract {
    static final String AUDIENCE = "/_/oidc/audience";
    static final String MINT = "/_/oidc/mint-token";
    static final String OLD_MINT = "/_/oidc/github/mint-token";

    private final PublishingApp app = new PublishingApp();
    private final Container container = container();
    private int port;

    abstract Container container();

    @BeforeEach
    void start() throws Exception {
        PublishingApp.GITHUB.behave(FakeIssuer.Behaviour.GOOD);
        port = container.start(new Container.App("", app.filter(), app));
    }

    @AfterEach
    void stop() throws Exception {
        container.stop();
    }

    Wire.Response post(String path, String body, String... headers) {
        return Wire.send(port, "POST", path, List.of(headers), body);
    }

    private Wire.Response mint(String token, String... headers) {
        return post(MINT, "{\"token\":\"" + token + "\"}", headers);
    }

    /** A container may send a body in chunks. */
    private static JsonNode json(Wire.Response response) {
        assertThat(response.header("Content-Type")).startsWith("application/json");
        assertThat(response.header("Cache-Control")).contains("no-store");
        String body = response.body();
        return JsonMapper.shared().readTree(body.substring(body.indexOf('{'), body.lastIndexOf('}') + 1));
    }

    /** Status, code and description of a refusal in PyPI's form. */
    private static String refusal(Wire.Response response) {
        JsonNode json = json(response);
        assertThat(json.propertyNames()).containsExactlyInAnyOrder("message", "errors");
        assertThat(json.get("message").asString()).isEqualTo("Token request failed");
        assertThat(json.get("errors").size()).isEqualTo(1);
        JsonNode error = json.get("errors").get(0);
        assertThat(error.propertyNames()).containsExactlyInAnyOrder("code", "description");
        return response.status() + " " + error.get("code").asString() + ": "
                + error.get("description").asString();
    }

    private String minted(Wire.Response response) {
        assertThat(response.status()).as(response.body()).isEqualTo(200);
        JsonNode json = json(response);
        assertThat(json.propertyNames()).containsExactlyInAnyOrder("success", "token", "expires");
        assertThat(json.get("success").isBoolean() && json.get("success").asBoolean())
                .isTrue();
        assertThat(json.get("expires").asLong())
                .isEqualTo(app.index.clock.instant().getEpochSecond() + 900);
        return json.get("token").asString();
    }

    @Test
    void audience_always_isThatOfIdentityTokens() {
        Wire.Response response = Wire.send(port, "GET", AUDIENCE, List.of(), "");

        assertThat(response.status()).isEqualTo(200);
        assertThat(json(response).toString()).isEqualTo("{\"audience\":\"index.test\"}");
        assertThat(Wire.send(port, "HEAD", AUDIENCE, List.of(), "").status()).isEqualTo(200);
        app.enabled = false;
        Wire.Response off = Wire.send(port, "GET", AUDIENCE, List.of(), "");
        assertThat(off.status()).isEqualTo(403);
        assertThat(json(off).toString()).isEqualTo("{\"message\":\"Trusted publishing functionality not enabled\"}");
    }

    /** PyPI's own list of bodies, and a few that it takes. */
    @Test
    void body_thatIsNoTokenRequest_isInvalid() {
        for (String body : List.of(
                "",
                "[]",
                "\"string\"",
                "12345",
                "3.14",
                "null",
                "{}",
                "{\"token\":null}",
                "{\"wrongkey\":\"\"}",
                "{\"token\":3.14}",
                "{\"token\":0}",
                "{\"token\":[\"\"]}",
                "{\"token\":[]}",
                "{\"token\":{}}",
                "{\"token\":\"a\",\"token\":\"b\"}",
                "{\"token\":\"a\"} x",
                "{\"token\":\"a\"",
                "{'token':'a'}",
                "{\"token\":\"a\",\"project\":7}",
                "{\"token\":\"a\",\"project\":null}",
                "{\"token\":\"a\",\"project\":[\"foo\"]}")) {
            for (String path : List.of(MINT, OLD_MINT)) {
                assertThat(refusal(post(path, body))).as(body).startsWith("422 invalid-payload: ");
            }
        }
        assertThat(app.events.stream().map(event -> event.tag())).containsOnly(AuditTag.PUBLISHER_ADDED);
    }

    @Test
    void body_thatIsTooLong_isRefusedAndNotRead() {
        assertThat(refusal(mint("x".repeat(1 << 16)))).startsWith("413 invalid-payload: ");
        assertThat(refusal(mint("x".repeat((1 << 16) - 12)))).isEqualTo("422 invalid-payload: malformed JWT");
    }

    @Test
    void token_thatIsNoGoodIdentityToken_isRefusedInPypisWords() {
        String issuer = "eyJhbGciOiJSUzI1NiIsImtpZCI6IngifQ.";
        assertThat(refusal(mint("not-a-jwt"))).isEqualTo("422 invalid-payload: malformed JWT");
        assertThat(refusal(mint(issuer + "e30.AAAA"))).isEqualTo("422 invalid-payload: malformed JWT");
        assertThat(refusal(mint(app.run("octo-repo")
                        .claim("iss", "https://other.example")
                        .sign())))
                .isEqualTo("422 invalid-payload: unknown trusted publishing issuer");
        assertThat(refusal(mint(app.run("octo-repo").claim("aud", "pypi").sign())))
                .isEqualTo("422 invalid-token: malformed or invalid token");
        assertThat(refusal(mint(
                        app.run("octo-repo").claim("aud", List.of("index.test")).sign())))
                .isEqualTo("422 invalid-token: malformed or invalid token");
        String good = app.run("octo-repo").sign();
        assertThat(refusal(mint(good.substring(0, good.lastIndexOf('.') + 1) + "AAAA")))
                .isEqualTo("422 invalid-token: malformed or invalid token");
        assertThat(refusal(mint(app.run("other").sign())))
                .startsWith("422 invalid-publisher: valid token, but no corresponding publisher (");
        assertThat(app.store.tokens().ownerState(TokenOwner.account("id-alice")))
                .isEqualTo(OwnerState.INITIAL);
        assertThat(app.index.decided).isEmpty();
    }

    @Test
    void token_thatWasExchanged_isRefusedTheSecondTime() {
        String token = app.run("octo-repo").sign();

        minted(mint(token));
        assertThat(refusal(mint(token))).isEqualTo("422 invalid-reuse-token: invalid token: already used");
        assertThat(refusal(post(OLD_MINT, "{\"token\":\"" + token + "\"}")))
                .isEqualTo("422 invalid-reuse-token: invalid token: already used");
    }

    /** PyPI asks for no content type, ignores further members, and never looks at cookies or Authorization here. */
    @Test
    void request_withWhatDoesNotMatter_isTakenAllTheSame() {
        for (String path : List.of(MINT, OLD_MINT)) {
            minted(post(
                    path,
                    "{\"more\":[1,{\"a\":null}],\"token\":\""
                            + app.run("octo-repo").sign() + "\"}",
                    "Content-Type: application/x-www-form-urlencoded",
                    "Cookie: sid=alice",
                    "Authorization: Basic bm90OnJlYWQ=",
                    "Origin: https://other.example",
                    "Sec-Fetch-Site: cross-site"));
        }
        assertThat(app.index.host.calls).doesNotContain("session").noneMatch(call -> call.startsWith("account"));
        assertThat(app.index.events).isEmpty();
    }

    @Test
    void request_forOneProject_getsATokenForItAlone() {
        String body = "{\"token\":\"%s\",\"project\":\"%s\"}";

        assertThat(refusal(post(MINT, body.formatted(app.run("octo-repo").sign(), "locked"))))
                .startsWith("422 invalid-publisher: ");
        minted(post(MINT, body.formatted(app.run("octo-repo").sign(), "foo")));
    }

    @Test
    void publishing_thatIsOff_isSaid() {
        app.enabled = false;

        assertThat(refusal(mint(app.run("octo-repo").sign())))
                .isEqualTo("422 not-enabled: trusted publishing functionality not enabled");
        assertThat(refusal(post(MINT, "{}"))).startsWith("422 invalid-payload: ");
    }

    /** The policy is asked for the project, with what will be recorded of the run, and its listener is told. */
    @Test
    void exchange_thatThePolicyRefuses_isRefusedWithItsReason() {
        assertThat(refusal(mint(app.run("locked").sign()))).isEqualTo("422 not-permitted: the locked is <locked>.");

        assertThat(app.index.decided).hasSize(1);
        var asked = app.index.decided.get(0).request();
        assertThat(asked.action()).isEqualTo(Action.PUBLISH_EXCHANGE);
        assertThat(asked.credential().kind()).isEqualTo(CredentialKind.TRUSTED_PUBLISHER);
        assertThat(asked.run().provider()).isEqualTo(Fact.of("github"));
        assertThat(asked.run().event()).isEqualTo(Fact.of("push"));
        assertThat(asked.run().ref()).isEqualTo(Fact.of("tag"));
        assertThat(asked.run().flags()).isEqualTo(Fact.of(Set.of("ref-protected", "self-hosted-runner")));
        assertThat(asked.project().id()).isEqualTo(Fact.of("id-locked"));
        assertThat(app.store.publishers().ofProject("id-locked")).hasSize(1);
        assertThat(app.events.get(app.events.size() - 1).tag()).isEqualTo(AuditTag.EXCHANGE_REFUSED);
    }

    @Test
    void attempts_thatAreTooMany_areToldWhenToComeAgain() {
        Wire.Response last = mint("not-a-jwt");
        for (int i = 0; i < 500 && last.status() == 422; i++) {
            last = mint("not-a-jwt");
        }
        assertThat(refusal(last)).startsWith("429 too-many-requests: ");
        assertThat(Long.parseLong(last.header("Retry-After"))).isPositive();
    }

    @Test
    void failure_anywhere_isAnswered503AndMintsNothing() {
        app.unrecordable = "account:short_lived";
        Wire.Response failed = mint(app.run("octo-repo").sign());

        assertThat(refusal(failed)).startsWith("503 unavailable: ").doesNotContain("event");
        assertThat(failed.header("Retry-After")).isEqualTo("30");
        app.unrecordable = "";
        minted(mint(app.run("octo-repo").sign()));
    }

    /** The whole way: a run's token uploads to its project, to no other, and dies with the link, with its time, and with a leak. */
    @Test
    void exchange_upload_andEveryEnd_goThroughTheFilter() {
        String token = minted(mint(app.run("octo-repo").sign()));

        Wire.Response uploaded = upload(token, "foo");
        assertThat(uploaded.status()).as(uploaded.body()).isEqualTo(200);
        assertThat(uploaded.body()).contains("uploaded by publisher:");
        assertThat(upload(token, "bar").status()).isEqualTo(403);
        assertThat(Wire.send(port, "GET", "/danger-api/echo", bearer(token), "").status())
                .as("a run's token is for its projects")
                .isGreaterThanOrEqualTo(400);

        app.index.clock.advance(Duration.ofMinutes(15));
        assertThat(upload(token, "foo").status()).as("15 minutes later").isEqualTo(401);

        String second = minted(mint(app.run("octo-repo").sign()));
        var report = app.scanner.report(second);
        assertThat(post(
                                PypiLayout.DISCLOSURE,
                                new String(report.body(), java.nio.charset.StandardCharsets.UTF_8),
                                report.headers().entrySet().stream()
                                        .map(each -> each.getKey() + ": " + each.getValue())
                                        .toArray(String[]::new))
                        .status())
                .isEqualTo(204);
        assertThat(upload(second, "foo").status()).as("leaked").isEqualTo(401);
        assertThat(app.events.stream()
                        .filter(event -> event.tag().equals(AuditTag.PROJECT_TOKEN_REMOVED))
                        .map(event -> event.attributes().get("projects")))
                .containsExactly("foo");

        String third = minted(mint(app.run("octo-repo").sign()));
        assertThat(upload(third, "foo").status()).isEqualTo(200);
        app.store
                .publishers()
                .ofProject("id-foo")
                .forEach(linked -> app.store
                        .publishers()
                        .remove(
                                linked,
                                dev.gatehouse.audit.AuditEvent.of(AuditTag.PUBLISHER_REMOVED, linked.created())
                                        .build()));
        assertThat(upload(third, "foo").status()).as("the publisher is gone").isEqualTo(401);
    }

    @Test
    void factsOfTheRun_areThoseOfTheMinting() {
        minted(mint(app.run("octo-repo").sign()));

        var record = app.store
                .tokens()
                .list(TokenOwner.publisher(
                        app.store.publishers().ofProject("id-foo").get(0).id()))
                .get(0);
        var run = RecordedRun.of(record.run(), Set.of("may-publish"));
        assertThat(run.provider()).isEqualTo(Fact.of("github"));
        assertThat(run.event()).isEqualTo(Fact.of("push"));
        assertThat(run.ref()).isEqualTo(Fact.of("tag"));
        assertThat(run.flags()).isEqualTo(Fact.of(Set.of("may-publish", "ref-protected", "self-hosted-runner")));
        assertThat(RecordedRun.of(Map.of(), Set.of("may-publish")).flags().isUnknown())
                .isTrue();
        assertThat(RecordedRun.of(Map.of("provider", "github"), Set.of()).flags())
                .isEqualTo(Fact.of(new HashSet<>()));
    }

    private List<String> bearer(String token) {
        return List.of("Authorization: Bearer " + token);
    }

    private Wire.Response upload(String token, String project) {
        List<String> headers = new ArrayList<>(bearer(token));
        headers.add("X-Project: " + project);
        return Wire.send(port, "POST", "/legacy/", headers, "content");
    }
}
