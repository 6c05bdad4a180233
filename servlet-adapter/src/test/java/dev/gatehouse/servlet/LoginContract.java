package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.audit.InMemoryAuditLog;
import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.EnrolledFactor;
import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.factor.FactorResponse;
import dev.gatehouse.factor.FactorVerifier;
import dev.gatehouse.factor.RejectionCode;
import dev.gatehouse.factor.Verification;
import dev.gatehouse.recovery.RecoveryRejection;
import dev.gatehouse.signin.AttemptLimits;
import dev.gatehouse.signin.FailureRepository;
import dev.gatehouse.signin.LoginRepository;
import dev.gatehouse.signin.SignIn;
import dev.gatehouse.state.EphemeralState;
import dev.gatehouse.state.InMemoryAccountVersions;
import dev.gatehouse.testkit.authenticator.SoftAuthenticator;
import dev.gatehouse.totp.TotpRejection;
import dev.gatehouse.webauthn.CeremonyStart;
import dev.gatehouse.webauthn.InMemoryWebAuthnRepository;
import dev.gatehouse.webauthn.RegistrationResult;
import dev.gatehouse.webauthn.RelyingParty;
import dev.gatehouse.webauthn.WebAuthnCeremonies;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Logins through the endpoints, over HTTP and with a security key in software. */
abstract class LoginContract {
    private static final String ORIGIN = FactorContract.ORIGIN;
    private static final String OPTIONS = "/account/webauthn-authenticate/options";
    private static final String VALIDATE = "/account/webauthn-authenticate/validate";
    private static final String CODE = "/account/totp-authenticate/validate";
    private static final String RECOVERY = "/account/recovery-code/validate";
    private static final String[] OWN = {"Content-Type: application/json", "Sec-Fetch-Site: same-origin"};

    private final TestIndex index = new TestIndex(Instant.parse("2026-01-01T00:00:00Z"));
    private final SoftAuthenticator key = SoftAuthenticator.at(ORIGIN);
    private WebAuthnCeremonies keys;
    private InMemoryAccountVersions versions;
    private LoginApp app;
    private Container container;
    private int port;
    private String cookie;

    abstract Container container();

    @BeforeEach
    void start() throws Exception {
        index.reset();
        cookie = "none=1";
        InMemoryAuditLog audit = InMemoryAuditLog.create();
        EphemeralState state = EphemeralState.singleNode(audit);
        versions = InMemoryAccountVersions.create();
        RelyingParty site =
                RelyingParty.builder("index.test", "Index", Set.of(ORIGIN)).build();
        keys = WebAuthnCeremonies.builder(
                        site, InMemoryWebAuthnRepository.create(audit, versions), state, audit, index.clock)
                .build();
        SignIn.Stores stores = new SignIn.Stores(
                state,
                LoginRepository.inMemory(versions),
                versions,
                AttemptLimits.builder(state, FailureRepository.inMemory(audit))
                        .clock(index.clock)
                        .build());
        SignIn signIn = SignIn.builder(index.policy(), index.host::account, stores)
                .verifier(keys.authentication())
                .verifier(new Codes(FactorKind.TOTP, Map.of("skew", TotpRejection.CLOCK_SKEW), TotpRejection.INVALID))
                .verifier(new Codes(
                        FactorKind.RECOVERY_CODE,
                        Map.of(
                                "used", RecoveryRejection.USED_BEFORE,
                                "short", RecoveryRejection.MALFORMED,
                                "busy", RecoveryRejection.BUSY),
                        RecoveryRejection.WRONG))
                .events(audit)
                .clock(index.clock)
                .build();
        app = new LoginApp(
                signIn,
                host -> LoginEndpoints.builder(index.host, host, signIn)
                        .securityKeys(keys.authentication())
                        .authenticatorApps()
                        .recoveryCodes()
                        .build());
        container = container();
        port = container.start(new Container.App(
                "", index.filter(PypiLayout.builder().csrfTokensCheckedByHost().build(), ReasonPhrase.none()), app));
    }

    @AfterEach
    void stop() throws Exception {
        container.stop();
    }

    /** Takes {@code right}, and says of others what it is told to. */
    private final class Codes implements FactorVerifier {
        private final FactorKind kind;
        private final Map<String, RejectionCode> known;
        private final RejectionCode other;

        Codes(FactorKind kind, Map<String, RejectionCode> known, RejectionCode other) {
            this.kind = kind;
            this.known = known;
            this.other = other;
        }

