package dev.gatehouse.testkit.authenticator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.gatehouse.testkit.authenticator.SoftAuthenticator.Algorithm;
import dev.gatehouse.testkit.internal.Json;
import java.nio.ByteBuffer;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Its answers are what the standard says; that servers take them is shown by the tests of the ceremonies. */
class SoftAuthenticatorTest {
    private static final String ORIGIN = "https://packages.example.org";
    private static final String CREATION = "{\"rp\":{\"id\":\"example.org\",\"name\":\"x\"},"
            + "\"user\":{\"id\":\"dXNlcg\",\"name\":\"a\",\"displayName\":\"a\"},\"challenge\":\"Y2hhbGxlbmdl\","
            + "\"pubKeyCredParams\":[{\"type\":\"public-key\",\"alg\":-7},{\"type\":\"public-key\",\"alg\":-8},"
            + "{\"type\":\"public-key\",\"alg\":-257}]}";
    private static final String REQUEST = "{\"rpId\":\"example.org\",\"challenge\":\"YW5vdGhlcg\"}";

    private static SoftAuthenticator of(Algorithm algorithm) {
        return SoftAuthenticator.builder(ORIGIN).algorithm(algorithm).build();
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void get_afterCreate_signsWithTheKeyThatWasMade(Algorithm algorithm) throws Exception {
        SoftAuthenticator key = of(algorithm);
        Json made = Json.parse(key.create(CREATION).toJson()).object("response");
        PublicKey publicKey = KeyFactory.getInstance(algorithm.keyType())
                .generatePublic(new X509EncodedKeySpec(made.bytes("publicKey")));

        Json answer = Json.parse(key.get(REQUEST).toJson());
        Json response = answer.object("response");

        assertThat(answer.text("id")).isEqualTo(key.credentialIds().get(0));
        assertThat(response.bytes("userHandle")).asString().isEqualTo("user");
        assertThat(isSignedBy(publicKey, algorithm, response)).isTrue();
        assertThat(isSignedBy(
                        publicKey,
                        algorithm,
                        Json.parse(key.get(REQUEST).spoiltSignature().toJson()).object("response")))
                .isFalse();
    }

    private static boolean isSignedBy(PublicKey publicKey, Algorithm algorithm, Json response) throws Exception {
        Signature signature = Signature.getInstance(algorithm.signature());
        signature.initVerify(publicKey);
        signature.update(response.bytes("authenticatorData"));
        signature.update(MessageDigest.getInstance("SHA-256").digest(response.bytes("clientDataJSON")));
        return signature.verify(response.bytes("signature"));
    }

    @Test
    void get_answers_countUnlessSynced() {
        SoftAuthenticator counting = of(Algorithm.ES256);
        counting.create(CREATION).counter(7).toJson();
        assertThat(counter(counting.get(REQUEST).toJson())).isEqualTo(8);
        assertThat(counter(counting.get(REQUEST).counter(0xffff_fffeL).toJson()))
                .isEqualTo(0xffff_fffeL);
        assertThat(counter(counting.get(REQUEST).toJson())).isEqualTo(0xffff_ffffL);

        SoftAuthenticator synced = SoftAuthenticator.builder(ORIGIN).synced().build();
        synced.create(CREATION).toJson();
        assertThat(counter(synced.get(REQUEST).toJson())).isZero();
        assertThat(flags(synced.get(REQUEST).toJson())).isEqualTo(0x1d);
    }

    private static ByteBuffer data(String json) {
        return ByteBuffer.wrap(Json.parse(json).object("response").bytes("authenticatorData"));
    }

    private static long counter(String json) {
        return Integer.toUnsignedLong(data(json).getInt(33));
    }

    private static int flags(String json) {
        return data(json).get(32);
    }

    @Test
    void clientData_ofALie_saysWhatItWasToldToSay() {
        SoftAuthenticator key = of(Algorithm.ES256);
        key.create(CREATION).toJson();

        String json = key.get(REQUEST)
                .type("webauthn.create")
                .challenge("b3RoZXI")
                .origin("https://evil.example")
                .crossOrigin("https://top.example")
                .toJson();

        String clientData = new String(
                Base64.getUrlDecoder()
                        .decode(Json.parse(json).object("response").text("clientDataJSON")),
                java.nio.charset.StandardCharsets.UTF_8);
        assertThat(clientData)
                .isEqualTo(
                        "{\"type\":\"webauthn.create\",\"challenge\":\"b3RoZXI\",\"origin\":\"https://evil.example\","
                                + "\"crossOrigin\":true,\"topOrigin\":\"https://top.example\"}");
    }

    @Test
    void flags_byWhatIsAskedFor_areHonest() {
        SoftAuthenticator key = of(Algorithm.ES256);
        key.create(CREATION).toJson();
        SoftAuthenticator plain =
                SoftAuthenticator.builder(ORIGIN).withoutUserVerification().build();
        plain.create(CREATION).toJson();
        String required = REQUEST.replace("}", ",\"userVerification\":\"required\"}");
        String discouraged = REQUEST.replace("}", ",\"userVerification\":\"discouraged\"}");

        assertThat(flags(key.get(required).toJson())).isEqualTo(0x05);
        assertThat(flags(key.get(discouraged).toJson())).isEqualTo(0x01);
        assertThat(flags(plain.get(REQUEST).toJson())).isEqualTo(0x01);
        assertThat(flags(plain.get(REQUEST).flags(0x1d).toJson())).isEqualTo(0x1d);
        assertThatIllegalStateException().isThrownBy(() -> plain.get(required));
    }

    @Test
    void create_whatTheOptionsExclude_isRefusedUnlessItLies() {
        SoftAuthenticator key = of(Algorithm.ES256);
        key.create(CREATION).toJson();
        String excluding = CREATION.replace(
                ",\"pubKeyCredParams",
                ",\"excludeCredentials\":[{\"type\":\"public-key\",\"id\":\""
                        + key.credentialIds().get(0) + "\"}],\"pubKeyCredParams");

        assertThatIllegalStateException()
                .isThrownBy(() -> key.create(excluding).toJson())
                .withMessageStartingWith("InvalidStateError");
        key.create(excluding).despiteExclusions().toJson();
        assertThat(key.credentialIds()).hasSize(2);
    }

    @Test
    void get_ofACredentialThatDoesNotFit_isRefused() {
        SoftAuthenticator key = of(Algorithm.ES256);
        assertThatIllegalStateException().isThrownBy(() -> key.get(REQUEST)).withMessageStartingWith("NotAllowedError");
        key.create(CREATION).toJson();

        String other = REQUEST.replace("example.org", "example.net");
        assertThatIllegalStateException().isThrownBy(() -> key.get(other));
        String listed = REQUEST.replace("}", ",\"allowCredentials\":[{\"type\":\"public-key\",\"id\":\"AAAA\"}]}");
        assertThatIllegalStateException().isThrownBy(() -> key.get(listed));
        assertThat(key.get(other, key.credentialIds().get(0)).toJson()).contains("signature");
    }

    @Test
    void create_withAlgorithmsItDoesNotHave_isRefused() {
        String others = CREATION.replace("-257", "-258").replace("-7}", "-35}");

        assertThatIllegalStateException()
                .isThrownBy(() -> of(Algorithm.RS256).create(others))
                .withMessageStartingWith("NotSupportedError");
    }
}
