package dev.gatehouse.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.fuzz.FuzzTarget;
import dev.gatehouse.fuzz.ReferenceJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The JSON of tokens, key sets and reports, against a second reader by the letters of the RFC. */
class StrictJsonFuzzTest extends FuzzTarget {
    /** How deep it goes, and how many digits Jackson takes; what is beyond may be refused. */
    private static final int DEPTH = 8;

    private static final int BOUND = 900;

    @Override
    protected List<byte[]> seeds() {
        return List.of(
                utf8("{\"a\":[1,-2,0.5,1e3,true,false,null,\"b\\u00e9\\n\"],\"c\":{\"d\":{}}}"),
                utf8(" [ 9223372036854775807 , -9223372036854775808 , 9223372036854775808 ] "),
                utf8("{\"\u00e9\":\"\uD83D\uDE00\",\"\\ud83d\\ude00\":\"\\ud800\"}"),
                utf8("[[[[[[[[]]]]]]]]"),
                utf8("\uFEFF{}"),
                utf8("\"\u007f\\/\\b\\f\""));
    }

    @Override
    protected void check(byte[] input) {
        Object read = StrictJson.read(input, 0, input.length);
        ReferenceJson.Read reference = ReferenceJson.of(input);
        if (read != StrictJson.MALFORMED) {
            assertThat(reference.isJson()).as("is JSON").isTrue();
            assertThat(reference.depth()).isLessThanOrEqualTo(DEPTH);
            assertThat(read).isEqualTo(plain(reference.value()));
            assertThat(isWhole(read)).isTrue();
        } else if (reference.isJson()
                && reference.depth() <= DEPTH
                && input.length <= BOUND
                && isWhole(reference.value())) {
            throw new AssertionError("refused");
        }
        // A part of an array of bytes is read as if it were alone.
        byte[] framed = new byte[input.length + 2];
        System.arraycopy(input, 0, framed, 1, input.length);
        framed[0] = '[';
        framed[input.length + 1] = ']';
        Object again = StrictJson.read(framed, 1, input.length + 1);
        assertThat(again == StrictJson.MALFORMED).isEqualTo(read == StrictJson.MALFORMED);
    }

    /** No text of it, name or value, has half of a character. */
    private static boolean isWhole(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().allMatch(StrictJsonFuzzTest::isWhole);
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream().allMatch(each -> isWhole(each.getKey()) && isWhole(each.getValue()));
        }
        return !(value instanceof String text) || UTF_8.newEncoder().canEncode(text);
    }

    private static Object plain(Object value) {
        if (value instanceof ReferenceJson.Numeral number) {
            try {
                return Long.parseLong(number.text());
            } catch (NumberFormatException e) {
                return StrictJson.OTHER_NUMBER;
            }
        }
        if (value instanceof List<?> list) {
            List<Object> plain = new ArrayList<>();
            list.forEach(each -> plain.add(plain(each)));
            return plain;
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> plain = new LinkedHashMap<>();
            map.forEach((name, each) -> plain.put(name, plain(each)));
            return plain;
        }
        return value;
    }
}