        @Override
        public FactorKind kind() {
            return kind;
        }

        @Override
        public Verification verify(FactorResponse response) {
            return response.text().equals("right")
                    ? new Verification.Verified(Evidence.asserted(
                            response.account(),
                            EnrolledFactor.of(kind),
                            index.clock.instant(),
                            response.carrier(),
                            "test"))
                    : new Verification.Rejected(known.getOrDefault(response.text(), other));
        }
    }

    /** Sends in the session of the browser, and goes on in the one that comes back. */
    private Wire.Response send(String method, String target, String body, String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.add("Cookie: " + cookie);
        Wire.Response response = Wire.send(port, method, target, all, body);
        response.all("Set-Cookie").stream()
                .filter(each -> each.startsWith("JSESSIONID="))
                .forEach(each -> cookie = each.split(";", 2)[0]);
        return response;
    }

    private Wire.Response post(String target, String body) {
        return send("POST", target, body, OWN);
    }

    private Wire.Response code(String target, String code) {
        return post(target, "{\"code\":\"" + code + "\"}");
    }

    private JsonNode options(String target) {
        Wire.Response response = send("GET", target, "");
        assertThat(response.header("Cache-Control")).isEqualTo("no-store");
        assertThat(response.status()).isEqualTo(200);
        return FactorContract.json(response);
    }

    private void password(String account) {
        assertThat(send("POST", "/account/login/", "a=b", "X-Account: id-" + account)
                        .body())
                .contains("MoreNeeded");
    }

    /** Gives an account a key, and lets the host know of it. */
    private void enrol(String name) {
        Carrier session = Carrier.session("earlier");
        String account = "id-" + name;
        CeremonyStart start = keys.registration().begin(account, session, name, name);
        String response =
                key.create(((CeremonyStart.Begun) start).optionsJson()).toJson();
        RegistrationResult result = keys.registration()
                .confirm(new FactorResponse(account, session, response), "key", versions.of(account), event -> event);
        assertThat(result).isInstanceOf(RegistrationResult.Enrolled.class);
        index.host.enrolled = EnrolledFactors.of(List.of(
                EnrolledFactor.of(FactorKind.TOTP),
                ((RegistrationResult.Enrolled) result).credential().factor()));
    }

    private Wire.Response answer(String target, JsonNode options) {
        return post(target, "{\"credential\":" + key.get(options.toString()).toJson() + "}");
    }

    @Test
    void securityKey_afterThePassword_logsInAndChangesTheSessionAtEachStep() {
        enrol("alice");
        password("alice");
        String before = cookie;
        Wire.Response response = answer(VALIDATE, options(OPTIONS));

        assertThat(response.body()).contains("Successful WebAuthn assertion");
        assertThat(FactorContract.json(response).get("redirect_to").asString()).isEqualTo("/manage/projects/");
        assertThat(cookie).isNotEqualTo(before);
        assertThat(app.completed).singleElement().satisfies(login -> {
            assertThat(login.account()).isEqualTo("id-alice");
            assertThat(login.evidence()).extracting(Evidence::kind).contains(FactorKind.WEBAUTHN, FactorKind.PASSWORD);
        });
    }

    @Test
    void securityKeysAnswer_toAnotherChallengeOrTwice_logsNobodyIn() {
        enrol("alice");
        password("alice");
        JsonNode options = options(OPTIONS);
        assertThat(FactorContract.error(post(VALIDATE, "{\"credential\":{}}")))
                .isEqualTo("Invalid WebAuthn assertion: Bad payload");
        assertThat(FactorContract.error(answer(VALIDATE, options)))
                .as("made in the session before")
                .isEqualTo("Invalid WebAuthn credential");
        assertThat(app.completed).isEmpty();
        JsonNode again = options(OPTIONS);
        assertThat(answer(VALIDATE, again).status()).isEqualTo(200);
        assertThat(FactorContract.error(answer(VALIDATE, again))).isEqualTo("Invalid or expired two factor login.");
        assertThat(app.completed).hasSize(1);
    }

    @Test
    void passkey_alone_logsInWhoeverItSays() {
        enrol("alice");
        assertThat(answer("/account/passkey/validate", options("/account/passkey/options"))
                        .body())
                .contains("Successful WebAuthn assertion");
        assertThat(app.completed)
                .singleElement()
                .satisfies(login -> assertThat(login.account()).isEqualTo("id-alice"));
        assertThat(FactorContract.error(post("/account/passkey/validate", "{\"credential\":{}}")))
                .isEqualTo("Invalid WebAuthn assertion: Bad payload");
    }

