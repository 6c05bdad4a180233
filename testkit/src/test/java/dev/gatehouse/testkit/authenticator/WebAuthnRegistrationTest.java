package dev.gatehouse.testkit.authenticator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.EnrolledFactor;
import dev.gatehouse.factor.FactorClass;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.factor.FactorResponse;
import dev.gatehouse.testkit.authenticator.SoftAuthenticator.Algorithm;
import dev.gatehouse.testkit.authenticator.SoftAuthenticator.Statement;
import dev.gatehouse.testkit.internal.Json;
import dev.gatehouse.webauthn.CeremonyStart;
import dev.gatehouse.webauthn.RegistrationResult;
import dev.gatehouse.webauthn.RelyingParty;
import dev.gatehouse.webauthn.WebAuthnCredential;
import dev.gatehouse.webauthn.WebAuthnRegistration;
import dev.gatehouse.webauthn.WebAuthnRepository;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Setting up security keys and passkeys, from the options for the browser to the row in the store. */
class WebAuthnRegistrationTest {
    private final KeyDesk desk = new KeyDesk();
    private final SoftAuthenticator key = SoftAuthenticator.at(KeyDesk.ORIGIN);

    @Test
    void begin_forAnAccount_givesTheOptionsThatBrowsersParse() {
        WebAuthnCredential present = desk.enrol(KeyDesk.ACCOUNT, key, "first");

        Json options = Json.parse(desk.creationOptions(KeyDesk.ACCOUNT));

        assertThat(options.object("rp").text("id")).isEqualTo("example.org");
        assertThat(options.object("rp").text("name")).isEqualTo("Example");
        assertThat(options.object("user").text("name")).isEqualTo("alice");
        assertThat(options.object("user").text("displayName")).isEqualTo("Alice A.");
        assertThat(options.bytes("challenge")).hasSize(32);
        assertThat(options.number("timeout")).isEqualTo(300_000);
        assertThat(options.text("attestation")).isEqualTo("none");
        assertThat(options.objects("pubKeyCredParams"))
                .extracting(each -> each.text("type") + each.number("alg"))
                .startsWith("public-key-7", "public-key-8")
                .contains("public-key-257")
                .doesNotContain("public-key-65535");
        assertThat(options.object("authenticatorSelection").text("residentKey")).isEqualTo("preferred");
        assertThat(options.object("authenticatorSelection").text("userVerification"))
                .isEqualTo("preferred");
        assertThat(options.objects("excludeCredentials"))
                .extracting(each -> each.text("id"))
                .containsExactly(present.id());
        assertThat(desk.creationOptions(KeyDesk.ACCOUNT)).contains("\"transports\":[\"usb\",\"nfc\"]");
    }

    @Test
    void begin_always_namesTheAccountByARandomHandleThatItKeeps() {
        String first = handleIn(desk.creationOptions(KeyDesk.ACCOUNT));
        String second = handleIn(desk.creationOptions(KeyDesk.ACCOUNT));
        assertThat(first).as("nothing is enrolled yet").isNotEqualTo(second);
        assertThat(Base64.getUrlDecoder().decode(first)).hasSize(WebAuthnRegistration.USER_HANDLE_BYTES);

        WebAuthnCredential enrolled = desk.enrol(KeyDesk.ACCOUNT, key, "one");
        assertThat(handleIn(desk.creationOptions(KeyDesk.ACCOUNT))).isEqualTo(enrolled.userHandle());
        assertThat(desk.enrol(KeyDesk.ACCOUNT, key, "two").userHandle()).isEqualTo(enrolled.userHandle());
        assertThat(desk.enrol(KeyDesk.OTHER, key, "one").userHandle()).isNotEqualTo(enrolled.userHandle());
    }

