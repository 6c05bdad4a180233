package dev.gatehouse.testkit.authenticator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.factor.FactorResponse;
import dev.gatehouse.factor.Verification;
import dev.gatehouse.testkit.authenticator.SoftAuthenticator.Algorithm;
import dev.gatehouse.testkit.internal.Json;
import dev.gatehouse.webauthn.CounterPolicy;
import dev.gatehouse.webauthn.RelyingParty;
import dev.gatehouse.webauthn.UserVerification;
import dev.gatehouse.webauthn.WebAuthnAuthentication;
import dev.gatehouse.webauthn.WebAuthnCredential;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Proving a second factor of a known account by one of its keys. */
class WebAuthnAuthenticationTest {
    private static final int UP = SoftAuthenticator.USER_PRESENT;
    private static final int UV = SoftAuthenticator.USER_VERIFIED;
    private static final int BE = SoftAuthenticator.BACKUP_ELIGIBLE;
    private static final int BS = SoftAuthenticator.BACKED_UP;

    private final KeyDesk desk = new KeyDesk();
    private final SoftAuthenticator key = SoftAuthenticator.at(KeyDesk.ORIGIN);

    private String login(UnaryOperator<SoftAssertion> lie) {
        return login(desk, lie);
    }

    private String login(KeyDesk at, UnaryOperator<SoftAssertion> lie) {
        return at.login(
                KeyDesk.ACCOUNT,
                lie.apply(key.get(at.requestOptions(KeyDesk.ACCOUNT))).toJson());
    }

    @Test
    void begin_forAnAccount_listsItsCredentialsWithTransports() {
        WebAuthnCredential one = desk.enrol(KeyDesk.ACCOUNT, key, "one");
        desk.clock.advance(Duration.ofSeconds(1));
        WebAuthnCredential two = desk.enrol(KeyDesk.ACCOUNT, key, "two");
        desk.enrol(KeyDesk.OTHER, key, "foreign");

        String text = desk.requestOptions(KeyDesk.ACCOUNT);

        Json options = Json.parse(text);
        assertThat(options.objects("allowCredentials"))
                .extracting(each -> each.text("type") + " " + each.text("id"))
                .containsExactly("public-key " + one.id(), "public-key " + two.id());
        assertThat(text).contains("\"transports\":[\"usb\",\"nfc\"]");
        assertThat(options.text("rpId")).isEqualTo("example.org");
        assertThat(options.text("userVerification")).isEqualTo("preferred");
        assertThat(options.bytes("challenge")).hasSize(32);
        assertThat(options.number("timeout")).isEqualTo(300_000);
        assertThat(Json.parse(desk.requestOptions(KeyDesk.ACCOUNT)).text("challenge"))
                .isNotEqualTo(options.text("challenge"));
    }

    @Test
    void begin_whereNothingIsEnrolled_asksForNothing() {
        assertThat(KeyDesk.codeOf(desk.ceremonies.authentication().begin(KeyDesk.ACCOUNT, KeyDesk.SESSION)))
                .as("an empty list would let any passkey of the site answer")
                .isEqualTo("NOT_ENROLLED");
    }

