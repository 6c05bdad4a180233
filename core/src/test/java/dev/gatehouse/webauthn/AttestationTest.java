package dev.gatehouse.webauthn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.factor.FactorClass;
import dev.gatehouse.internal.Base64Url;
import dev.gatehouse.vectors.VectorRows;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps 21 to 24 of section 7.1 on the W3C's vectors, all of which lead to one root. */
class AttestationTest {
    private static X509Certificate root() {
        byte[] der = HexFormat.of()
                .parseHex(VectorFiles.file("w3c-webauthn-l3", "webauthn-l3-test-vectors.json")
                        .path("attestationRoot")
                        .path("attestation_ca_cert")
                        .asString());
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw new IllegalStateException(e);
        }
    }

    private static AttestationPolicy trusting() {
        return AttestationPolicy.trusting(List.of(root()));
    }

    private static VectorRow row(String name) {
        return VectorFiles.all().stream()
                .filter(row -> row.name().equals(name + " registration"))
                .findFirst()
                .orElseThrow();
    }

    private static String strength(VectorRow row, AttestationPolicy policy, Instant now) {
        WebAuthnVerifier verifier = WebAuthnVerifier.of(
                Verdicts.builder(row.site()).attestation(policy).build());
        Challenge challenge = Challenge.ofAnySize(Base64Url.decode(row.challenge(), 0));
        return verifier.verifyRegistration(
                        RegistrationExpectation.of(challenge, now),
                        row.response().json())
                .fold(
                        registered -> registered.credential().strength().id(),
                        refused -> refused.reason().code());
    }

    private static String strength(String name, AttestationPolicy policy) {
        return strength(row(name), policy, Verdicts.NOW);
    }

    /** Those with BE set may be synchronised, whoever vouches for them. */
    @ParameterizedTest
    @CsvSource({
        "w3c none-es256, phishing-resistant",
        "w3c packed-self-es256, phishing-resistant",
        "w3c packed-es256, phishing-resistant",
        "w3c packed-es384, phishing-resistant",
        "w3c packed-es512, phishing-resistant",
        "w3c packed-rs256, phishing-resistant",
        "w3c packed-eddsa, hardware-bound",
        "w3c packed-ed448, phishing-resistant",
        "w3c apple-es256, phishing-resistant",
        "w3c fido-u2f-es256, hardware-bound",
        "yubico Mldsa44, phishing-resistant",
        "yubico YubiKey5, phishing-resistant",
    })
    void strength_withTheRoot_isWhatTheStatementProves(String name, String expected) {
        assertThat(strength(name, trusting())).isEqualTo(expected);
        VectorRows rows = VectorRows.of("w3c-webauthn-l3/webauthn-l3-test-vectors.json", "attestationRoot");
        rows.ran("root");
        rows.passed();
    }

    /** webauthn4j cannot read the first, and wants of the second that its key description names an origin. */
    @ParameterizedTest
    @ValueSource(strings = {"w3c tpm-es256", "w3c android-key-es256"})
    void strength_ofStatementThatWebauthn4jRefuses_isNone(String name) {
        assertThat(strength(name, trusting())).isEqualTo("ATTESTATION");
        assertThat(strength(name, AttestationPolicy.none())).isEqualTo("phishing-resistant");
    }

    @ParameterizedTest
    @ValueSource(strings = {"w3c packed-eddsa", "w3c fido-u2f-es256"})
    void strength_withoutTheRoot_isPhishingResistant(String name) {
        assertThat(strength(name, AttestationPolicy.none())).isEqualTo("phishing-resistant");
    }

    @ParameterizedTest
    @ValueSource(strings = {"w3c none-es256", "w3c packed-self-es256", "yubico YubiKey5", "yubico Mldsa44"})
    void registration_notTrusted_isRefusedWhereThatIsRequired(String name) {
        assertThat(strength(name, trusting().requireTrusted())).isEqualTo("ATTESTATION");
    }

    @Test
    void registration_trusted_isAcceptedWhereThatIsRequired() {
        assertThat(strength("w3c packed-eddsa", trusting().requireTrusted())).isEqualTo("hardware-bound");
        assertThat(strength("w3c packed-es256", trusting().requireTrusted())).isEqualTo("phishing-resistant");
    }

    @Test
    void strength_ofModelThatSynchronises_isPhishingResistant() {
        UUID model = WebAuthnVerifier.of(
                        Verdicts.relyingParty(row("w3c packed-eddsa").site()))
                .verifyRegistration(
                        RegistrationExpectation.of(
                                Challenge.ofAnySize(
                                        Base64Url.decode(row("w3c packed-eddsa").challenge(), 0)),
                                Verdicts.NOW),
                        row("w3c packed-eddsa").response().json())
                .fold(registered -> registered.credential().aaguid(), refused -> NewCredential.NO_AAGUID);

        assertThat(strength("w3c packed-eddsa", trusting().withSyncable(Set.of(model))))
                .isEqualTo("phishing-resistant");
    }

    @Test
    void strength_beforeTheCertificatesAreValid_isPhishingResistant() {
        assertThat(strength(row("w3c packed-eddsa"), trusting(), Instant.parse("2020-01-01T00:00:00Z")))
                .isEqualTo("phishing-resistant");
    }

    /** The last bytes of these statements are those of the client's data that is signed, so the signature is wrong. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "w3c packed-self-es256",
                "w3c packed-eddsa",
                "w3c fido-u2f-es256",
                "w3c apple-es256",
                "yubico Mldsa65"
            })
    void statement_ofOtherClientData_isRefusedIfAskedFor(String name) {
        VectorRow row = row(name);
        byte[] client = Base64Url.decode(row.response().member("clientDataJSON"), 0);
        byte[] longer = java.util.Arrays.copyOf(client, client.length + 1);
        longer[client.length] = ' ';
        Map<String, String> members = new LinkedHashMap<>(row.response().members());
        members.put("clientDataJSON", Base64Url.encode(longer));
        VectorRow changed = new VectorRow(
                row.name(),
                row.verdict(),
                row.site(),
                row.challenge(),
                null,
                new VectorRow.Response(row.response().id(), null, members, List.of(), Map.of()));

        assertThat(strength(changed, trusting(), Verdicts.NOW)).isEqualTo("ATTESTATION");
        assertThat(strength(changed, AttestationPolicy.none(), Verdicts.NOW)).isEqualTo("phishing-resistant");
    }

    @Test
    void requireTrusted_withoutAnchors_isRefused() {
        assertThatThrownBy(() -> AttestationPolicy.none().requireTrusted()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> AttestationPolicy.trusting(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void newCredential_hardwareBoundButSynchronised_isRefused() {
        NewCredential.Builder builder = NewCredential.builder(SoftToken.id(), SoftToken.cose())
                .backup(true, false)
                .strength(FactorClass.HARDWARE_BOUND);

        assertThatThrownBy(builder::build).isInstanceOf(IllegalStateException.class);
    }
}