    private static String handleIn(String options) {
        return Json.parse(options).object("user").text("id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nb", "\ud83d"})
    void begin_withAnImpossibleName_isAMistake(String name) {
        WebAuthnRegistration registration = desk.ceremonies.registration();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> registration.begin(KeyDesk.ACCOUNT, KeyDesk.SESSION, name, "x"))
                .withMessageStartingWith("name:");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> registration.begin(KeyDesk.ACCOUNT, KeyDesk.SESSION, "x", "y".repeat(201)))
                .withMessageStartingWith("displayName:");
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void confirm_ofAnyAlgorithmAndStatement_storesItWithEventAndEvidence(Algorithm algorithm) {
        for (Statement statement : Statement.values()) {
            KeyDesk fresh = new KeyDesk();
            UUID model = UUID.fromString("ee882879-721c-4913-9775-3dfcce97072a");
            SoftAuthenticator made = SoftAuthenticator.builder(KeyDesk.ORIGIN)
                    .algorithm(algorithm)
                    .statement(statement)
                    .aaguid(model)
                    .build();
            String json = made.create(fresh.creationOptions(KeyDesk.ACCOUNT))
                    .counter(9)
                    .toJson();

            RegistrationResult result = fresh.ceremonies
                    .registration()
                    .confirm(
                            new FactorResponse(KeyDesk.ACCOUNT, KeyDesk.SESSION, json),
                            " my key ",
                            0,
                            event -> event.address("192.0.2.1"));

            RegistrationResult.Enrolled enrolled = (RegistrationResult.Enrolled) result;
            WebAuthnCredential stored = fresh.stored(KeyDesk.ACCOUNT);
            assertThat(enrolled.credential()).isEqualTo(stored);
            assertThat(stored.id()).isEqualTo(made.credentialIds().get(0));
            assertThat(stored.label()).isEqualTo("my key");
            assertThat(stored.signCount()).isEqualTo(9);
            assertThat(stored.isUserVerified()).isTrue();
            assertThat(stored.transports()).containsExactly("usb", "nfc");
            assertThat(stored.createdAt()).isEqualTo(fresh.clock.instant());
            assertThat(stored.lastUsedAt()).isEmpty();
            assertThat(enrolled.evidence().factor()).isEqualTo(EnrolledFactor.of(stored.id(), FactorKind.WEBAUTHN));
            assertThat(enrolled.evidence().strength()).contains(FactorClass.PHISHING_RESISTANT);
            assertThat(enrolled.evidence().account()).isEqualTo(KeyDesk.ACCOUNT);
            assertThat(enrolled.evidence().carrier()).isEqualTo(KeyDesk.SESSION);
            assertThat(enrolled.evidence().at()).isEqualTo(fresh.clock.instant());
            AuditEvent event = fresh.audit.events().get(0);
            assertThat(event.tag()).isEqualTo(AuditTag.FACTOR_ADDED);
            assertThat(event.account()).contains(KeyDesk.ACCOUNT);
            assertThat(event.actor()).contains(KeyDesk.ACCOUNT);
            assertThat(event.subject()).contains(stored.id());
            assertThat(event.address()).contains("192.0.2.1");
            assertThat(event.attributes()).containsEntry("method", "webauthn").containsEntry("label", "my key");
            assertThat(fresh.audit.events()).hasSize(1);
            assertThat(fresh.versions.of(KeyDesk.ACCOUNT)).isEqualTo(1);
        }
    }

    @Test
    void confirm_ofASyncedPasskey_keepsItsBackupState() {
        SoftAuthenticator phone =
                SoftAuthenticator.builder(KeyDesk.ORIGIN).synced().build();

        WebAuthnCredential stored = desk.enrol(KeyDesk.ACCOUNT, phone, "phone");

        assertThat(stored.isBackupEligible()).isTrue();
        assertThat(stored.isBackedUp()).isTrue();
        assertThat(stored.signCount()).isZero();
    }

    @Test
    void confirm_twice_storesOnce() {
        String json = key.create(desk.creationOptions(KeyDesk.ACCOUNT)).toJson();

        assertThat(KeyDesk.outcomeOf(desk.confirm(KeyDesk.ACCOUNT, json, "a"))).isEqualTo("ENROLLED");
        assertThat(KeyDesk.outcomeOf(desk.confirm(KeyDesk.ACCOUNT, json, "b"))).isEqualTo("CHALLENGE_EXPIRED");
        assertThat(desk.repository.ofAccount(KeyDesk.ACCOUNT)).hasSize(1);
    }

    @Test
    void confirm_afterAWrongAnswer_needsAnotherChallenge() {
        String options = desk.creationOptions(KeyDesk.ACCOUNT);
        String wrong = key.create(options).origin("https://evil.example").toJson();
        String right = key.create(options).toJson();

        assertThat(KeyDesk.outcomeOf(desk.confirm(KeyDesk.ACCOUNT, wrong, "a"))).isEqualTo("ORIGIN_NOT_ALLOWED");
        assertThat(KeyDesk.outcomeOf(desk.confirm(KeyDesk.ACCOUNT, right, "a"))).isEqualTo("CHALLENGE_EXPIRED");
        assertThat(desk.repository.ofAccount(KeyDesk.ACCOUNT)).isEmpty();
        assertThat(desk.audit.events()).isEmpty();
    }

    @Test
    void confirm_liesOfEachKind_areRefusedByName() {
        assertThat(registering(a -> a.type("webauthn.get"))).isEqualTo("WRONG_TYPE");
        assertThat(registering(a -> a.challenge("A".repeat(43)))).isEqualTo("CHALLENGE_EXPIRED");
        assertThat(registering(a -> a.challenge("not base64!"))).isEqualTo("MALFORMED");
        assertThat(registering(a -> a.rpId("example.net"))).isEqualTo("RP_ID_MISMATCH");
        assertThat(registering(a -> a.crossOrigin("https://other.example"))).isEqualTo("CROSS_ORIGIN");
        assertThat(registering(a -> a.flags(SoftAuthenticator.USER_VERIFIED))).isEqualTo("USER_NOT_PRESENT");
        assertThat(registering(a -> a.flags(SoftAuthenticator.USER_PRESENT | SoftAuthenticator.BACKED_UP)))
                .isEqualTo("BACKUP_FLAGS");
        assertThat(KeyDesk.outcomeOf(desk.confirm(KeyDesk.ACCOUNT, "{}", "a"))).isEqualTo("MALFORMED");
        assertThat(KeyDesk.outcomeOf(desk.confirm(KeyDesk.ACCOUNT, "x".repeat(1_000_000), "a")))
                .isEqualTo("MALFORMED");
        assertThat(desk.repository.ofAccount(KeyDesk.ACCOUNT)).isEmpty();
    }

    private String registering(UnaryOperator<SoftRegistration> lie) {
        String json =
                lie.apply(key.create(desk.creationOptions(KeyDesk.ACCOUNT))).toJson();
        return KeyDesk.outcomeOf(desk.confirm(KeyDesk.ACCOUNT, json, "a"));
    }

    @Test
    void confirm_atTheEndOfItsTimeExactly_isExpired() {
        String early = key.create(desk.creationOptions(KeyDesk.ACCOUNT)).toJson();
        String late = key.create(desk.creationOptions(KeyDesk.ACCOUNT)).toJson();

        desk.clock.advance(RelyingParty.CHALLENGE_LIFETIME.minusNanos(1));
        assertThat(KeyDesk.outcomeOf(desk.confirm(KeyDesk.ACCOUNT, early, "a"))).isEqualTo("ENROLLED");
        desk.clock.advance(Duration.ofNanos(1));
        assertThat(KeyDesk.outcomeOf(desk.confirm(KeyDesk.ACCOUNT, late, "b"))).isEqualTo("CHALLENGE_EXPIRED");
    }

    @Test
    void confirm_challengeOfAnotherSessionAccountOrCeremony_isNone() {
        String json = key.create(desk.creationOptions(KeyDesk.ACCOUNT)).toJson();

        assertThat(KeyDesk.outcomeOf(desk.confirm(KeyDesk.OTHER, json, "a"))).isEqualTo("CHALLENGE_EXPIRED");
        for (Carrier other : List.of(Carrier.session("session-2"), Carrier.request("session-1"))) {
            assertThat(KeyDesk.outcomeOf(desk.ceremonies
                            .registration()
                            .confirm(new FactorResponse(KeyDesk.ACCOUNT, other, json), "a", 0, e -> e)))
                    .isEqualTo("CHALLENGE_EXPIRED");
        }
        assertThat(KeyDesk.outcomeOf(desk.confirm(KeyDesk.ACCOUNT, json, "a")))
                .as("nobody else used it up")
                .isEqualTo("ENROLLED");
        String request = desk.requestOptions(KeyDesk.ACCOUNT);
        String crossed = key.create(desk.creationOptions(KeyDesk.ACCOUNT))
                .challenge(Json.parse(request).text("challenge"))
                .despiteExclusions()
                .toJson();
        assertThat(KeyDesk.outcomeOf(desk.confirm(KeyDesk.ACCOUNT, crossed, "b")))
                .isEqualTo("CHALLENGE_EXPIRED");
    }

    @Test
    void confirm_inEitherOfTwoPages_works() {
        desk.enrol(KeyDesk.ACCOUNT, key, "zero");
        String one = key.create(desk.creationOptions(KeyDesk.ACCOUNT))
                .despiteExclusions()
                .toJson();
        String two = key.create(desk.creationOptions(KeyDesk.ACCOUNT))
                .despiteExclusions()
                .toJson();

        assertThat(KeyDesk.outcomeOf(desk.confirm(KeyDesk.ACCOUNT, one, "one"))).isEqualTo("ENROLLED");
        assertThat(KeyDesk.outcomeOf(desk.confirm(KeyDesk.ACCOUNT, two, "two"))).isEqualTo("ENROLLED");
    }

    @Test
    void confirm_firstCredentialsFromTwoPages_neverGetTwoHandles() {
        String one = key.create(desk.creationOptions(KeyDesk.ACCOUNT)).toJson();
        String two = key.create(desk.creationOptions(KeyDesk.ACCOUNT)).toJson();

        assertThat(KeyDesk.outcomeOf(desk.confirm(KeyDesk.ACCOUNT, one, "one"))).isEqualTo("ENROLLED");
        assertThat(KeyDesk.outcomeOf(desk.confirm(KeyDesk.ACCOUNT, two, "two"))).isEqualTo("CONFLICT");
    }

    @Test
    void confirm_decidedAtAnotherVersion_isAConflict() {
        String json = key.create(desk.creationOptions(KeyDesk.ACCOUNT)).toJson();
        desk.versions.advance(KeyDesk.ACCOUNT);

        assertThat(KeyDesk.outcomeOf(desk.ceremonies
                        .registration()
                        .confirm(new FactorResponse(KeyDesk.ACCOUNT, KeyDesk.SESSION, json), "a", 0, e -> e)))
                .isEqualTo("CONFLICT");
        assertThat(desk.repository.ofAccount(KeyDesk.ACCOUNT)).isEmpty();
    }

    @Test
    void confirm_credentialThatAnyAccountHas_isADuplicate() {
        WebAuthnCredential present = desk.enrol(KeyDesk.ACCOUNT, key, "a");
        byte[] id = Base64.getUrlDecoder().decode(present.id());

        for (String account : List.of(KeyDesk.ACCOUNT, KeyDesk.OTHER)) {
            String json = SoftAuthenticator.at(KeyDesk.ORIGIN)
                    .create(desk.creationOptions(account))
                    .credentialId(id)
                    .toJson();
            assertThat(KeyDesk.outcomeOf(desk.confirm(account, json, "b"))).isEqualTo("DUPLICATE");
        }
        assertThat(desk.stored(KeyDesk.ACCOUNT)).isEqualTo(present);
        assertThat(desk.repository.ofAccount(KeyDesk.OTHER)).isEmpty();
    }

    @Test
    void confirm_withALabelThatCannotBe_leavesTheChallengeAlone() {
        desk.enrol(KeyDesk.ACCOUNT, key, "taken");
        String json = key.create(desk.creationOptions(KeyDesk.ACCOUNT))
                .despiteExclusions()
                .toJson();

        assertThat(KeyDesk.outcomeOf(desk.confirm(KeyDesk.ACCOUNT, json, " \u2003\t")))
                .isEqualTo("LABEL_MISSING");
        assertThat(KeyDesk.outcomeOf(desk.confirm(KeyDesk.ACCOUNT, json, "x".repeat(65))))
                .isEqualTo("LABEL_INVALID");
        assertThat(KeyDesk.outcomeOf(desk.confirm(KeyDesk.ACCOUNT, json, "a\u0000b")))
                .isEqualTo("LABEL_INVALID");
        assertThat(KeyDesk.outcomeOf(desk.confirm(KeyDesk.ACCOUNT, json, "\ud83d")))
                .isEqualTo("LABEL_INVALID");
        assertThat(KeyDesk.outcomeOf(desk.confirm(KeyDesk.ACCOUNT, json, " taken ")))
                .isEqualTo("LABEL_IN_USE");
        assertThat(KeyDesk.outcomeOf(desk.confirm(KeyDesk.ACCOUNT, json, "x".repeat(64))))
                .isEqualTo("ENROLLED");
    }

    @Test
    void begin_ofOneMoreThanAnAccountMayHave_isTooMany() {
        for (int i = 1; i < WebAuthnRepository.MAX_CREDENTIALS; i++) {
            desk.enrol(KeyDesk.ACCOUNT, key, "key " + i);
        }
        String json = key.create(desk.creationOptions(KeyDesk.ACCOUNT))
                .despiteExclusions()
                .toJson();
        desk.enrol(KeyDesk.ACCOUNT, key, "the last");

        assertThat(KeyDesk.codeOf(
                        desk.ceremonies.registration().begin(KeyDesk.ACCOUNT, KeyDesk.SESSION, "alice", "Alice")))
                .isEqualTo("TOO_MANY");
        assertThat(KeyDesk.outcomeOf(desk.confirm(KeyDesk.ACCOUNT, json, "more")))
                .isEqualTo("TOO_MANY");
    }

    @Test
    void begin_tooOftenInOneSession_isRefusedThereOnly() {
        WebAuthnRegistration registration = desk.ceremonies.registration();
        for (int i = 0; i < 30; i++) {
            desk.creationOptions(KeyDesk.ACCOUNT);
        }

        assertThat(registration.begin(KeyDesk.ACCOUNT, KeyDesk.SESSION, "alice", "Alice"))
                .isEqualTo(new CeremonyStart.TooOften(desk.clock.instant().plus(RelyingParty.CHALLENGE_LIFETIME)));
        assertThat(KeyDesk.codeOf(registration.begin(KeyDesk.OTHER, KeyDesk.SESSION, "bob", "Bob")))
                .isEqualTo("BEGUN");
        desk.clock.advance(RelyingParty.CHALLENGE_LIFETIME);
        assertThat(KeyDesk.codeOf(registration.begin(KeyDesk.ACCOUNT, KeyDesk.SESSION, "alice", "Alice")))
                .isEqualTo("BEGUN");
    }

    @Test
    void confirm_originThatNamesSomebodyElse_cannotChangeWhoseFactorItIs() {
        String json = key.create(desk.creationOptions(KeyDesk.ACCOUNT)).toJson();
        desk.ceremonies
                .registration()
                .confirm(
                        new FactorResponse(KeyDesk.ACCOUNT, KeyDesk.SESSION, json),
                        "a",
                        0,
                        event -> event.actor("support").account("account-2").subject("other"));

        AuditEvent event = desk.audit.events().get(0);
        assertThat(event.actor()).contains("support");
        assertThat(event.account()).contains(KeyDesk.ACCOUNT);
        assertThat(event.subject()).contains(desk.stored(KeyDesk.ACCOUNT).id());
    }

    @Test
    void results_inALog_hideChallenges() {
        String options = desk.creationOptions(KeyDesk.ACCOUNT);
        String challenge = Json.parse(options).text("challenge");

        assertThat(desk.ceremonies
                        .registration()
                        .begin(KeyDesk.ACCOUNT, KeyDesk.SESSION, "a", "a")
                        .toString()
                        .toLowerCase(Locale.ROOT))
                .doesNotContain("challenge")
                .doesNotContain(challenge);
    }
}
