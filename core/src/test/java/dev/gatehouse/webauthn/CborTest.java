package dev.gatehouse.webauthn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which bytes are one item of canonical CBOR, at the bounds of each form. */
class CborTest {
    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static String mapOf(int entries) {
        StringBuilder map = new StringBuilder(String.format(Locale.ROOT, "b8%02x", entries));
        for (int key = 0; key < entries; key++) {
            map.append(String.format(Locale.ROOT, key < 24 ? "%02x00" : "18%02x00", key));
        }
        return map.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"17", "1818", "18ff", "190100", "1a00010000", "1b0000000100000000", "1bffffffffffffffff"})
    void isOneItem_shortestForm_isTaken(String item) {
        assertThat(Cbor.isOneItem(hex(item))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1817", "190018", "1900ff", "1a0000ffff", "1b00000000ffffffff", "1b0000000000000000"})
    void isOneItem_longerThanNeeded_isRefused(String item) {
        assertThat(Cbor.isOneItem(hex(item))).isFalse();
    }

    @Test
    void isOneItem_simpleValueOfOneByte_startsAt32() {
        assertThat(Cbor.isOneItem(hex("f820"))).isTrue();
        assertThat(Cbor.isOneItem(hex("f81f"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"811c", "8200c000", "a11c00", "a1001c"})
    void end_malformedInside_isNone(String item) {
        assertThat(Cbor.end(hex(item), 0)).isEqualTo(-1);
    }

    @Test
    void isOneItem_mapThatSaysItsSizeAtLength_isRefused() {
        assertThat(Cbor.isOneItem(hex(mapOf(24)))).isTrue();
        assertThat(Cbor.isOneItem(hex("a10000"))).isTrue();
        assertThat(Cbor.isOneItem(hex("b8010000"))).isFalse();
        assertThat(Cbor.isOneItem(hex("b900010000"))).isFalse();
    }

    @Test
    void isOneItem_map_holds64Entries() {
        assertThat(Cbor.isOneItem(hex(mapOf(64)))).isTrue();
        assertThat(Cbor.isOneItem(hex(mapOf(65)))).isFalse();
    }

    @Test
    void isOneItem_nestedInArraysKeysAndValues_endsAtTheSameDepth() {
        int depth = Limits.DEPTH;

        assertThat(Cbor.isOneItem(hex("81".repeat(depth) + "00"))).isTrue();
        assertThat(Cbor.isOneItem(hex("81".repeat(depth + 1) + "00"))).isFalse();
        assertThat(Cbor.isOneItem(hex("a100".repeat(depth) + "00"))).isTrue();
        assertThat(Cbor.isOneItem(hex("a100".repeat(depth + 1) + "00"))).isFalse();
        assertThat(Cbor.isOneItem(hex("a1".repeat(depth) + "00" + "00".repeat(depth))))
                .isTrue();
        assertThat(Cbor.isOneItem(hex("a1".repeat(depth + 1) + "00" + "00".repeat(depth + 1))))
                .isFalse();
    }

    @Test
    void integer_atItsBounds_isReadOrNone() {
        assertThat(Cbor.integer(hex("00"), 0)).isZero();
        assertThat(Cbor.integer(hex("05"), 0)).isEqualTo(5);
        assertThat(Cbor.integer(hex("20"), 0)).isEqualTo(-1);
        assertThat(Cbor.integer(hex("1b7fffffffffffffff"), 0)).isEqualTo(Long.MAX_VALUE);
        assertThat(Cbor.integer(hex("1b8000000000000000"), 0)).isNull();
        assertThat(Cbor.integer(hex("40"), 0)).isNull();
    }

    @Test
    void entries_ofAnythingButAMap_areNone() {
        assertThat(Cbor.entries(hex("a0"), 0)).isEmpty();
        assertThat(Cbor.entries(hex("a10102"), 0)).containsExactly(new Cbor.Entry(1, 2, 3));
        assertThat(Cbor.entries(hex("80"), 0)).isNull();
        assertThat(Cbor.entries(hex("a101"), 0)).isNull();
        assertThat(Cbor.entries(hex(""), 0)).isNull();
    }
}
