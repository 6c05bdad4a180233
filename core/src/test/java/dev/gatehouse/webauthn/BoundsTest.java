package dev.gatehouse.webauthn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.internal.Base64Url;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sizes and depths at their bounds, and forms of CBOR that are not canonical. */
class BoundsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "18",
                "1817",
                "190017",
                "1a00000017",
                "1bffffffffffffffff00",
                "5f",
                "5f4100ff",
                "9f00ff",
                "bf0001ff",
                "ff",
                "fc",
                "c000",
                "4300",
                "620a",
                "9b7fffffffffffffff",
                "9bffffffffffffffff",
                "5bffffffffffffffff",
                "bb7fffffffffffffff",
                "a1",
                "a100",
                "a200010002",
                "1b00000000ffffffff",
                "61ff",
                "62c328",
                "a161c000",
                "f800",
                "f81f"
            })
    void end_ofNoCanonicalItem_isNone(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);

        assertThat(Cbor.isOneItem(bytes)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00",
                "17",
                "1818",
                "190100",
                "1a00010000",
                "1b0000000100000000",
                "1bffffffffffffffff",
                "f820",
                "62c3a9",
                "20",
                "40",
                "4100",
                "60",
                "80",
                "8100",
                "a0",
                "a10000",
                "a201000200",
                "f4",
                "f6",
                "f93c00",
                "fb3ff0000000000000"
            })
    void end_ofCanonicalItem_isItsLength(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);

        assertThat(Cbor.end(bytes, 0)).isEqualTo(bytes.length);
    }

    @Test
    void end_atTheDepthAndBeyond_isBounded() {
        byte[] deep = new byte[Limits.DEPTH + 1];
        Arrays.fill(deep, (byte) 0x81);
        deep[Limits.DEPTH] = 0;
        assertThat(Cbor.isOneItem(deep)).isTrue();

        byte[] deeper = new byte[Limits.ATTESTATION_OBJECT];
        Arrays.fill(deeper, (byte) 0x81);
        assertThat(Cbor.isOneItem(deeper)).isFalse();
        deeper = new byte[Limits.DEPTH + 2];
        Arrays.fill(deeper, (byte) 0x81);
        deeper[Limits.DEPTH + 1] = 0;
        assertThat(Cbor.isOneItem(deeper)).isFalse();
    }

    @Test
    void read_textAtTheBoundAndBeyond_isBounded() {
        String json = new SoftToken().assertion();
        String full = json + " ".repeat(AssertionResponse.MAX_TEXT - json.length());

        assertThat(AssertionResponse.read(full)).isPresent();
        assertThat(AssertionResponse.read(full + " ")).isEmpty();
    }

    @Test
    void read_jsonTooDeep_isRefused() {
        String json = new SoftToken().assertion();
        String deep = "[".repeat(1000) + "]".repeat(1000);

        assertThat(AssertionResponse.read(json.replaceFirst("\\{", "{\"later\":" + deep + ",")))
                .isEmpty();
    }

    @Test
    void read_memberTwice_isRefused() {
        String json = new SoftToken().assertion();

        assertThat(AssertionResponse.read(json)).isPresent();
        assertThat(AssertionResponse.read(json.replaceFirst("\\{", "{\"id\":\"AAAA\",")))
                .isEmpty();
        assertThat(AssertionResponse.read(json.replace("\"response\":{", "\"response\":{\"signature\":\"AAAA\",")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "type", "response", "clientDataJSON", "authenticatorData", "signature"})
    void read_memberMissingOrOfAnotherType_isRefused(String name) {
        String json = new SoftToken().assertion();

        assertThat(AssertionResponse.read(json.replace("\"" + name + "\":", "\"x" + name + "\":")))
                .isEmpty();
        assertThat(AssertionResponse.read(
                        json.replaceFirst("\"" + name + "\":(\"[^\"]*\"|\\{[^}]*\\})", "\"" + name + "\":17")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"AAAA=", "AA==", "AB", "AA+A", "AA/A", "A", "AA A", "\u0410\u0410\u0410\u0410"})
    void read_idThatIsNoBase64Url_isRefused(String id) {
        assertThat(AssertionResponse.read(new SoftToken().assertion().replace(SoftToken.id(), id)))
                .isEmpty();
    }

    @Test
    void read_id_has1To1023BytesAndIsTheRawId() {
        String json = new SoftToken().assertion();
        String longest = Base64Url.encode(new byte[NewCredential.MAX_ID_BYTES]);

        assertThat(AssertionResponse.read(json.replace(SoftToken.id(), longest)))
                .hasValueSatisfying(read -> assertThat(read.credentialId()).isEqualTo(longest));
        assertThat(AssertionResponse.read(
                        json.replace(SoftToken.id(), Base64Url.encode(new byte[NewCredential.MAX_ID_BYTES + 1]))))
                .isEmpty();
        assertThat(AssertionResponse.read(json.replace(SoftToken.id(), ""))).isEmpty();
    }

    /** Not every browser's {@code toJSON()} has it. */
    @ParameterizedTest
    @ValueSource(strings = {"\"x\":1", "\"rawId\":null"})
    void read_withoutARawId_isByTheId(String instead) {
        String json = new SoftToken().assertion();
        String raw = "\"rawId\":\"" + SoftToken.id() + '"';

        assertThat(json).contains(raw);
        assertThat(AssertionResponse.read(json.replace(raw, instead))).isPresent();
        assertThat(AssertionResponse.read(json.replace(raw, "\"rawId\":\"AAAA\"")))
                .isEmpty();
        assertThat(AssertionResponse.read(json.replace(raw, "\"rawId\":\"\""))).isEmpty();
    }

    @Test
    void read_parts_endAtTheirBounds() {
        for (Map.Entry<String, Integer> part : Map.of(
                        "clientDataJSON",
                        Limits.CLIENT_DATA,
                        "authenticatorData",
                        Limits.AUTHENTICATOR_DATA,
                        "signature",
                        Limits.SIGNATURE)
                .entrySet()) {
            assertThat(AssertionResponse.read(withPart(part.getKey(), part.getValue())))
                    .as(part.getKey())
                    .isPresent();
            assertThat(AssertionResponse.read(withPart(part.getKey(), part.getValue() + 1)))
                    .as(part.getKey())
                    .isEmpty();
        }
    }

    private static String withPart(String name, int bytes) {
        return new SoftToken()
                .assertion()
                .replaceFirst(
                        '"' + name + "\":\"[^\"]*\"", '"' + name + "\":\"" + Base64Url.encode(new byte[bytes]) + '"');
    }

    @Test
    void read_userHandle_has64BytesAtMost() {
        SoftToken token = new SoftToken();
        token.userHandle = Base64Url.encode(new byte[64]);
        assertThat(AssertionResponse.read(token.assertion()).orElseThrow().userHandle())
                .contains(token.userHandle);

        for (String bad : List.of(Base64Url.encode(new byte[65]), "A", "AA==")) {
            token.userHandle = bad;
            assertThat(AssertionResponse.read(token.assertion())).as(bad).isEmpty();
        }
    }

    @Test
    void toString_ofAResponse_saysThatItIsNotVerified() {
        assertThat(AssertionResponse.read(new SoftToken().assertion()).orElseThrow())
                .hasToString("AssertionResponse[" + SoftToken.id() + ", not verified]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"type\":17",
                "\"type\":null",
                "\"challenge\":true",
                "\"origin\":[]",
                "\"crossOrigin\":\"false\"",
                "\"crossOrigin\":null",
                "\"topOrigin\":null"
            })
    void clientData_memberOfAnotherType_isRefused(String member) {
        String name = member.substring(0, member.indexOf(':'));
        String whole =
                "{\"type\":\"t\",\"challenge\":\"c\",\"origin\":\"o\",\"crossOrigin\":false,\"topOrigin\":\"p\"}";

        assertThat(whole).contains(name);
        assertThat(ClientData.read(whole.getBytes(StandardCharsets.UTF_8))).isNotNull();
        assertThat(ClientData.read(whole.replaceFirst(name + ":[^,}]*", member).getBytes(StandardCharsets.UTF_8)))
                .isNull();
    }

    @Test
    void challenge_readBack_isItself() {
        Challenge challenge = Challenge.generate(new java.security.SecureRandom());

        assertThat(Challenge.read(challenge.text())).contains(challenge);
        assertThat(Challenge.read(Base64Url.encode(new byte[Challenge.MIN_BYTES - 1])))
                .isEmpty();
        assertThat(Challenge.read(Base64Url.encode(new byte[Challenge.MAX_BYTES + 1])))
                .isEmpty();
        assertThat(challenge).hasToString("Challenge[hidden]");
    }
}
