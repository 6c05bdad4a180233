package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.audit.InMemoryAuditLog;
import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.signin.AttemptLimits;
import dev.gatehouse.signin.FactorChanges;
import dev.gatehouse.signin.FailureRepository;
import dev.gatehouse.signin.Reauthentication;
import dev.gatehouse.state.EphemeralState;
import dev.gatehouse.state.InMemoryAccountVersions;
import dev.gatehouse.testkit.authenticator.SoftAuthenticator;
import dev.gatehouse.testkit.authenticator.SoftRegistration;
import dev.gatehouse.webauthn.InMemoryWebAuthnRepository;
import dev.gatehouse.webauthn.RelyingParty;
import dev.gatehouse.webauthn.WebAuthnCeremonies;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The endpoints of factors over HTTP: what may come, what is said, and what is written. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FactorContract {
    static final String ORIGIN = "https://index.test";
    private static final String ALICE = "Cookie: sid=alice";
    private static final String OPTIONS = "/manage/account/webauthn-provision/options";
    private static final String VALIDATE = "/manage/account/webauthn-provision/validate";
    private static final String DELETE = "/manage/account/webauthn-provision/delete";
    private static final String[] OWN = {"Content-Type: application/json", "Sec-Fetch-Site: same-origin"};

    private final TestIndex index = new TestIndex();
    private final SoftAuthenticator key = SoftAuthenticator.at(ORIGIN);
    private final List<Evidence> kept = new CopyOnWriteArrayList<>();
    private InMemoryAuditLog audit;
    private InMemoryWebAuthnRepository store;
    private Container container;
    private int port;

    abstract Container container();

    @BeforeEach
    void start() throws Exception {
        if (container != null) {
            container.stop();
        }
        index.reset();
        key.reset();
        audit = InMemoryAuditLog.create();
        InMemoryAccountVersions versions = InMemoryAccountVersions.create();
        store = InMemoryWebAuthnRepository.create(audit, versions);
        EphemeralState state = EphemeralState.singleNode(audit);
        kept.clear();
        RelyingParty site =
                RelyingParty.builder("index.test", "Index", Set.of(ORIGIN)).build();
        WebAuthnCeremonies keys = WebAuthnCeremonies.builder(site, store, state, audit, index.clock)
                .build();
        TwoFactorFilter filter =
                index.filter(PypiLayout.builder().csrfTokensCheckedByHost().build(), ReasonPhrase.none());
        FactorEndpoints endpoints = FactorEndpoints.builder(
                        index.host, FactorChanges.of(index.policy(), versions, List.of(keys.inventory())))
                .securityKeys(keys, store)
                .reauthentication(
                        Reauthentication.of(
                                AttemptLimits.builder(state, FailureRepository.inMemory(audit))
                                        .clock(index.clock)
                                        .build(),
                                List.of(keys.authentication()),
                                audit,
                                index.clock),
                        Set.of(FactorKind.WEBAUTHN),
                        (request, proof) -> kept.add(proof))
                .build();
        assertThat(endpoints.paths()).contains(OPTIONS, VALIDATE, DELETE);
        container = container();
        port = container.start(new Container.App("", filter, endpoints));
    }

    @AfterAll
    void stop() throws Exception {
        container.stop();
    }

    Wire.Response get(String target, String... headers) {
        return Wire.send(port, "GET", target, List.of(headers), "");
    }

    Wire.Response post(String target, String body, String... headers) {
        List<String> all = new java.util.ArrayList<>(List.of(headers));
        all.add(ALICE);
        return Wire.send(port, "POST", target, all, body);
    }

    static JsonNode json(Wire.Response response) {
        String body = response.body();
        return JsonMapper.shared().readTree(body.substring(body.indexOf('{'), body.lastIndexOf('}') + 1));
    }

    static String error(Wire.Response response) {
        assertThat(response.header("Cache-Control")).isEqualTo("no-store");
        assertThat(response.header("Content-Type")).startsWith("application/json");
        return json(response).get("fail").get("errors").get(0).asString();
    }

    private SoftRegistration created() {
        Wire.Response options = get(OPTIONS, ALICE);
        assertThat(options.status()).isEqualTo(200);
        assertThat(options.header("Cache-Control")).isEqualTo("no-store");
        return key.create(json(options).toString());
    }

    private static String form(String label, String credential) {
        return "{\"label\":" + JsonMapper.shared().writeValueAsString(label) + ",\"credential\":" + credential + "}";
    }

    private String enrol(String label) {
        Wire.Response response = post(VALIDATE, form(label, created().toJson()), OWN);
        assertThat(response.body()).contains("Security device successfully set up");
        return json(get("/manage/account/factors", ALICE))
                .get("factors")
                .get(0)
                .get("id")
                .asString();
    }

    @Test
    void securityKey_thatIsSetUp_isListedUsedAndRemoved() {
        String id = enrol("my key");

        JsonNode listed =
                json(get("/manage/account/factors", ALICE)).get("factors").get(0);
        assertThat(listed.get("kind").asString()).isEqualTo("webauthn");
        assertThat(listed.get("label").asString()).isEqualTo("my key");
        assertThat(listed.get("created").asString()).isEqualTo("2024-06-01T12:00:00Z");
        assertThat(listed.get("last_used")).isNull();
        assertThat(post(DELETE, "{\"label\":\"my key\"}", OWN).body()).contains("Security device removed");
        assertThat(store.ofAccount("id-alice")).isEmpty();
        assertThat(error(post(DELETE, "{\"id\":\"" + id + "\"}", OWN)))
                .isEqualTo("There is no security device to delete");
        assertThat(audit.events())
                .allSatisfy(event -> assertThat(event.address()).isPresent());
        assertThat(audit.events()).hasSize(2);
        assertThat(index.events).isEmpty();
    }

    @Test
    void factor_ofAnyKind_isRemovedByKindAndId() {
        String id = enrol("my key");

        assertThat(error(post("/manage/account/factors/delete", "{\"kind\":\"totp\",\"id\":\"" + id + "\"}", OWN)))
                .isEqualTo("There is no such factor");
        assertThat(error(post("/manage/account/factors/delete", "{\"kind\":\"webauthn\",\"id\":\"AAAA\"}", OWN)))
                .isEqualTo("There is no such factor");
        assertThat(post("/manage/account/factors/delete", "{\"kind\":\"webauthn\",\"id\":\"" + id + "\"}", OWN)
                        .status())
                .isEqualTo(200);
        assertThat(store.ofAccount("id-alice")).isEmpty();
    }

    @Test
    void answer_thatDoesNotHold_isToldInPypisWords() {
        SoftRegistration made = created();
        assertThat(error(post(VALIDATE, form("", made.toJson()), OWN))).isEqualTo("Specify a label");
        assertThat(error(post(VALIDATE, form("x".repeat(101), made.toJson()), OWN)))
                .startsWith("Label must be");
        assertThat(error(post(VALIDATE, form("a", "{\"id\":1}"), OWN)))
                .isEqualTo("Invalid WebAuthn credential: Bad payload");
        assertThat(error(post(VALIDATE, "{\"label\":\"a\"}", OWN)))
                .isEqualTo("Invalid WebAuthn credential: Bad payload");
        assertThat(post(VALIDATE, form("a", made.toJson()), OWN).status()).isEqualTo(200);
        assertThat(error(post(VALIDATE, form("b", made.toJson()), OWN)))
                .as("the challenge is good once")
                .isEqualTo("Invalid WebAuthn credential");
        assertThat(error(post(VALIDATE, form("a", "{}"), OWN))).isEqualTo("Label 'a' already in use");
        assertThat(store.ofAccount("id-alice")).hasSize(1);
    }

    @Test
    void answer_asATextThatHoldsTheDocument_isTakenAsPypisPagesSendIt() {
        String text = JsonMapper.shared().writeValueAsString(created().toJson());

        assertThat(post(VALIDATE, form("a", text), OWN).status()).isEqualTo(200);
    }

    @Test
    void change_thatIsNotJsonFromTheSameOrigin_isRefusedWhateverTheLayoutSays() {
        String body = form("a", created().toJson());
        for (String[] headers : new String[][] {
            {},
            {"Content-Type: application/json"},
            {"Sec-Fetch-Site: same-origin"},
            {"Content-Type: text/plain", "Sec-Fetch-Site: same-origin"},
            {"Content-Type: application/x-www-form-urlencoded", "Sec-Fetch-Site: same-origin"},
            {"Content-Type: application/json", "Sec-Fetch-Site: same-site"},
            {"Content-Type: application/json", "Sec-Fetch-Site: cross-site"},
            {"Content-Type: application/json", "Origin: https://evil.test"},
            {"Content-Type: application/json", "Origin: null"}
        }) {
            Wire.Response response = post(VALIDATE, body, headers);
            assertThat(response.status()).as(List.of(headers).toString()).isEqualTo(403);
        }
        assertThat(store.ofAccount("id-alice")).isEmpty();
        assertThat(post(VALIDATE, body, "Content-Type: application/json", "Origin: http://index.test")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void body_thatIsNoOneObject_isRefusedBeforeAnythingIsDone() {
        String good = created().toJson();
        for (String body : new String[] {
            "",
            "[]",
            "null",
            "{",
            "{} {}",
            "{\"label\":\"a\",\"label\":\"b\",\"credential\":" + good + "}",
            "{\"label\":\"a\",\"credential\":{\"id\":\"x\",\"id\":\"y\"}}",
            "{\"label\":" + "[".repeat(40) + "]".repeat(40) + "}"
        }) {
            Wire.Response response = post(VALIDATE, body, OWN);
            assertThat(response.status())
                    .as(body.length() > 40 ? body.substring(0, 40) : body)
                    .isEqualTo(400);
        }
        assertThat(post(VALIDATE, "{\"label\":\"" + "x".repeat(EndpointBody.MAX_OCTETS) + "\"}", OWN)
                        .status())
                .isEqualTo(413);
        assertThat(store.ofAccount("id-alice")).isEmpty();
    }

    @Test
    void removalOfTheLastFactor_isRefusedByThePolicy_withThePageThatLeadsOut() {
        enrol("a");
        index.host.enrolled = EnrolledFactors.of(FactorKind.WEBAUTHN);
        Wire.Response response = post(DELETE, "{\"label\":\"a\"}", OWN);

        assertThat(response.status()).isEqualTo(403);
        assertThat(error(response)).isEqualTo("Cannot remove last 2FA method");
        assertThat(json(response).get("code").asString()).isEqualTo("LAST_FACTOR");
        assertThat(json(response).get("redirect_to").asString()).isEqualTo("/manage/account/two-factor/");
        assertThat(store.ofAccount("id-alice")).hasSize(1);
        assertThat(index.events).isEmpty();
    }

    @Test
    void securityKey_provenAnew_isKeptWithTheSession() {
        enrol("a");
        String options = json(get("/account/reauthenticate/options", ALICE)).toString();
        String answer =
                "{\"kind\":\"webauthn\",\"credential\":" + key.get(options).toJson() + "}";
        Wire.Response response = post("/account/reauthenticate/validate", answer, OWN);

        assertThat(response.status()).isEqualTo(200);
        assertThat(kept).singleElement().satisfies(proof -> {
            assertThat(proof.account()).isEqualTo("id-alice");
            assertThat(proof.carrier()).isEqualTo(Carrier.session("session-of-alice"));
        });
        assertThat(error(post("/account/reauthenticate/validate", answer, OWN)))
                .as("good once")
                .isEqualTo("Invalid WebAuthn credential");
        assertThat(error(post("/account/reauthenticate/validate", "{\"kind\":\"totp\",\"code\":\"1\"}", OWN)))
                .isEqualTo("There is no such factor");
        assertThat(get("/account/reauthenticate/options").status()).isEqualTo(401);
        assertThat(kept).hasSize(1);
    }

    /** One who guesses behind a proxy locks out nobody else behind it. */
    @Test
    void proofs_behindOneProxy_areCountedByTheClientThatTheHostTells() {
        enrol("a");
        String wrong = "{\"kind\":\"webauthn\",\"credential\":{}}";
        String[] guesser = {OWN[0], OWN[1], "X-Client: 198.51.100.1"};
        for (String name : List.of("amy", "ann")) {
            List<String> headers = new java.util.ArrayList<>(List.of(guesser));
            headers.add("Cookie: sid=" + name);
            for (int i = 0; i < 5; i++) {
                assertThat(Wire.send(port, "POST", "/account/reauthenticate/validate", headers, wrong)
                                .status())
                        .isEqualTo(400);
            }
        }
        String options = json(get("/account/reauthenticate/options", ALICE)).toString();
        String answer =
                "{\"kind\":\"webauthn\",\"credential\":" + key.get(options).toJson() + "}";

        assertThat(post("/account/reauthenticate/validate", answer, guesser).status())
                .isEqualTo(429);
        assertThat(post("/account/reauthenticate/validate", answer, OWN[0], OWN[1], "X-Client: 203.0.113.9")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void options_forNobody_areNotGiven() {
        assertThat(get(OPTIONS).status()).isEqualTo(303);
        assertThat(get(OPTIONS, "Accept: application/json").status()).isEqualTo(403);
    }

    @Test
    void failureOfTheHost_isAnswered503() {
        index.host.failing = "account";
        Wire.Response response = post(VALIDATE, "{}", OWN);

        assertThat(response.status()).isEqualTo(503);
        assertThat(response.header("Retry-After")).isEqualTo("30");
    }
}
