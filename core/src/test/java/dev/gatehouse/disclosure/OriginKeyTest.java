package dev.gatehouse.disclosure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Keys and signatures as GitHub publishes them: the key and the messages are the examples of its documentation of the secret
 * scanning partner program (docs.github.com, "Implement signature verification in your secret alert service").
 */
class OriginKeyTest {
    private static final String POINT =
            "9MJJHnMfn2+H4xL4YaPDA4RpJqUqkCmRCBnYERxZanmcpzQSXs1X/AljlKkbJ8qpVIW4clayyef9gWhFbNHWAA==";
    private static final String SPKI = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE";
    private static final String PEM = "-----BEGIN PUBLIC KEY-----\n" + SPKI + POINT + "\n-----END PUBLIC KEY-----\n";

    private static final String SOME = "[{\"token\":\"some_token\",\"type\":\"some_type\",\"url\":\"some_url\"}]";
    private static final String SOME_SIGNATURE =
            "MEUCIQDKZokqnCjrRtw0tni+2Ltvl/uiMJ1EGumEsp1BsNr32AIgQY1YXD2nlj+XNfGK4rBfkMJ1JDOQcYXxa2sY8FNkrKc=";

    private static final String OLDER =
            "[{\"type\":\"github_oauth_token\",\"token\":\"cb4985f91f740272c0234202299f43808034d7f5\","
                    + "\"url\":\" https://github.com/github/faketestrepo/blob/b0dd59c0b500650cacd4551ca5989a6194001b10/production.env\"}]";
    private static final String OLDER_SIGNATURE =
            "MEQCIAfgjgz6Ou/3DXMYZBervz1TKCHFsvwMcbuJhNZse622AiAG86/cku2XdcmFWNHl2WSJi2fkE8t+auvB24eURaOd2A==";

    private static byte[] decoded(String base64) {
        return Base64.getDecoder().decode(base64);
    }

    /** Other texts of the same bytes: without padding, and with bits in the last character that belong to no byte. */
    @ParameterizedTest
    @CsvSource({"==, ''", "==, =", "AA==, AB=="})
    void read_aKeyInAnotherText_isNone(String written, String other) {
        assertThat(OriginKey.read(PEM.replace(written, other), true)).isNull();
        assertThat(OriginKey.read(PEM.replace("oZI", "o\r\n ZI"), true)).isNotNull();
    }

    @Test
    void verifies_thePublishedExamples_andNoOtherBody() {
        OriginKey key = OriginKey.read(PEM, true);

        assertThat(key.verifies(SOME.getBytes(UTF_8), decoded(SOME_SIGNATURE))).isTrue();
        assertThat(key.verifies(OLDER.getBytes(UTF_8), decoded(OLDER_SIGNATURE)))
                .isTrue();
        assertThat(key.verifies(SOME.getBytes(UTF_8), decoded(OLDER_SIGNATURE))).isFalse();
        assertThat(key.verifies((SOME + "\n").getBytes(UTF_8), decoded(SOME_SIGNATURE)))
                .isFalse();
        byte[] body = SOME.getBytes(UTF_8);
        for (int bit = 0; bit < 8 * body.length; bit++) {
            byte[] changed = body.clone();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThat(key.verifies(changed, decoded(SOME_SIGNATURE)))
                    .as("bit %d", bit)
                    .isFalse();
        }
    }

