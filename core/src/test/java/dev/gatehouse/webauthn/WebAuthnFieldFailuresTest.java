package dev.gatehouse.webauthn;

import static dev.gatehouse.webauthn.SoftToken.BE;
import static dev.gatehouse.webauthn.SoftToken.BS;
import static dev.gatehouse.webauthn.SoftToken.CHALLENGE;
import static dev.gatehouse.webauthn.SoftToken.UP;
import static dev.gatehouse.webauthn.SoftToken.UV;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.webauthn.AssertionVerification.Asserted;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What went wrong elsewhere, by the number of the report in the collected field failures. */
class WebAuthnFieldFailuresTest {
    private final SoftToken token = new SoftToken();
    private final WebAuthnVerifier verifier = SoftToken.verifier();

    private AssertionVerification assertion(WebAuthnCredential stored) {
        return assertion(verifier, AssertionExpectation.ofIdentifiedUser(CHALLENGE, stored));
    }

    private AssertionVerification assertion(WebAuthnVerifier by, AssertionExpectation expected) {
        return by.verifyAssertion(
                expected, AssertionResponse.read(token.assertion()).orElseThrow());
    }

    private static String code(AssertionVerification result) {
        return result.fold(
                asserted -> Verdicts.ACCEPTED, refused -> refused.reason().code());
    }

    private String registration() {
        return verifier.verifyRegistration(RegistrationExpectation.of(CHALLENGE, Verdicts.NOW), token.registration())
                .fold(
                        registered -> Verdicts.ACCEPTED,
                        refused -> refused.reason().code());
    }

    @Test
    void counter_bothZero_isAccepted_o18() {
        assertThat(assertion(SoftToken.stored(0, false))).isEqualTo(new Asserted(0, false, true, false));
    }

    @Test
    void counter_notUp_isRefusedOrReported_o18() {
        WebAuthnVerifier reporting = WebAuthnVerifier.of(
                SoftToken.site().counters(CounterPolicy.REPORT).build());
        for (long received : new long[] {0, 6, 7}) {
            token.count = received;
            WebAuthnCredential stored = SoftToken.stored(7, false);

            assertThat(code(assertion(stored))).isEqualTo("COUNTER_REGRESSED");
            assertThat(assertion(reporting, AssertionExpectation.ofIdentifiedUser(CHALLENGE, stored)))
                    .isEqualTo(new Asserted(7, false, true, true));
        }
    }

    @Test
    void counter_aboveTwoToThe31_isUnsigned_o18() {
        token.count = 0xFFFF_FFFFL;

        assertThat(assertion(SoftToken.stored(0x7FFF_FFFFL, false)))
                .isEqualTo(new Asserted(0xFFFF_FFFFL, false, true, false));
    }

    @Test
    void backup_doneWithoutEligible_isRefused_o19() {
        token.flags = UP | UV | BS;

        assertThat(code(assertion(SoftToken.stored(0, false)))).isEqualTo("BACKUP_FLAGS");
        assertThat(registration()).isEqualTo("BACKUP_FLAGS");
    }

    @Test
    void backup_eligibilityChanged_isRefused_o20() {
        assertThat(code(assertion(SoftToken.stored(0, true)))).isEqualTo("BACKUP_FLAGS");

        token.flags = UP | UV | BE;
        assertThat(code(assertion(SoftToken.stored(0, false)))).isEqualTo("BACKUP_FLAGS");
    }

    @Test
    void backup_doneSince_isReported_o20() {
        token.flags = UP | UV | BE | BS;

        assertThat(assertion(SoftToken.stored(0, true))).isEqualTo(new Asserted(0, true, true, false));
    }

    @Test
    void origin_ofAnApp_isAcceptedOnlyIfListed_o21() {
        String app = "android:apk-key-hash:sjYxqUM11Op8oHJuOdbrsCqtvYvbKHhQoKBlt28dLec";
        WebAuthnVerifier listing =
                WebAuthnVerifier.of(SoftToken.site().appOrigins(Set.of(app)).build());
        AssertionExpectation expected = AssertionExpectation.ofIdentifiedUser(CHALLENGE, SoftToken.stored(0, false));
        token.origin = app;

        assertThat(code(assertion(verifier, expected))).isEqualTo("ORIGIN_NOT_ALLOWED");
        assertThat(code(assertion(listing, expected))).isEqualTo(Verdicts.ACCEPTED);
        token.origin = app.replace("sjY", "sjZ");
        assertThat(code(assertion(listing, expected))).isEqualTo("ORIGIN_NOT_ALLOWED");
    }