    @Test
    void wrongCode_always_isToldTheSame_andTheLoginGoesOn() {
        password("alice");
        for (String wrong : new String[] {"wrong", "skew", ""}) {
            assertThat(FactorContract.error(code(CODE, wrong))).isEqualTo("Invalid TOTP code.");
        }
        JsonNode next = FactorContract.json(code(CODE, "right")).get("next");
        assertThat(next.get("offered").get(0).asString())
                .as("an unknown device is confirmed by mail")
                .isEqualTo("email");
        assertThat(next.get("detail").asString()).startsWith("Unrecognized device");
        assertThat(app.completed).isEmpty();
    }

    @Test
    void tooManyWrongCodes_areAnswered429_andTheLoginIsOver() {
        password("alice");
        for (int i = 0; i < 5; i++) {
            assertThat(code(CODE, "wrong").status()).isEqualTo(400);
        }
        Wire.Response response = code(CODE, "right");
        assertThat(response.status()).isEqualTo(429);
        assertThat(response.header("Retry-After")).isEqualTo("300");
        assertThat(FactorContract.error(response))
                .isEqualTo("There have been too many unsuccessful login attempts. You have been locked out for 5"
                        + " minutes. Please try again later.");
        assertThat(FactorContract.error(code(CODE, "right"))).isEqualTo("Invalid or expired two factor login.");
        assertThat(app.completed).isEmpty();
    }

    @Test
    void recoveryCode_thatIsNotTaken_isToldInPypisWords() {
        password("alice");
        assertThat(FactorContract.error(code(RECOVERY, "short"))).isEqualTo("Recovery Codes must be 16 characters.");
        assertThat(FactorContract.error(code(RECOVERY, "used"))).isEqualTo("Recovery code has been previously used.");
        assertThat(FactorContract.error(code(RECOVERY, "wrong"))).isEqualTo("Invalid recovery code.");
        Wire.Response busy = code(RECOVERY, "busy");
        assertThat(busy.status()).isEqualTo(429);
        assertThat(busy.header("Retry-After")).isEqualTo("2");
        assertThat(code(RECOVERY, "right").status()).isEqualTo(200);
    }

    @Test
    void step_withoutALoginThatWaitsInTheSession_isExpired() {
        password("alice");
        String before = cookie;
        code(CODE, "wrong");
        String after = cookie;
        cookie = before;
        assertThat(FactorContract.error(code(CODE, "right"))).isEqualTo("Invalid or expired two factor login.");
        cookie = "none=1";
        assertThat(FactorContract.error(code(CODE, "right"))).isEqualTo("Invalid or expired two factor login.");
        assertThat(FactorContract.error(send("GET", OPTIONS, ""))).isEqualTo("Invalid or expired two factor login.");
        cookie = after;
        assertThat(code(CODE, "right").status()).isEqualTo(200);
    }

    @Test
    void whoIsSignedIn_isToldSo_andNothingIsVerified() {
        enrol("alice");
        password("alice");
        cookie = cookie + "; sid=alice";
        String waiting = cookie;
        for (String target : new String[] {CODE, RECOVERY, VALIDATE, "/account/passkey/validate"}) {
            cookie = waiting;
            assertThat(FactorContract.error(code(target, "right"))).isEqualTo("Already authenticated");
        }
        for (String target : new String[] {OPTIONS, "/account/passkey/options"}) {
            assertThat(FactorContract.error(send("GET", target, ""))).isEqualTo("Already authenticated");
        }
        assertThat(app.completed).isEmpty();
    }

    @Test
    void step_thatIsNotJsonFromTheSameOrigin_isRefused_andTheLoginGoesOn() {
        password("alice");
        String body = "{\"code\":\"right\"}";
        for (String[] headers : new String[][] {
            {"Content-Type: application/json"},
            {"Content-Type: text/plain", "Sec-Fetch-Site: same-origin"},
            {"Content-Type: application/json", "Sec-Fetch-Site: cross-site"}
        }) {
            assertThat(send("POST", CODE, body, headers).status()).isEqualTo(403);
        }
        assertThat(post(CODE, "{\"code\":\"right\",\"code\":\"right\"}").status())
                .isEqualTo(400);
        assertThat(code(CODE, "right").status()).isEqualTo(200);
    }
}
