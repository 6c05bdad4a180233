package dev.gatehouse.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One meaning for each text, and none for what others read in two ways. */
class StrictJsonTest {
    private static Object read(String text) {
        return read(text, StandardCharsets.UTF_8);
    }

    private static Object read(String text, Charset charset) {
        byte[] bytes = text.getBytes(charset);
        return StrictJson.read(bytes, 0, bytes.length);
    }

    @Test
    void read_ofEachType_givesItsValue() {
        Map<String, Object> members = new HashMap<>(Map.of("text", "é", "yes", true, "list", List.of(1L, List.of())));
        members.put("none", null);

        assertThat(read(" {\"text\":\"\\u00e9\",\"yes\":true,\"none\":null,\"list\":[1,[]]} "))
                .isEqualTo(members);
        assertThat(read("{\"text\":\"é\",\"yes\":true,\"none\":null,\"list\":[1,[]]}"))
                .isEqualTo(members);
        assertThat(read("9223372036854775807")).isEqualTo(Long.MAX_VALUE);
        assertThat(read("9223372036854775808")).isSameAs(StrictJson.OTHER_NUMBER);
        assertThat(read("1.0")).isSameAs(StrictJson.OTHER_NUMBER);
        assertThat(read("null")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "{} {}",
                "{},",
                "[1,]",
                "{\"a\":1,}",
                "{'a':1}",
                "{a:1}",
                "01",
                "+1",
                "NaN",
                "Infinity",
                ".5",
                "1.",
                "// no\n1",
                "/* no */1",
                "\"a\nb\"",
                "\"\\x\"",
                "tru",
                "\"\\ud800\"",
                "\"\\ude00\\ud83d\"",
                "{\"\\ud83d\":1}",
                "[\"é\",{\"a\":\"x\\udfff\"}]",
                "[[[[[[[[[1]]]]]]]]]",
                "{\"a\":1,\"a\":1}",
                "{\"a\":null,\"a\":null}",
                "{\"a\":1,\"\\u0061\":2}",
                "[{\"b\":{\"é\":1,\"é\":2}}]",
                "\u0000",
                "{\"a\":1}\u0000",
                "\ufeff{}"
            })
    void read_ofWhatIsNotStrict_isMalformed(String text) {
        assertThat(read(text)).isSameAs(StrictJson.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32LE", "UTF-32BE"})
    void read_ofAnotherEncoding_isMalformed(String charset) {
        assertThat(read("{\"a\":1}", Charset.forName(charset))).isSameAs(StrictJson.MALFORMED);
    }

    @Test
    void read_ofBrokenUtf8_isMalformed() {
        assertThat(read("\"é\"", StandardCharsets.ISO_8859_1)).isSameAs(StrictJson.MALFORMED);
        byte[] overlong = {'"', (byte) 0xc0, (byte) 0x80, '"'};
        assertThat(StrictJson.read(overlong, 0, 4)).isSameAs(StrictJson.MALFORMED);
        byte[] surrogate = {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'};
        assertThat(StrictJson.read(surrogate, 0, 5)).isSameAs(StrictJson.MALFORMED);
    }

    @Test
    void read_ofALongNumber_isMalformed() {
        assertThat(read("9".repeat(1_001))).isSameAs(StrictJson.MALFORMED);
    }

    @Test
    void read_ofTooManyMembers_isMalformed() {
        String one =
                IntStream.range(0, 2_000).mapToObj(i -> "\"" + i + "\":1").collect(Collectors.joining(",", "{", "}"));

        assertThat(read("[" + one + "," + one + "]")).isInstanceOf(List.class);
        assertThat(read("[" + one + "," + one + ",{\"a\":1}]")).isSameAs(StrictJson.MALFORMED);
    }

    @Test
    void readObject_ofAnythingElse_isNone() {
        assertThat(StrictJson.readObject("[]".getBytes(StandardCharsets.UTF_8))).isNull();
        assertThat(StrictJson.readObject("{".getBytes(StandardCharsets.UTF_8))).isNull();
        assertThat(StrictJson.readObject("{}".getBytes(StandardCharsets.UTF_8))).isEmpty();
    }
}
