package dev.gatehouse.totp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.secret.SecretBytes;
import dev.gatehouse.vectors.VectorRows;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** The HMAC that codes are made with, on the files of Project Wycheproof. */
class WycheproofHmacTest {
    @ParameterizedTest
    @EnumSource(TotpParameters.Algorithm.class)
    void mac_everyRow_isAsPublished(TotpParameters.Algorithm algorithm) {
        String file = "wycheproof/hmac_" + algorithm.name().toLowerCase(java.util.Locale.ROOT) + "_test.json";
        VectorRows rows = VectorRows.of(file, "tests");
        for (JsonNode group : VectorRows.read(file).path("testGroups")) {
            int bytes = group.path("tagSize").asInt() / Byte.SIZE;
            for (JsonNode row : group.path("tests")) {
                rows.ran(row.path("tcId"));
                TotpSecret secret = TotpSecret.of(SecretBytes.copyOf(hex(row, "key")));
                byte[] tag = Totp.mac(secret, algorithm).doFinal(hex(row, "msg"));

                assertThat(Arrays.equals(Arrays.copyOf(tag, bytes), hex(row, "tag")))
                        .as("%s %s %s", file, row.path("tcId"), row.path("comment"))
                        .isEqualTo(row.path("result").asString().equals("valid"));
            }
        }
        rows.passed();
    }

    private static byte[] hex(JsonNode from, String name) {
        return HexFormat.of().parseHex(from.path(name).asString());
    }
}