    @Test
    void verifies_withAnyOneBitOfTheSignatureChanged_isFalse() {
        OriginKey key = OriginKey.read(PEM, true);
        byte[] signature = decoded(SOME_SIGNATURE);
        for (int bit = 0; bit < 8 * signature.length; bit++) {
            byte[] changed = signature.clone();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThat(key.verifies(SOME.getBytes(UTF_8), changed))
                    .as("bit %d", bit)
                    .isFalse();
        }
        for (int length = 0; length <= signature.length + 1; length++) {
            if (length != signature.length) {
                assertThat(key.verifies(SOME.getBytes(UTF_8), Arrays.copyOf(signature, length)))
                        .as("length %d", length)
                        .isFalse();
            }
        }
        // What verifies everything where nobody looks at it: (0, 0), and numbers of the group's order.
        assertThat(key.verifies(SOME.getBytes(UTF_8), new byte[] {0x30, 6, 2, 1, 0, 2, 1, 0}))
                .isFalse();
        assertThat(key.verifies(SOME.getBytes(UTF_8), new byte[] {0x30, 6, 2, 1, 1, 2, 1, 0}))
                .isFalse();
        assertThat(key.verifies(SOME.getBytes(UTF_8), new byte[] {0x30, 6, 2, 1, 1, 4, 1, 1}))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"secp384r1", "secp521r1"})
    void read_ofAKeyOnAnotherCurve_isNone(String curve) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));

        assertThat(OriginKey.read(pem(generator.generateKeyPair()), true)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"RSA, 2048", "Ed25519, 255", "DSA, 2048"})
    void read_ofAKeyOfAnotherKind_isNone(String algorithm, int size) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(size);

        assertThat(OriginKey.read(pem(generator.generateKeyPair()), true)).isNull();
    }

    private static String pem(KeyPair pair) {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getEncoder().encodeToString(pair.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    @Test
    void read_ofWhatIsNoKeyOfTheCurve_isNone() {
        assertThat(OriginKey.read("  " + PEM.replace("\n", "\r\n") + "\n", true))
                .isNotNull();
        byte[] der = decoded(SPKI + POINT);
        byte[] offCurve = der.clone();
        offCurve[der.length - 1] ^= 1;
        byte[] infinity = Arrays.copyOf(decoded("MBkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDAgAA"), 27);
        // secp256k1: as long, and another curve.
        byte[] bitcoin = decoded("MFYwEAYHKoZIzj0CAQYFK4EEAAoDQgAE" + POINT);
        byte[] trailing = Arrays.copyOf(der, der.length + 1);
        for (byte[] each : List.of(offCurve, infinity, bitcoin, trailing, Arrays.copyOf(der, der.length - 1))) {
            assertThat(OriginKey.read(
                            "-----BEGIN PUBLIC KEY-----\n"
                                    + Base64.getEncoder().encodeToString(each)
                                    + "\n-----END PUBLIC KEY-----",
                            true))
                    .isNull();
        }
        for (String each : List.of(
                "",
                SPKI + POINT,
                PEM + PEM,
                "x" + PEM,
                PEM.replace("PUBLIC", "EC PRIVATE"),
                PEM.replace("MFkw", "MFk*"),
                PEM + " ".repeat(1_000))) {
            assertThat(OriginKey.read(each, true)).as(each).isNull();
        }
    }

    private static String entry(String id, String key, String more) {
        return "{\"key_identifier\":\"" + id + "\",\"key\":\"" + key.replace("\n", "\\n") + "\"" + more + "}";
    }

    private static Map<String, OriginKey> keys(String... entries) {
        return KeyDocument.read(("{\"public_keys\":[" + String.join(",", entries) + "]}").getBytes(UTF_8));
    }

    @Test
    void document_withOneStrangeKey_keepsTheOthers() {
        Map<String, OriginKey> keys = keys(
                entry("a", PEM, ",\"is_current\":true"),
                entry("b", PEM, ",\"is_current\":false"),
                entry("c", PEM, ""),
                entry("d", PEM, ",\"is_current\":\"false\""),
                entry("e", "junk", ""),
                entry("", PEM, ""),
                entry("x".repeat(201), PEM, ""),
                entry("twice", PEM, ""),
                entry("twice", "junk", ""),
                "{\"key_identifier\":\"f\"}",
                "{\"key\":\"g\"}",
                "{\"key_identifier\":7,\"key\":[]}",
                "null",
                "[]",
                "7");

        assertThat(keys.keySet()).containsExactlyInAnyOrder("a", "b", "c", "d");
        assertThat(keys.get("a").isCurrent()).isTrue();
        assertThat(keys.get("b").isCurrent()).isFalse();
        assertThat(keys.get("c").isCurrent()).isTrue();
        assertThat(keys.get("d").isCurrent()).isTrue();
    }

    @Test
    void document_thatIsNone_isAnError() {
        for (String each : List.of(
                "",
                "null",
                "[]",
                "{}",
                "{\"public_keys\":{}}",
                "{\"public_keys\":[]}",
                "{\"public_keys\":[" + entry("e", "junk", "") + "]}",
                "{\"public_keys\":[" + entry("a", PEM, "") + "]",
                "{\"public_keys\":[" + entry("a", PEM, "") + "]} x",
                "{\"public_keys\":[],\"public_keys\":[" + entry("a", PEM, "") + "]}",
                "{\"public_keys\":[" + (entry("a", PEM, "") + ",").repeat(100) + "1]}")) {
            assertThatIllegalStateException().as(each).isThrownBy(() -> KeyDocument.read(each.getBytes(UTF_8)));
        }
    }
}
