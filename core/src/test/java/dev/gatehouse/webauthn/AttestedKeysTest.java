package dev.gatehouse.webauthn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.internal.Base64Url;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.function.BinaryOperator;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Enumerated;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which strength a statement proves that a trusted root stands behind, for formats of which the vectors have no such row. */
class AttestedKeysTest {
    private static final String ANDROID_KEY = "1.3.6.1.4.1.11129.2.1.17";
    private static final String APPLE_NONCE = "1.2.840.113635.100.8.2";

    /** Made in the key store, to sign. */
    private static final DERSequence MADE_TO_SIGN = list(
            new DERTaggedObject(true, 1, new DERSet(new ASN1Integer(2))),
            new DERTaggedObject(true, 702, new ASN1Integer(0)));

    private static final DERSequence NOTHING = list();

    private final SoftToken token = new SoftToken();

    private static DERSequence list(ASN1Encodable... parts) {
        return new DERSequence(parts);
    }

    /** What an Android key store says of the token's key: what software holds to, and what the trusted environment does. */
    private static BinaryOperator<byte[]> androidKey(DERSequence software, DERSequence trusted) {
        return (data, hash) -> Certificates.statement(
                Certificates.ofTheToken(
                        ANDROID_KEY,
                        list(
                                new ASN1Integer(3),
                                new ASN1Enumerated(1),
                                new ASN1Integer(4),
                                new ASN1Enumerated(1),
                                new DEROctetString(hash),
                                new DEROctetString(new byte[0]),
                                software,
                                trusted)),
                SoftToken.sign(SignedBytes.of(data, hash)));
    }

    private String strength(AttestationPolicy policy) {
        WebAuthnVerifier verifier =
                WebAuthnVerifier.of(SoftToken.site().attestation(policy).build());
        return verifier.verifyRegistration(
                        RegistrationExpectation.of(SoftToken.CHALLENGE, Verdicts.NOW), token.registration())
                .fold(
                        registered -> registered.credential().strength().id(),
                        refused -> refused.reason().code());
    }

    private static AttestationPolicy trusting() {
        return AttestationPolicy.trusting(List.of(Certificates.root()));
    }

    @Test
    void androidKey_ofTheTrustedEnvironment_isHardwareBound() {
        token.format = "android-key";
        token.statement = androidKey(NOTHING, MADE_TO_SIGN);

        assertThat(strength(trusting())).isEqualTo("hardware-bound");
        assertThat(strength(trusting().requireTrusted())).isEqualTo("hardware-bound");
    }

    @Test
    void androidKey_thatSoftwareHolds_isPhishingResistantAndTrusted() {
        token.format = "android-key";
        token.statement = androidKey(MADE_TO_SIGN, NOTHING);

        assertThat(strength(trusting())).isEqualTo("phishing-resistant");
        assertThat(strength(trusting().requireTrusted())).isEqualTo("phishing-resistant");
    }

    @Test
    void androidKey_thatNobodyMadeToSign_isRefused() {
        token.format = "android-key";
        token.statement = androidKey(NOTHING, NOTHING);

        assertThat(strength(trusting())).isEqualTo("ATTESTATION");
    }

    /** With a key that may not be backed up: that nobody vouches for it is what counts. */
    @Test
    void packed_byTheKeyItself_isPhishingResistant() {
        token.format = "packed";
        token.statement = (data, hash) -> {
            ByteArrayOutputStream statement = new ByteArrayOutputStream();
            statement.write(0xA2);
            CoseBytes.text(statement, "alg");
            statement.write(0x26);
            CoseBytes.text(statement, "sig");
            CoseBytes.bytes(statement, SoftToken.sign(SignedBytes.of(data, hash)));
            return statement.toByteArray();
        };

        assertThat(strength(trusting())).isEqualTo("phishing-resistant");
        assertThat(strength(trusting().requireTrusted())).isEqualTo("ATTESTATION");
    }

