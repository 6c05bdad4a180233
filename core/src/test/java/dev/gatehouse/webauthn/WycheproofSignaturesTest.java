package dev.gatehouse.webauthn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.vectors.VectorRows;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The signature step of each algorithm on the files of Project Wycheproof. */
@Tag("unmutated")
class WycheproofSignaturesTest {
    @ParameterizedTest
    @CsvSource({
        "ecdsa_secp256r1_sha256_test, ES256",
        "ecdsa_secp384r1_sha384_test, ES384",
        "ecdsa_secp521r1_sha512_test, ES512",
        "ed25519_test, EDDSA",
        "ed448_test, ED448",
        "rsa_signature_2048_sha256_test, RS256",
        "rsa_signature_2048_sha384_test, RS384",
        "rsa_signature_2048_sha512_test, RS512",
        "rsa_signature_3072_sha256_test, RS256",
        "rsa_signature_4096_sha512_test, RS512",
        "rsa_pss_2048_sha256_mgf1_32_test, PS256",
        "rsa_pss_2048_sha384_mgf1_48_test, PS384",
        "rsa_pss_4096_sha384_mgf1_48_test, PS384",
        "rsa_pss_4096_sha512_mgf1_64_test, PS512"
    })
    void verifies_everyRow_isAsPublished(String file, CoseAlgorithm algorithm) {
        VectorRows rows = VectorRows.of("wycheproof/" + file + ".json", "tests");
        for (JsonNode group : VectorFiles.file("wycheproof", file + ".json").path("testGroups")) {
            VerificationKey key = key(group, algorithm);
            for (JsonNode row : group.path("tests")) {
                rows.ran(row.path("tcId"));
                // "acceptable" is a PKCS #1 block without the NULL that RFC 8017 has there.
                boolean valid = row.path("result").asString().equals("valid");

                assertThat(key != null && key.verifies(hex(row, "msg"), hex(row, "sig")))
                        .as("%s %s %s", file, row.path("tcId"), row.path("comment"))
                        .isEqualTo(valid);
                if (row.path("result").asString().equals("acceptable")) {
                    rows.explained("refused: PKCS #1 without the NULL of RFC 8017");
                }
            }
        }
        rows.passed();
    }

    @ParameterizedTest
    @CsvSource({
        "ecdsa_secp256r1_sha256_p1363_test, ES256",
        "ecdsa_secp384r1_sha384_p1363_test, ES384",
        "ecdsa_secp521r1_sha512_p1363_test, ES512"
    })
    void verifies_signatureThatIsNotDer_isFalse(String file, CoseAlgorithm algorithm) {
        VectorRows rows = VectorRows.of("wycheproof/" + file + ".json", "tests");
        for (JsonNode group : VectorFiles.file("wycheproof", file + ".json").path("testGroups")) {
            VerificationKey key = key(group, algorithm);
            for (JsonNode row : group.path("tests")) {
                rows.ran(row.path("tcId"));
                assertThat(key != null && key.verifies(hex(row, "msg"), hex(row, "sig")))
                        .as("%s %s", file, row.path("tcId"))
                        .isFalse();
                if (row.path("result").asString().equals("valid")) {
                    rows.explained("refused: WebAuthn has signatures of these in DER");
                }
            }
        }
        rows.passed();
    }

    @Test
    void verifies_pssWithOtherParameters_isFalse() {
        VectorRows rows = VectorRows.of("wycheproof/rsa_pss_misc_test.json", "tests");
        Set<JsonNode> accepted = new HashSet<>();
        JsonNode groups =
                VectorFiles.file("wycheproof", "rsa_pss_misc_test.json").path("testGroups");
        for (JsonNode group : groups) {
            for (CoseAlgorithm algorithm :
                    new CoseAlgorithm[] {CoseAlgorithm.PS256, CoseAlgorithm.PS384, CoseAlgorithm.PS512}) {
                String hash = "SHA-" + algorithm.name().substring(2);
                int salt = Integer.parseInt(algorithm.name().substring(2)) / 8;
                boolean ours = group.path("sha").asString().equals(hash)
                        && group.path("mgfSha").asString().equals(hash)
                        && group.path("sLen").asInt() == salt;
                VerificationKey key = key(group, algorithm);
                for (JsonNode row : group.path("tests")) {
                    assertThat(key != null && key.verifies(hex(row, "msg"), hex(row, "sig")))
                            .as("%s with %s", row.path("tcId"), algorithm)
                            .isEqualTo(ours);
                    rows.ran(row.path("tcId"));
                    if (ours) {
                        accepted.add(row);
                    }
                }
            }
        }
        assertThat(accepted).isNotEmpty();
        for (JsonNode group : groups) {
            for (JsonNode row : group.path("tests")) {
                if (row.path("result").asString().equals("valid") != accepted.contains(row)) {
                    rows.explained(row.path("tcId"), "refused: parameters that no algorithm of COSE has");
                }
            }
        }
        rows.passed();
    }

    private static @Nullable VerificationKey key(JsonNode group, CoseAlgorithm algorithm) {
        return CoseKeys.decode(cose(group, algorithm));
    }

    private static byte[] cose(JsonNode group, CoseAlgorithm algorithm) {
        JsonNode key = group.path("publicKey");
        return switch (algorithm) {
            case ES256 -> ec(group, algorithm, 1, 32);
            case ES384 -> ec(group, algorithm, 2, 48);
            case ES512 -> ec(group, algorithm, 3, 66);
            case EDDSA -> CoseBytes.okp(algorithm, 6, hex(key, "pk"));
            case ED448 -> CoseBytes.okp(algorithm, 7, hex(key, "pk"));
            default -> CoseBytes.rsa(algorithm, unsigned(key, "modulus"), unsigned(key, "publicExponent"));
        };
    }

    private static byte[] ec(JsonNode group, CoseAlgorithm algorithm, int curve, int size) {
        byte[] der = hex(group, "publicKeyDer");
        int x = der.length - 2 * size;
        return CoseBytes.ec(
                algorithm, curve, Arrays.copyOfRange(der, x, x + size), Arrays.copyOfRange(der, x + size, der.length));
    }

    private static byte[] unsigned(JsonNode key, String name) {
        byte[] bytes = new BigInteger(1, hex(key, name)).toByteArray();
        return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    private static byte[] hex(JsonNode from, String name) {
        return HexFormat.of().parseHex(from.path(name).asString());
    }
}
