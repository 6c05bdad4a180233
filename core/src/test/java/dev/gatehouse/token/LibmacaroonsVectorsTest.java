package dev.gatehouse.token;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.internal.Base64Url;
import dev.gatehouse.vectors.VectorRows;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The vectors {@code macaroons/libmacaroons.json}: libmacaroons' own tests and the chain of its README. */
class LibmacaroonsVectorsTest {
    private static String text(JsonNode row, String field) {
        return row.get(field).asString();
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(each -> texts.add(each.asString()));
        return texts;
    }

    private static List<String> caveats(Macaroon macaroon) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < macaroon.caveatCount(); i++) {
            int from = macaroon.caveatFrom(i);
            texts.add(new String(macaroon.raw(), from, macaroon.caveatTo(i) - from, UTF_8));
        }
        return texts;
    }

    private static Macaroon parse(String base64) {
        byte[] raw = Base64Url.decode(base64, 0);
        return raw == null ? null : Macaroon.parse(raw);
    }

    /** Version 1 says the same in another form, which no PyPI-style index has ever issued: the verdict of its rows is ours too. */
    @Test
    void verify_eachRowOfTheirVerifier_hasTheirVerdict() {
        VectorRows rows = MacaroonVectors.libmacaroons("vtests");
        int ours = 0;
        for (JsonNode row : rows) {
            Macaroon macaroon = parse(text(row, "token"));
            if (row.get("formatVersion").asInt() == 1) {
                assertThat(macaroon).as(text(row, "name")).isNull();
                macaroon = inOurFormat(row);
            } else {
                ours++;
            }
            boolean signed = java.util.Arrays.equals(
                    macaroon.signature(),
                    macaroon.expectedSignature(
                            new HmacSha256(), text(row, "rootKeyAscii").getBytes(US_ASCII)));
            Set<String> satisfied = new HashSet<>(texts(row.get("satisfiedExact")));

            assertThat(macaroon.identifier()).isEqualTo(text(row, "identifier"));
            assertThat(macaroon.hasLocation(text(row, "location").getBytes(US_ASCII)))
                    .isTrue();
            assertThat(caveats(macaroon)).isEqualTo(texts(row.get("caveats")));
            assertThat(macaroon.signature()).isEqualTo(HexFormat.of().parseHex(text(row, "signatureHex")));
            assertThat(signed)
                    .as(text(row, "name"))
                    .isEqualTo(row.get("signatureValid").asBoolean());
            assertThat(signed && satisfied.containsAll(caveats(macaroon)))
                    .as(text(row, "name"))
                    .isEqualTo(text(row, "expect").equals("authorized"));
        }
        assertThat(ours).isEqualTo(8);
        rows.passed();
    }

    private static Macaroon inOurFormat(JsonNode row) {
        byte[] someKey = new byte[32];
        HmacSha256 hmac = new HmacSha256();
        byte[] bare = Macaroon.create(
                hmac,
                someKey,
                text(row, "location").getBytes(US_ASCII),
                text(row, "identifier").getBytes(US_ASCII));
        byte[] raw = Macaroon.parse(bare)
                .attenuate(
                        hmac,
                        texts(row.get("caveats")).stream()
                                .map(caveat -> caveat.getBytes(UTF_8))
                                .toList());
        byte[] signature = HexFormat.of().parseHex(text(row, "signatureHex"));
        System.arraycopy(signature, 0, raw, raw.length - signature.length, signature.length);
        return Macaroon.parse(raw);
    }

    @Test
    void parse_eachSerialization_takesBinaryVersion2WithoutPaddingAlone() {
        VectorRows rows = MacaroonVectors.libmacaroons("serialization");
        for (JsonNode row : rows) {
            String v2 = text(row, "v2");
            assertThat(parse(text(row, "v1"))).isNull();
            assertThat(parse(text(row, "v2j"))).isNull();
            assertThat(v2).endsWith("=");
            assertThat(parse(v2)).isNull();
            Macaroon macaroon = parse(v2.replace("=", ""));
            assertThat(macaroon.identifier()).isEqualTo(text(row, "identifier"));
            assertThat(caveats(macaroon)).isEqualTo(texts(row.get("caveats")));
            assertThat(macaroon.signature()).isEqualTo(HexFormat.of().parseHex(text(row, "signatureHex")));
        }
        rows.passed();
    }

    /** The identifier of the README's chain has blanks, which no identifier of a token has, so this is the bare chain. */
    @Test
    void compute_theChainOfTheReadme_givesEachSignature() {
        JsonNode chain = MacaroonVectors.read("libmacaroons.json").get("readmeChain");
        HmacSha256 hmac = new HmacSha256();
        byte[] signature =
                HmacSha256.deriveKey(hmac, text(chain, "rootKeyAscii").getBytes(US_ASCII));
        VectorRows steps = MacaroonVectors.libmacaroons("readmeChain/steps");
        for (JsonNode step : steps) {
            JsonNode added = step.get("addedCaveat");
            byte[] data = (added.isNull() ? text(chain, "identifier") : added.asString()).getBytes(US_ASCII);
            signature = hmac.compute(signature, data, 0, data.length);

            assertThat(signature).isEqualTo(HexFormat.of().parseHex(text(step, "signatureHex")));
        }
        assertThat(parse(text(chain, "v1WithNoCaveat"))).isNull();
        assertThat(parse(text(chain, "v1WithAccountCaveat"))).isNull();
        steps.passed();
    }
}
