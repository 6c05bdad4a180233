package dev.gatehouse.webauthn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.internal.Base64Url;
import java.util.Arrays;
import java.util.HexFormat;
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
