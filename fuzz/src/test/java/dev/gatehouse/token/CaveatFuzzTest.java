package dev.gatehouse.token;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.fuzz.FuzzTarget;
import dev.gatehouse.token.CaveatReading.Understood;
import java.util.List;

/** Texts of caveats: the small reader and Jackson agree, and what is understood says itself in a text that is understood alike. */
class CaveatFuzzTest extends FuzzTarget {
    private static final CaveatKinds KINDS = CaveatKinds.standard();

    @Override
    protected List<byte[]> seeds() {
        return List.of(
                utf8("[0,1700000600,1700000000]"),
                utf8("[1,[\"sample\",\"other\"]]"),
                utf8("[2,[]]"),
                utf8("[3,\"alice\"]"),
                utf8("[4,\"7f0b\",{\"a\":1}]"),
                utf8("{\"version\": 1, \"permissions\": \"user\"}"),
                utf8("{\"version\": 1, \"permissions\": {\"projects\": [\"a\"]}}"),
                utf8("{\"nbf\":-1,\"exp\":2}"),
                utf8("{\"project_ids\":[\"\\u0061\"]}"),
                utf8("[1000,[\"192.0.2.0/24\",\"2001:db8::/32\"]]"),
                utf8("[1001,\"nonce-123\",1700000600]"),
                utf8("[1002]"),
                utf8("[1,[\"\u00e9\"]]"));
    }

    @Override
    protected void check(byte[] input) {
        CaveatReading read = KINDS.read(input, 0, input.length);
        assertThat(KINDS.readJson(input, 0, input.length)).isEqualTo(read);
        String text = text(input);
        if (text.getBytes(UTF_8).length == input.length) {
            assertThat(KINDS.read(text)).isEqualTo(read);
        }
        if (read instanceof Understood understood) {
            Caveat caveat = understood.caveat();
            String json = caveat.json();
            assertThat(json).matches("[ -~]+");
            assertThat(caveat.name()).isNotEmpty();
            assertThat(KINDS.read(json)).as(json).isEqualTo(read);
            assertThat(caveat.toString()).isNotNull();
        }
    }
}