    /** Google's, Apple's and Bitwarden's. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4",
                "fbfc3007-154e-4ecc-8c0b-6e020557d7bd",
                "d548826e-79b4-db40-a3d8-11116f7e8349"
            })
    void androidKey_ofAModelThatIsKnownToSynchronise_isPhishingResistant(UUID model) {
        token.aaguid = model;
        token.format = "android-key";
        token.statement = androidKey(NOTHING, MADE_TO_SIGN);

        assertThat(strength(trusting())).isEqualTo("phishing-resistant");
    }

    /** Apple certifies each key of the device's own anew; the passkeys that it synchronises have BE set, and no statement. */
    @Test
    void apple_belowTheRoot_isHardwareBoundUnlessItMayBeBackedUp() {
        token.format = "apple";
        token.statement = (data, hash) -> Certificates.statement(
                Certificates.ofTheToken(
                        APPLE_NONCE,
                        list(new DERTaggedObject(
                                true, 1, new DEROctetString(SignedBytes.sha256(SignedBytes.of(data, hash)))))),
                new byte[0]);

        assertThat(strength(trusting().requireTrusted())).isEqualTo("hardware-bound");
        token.flags |= SoftToken.BE;
        assertThat(strength(trusting().requireTrusted())).isEqualTo("phishing-resistant");
    }

    @Test
    void tpm_belowTheRoot_isHardwareBoundUnlessItMayBeBackedUp() {
        token.format = "tpm";
        token.statement = TpmStatement::of;

        assertThat(strength(trusting().requireTrusted())).isEqualTo("hardware-bound");
        token.flags |= SoftToken.BE;
        assertThat(strength(trusting().requireTrusted())).isEqualTo("phishing-resistant");
    }

    @Test
    void tpm_ofOtherClientData_isRefused() {
        token.format = "tpm";
        token.statement = (data, hash) -> TpmStatement.of(data, SignedBytes.sha256(hash));

        assertThat(strength(trusting())).isEqualTo("ATTESTATION");
    }

    /** It vouches for the device, not for where the key lies. */
    @Test
    void safetyNet_belowTheRoot_isTrustedAndPhishingResistant() {
        token.format = "android-safetynet";
        token.statement = AttestedKeysTest::safetyNet;

        assertThat(strength(trusting())).isEqualTo("phishing-resistant");
        assertThat(strength(trusting().requireTrusted())).isEqualTo("phishing-resistant");
        token.statement = (data, hash) -> safetyNet(data, SignedBytes.sha256(hash));
        assertThat(strength(trusting())).isEqualTo("ATTESTATION");
    }

    private static byte[] safetyNet(byte[] data, byte[] hash) {
        Base64.Encoder plain = Base64.getEncoder();
        String header = "{\"alg\":\"ES256\",\"x5c\":[\""
                + plain.encodeToString(Certificates.namingTheToken(
                        "CN=attest.android.com",
                        Certificates.extension(Extension.basicConstraints, true, new BasicConstraints(false))))
                + "\"]}";
        String payload = "{\"nonce\":\"" + plain.encodeToString(SignedBytes.sha256(SignedBytes.of(data, hash)))
                + "\",\"timestampMs\":" + Verdicts.NOW.toEpochMilli()
                + ",\"apkPackageName\":\"browser\",\"apkCertificateDigestSha256\":[\"AA==\"],"
                + "\"apkDigestSha256\":\"AA==\",\"ctsProfileMatch\":true,\"basicIntegrity\":true}";
        String signed = Base64Url.encode(header.getBytes(StandardCharsets.US_ASCII)) + "."
                + Base64Url.encode(payload.getBytes(StandardCharsets.US_ASCII));
        byte[] signature = SoftToken.signJws(signed.getBytes(StandardCharsets.US_ASCII));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0xA2);
        CoseBytes.text(out, "ver");
        CoseBytes.text(out, "250000000");
        CoseBytes.text(out, "response");
        CoseBytes.bytes(out, (signed + "." + Base64Url.encode(signature)).getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }

    @Test
    void none_withSomethingInItsStatement_isRefusedWithAndWithoutARoot() {
        token.statement = (data, hash) -> HexFormat.of().parseHex("a16161f5");

        assertThat(strength(trusting())).isEqualTo("ATTESTATION");
        assertThat(strength(AttestationPolicy.none())).isEqualTo("ATTESTATION");
    }

    /** webauthn4j cannot read the second, whose key is no text. */
    @ParameterizedTest
    @ValueSource(strings = {"a16b6372656450726f7465637402", "a1f502"})
    void extensions_besideAStatement_areSignedWithItAndChangeNothing(String hex) {
        token.extensions = HexFormat.of().parseHex(hex);
        assertThat(strength(trusting())).isEqualTo("phishing-resistant");

        token.format = "android-key";
        token.statement = androidKey(NOTHING, MADE_TO_SIGN);
        assertThat(strength(trusting())).isEqualTo("hardware-bound");
    }
}
