package dev.gatehouse.token;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.internal.StrictJson;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The small reader: it reads every plain caveat, as Jackson reads it, and nothing that is almost one otherwise than Jackson. */
class PlainCaveatReaderTest {
    private static final long MOST = 999_999_999_999_999_999L;

    private static List<Object> read(String json) {
        byte[] bytes = json.getBytes(UTF_8);
        return PlainCaveatReader.read(bytes, 0, bytes.length);
    }

    private static Object readByJackson(byte[] bytes) {
        return StrictJson.read(bytes, 0, bytes.length);
    }

    @Provide
    Arbitrary<List<Object>> plain() {
        Arbitrary<String> text = Arbitraries.strings()
                .withCharRange(' ', '~')
                .ofMaxLength(6)
                .filter(each -> each.indexOf('"') < 0 && each.indexOf('\\') < 0);
        return Arbitraries.oneOf(
                        Arbitraries.longs().between(-MOST, MOST).map(Object.class::cast),
                        text.map(Object.class::cast),
                        text.list().ofMaxSize(3).map(Object.class::cast))
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    private static String json(Object value) {
        return value instanceof List<?> list
                ? list.stream().map(PlainCaveatReaderTest::json).collect(Collectors.joining(",", "[", "]"))
                : value instanceof String ? "\"" + value + "\"" : value.toString();
    }

    @Property
    void read_aPlainCaveatWithin_isReadAndNothingAround(@ForAll("plain") List<Object> values) {
        byte[] json = json(values).getBytes(US_ASCII);
        byte[] within = ("[0," + json(values) + ",1]").getBytes(US_ASCII);

        assertThat(PlainCaveatReader.read(json, 0, json.length)).isEqualTo(values);
        assertThat(PlainCaveatReader.read(within, 3, 3 + json.length)).isEqualTo(values);
        assertThat(readByJackson(json)).isEqualTo(values);
    }

    @Property
    void read_aPlainCaveatCutShort_isLeft(@ForAll("plain") List<Object> values) {
        byte[] json = json(values).getBytes(US_ASCII);
        for (int end = 0; end < json.length; end++) {
            assertThat(PlainCaveatReader.read(Arrays.copyOf(json, end), 0, end)).isNull();
            assertThat(PlainCaveatReader.read(json, 0, end)).isNull();
        }
    }

    @Property
    void read_aPlainCaveatWithOneOctetChanged_isWhatJacksonReadsOrLeft(@ForAll("plain") List<Object> values) {
        byte[] json = json(values).getBytes(US_ASCII);
        for (int at = 0; at < json.length; at++) {
            for (char c : "[]\",-09 ~\\\n\u007f\u0080{t.e".toCharArray()) {
                byte[] changed = json.clone();
                changed[at] = (byte) c;
                List<Object> plain = PlainCaveatReader.read(changed, 0, changed.length);
                if (plain != null) {
                    assertThat(readByJackson(changed)).isEqualTo(plain);
                }
            }
        }
    }

    /** What tokens carry is read here, and not by the way round. */
    @Example
    void read_theCaveatsOfThisLibrary_isPlain() {
        for (Caveat caveat : List.of(
                new StandardCaveat.Expiration(1_700_000_000, -1),
                Caveats.projectNames(List.of("a", "b")),
                Caveats.projectNames(List.of()),
                Caveats.projectIds(List.of("00000000-0000-4000-8000-000000000000")),
                Caveats.requestUser("it's ~ {a}"),
                Caveats.publisher("p1"),
                Caveats.addresses(List.of("192.0.2.0/24", "2001:db8::/32")),
                new StandardCaveat.SingleUse("nonce-01", 1_700_000_000),
                Caveats.madeWithTwoFactor())) {
            assertThat(read(caveat.json())).as(caveat.json()).isNotNull();
        }
    }

    @Example
    void read_numbersAtTheirBounds_areReadUpToEighteenDigits() {
        assertThat(read("[0,9,10,-0,-7]")).containsExactly(0L, 9L, 10L, 0L, -7L);
        assertThat(read("[" + MOST + ",-" + MOST + ",100000000000000000]"))
                .containsExactly(MOST, -MOST, 100_000_000_000_000_000L);
        assertThat(read("[1000000000000000000]")).isNull();
        assertThat(read("[-1000000000000000000]")).isNull();
        assertThat(read("[9999999999999999999]")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "[,]",
                "[1,]",
                "[,1]",
                "[1]]",
                "[1] ",
                " [1]",
                "[ 1]",
                "1",
                "\"a\"",
                "[01]",
                "[-01]",
                "[00]",
                "[-]",
                "[+1]",
                "[/]",
                "[:]",
                "[1.0]",
                "[1e2]",
                "[true]",
                "[null]",
                "[{}]",
                "[\"a\\\\\"]",
                "[\"\u001f\"]",
                "[\"\u007f\"]",
                "[\"\u00e9\"]",
                "[\"a\"\"b\"]",
                "[[1]]",
                "[[[]]]",
                "[[\"a\",]]",
                "[[\"a\"]",
                "[[\"a\" ]]",
                "[[,\"a\"]]",
            })
    void read_whatIsNotPlain_isLeftToTheOtherReader(String json) {
        assertThat(read(json)).isNull();
    }
}
