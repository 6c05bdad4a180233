package dev.gatehouse.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.vectors.VectorRows;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The HMAC that macaroons are chained with, on the file of Project Wycheproof. */
class WycheproofHmacTest {
    private static final String FILE = "wycheproof/hmac_sha256_test.json";

    @Test
    void compute_everyRow_isAsPublished() {
        HmacSha256 hmac = new HmacSha256();
        VectorRows rows = VectorRows.of(FILE, "tests");
        for (JsonNode group : VectorRows.read(FILE).path("testGroups")) {
            int bytes = group.path("tagSize").asInt() / Byte.SIZE;
            for (JsonNode row : group.path("tests")) {
                rows.ran(row.path("tcId"));
                byte[] message = hex(row, "msg");
                byte[] tag = hmac.compute(hex(row, "key"), message, 0, message.length);

                assertThat(Arrays.equals(Arrays.copyOf(tag, bytes), hex(row, "tag")))
                        .as("%s %s", row.path("tcId"), row.path("comment"))
                        .isEqualTo(row.path("result").asString().equals("valid"));
            }
        }
        rows.passed();
    }

    private static byte[] hex(JsonNode from, String name) {
        return HexFormat.of().parseHex(from.path(name).asString());
    }
}