    @Test
    void topOrigin_notListed_isCrossOrigin() {
        WebAuthnVerifier framed = WebAuthnVerifier.of(SoftToken.site()
                .allowCrossOriginFrom(Set.of("https://shop.example"))
                .build());
        AssertionExpectation expected = AssertionExpectation.ofIdentifiedUser(CHALLENGE, SoftToken.stored(0, false));
        token.crossOrigin = true;

        token.topOrigin = "https://shop.example";
        assertThat(code(assertion(framed, expected))).isEqualTo(Verdicts.ACCEPTED);
        assertThat(code(assertion(verifier, expected))).isEqualTo("CROSS_ORIGIN");
        token.topOrigin = "https://evil.example";
        assertThat(code(assertion(framed, expected))).isEqualTo("CROSS_ORIGIN");
        token.crossOrigin = false;
        assertThat(code(assertion(verifier, expected))).isEqualTo("CROSS_ORIGIN");
    }

    @Test
    void userHandle_empty_isAbsent_o22() {
        WebAuthnCredential stored = SoftToken.stored(0, false);
        token.userHandle = "";

        assertThat(code(assertion(stored))).isEqualTo(Verdicts.ACCEPTED);
        assertThat(code(assertion(verifier, AssertionExpectation.ofUnknownUser(CHALLENGE, stored))))
                .isEqualTo("USER_HANDLE");
    }

    @Test
    void userHandle_ofAnotherUser_isRefused_o22() {
        WebAuthnCredential stored = SoftToken.stored(0, false);
        token.userHandle = "b3RoZXI";

        assertThat(code(assertion(stored))).isEqualTo("USER_HANDLE");
        token.userHandle = SoftToken.USER;
        assertThat(code(assertion(verifier, AssertionExpectation.ofUnknownUser(CHALLENGE, stored))))
                .isEqualTo(Verdicts.ACCEPTED);
    }

