package dev.gatehouse.webauthn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.factor.FactorClass;
import dev.gatehouse.fuzz.FuzzTarget;
import dev.gatehouse.internal.Base64Url;
import java.security.cert.CertificateEncodingException;
import java.util.HexFormat;
import java.util.List;

/** Attestation objects within an otherwise good registration, at a site that asks for none and at one with an anchor. */
class RegistrationFuzzTest extends FuzzTarget {
    private static final WebAuthnVerifier PLAIN =
            WebAuthnVerifier.of(Seeds.site().build());
    private static final WebAuthnVerifier ANCHORED = WebAuthnVerifier.of(Seeds.site()
            .attestation(AttestationPolicy.trusting(List.of(Anchor.certificate())))
            .build());

    @Override
    protected int mutations() {
        return 150;
    }

    @Override
    protected List<byte[]> seeds() {
        byte[] data = Seeds.data(0x05, Seeds.es256(), new byte[0]);
        byte[] signature = Seeds.sign(data, utf8(Seeds.clientData("webauthn.create")));
        String signed = "63616c672663736967" + "58" + hex(signature.length)
                + HexFormat.of().formatHex(signature);
        String chain = "63783563" + "81" + certificate();
        return List.of(
                Seeds.object("none", "a0", data),
                Seeds.object("packed", "a2" + signed, data),
                Seeds.object("packed", "a3" + signed + chain, data),
                Seeds.object("fido-u2f", "a2" + signed.substring(10) + chain, data),
                Seeds.object("android-key", "a3" + signed + chain, data),
                Seeds.object("apple", "a1" + chain, data),
                Seeds.object(
                        "tpm",
                        "a6" + signed + chain + "63766572" + "63322e30" + "68636572745f696e666f4100"
                                + "6770756241726561" + "4100",
                        data),
                Seeds.object("android-safetynet", "a2637665726131" + "68726573706f6e7365" + "45652e302e30", data),
                Seeds.object(
                        "none",
                        "a0",
                        Seeds.data(0x0d, Seeds.rs256(), HexFormat.of().parseHex("a0"))),
                Seeds.object("none", "a0", Seeds.data(0x05, Seeds.mlDsa44(), new byte[0])));
    }

    private static String hex(int octet) {
        return HexFormat.of().toHexDigits((byte) octet);
    }

    private static String certificate() {
        try {
            byte[] der = Anchor.certificate().getEncoded();
            return "59" + hex(der.length >> 8) + hex(der.length)
                    + HexFormat.of().formatHex(der);
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected void check(byte[] input) {
        RegistrationExpectation expected = RegistrationExpectation.of(Seeds.CHALLENGE, Seeds.NOW);
        String response = Seeds.registration(input);
        boolean plain = PLAIN.verifyRegistration(expected, response)
                .fold(registered -> isRight(registered.credential(), input), refused -> false);
        boolean anchored = ANCHORED.verifyRegistration(expected, response)
                .fold(registered -> isRight(registered.credential(), input), refused -> false);
        assertThat(plain || !anchored)
                .as("only the statement is looked at more closely")
                .isTrue();
    }

    private static boolean isRight(NewCredential credential, byte[] input) {
        AuthenticatorBytes data =
                AuthenticatorBytes.read(AttestationParts.read(input).data());
        assertThat(credential.id()).isEqualTo(Base64Url.encode(Seeds.ID));
        assertThat(data.credentialId()).isEqualTo(Seeds.ID);
        assertThat(credential.publicKey()).isEqualTo(data.publicKey());
        assertThat(CoseKeys.decode(credential.publicKey())).isNotNull();
        assertThat(credential.isBackedUp() && !credential.isBackupEligible()).isFalse();
        assertThat(credential.strength() == FactorClass.HARDWARE_BOUND && credential.isBackupEligible())
                .isFalse();
        return true;
    }
}