    @Test
    void begin_tooOftenInOneSession_isRefusedThereOnly() {
        desk.enrol(KeyDesk.ACCOUNT, key, "one");
        WebAuthnAuthentication authentication = desk.ceremonies.authentication();
        for (int i = 0; i < 30; i++) {
            desk.requestOptions(KeyDesk.ACCOUNT);
        }

        assertThat(KeyDesk.codeOf(authentication.begin(KeyDesk.ACCOUNT, KeyDesk.SESSION)))
                .isEqualTo("TOO_OFTEN");
        assertThat(KeyDesk.codeOf(authentication.begin(KeyDesk.ACCOUNT, Carrier.session("session-2"))))
                .isEqualTo("BEGUN");
        assertThat(KeyDesk.codeOf(authentication.beginPasskey(KeyDesk.SESSION))).isEqualTo("BEGUN");
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void verify_ofEachAlgorithm_givesEvidenceOfThatCredential(Algorithm algorithm) {
        SoftAuthenticator made =
                SoftAuthenticator.builder(KeyDesk.ORIGIN).algorithm(algorithm).build();
        desk.enrol(KeyDesk.ACCOUNT, key, "other");
        WebAuthnCredential enrolled = desk.enrol(KeyDesk.ACCOUNT, made, "this");
        desk.clock.advance(Duration.ofHours(1));

        Verification result = desk.verify(
                KeyDesk.ACCOUNT, made.get(desk.requestOptions(KeyDesk.ACCOUNT)).toJson());

        Evidence evidence = ((Verification.Verified) result).evidence();
        assertThat(evidence.factor()).isEqualTo(enrolled.factor());
        assertThat(evidence.account()).isEqualTo(KeyDesk.ACCOUNT);
        assertThat(evidence.carrier()).isEqualTo(KeyDesk.SESSION);
        assertThat(evidence.at()).isEqualTo(desk.clock.instant());
        assertThat(Evidence.parse(evidence.toText())).isEqualTo(evidence);
        WebAuthnCredential used = desk.repository.find(enrolled.id()).orElseThrow();
        assertThat(used).isEqualTo(enrolled.usedAt(1, true, false, desk.clock.instant()));
        assertThat(desk.versions.of(KeyDesk.ACCOUNT))
                .as("using a key changes no factors")
                .isEqualTo(2);
        assertThat(desk.audit.events()).hasSize(2);
    }

    @Test
    void verify_sameAnswerAgain_isRefused() {
        desk.enrol(KeyDesk.ACCOUNT, key, "one");
        String json = key.get(desk.requestOptions(KeyDesk.ACCOUNT)).toJson();

        assertThat(desk.login(KeyDesk.ACCOUNT, json)).isEqualTo("VERIFIED");
        assertThat(desk.login(KeyDesk.ACCOUNT, json)).isEqualTo("CHALLENGE_EXPIRED");
        assertThat(desk.stored(KeyDesk.ACCOUNT).signCount()).isEqualTo(1);
    }

    @Test
    void verify_afterAWrongAnswer_needsAnotherChallenge() {
        desk.enrol(KeyDesk.ACCOUNT, key, "one");
        String options = desk.requestOptions(KeyDesk.ACCOUNT);

        assertThat(desk.login(
                        KeyDesk.ACCOUNT, key.get(options).spoiltSignature().toJson()))
                .isEqualTo("SIGNATURE");
        assertThat(desk.login(KeyDesk.ACCOUNT, key.get(options).toJson())).isEqualTo("CHALLENGE_EXPIRED");
    }

    @Test
    void verify_liesOfEachKind_areRefusedByName() {
        desk.enrol(KeyDesk.ACCOUNT, key, "one");

        assertThat(login(a -> a)).isEqualTo("VERIFIED");
        assertThat(login(a -> a.type("webauthn.create"))).isEqualTo("WRONG_TYPE");
        assertThat(login(a -> a.challenge("A".repeat(43)))).isEqualTo("CHALLENGE_EXPIRED");
        assertThat(login(a -> a.challenge(""))).isEqualTo("MALFORMED");
        assertThat(login(a -> a.origin("https://packages.example.org.evil.example")))
                .isEqualTo("ORIGIN_NOT_ALLOWED");
        assertThat(login(a -> a.crossOrigin("https://other.example"))).isEqualTo("CROSS_ORIGIN");
        assertThat(login(a -> a.rpId("evil.example"))).isEqualTo("RP_ID_MISMATCH");
        assertThat(login(a -> a.flags(UV))).isEqualTo("USER_NOT_PRESENT");
        assertThat(login(a -> a.flags(UP | BS))).isEqualTo("BACKUP_FLAGS");
        assertThat(login(a -> a.flags(UP | BE))).isEqualTo("BACKUP_FLAGS");
        assertThat(login(a -> a.userHandle(new byte[] {1}))).isEqualTo("USER_HANDLE");
        assertThat(login(a -> a.spoiltSignature())).isEqualTo("SIGNATURE");
        assertThat(desk.login(KeyDesk.ACCOUNT, "")).isEqualTo("MALFORMED");
        assertThat(desk.login(KeyDesk.ACCOUNT, "[".repeat(100_000))).isEqualTo("MALFORMED");
        assertThat(desk.stored(KeyDesk.ACCOUNT).signCount()).isEqualTo(1);
    }

    @Test
    void verify_userHandle_mayBeAbsentOrEmpty() {
        desk.enrol(KeyDesk.ACCOUNT, key, "one");

        assertThat(login(SoftAssertion::withoutUserHandle)).isEqualTo("VERIFIED");
        assertThat(login(a -> a.userHandle(new byte[0]))).isEqualTo("VERIFIED");
    }

    @Test
    void verify_challengeOfAnotherSessionAccountOrCeremony_isNone() {
        desk.enrol(KeyDesk.ACCOUNT, key, "one");
        SoftAuthenticator others = SoftAuthenticator.at(KeyDesk.ORIGIN);
        desk.enrol(KeyDesk.OTHER, others, "theirs");
        String json = key.get(desk.requestOptions(KeyDesk.ACCOUNT)).toJson();

        assertThat(desk.login(KeyDesk.OTHER, json)).isEqualTo("CHALLENGE_EXPIRED");
        for (Carrier other : List.of(Carrier.session("session-2"), Carrier.request("session-1"))) {
            assertThat(KeyDesk.outcomeOf(
                            desk.ceremonies.authentication().verify(new FactorResponse(KeyDesk.ACCOUNT, other, json))))
                    .isEqualTo("CHALLENGE_EXPIRED");
        }
        assertThat(desk.passkey(json)).isEqualTo("CHALLENGE_EXPIRED");
        String created = Json.parse(desk.creationOptions(KeyDesk.ACCOUNT)).text("challenge");
        assertThat(login(a -> a.challenge(created))).isEqualTo("CHALLENGE_EXPIRED");
        String passkey = Json.parse(desk.passkeyOptions()).text("challenge");
        assertThat(login(a -> a.challenge(passkey))).isEqualTo("CHALLENGE_EXPIRED");
        assertThat(desk.login(KeyDesk.ACCOUNT, json))
                .as("nobody else used it up")
                .isEqualTo("VERIFIED");
    }

    /** The parts of the key are hashed with their lengths: no two bindings run into each other. */
    @Test
    void verify_sessionAndAccountThatJoinToTheSameText_areDifferent() {
        desk.enrol("b", key, "one");
        desk.enrol("ab", SoftAuthenticator.at(KeyDesk.ORIGIN), "theirs");
        String options = KeyDesk.options(desk.ceremonies.authentication().begin("b", Carrier.session("sa")));

        assertThat(KeyDesk.outcomeOf(desk.ceremonies
                        .authentication()
                        .verify(new FactorResponse(
                                "ab", Carrier.session("s"), key.get(options).toJson()))))
                .isEqualTo("CHALLENGE_EXPIRED");
    }

    @Test
    void verify_inEachOfSeveralPages_works() {
        desk.enrol(KeyDesk.ACCOUNT, key, "one");
        List<String> pages = List.of(
                desk.requestOptions(KeyDesk.ACCOUNT),
                desk.requestOptions(KeyDesk.ACCOUNT),
                desk.requestOptions(KeyDesk.ACCOUNT));

        for (String options : List.of(pages.get(1), pages.get(0), pages.get(2))) {
            assertThat(desk.login(KeyDesk.ACCOUNT, key.get(options).toJson())).isEqualTo("VERIFIED");
        }
    }

    @Test
    void verify_atTheEndOfItsTimeExactly_isExpired() {
        desk.enrol(KeyDesk.ACCOUNT, key, "one");
        String early = desk.requestOptions(KeyDesk.ACCOUNT);
        String late = desk.requestOptions(KeyDesk.ACCOUNT);

        desk.clock.advance(RelyingParty.CHALLENGE_LIFETIME.minusNanos(1));
        assertThat(desk.login(KeyDesk.ACCOUNT, key.get(early).toJson())).isEqualTo("VERIFIED");
        desk.clock.advance(Duration.ofNanos(1));
        assertThat(desk.login(KeyDesk.ACCOUNT, key.get(late).toJson())).isEqualTo("CHALLENGE_EXPIRED");
    }

    @Test
    void verify_byAKeyOfAnotherAccount_isNotAllowed() {
        desk.enrol(KeyDesk.ACCOUNT, key, "one");
        SoftAuthenticator others = SoftAuthenticator.at(KeyDesk.ORIGIN);
        WebAuthnCredential foreign = desk.enrol(KeyDesk.OTHER, others, "theirs");
        String options = desk.requestOptions(KeyDesk.ACCOUNT);

        assertThat(desk.login(
                        KeyDesk.ACCOUNT,
                        others.get(options, foreign.id()).withoutUserHandle().toJson()))
                .isEqualTo("NOT_ALLOWED");
        assertThat(desk.repository.find(foreign.id())).contains(foreign);
    }

    /** PyPI tried every key of the account, whatever id was asserted, and moved the counter of the asserted one. */
    @Test
    void verify_signatureOfOneKeyUnderTheIdOfAnother_isRefused() {
        WebAuthnCredential one = desk.enrol(KeyDesk.ACCOUNT, key, "one");
        desk.enrol(KeyDesk.ACCOUNT, key, "two");
        byte[] id = Base64.getUrlDecoder().decode(one.id());

        assertThat(login(a -> a.credentialId(id))).isEqualTo("SIGNATURE");
        assertThat(login(a -> a.credentialId(new byte[] {1, 2, 3}))).isEqualTo("NOT_ALLOWED");
    }

    @Test
    void verify_byAKeyThatWasAddedAfterwards_isNotAllowed() {
        desk.enrol(KeyDesk.ACCOUNT, key, "one");
        String options = desk.requestOptions(KeyDesk.ACCOUNT);
        WebAuthnCredential later = desk.enrol(KeyDesk.ACCOUNT, key, "two");

        assertThat(desk.login(KeyDesk.ACCOUNT, key.get(options, later.id()).toJson()))
                .isEqualTo("NOT_ALLOWED");
    }

    @Test
    void verify_byAKeyThatWasRemovedMeanwhile_isRefused() {
        WebAuthnCredential one = desk.enrol(KeyDesk.ACCOUNT, key, "one");
        String options = desk.requestOptions(KeyDesk.ACCOUNT);
        WebAuthnCredential two = desk.enrol(KeyDesk.ACCOUNT, key, "two");
        desk.ceremonies.registration().remove(KeyDesk.ACCOUNT, one.id(), 2, event -> event);
        assertThat(desk.login(KeyDesk.ACCOUNT, key.get(options, one.id()).toJson()))
                .isEqualTo("NOT_ALLOWED");

        String last = desk.requestOptions(KeyDesk.ACCOUNT);
        desk.ceremonies.registration().remove(KeyDesk.ACCOUNT, two.id(), 3, event -> event);
        assertThat(desk.login(KeyDesk.ACCOUNT, key.get(last, two.id()).toJson()))
                .isEqualTo("NOT_ENROLLED");
    }

    @Test
    void verify_counterThatDoesNotGoUp_isRefusedAndReported() {
        WebAuthnCredential enrolled = desk.enrol(KeyDesk.ACCOUNT, key, "one");
        assertThat(login(a -> a.counter(5))).isEqualTo("VERIFIED");

        for (long stale : new long[] {5, 4, 0}) {
            assertThat(login(a -> a.counter(stale))).isEqualTo("COUNTER_REGRESSED");
        }

        assertThat(desk.stored(KeyDesk.ACCOUNT).signCount()).isEqualTo(5);
        List<AuditEvent> events = desk.audit.events();
        assertThat(events).hasSize(4);
        assertThat(events.get(1).tag()).isEqualTo(AuditTag.COUNTER_REGRESSED);
        assertThat(events.get(1).account()).contains(KeyDesk.ACCOUNT);
        assertThat(events.get(1).subject()).contains(enrolled.id());
        assertThat(events.get(1).attributes())
                .containsEntry("outcome", "refused")
                .containsEntry("stored", "5")
                .containsEntry("label", "one");
        assertThat(login(a -> a.counter(6))).isEqualTo("VERIFIED");
    }

    @Test
    void verify_counterThatDoesNotGoUpWhereThatIsOnlyReported_isAcceptedAndNeverLowersIt() {
        KeyDesk lenient = new KeyDesk(site -> site.counters(CounterPolicy.REPORT));
        lenient.enrol(KeyDesk.ACCOUNT, key, "one");
        assertThat(login(lenient, a -> a.counter(5))).isEqualTo("VERIFIED");

        assertThat(login(lenient, a -> a.counter(3))).isEqualTo("VERIFIED");

        assertThat(lenient.stored(KeyDesk.ACCOUNT).signCount()).isEqualTo(5);
        assertThat(lenient.audit.events().get(1).tag()).isEqualTo(AuditTag.COUNTER_REGRESSED);
        assertThat(lenient.audit.events().get(1).attributes()).containsEntry("outcome", "accepted");
    }

    @Test
    void verify_counterOfTheUpperHalf_isUnsigned() {
        desk.enrol(KeyDesk.ACCOUNT, key, "one");

        assertThat(login(a -> a.counter(0x7fff_ffffL))).isEqualTo("VERIFIED");
        assertThat(login(a -> a.counter(0x8000_0000L))).isEqualTo("VERIFIED");
        assertThat(login(a -> a.counter(0xffff_ffffL))).isEqualTo("VERIFIED");
        assertThat(desk.stored(KeyDesk.ACCOUNT).signCount()).isEqualTo(0xffff_ffffL);
        assertThat(login(a -> a.counter(0x7fff_ffffL))).isEqualTo("COUNTER_REGRESSED");
    }

    @Test
    void verify_keyThatNeverCounts_logsInAgainAndAgain() {
        SoftAuthenticator phone =
                SoftAuthenticator.builder(KeyDesk.ORIGIN).synced().build();
        desk.enrol(KeyDesk.ACCOUNT, phone, "phone");

        for (int i = 0; i < 3; i++) {
            assertThat(desk.login(
                            KeyDesk.ACCOUNT,
                            phone.get(desk.requestOptions(KeyDesk.ACCOUNT)).toJson()))
                    .isEqualTo("VERIFIED");
        }
    }

    @Test
    void verify_backupState_isKeptAndUpdated() {
        SoftAuthenticator phone =
                SoftAuthenticator.builder(KeyDesk.ORIGIN).synced().build();
        desk.enrol(KeyDesk.ACCOUNT, phone, "phone");
        assertThat(desk.stored(KeyDesk.ACCOUNT).isBackedUp()).isTrue();

        String json = phone.get(desk.requestOptions(KeyDesk.ACCOUNT))
                .flags(UP | UV | BE)
                .toJson();
        assertThat(desk.login(KeyDesk.ACCOUNT, json)).isEqualTo("VERIFIED");

        assertThat(desk.stored(KeyDesk.ACCOUNT).isBackedUp()).isFalse();
        assertThat(desk.stored(KeyDesk.ACCOUNT).isBackupEligible()).isTrue();
    }

    @Test
    void verify_userVerification_followsTheSite() {
        KeyDesk strict = new KeyDesk(site -> site.userVerification(UserVerification.REQUIRED));
        strict.enrol(KeyDesk.ACCOUNT, key, "one");

        assertThat(login(strict, a -> a.flags(UP))).isEqualTo("USER_NOT_VERIFIED");
        assertThat(login(strict, a -> a)).isEqualTo("VERIFIED");
        assertThat(Json.parse(strict.requestOptions(KeyDesk.ACCOUNT)).text("userVerification"))
                .isEqualTo("required");
        desk.enrol(KeyDesk.ACCOUNT, key, "one");
        assertThat(login(a -> a.flags(UP))).isEqualTo("VERIFIED");
    }
}
