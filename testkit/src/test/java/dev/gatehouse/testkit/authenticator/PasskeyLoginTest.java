package dev.gatehouse.testkit.authenticator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.testkit.internal.Json;
import dev.gatehouse.webauthn.PasskeyLogin;
import dev.gatehouse.webauthn.RelyingParty;
import dev.gatehouse.webauthn.UserVerification;
import dev.gatehouse.webauthn.WebAuthnCredential;
import java.util.Base64;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Logging in by a passkey alone: it says who the user is, and proves possession and knowledge or likeness at once. */
class PasskeyLoginTest {
    private final KeyDesk desk = new KeyDesk();
    private final SoftAuthenticator key =
            SoftAuthenticator.builder(KeyDesk.ORIGIN).synced().build();

    private String login(UnaryOperator<SoftAssertion> lie) {
        return desk.passkey(lie.apply(key.get(desk.passkeyOptions())).toJson());
    }

    @Test
    void begin_byAVisitor_namesNoCredentialAndRequiresVerification() {
        desk.enrol(KeyDesk.ACCOUNT, key, "phone");

        Json options = Json.parse(desk.passkeyOptions());

        assertThat(options.objects("allowCredentials")).isEmpty();
        assertThat(options.text("userVerification")).isEqualTo("required");
        assertThat(options.bytes("challenge")).hasSize(32);
    }

    @Test
    void verify_anHonestPasskey_namesItsAccountWithEvidence() {
        WebAuthnCredential enrolled = desk.enrol(KeyDesk.ACCOUNT, key, "phone");
        desk.enrol(KeyDesk.OTHER, SoftAuthenticator.at(KeyDesk.ORIGIN), "theirs");

        PasskeyLogin login = desk.ceremonies
                .authentication()
                .verifyPasskey(KeyDesk.SESSION, key.get(desk.passkeyOptions()).toJson());

        PasskeyLogin.Identified identified = (PasskeyLogin.Identified) login;
        Evidence evidence = identified.evidence();
        assertThat(identified.account()).isEqualTo(KeyDesk.ACCOUNT);
        assertThat(evidence.account()).isEqualTo(KeyDesk.ACCOUNT);
        assertThat(evidence.factor()).isEqualTo(enrolled.factor());
        assertThat(evidence.carrier()).isEqualTo(KeyDesk.SESSION);
        assertThat(evidence.at()).isEqualTo(desk.clock.instant());
        assertThat(desk.stored(KeyDesk.ACCOUNT).lastUsedAt()).contains(desk.clock.instant());
    }

    /** `security.md` 16. */
    @ParameterizedTest
    @EnumSource(UserVerification.class)
    void verify_withoutUserVerification_isRefusedWhateverTheSitePrefers(UserVerification preferred) {
        KeyDesk site = new KeyDesk(choices -> choices.userVerification(preferred));
        site.enrol(KeyDesk.ACCOUNT, SoftAuthenticator.at(KeyDesk.ORIGIN), "other");
        SoftAuthenticator plain = SoftAuthenticator.at(KeyDesk.ORIGIN);
        site.enrol(KeyDesk.ACCOUNT, plain, "this");

        String json = plain.get(site.passkeyOptions())
                .flags(SoftAuthenticator.USER_PRESENT)
                .toJson();

        assertThat(site.passkey(json)).isEqualTo("USER_NOT_VERIFIED");
        assertThat(site.passkey(plain.get(site.passkeyOptions()).toJson())).isEqualTo(KeyDesk.ACCOUNT);
    }

    @Test
    void verify_withoutUserHandle_isRefused() {
        desk.enrol(KeyDesk.ACCOUNT, key, "phone");

        assertThat(login(SoftAssertion::withoutUserHandle)).isEqualTo("USER_HANDLE");
        assertThat(login(a -> a.userHandle(new byte[0]))).isEqualTo("USER_HANDLE");
    }

    @Test
    void verify_withTheHandleOfAnotherAccount_isRefused() {
        desk.enrol(KeyDesk.ACCOUNT, key, "phone");
        SoftAuthenticator others = SoftAuthenticator.at(KeyDesk.ORIGIN);
        byte[] theirs = Base64.getUrlDecoder()
                .decode(desk.enrol(KeyDesk.OTHER, others, "theirs").userHandle());

        assertThat(login(a -> a.userHandle(theirs))).isEqualTo("USER_HANDLE");
        assertThat(login(a -> a.userHandle(new byte[] {1, 2, 3}))).isEqualTo("USER_HANDLE");
    }

    @Test
    void verify_liesOfEachKind_areRefusedByName() {
        desk.enrol(KeyDesk.ACCOUNT, key, "phone");
        byte[] unknown = {1, 2, 3};

        assertThat(login(a -> a)).isEqualTo(KeyDesk.ACCOUNT);
        assertThat(login(a -> a.credentialId(unknown))).isEqualTo("NOT_ENROLLED");
        assertThat(login(a -> a.spoiltSignature())).isEqualTo("SIGNATURE");
        assertThat(login(a -> a.origin("https://evil.example"))).isEqualTo("ORIGIN_NOT_ALLOWED");
        assertThat(login(a -> a.rpId("evil.example"))).isEqualTo("RP_ID_MISMATCH");
        assertThat(login(a -> a.challenge("A".repeat(43)))).isEqualTo("CHALLENGE_EXPIRED");
        assertThat(desk.passkey("null")).isEqualTo("MALFORMED");
    }

    @Test
    void verify_signatureOfAnotherAccountsPasskeyUnderThisId_isRefused() {
        WebAuthnCredential enrolled = desk.enrol(KeyDesk.ACCOUNT, key, "phone");
        SoftAuthenticator others = SoftAuthenticator.at(KeyDesk.ORIGIN);
        desk.enrol(KeyDesk.OTHER, others, "theirs");

        String json = others.get(desk.passkeyOptions())
                .credentialId(Base64.getUrlDecoder().decode(enrolled.id()))
                .userHandle(Base64.getUrlDecoder().decode(enrolled.userHandle()))
                .toJson();

        assertThat(desk.passkey(json)).isIn("SIGNATURE", "BACKUP_FLAGS");
    }

    @Test
    void verify_challenge_isOfThisSessionOnceAndForFiveMinutes() {
        desk.enrol(KeyDesk.ACCOUNT, key, "phone");
        String json = key.get(desk.passkeyOptions()).toJson();

        assertThat(KeyDesk.outcomeOf(
                        desk.ceremonies.authentication().verifyPasskey(Carrier.session("session-2"), json)))
                .isEqualTo("CHALLENGE_EXPIRED");
        assertThat(desk.login(KeyDesk.ACCOUNT, json)).isEqualTo("CHALLENGE_EXPIRED");
        assertThat(desk.passkey(json)).isEqualTo(KeyDesk.ACCOUNT);
        assertThat(desk.passkey(json)).isEqualTo("CHALLENGE_EXPIRED");
        String late = key.get(desk.passkeyOptions()).toJson();
        desk.clock.advance(RelyingParty.CHALLENGE_LIFETIME);
        assertThat(desk.passkey(late)).isEqualTo("CHALLENGE_EXPIRED");
    }

    @Test
    void verify_afterItsCredentialWasRemoved_isRefused() {
        WebAuthnCredential enrolled = desk.enrol(KeyDesk.ACCOUNT, key, "phone");
        String json = key.get(desk.passkeyOptions()).toJson();
        desk.ceremonies.registration().remove(KeyDesk.ACCOUNT, enrolled.id(), 1, event -> event);

        assertThat(desk.passkey(json)).isEqualTo("NOT_ENROLLED");
    }
}
