package dev.gatehouse.servlet;

import static dev.gatehouse.servlet.FactorContract.error;
import static dev.gatehouse.servlet.FactorContract.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.audit.InMemoryAuditLog;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.recovery.InMemoryRecoveryCodeRepository;
import dev.gatehouse.recovery.RecoveryCodes;
import dev.gatehouse.secret.Argon2Gate;
import dev.gatehouse.secret.KeyRing;
import dev.gatehouse.secret.Sealer;
import dev.gatehouse.secret.SecretBytes;
import dev.gatehouse.signin.FactorChanges;
import dev.gatehouse.state.InMemoryAccountVersions;
import dev.gatehouse.totp.InMemoryTotpRepository;
import dev.gatehouse.totp.Totp;
import dev.gatehouse.totp.TotpCredential;
import dev.gatehouse.totp.TotpEnrolment;
import dev.gatehouse.totp.TotpInventory;
import dev.gatehouse.totp.TotpParameters;
import dev.gatehouse.totp.TotpSecret;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** The endpoints that set authenticator apps up and make recovery codes, over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SetUpContract {
    private static final String OWN = "/manage/account";
    private static final String OPTIONS = OWN + "/totp-provision/options";
    private static final String VALIDATE = OWN + "/totp-provision/validate";
    private static final String STATUS = OWN + "/recovery-codes/status";
    private static final String CREATE = OWN + "/recovery-codes/create";
    private static final String ALICE = "Cookie: sid=alice";
    private static final List<String> JSON = List.of("Content-Type: application/json", "Sec-Fetch-Site: same-origin");

    /** Keeps a set-up by the cookie, as a host's own sessions would. */
    private static final class Kept implements SetUpKeeper {
        private final Map<String, String> bySession = new ConcurrentHashMap<>();
        private final Consumer<Evidence> proofs;

        private Kept(Consumer<Evidence> proofs) {
            this.proofs = proofs;
        }

        @Override
        public void keep(HttpServletRequest request, String text) {
            bySession.put(session(request), text);
        }

        @Override
        public Optional<String> kept(HttpServletRequest request) {
            return Optional.ofNullable(bySession.get(session(request)));
        }

        @Override
        public void done(HttpServletRequest request, Evidence proof) {
            bySession.remove(session(request));
            proofs.accept(proof);
        }

        private static String session(HttpServletRequest request) {
            return request.getHeader("Cookie");
        }
    }

    private final Argon2Gate gate = Argon2Gate.of(1);
    private TestIndex index;
    private Kept kept;
    private InMemoryAuditLog audit;
    private InMemoryTotpRepository apps;
    private RecoveryCodes codes;
    private Container container;
    private int port;

    abstract Container container();

    @BeforeEach
    void start() throws Exception {
        stop();
        index = new TestIndex();
        kept = new Kept(index.host.proven::add);
        audit = InMemoryAuditLog.create();
        InMemoryAccountVersions versions = InMemoryAccountVersions.create();
        apps = InMemoryTotpRepository.create(audit, versions);
        Sealer sealer = new Sealer(KeyRing.sealingWith("k1", SecretBytes.copyOf(new byte[KeyRing.KEY_BYTES]))
                .build());
        codes = RecoveryCodes.builder(InMemoryRecoveryCodeRepository.create(audit, versions), gate, index.clock)
                .build();
        FactorEndpoints endpoints = FactorEndpoints.builder(
                        index.host, FactorChanges.of(index.policy(), versions, List.of(new TotpInventory(apps))))
                .authenticatorApps(
                        TotpEnrolment.builder(apps, sealer, index.clock, "Index")
                                .build(),
                        apps,
                        kept)
                .recoveryCodes(codes)
                .build();
        assertThat(endpoints.paths()).contains(OPTIONS, VALIDATE, STATUS, CREATE);
        container = container();
        port = container.start(
                new Container.App("", index.filter(PypiLayout.builder().build(), ReasonPhrase.none()), endpoints));
    }

    @AfterAll
    void stop() throws Exception {
        if (container != null) {
            container.stop();
        }
    }

    private Wire.Response get(String target, String... headers) {
        return Wire.send(port, "GET", target, List.of(headers), "");
    }

    private Wire.Response post(String target, String cookie, String body) {
        List<String> headers = new java.util.ArrayList<>(JSON);
        headers.add(cookie);
        return Wire.send(port, "POST", target, headers, body);
    }

    private TotpSecret begun() {
        Wire.Response options = get(OPTIONS, ALICE);
        assertThat(options.status()).isEqualTo(200);
        assertThat(options.header("Cache-Control")).isEqualTo("no-store");
        JsonNode shown = json(options);
        assertThat(shown.get("uri").asString())
                .startsWith("otpauth://totp/Index:alice?")
                .contains("secret=");
        assertThat(shown.get("image").asString()).startsWith("<svg");
        assertThat(shown.get("digits").asInt()).isEqualTo(6);
        assertThat(shown.get("until").asString()).isEqualTo("2024-06-01T12:30:00Z");
        assertThat(options.body())
                .as("what the session keeps stays there")
                .doesNotContain(kept.bySession.get("sid=alice"));
        return TotpSecret.fromBase32(shown.get("secret").asString());
    }

    private String code(TotpSecret secret, Duration ahead) {
        return Totp.codeAt(
                secret, TotpParameters.standard(), index.clock.instant().plus(ahead));
    }

    private Wire.Response confirm(String code, String more) {
        return post(VALIDATE, ALICE, "{\"code\":\"" + code + "\"" + more + "}");
    }

    @Test
    void app_thatIsSetUp_isStoredListedAndItsCodeUsedUp() {
        String code = code(begun(), Duration.ZERO);
        Wire.Response done = confirm(code, ",\"label\":\" phone \"");

        assertThat(done.body()).contains("Authentication application successfully set up");
        JsonNode listed = json(get(OWN + "/factors", ALICE)).get("factors").get(0);
        assertThat(listed.get("kind").asString()).isEqualTo("totp");
        assertThat(listed.get("label").asString()).isEqualTo("phone");
        assertThat(apps.ofAccount("id-alice")).hasSize(1);
        assertThat(kept.bySession).isEmpty();
        assertThat(error(confirm(code, ""))).isEqualTo("This set-up is over, or was never begun. Please begin again.");
        assertThat(audit.events()).singleElement().satisfies(event -> {
            assertThat(event.tag()).isEqualTo(AuditTag.FACTOR_ADDED);
            assertThat(event.address()).isPresent();
        });
    }

    @Test
    void code_thatDoesNotHold_storesNothingAndMayBeTriedAgain() {
        TotpSecret secret = begun();
        for (String code : List.of("", "12345", "abcdef", code(secret, Duration.ofMinutes(20)))) {
            assertThat(error(confirm(code, ""))).isEqualTo("Invalid TOTP code. Try again?");
        }
        assertThat(error(confirm(code(secret, Duration.ofMinutes(3)), "")))
                .isEqualTo("Invalid TOTP code. Your device time may be out of sync.");
        assertThat(error(confirm(code(secret, Duration.ZERO), ",\"label\":\"" + "x".repeat(101) + "\"")))
                .startsWith("Label must be at most");
        assertThat(apps.ofAccount("id-alice")).isEmpty();
        assertThat(confirm(code(secret, Duration.ZERO), "").status()).isEqualTo(200);
    }

    @Test
    void setUp_begunAgainOrTooLongAgo_isOfNoUse() {
        TotpSecret first = begun();
        TotpSecret second = begun();

        assertThat(error(confirm(code(first, Duration.ZERO), ""))).isEqualTo("Invalid TOTP code. Try again?");
        index.clock.advance(Duration.ofMinutes(30));
        assertThat(error(confirm(code(second, Duration.ZERO), "")))
                .isEqualTo("This set-up is over, or was never begun. Please begin again.");
        assertThat(apps.ofAccount("id-alice")).isEmpty();
    }

    @Test
    void app_thatReplacesAnother_leavesOne() {
        assertThat(confirm(code(begun(), Duration.ZERO), "").status()).isEqualTo(200);
        String old = apps.ofAccount("id-alice").get(0).id();
        Wire.Response done = confirm(code(begun(), Duration.ZERO), ",\"replaces\":\"" + old + "\"");

        assertThat(done.status()).isEqualTo(200);
        assertThat(apps.ofAccount("id-alice"))
                .singleElement()
                .extracting(TotpCredential::id)
                .isNotEqualTo(old);
        assertThat(error(confirm(code(begun(), Duration.ZERO), ",\"replaces\":\"" + old + "\"")))
                .isEqualTo("There is no such factor");
    }

    @Test
    void enrolment_thatThePolicyRefuses_storesNothing() {
        Wire.Response refused = get(OPTIONS, "Cookie: sid=amy", "Accept: application/json");

        assertThat(refused.status()).as("amy has not saved recovery codes").isEqualTo(403);
        assertThat(kept.bySession).isEmpty();
        assertThat(get(OPTIONS, "Accept: application/json").status()).isEqualTo(403);
    }

    @Test
    void recoveryCodes_thatAreMade_areShownOnceAndVoidTheOlder() {
        assertThat(json(get(STATUS, ALICE)).get("unused").asInt()).isZero();
        JsonNode made = json(post(CREATE, ALICE, "{}"));
        Set<String> shown = new HashSet<>();
        made.get("codes").forEach(code -> shown.add(code.asString()));

        assertThat(made.get("success").asString()).isEqualTo("Recovery codes generated");
        assertThat(shown).hasSize(8).allMatch(code -> code.matches("[0-9a-f]{16}"));
        Wire.Response status = get(STATUS, ALICE);
        assertThat(json(status).get("unused").asInt()).isEqualTo(8);
        assertThat(json(status).get("generated").asString()).isEqualTo("2024-06-01T12:00:00Z");
        assertThat(shown).noneMatch(code -> status.body().contains(code));
        assertThat(json(post(CREATE, ALICE, "{}")).get("codes")).noneMatch(code -> shown.contains(code.asString()));
        assertThat(audit.events())
                .extracting(event -> event.tag())
                .containsExactly(AuditTag.RECOVERY_CODES_GENERATED, AuditTag.RECOVERY_CODES_REGENERATED);
        assertThat(audit.events().toString()).doesNotContain(shown);
    }

    @Test
    void recoveryCodes_askedForFromElsewhere_areNotMade() {
        for (List<String> headers : List.of(
                List.of(ALICE),
                List.of(ALICE, "Content-Type: application/json"),
                List.of(ALICE, "Content-Type: application/json", "Sec-Fetch-Site: cross-site"),
                List.of(ALICE, "Content-Type: text/plain", "Sec-Fetch-Site: same-origin"))) {
            assertThat(Wire.send(port, "POST", CREATE, headers, "{}").status()).isEqualTo(403);
        }
        assertThat(Wire.send(port, "GET", CREATE, List.of(ALICE), "").status()).isGreaterThanOrEqualTo(400);
        assertThat(codes.status("id-alice").isGenerated()).isFalse();
    }
}