    @Test
    void unknownUser_notVerified_isRefused() {
        token.userHandle = SoftToken.USER;
        token.flags = UP;

        assertThat(code(assertion(verifier, AssertionExpectation.ofUnknownUser(CHALLENGE, SoftToken.stored(0, false)))))
                .isEqualTo("USER_NOT_VERIFIED");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a16b6372656450726f7465637402",
                "a16b6372656450726f74656374f5",
                "a16b6372656450726f74656374a163626164f6"
            })
    void extensions_notAskedFor_areIgnored_o23(String hex) {
        token.extensions = HexFormat.of().parseHex(hex);

        assertThat(registration()).isEqualTo(Verdicts.ACCEPTED);
        assertThat(code(assertion(SoftToken.stored(0, false)))).isEqualTo(Verdicts.ACCEPTED);
    }

    @Test
    void leftOver_afterCborOrJson_isRefused_o24() {
        token.afterObject = new byte[] {0, 0};
        assertThat(registration()).isEqualTo("MALFORMED");

        token.afterObject = new byte[] {};
        for (String after : List.of("{}", " null", ",", "x")) {
            token.afterClientData = after;
            assertThat(registration()).as(after).isEqualTo("MALFORMED");
            assertThat(code(assertion(SoftToken.stored(0, false)))).as(after).isEqualTo("MALFORMED");
        }
        token.afterClientData = " \n";
        assertThat(registration()).isEqualTo(Verdicts.ACCEPTED);
        assertThat(verifier.verifyRegistration(
                        RegistrationExpectation.of(CHALLENGE, Verdicts.NOW), token.registration() + "{}"))
                .isEqualTo(new RegistrationVerification.Refused(WebAuthnRejection.MALFORMED));
    }

    @Test
    void transports_unknown_areKept_o25() {
        token.transports = List.of("cable", "usb", "", "x y", "usb");

        List<String> kept = verifier.verifyRegistration(
                        RegistrationExpectation.of(CHALLENGE, Verdicts.NOW), token.registration())
                .fold(registered -> registered.credential().transports(), refused -> List.of());

        assertThat(kept).containsExactly("cable", "usb");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "7", "\"usb\"", "[null, 7, {\"a\": []}, \"usb\"]"})
    void transports_ofOtherTypes_areIgnored_o25(String transports) {
        String json =
                token.registration().replace("\"response\":{", "\"response\":{\"transports\":" + transports + ",");

        assertThat(verifier.verifyRegistration(RegistrationExpectation.of(CHALLENGE, Verdicts.NOW), json))
                .isInstanceOf(RegistrationVerification.Registered.class);
    }

    @Test
    void members_unknown_areIgnored_o26() {
        token.extra = Map.of(
                "authenticatorAttachment",
                "platform",
                "publicKey",
                "AAAA",
                "publicKeyAlgorithm",
                -7,
                "later",
                Map.of("more", List.of(1, 2)));

        assertThat(registration()).isEqualTo(Verdicts.ACCEPTED);
        assertThat(code(assertion(SoftToken.stored(0, false)))).isEqualTo(Verdicts.ACCEPTED);
    }

    @Test
    void key_ofUnknownCurve_isRefused_o28() {
        token.publicKey = CoseBytes.okp(CoseAlgorithm.EDDSA, 99, new byte[32]);
        assertThat(registration()).isEqualTo("PUBLIC_KEY");

        token.publicKey = CoseBytes.okp(CoseAlgorithm.EDDSA, 6, new byte[32]);
        assertThat(registration()).as("a point of small order").isEqualTo("PUBLIC_KEY");

        token.publicKey = CoseBytes.akp(CoseAlgorithm.ML_DSA_44, new byte[100]);
        assertThat(registration()).isEqualTo("PUBLIC_KEY");
    }

    /** A parser that gives labels as texts takes the text for the number. */
    @Test
    void key_withALabelThatIsATextOfDigits_isRefused() {
        String plain = HexFormat.of().formatHex(SoftToken.cose());
        assertThat(plain).contains("225820");
        token.publicKey = HexFormat.of().parseHex(plain.replaceFirst("225820", "622d335820"));

        assertThat(registration()).isEqualTo("PUBLIC_KEY");
    }

    @Test
    void key_longerThanAnyThatIsStored_isRefused() {
        token.publicKey = withKeyId(NewCredential.MAX_KEY_BYTES);
        assertThat(registration()).isEqualTo(Verdicts.ACCEPTED);

        token.publicKey = withKeyId(NewCredential.MAX_KEY_BYTES + 1);
        assertThat(registration()).isEqualTo("PUBLIC_KEY");
    }

    /** The token's key with an id (RFC 9052, 7.1) that makes it so long. */
    private static byte[] withKeyId(int size) {
        byte[] plain = SoftToken.cose();
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        out.writeBytes(plain);
        CoseBytes.integer(out, 2);
        CoseBytes.bytes(out, new byte[size - plain.length - 4]);
        byte[] longer = out.toByteArray();
        longer[0]++;
        return longer;
    }

    @Test
    void key_ofWeakRsa_isRefused() {
        byte[] modulus = new byte[128];
        java.util.Arrays.fill(modulus, (byte) 0xFF);
        token.publicKey = CoseBytes.rsa(CoseAlgorithm.RS256, modulus, new byte[] {1, 0, 1});

        assertThat(registration()).isEqualTo("PUBLIC_KEY");
    }

    @Test
    void credential_ofAnotherId_isRefused() {
        WebAuthnCredential other = WebAuthnCredential.of(
                "account",
                SoftToken.USER,
                NewCredential.builder("AAAA", SoftToken.cose()).build(),
                Verdicts.NOW);

        assertThat(code(assertion(other))).isEqualTo("NOT_ALLOWED");
    }

    @Test
    void credential_withAnotherKeyUnderTheSameId_isAnotherInTheCache() {
        byte[] otherKey = VectorFiles.own().stream()
                .filter(row -> !row.isRegistration())
                .map(row -> dev.gatehouse.internal.Base64Url.decode(row.stored().publicKey(), 0))
                .findFirst()
                .orElseThrow();
        assertThat(code(assertion(SoftToken.stored(0, false)))).isEqualTo(Verdicts.ACCEPTED);

        assertThat(code(assertion(WebAuthnCredential.of(
                        "account",
                        SoftToken.USER,
                        NewCredential.builder(SoftToken.id(), otherKey).build(),
                        Verdicts.NOW))))
                .isEqualTo("SIGNATURE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.168.4.7",
                "https://example.org",
                "example.org:8443",
                "co.uk",
                "org",
                "EXAMPLE.org",
                "example.org.",
                "[::1]",
                "::1",
                "",
                "example..org",
                "1.2",
                "0x7f.1",
                "github.io",
                "exa mple.org",
                "-a.example"
            })
    void rpId_thatNoBrowserTakes_failsAtConstruction_o30(String id) {
        assertThatThrownBy(() -> RelyingParty.builder(id, "Index", Set.of("https://example.org")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("id: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.org/",
                "https://example.org:443",
                "http://example.org",
                "https://evil.example",
                "https://evilexample.org",
                "https://example.org.evil.example",
                "https://EXAMPLE.org",
                "example.org",
                "https://user@example.org",
                "null",
                "",
                "https://example.org:0",
                "https://example.org:65536"
            })
    void origin_thatNoBrowserSends_failsAtConstruction_o30(String origin) {
        assertThatThrownBy(() -> RelyingParty.builder("example.org", "Index", Set.of(origin)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("origins: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost", "http://localhost:8080", "https://localhost:8443"})
    void origin_onLocalhost_mayBeHttp_o30(String origin) {
        assertThat(RelyingParty.builder("localhost", "Index", Set.of(origin))
                        .build()
                        .origins())
                .containsExactly(origin);
    }
}
