package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.fuzz.FuzzTarget;
import dev.gatehouse.fuzz.ReferenceJson;
import java.util.List;
import java.util.Map;

/** Bodies of requests to endpoints: one object, with the texts and documents that a second reader finds in it. */
class EndpointBodyFuzzTest extends FuzzTarget {
    @Override
    protected List<byte[]> seeds() {
        return List.of(
                utf8("{\"label\":\"my \u00e9 key\",\"credential\":{\"id\":\"AQ\",\"response\":{\"a\":[1]}},\"n\":1}"),
                utf8(" {\"code\":\"123456\" , \"other\" : [ \"\\u00e9\" , {} ] , \"none\":null}"),
                utf8("{\"\uD83D\uDE00\":\"x\",\"d\":{\"\uD83D\uDE00\":[]}}"));
    }

    @Override
    protected void check(byte[] input) {
        EndpointBody body;
        try {
            body = EndpointBody.of(input);
        } catch (EndpointBody.BadBody e) {
            assertThat(e.status()).isEqualTo(400);
            return;
        }
        ReferenceJson.Read reference = ReferenceJson.of(input);
        assertThat(reference.isJson()).isTrue();
        Map<?, ?> members = (Map<?, ?>) reference.value();
        members.forEach((key, value) -> {
            String name = (String) key;
            assertThat(body.has(name)).isTrue();
            assertThat(body.text(name)).isEqualTo(value instanceof String ? value : null);
            if (value instanceof Map || value instanceof List) {
                assertThat(ReferenceJson.of(body.document(name)).value()).isEqualTo(value);
            }
            if (value instanceof String text) {
                assertThat(java.nio.charset.StandardCharsets.UTF_8.newEncoder().canEncode(text))
                        .as("whole characters")
                        .isTrue();
            }
        });
    }
}
