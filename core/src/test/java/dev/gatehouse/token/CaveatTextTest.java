package dev.gatehouse.token;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CaveatTextTest {
    @Test
    void cut_aText_isLeftUpToAHundredUnits() {
        assertThat(CaveatText.cut("x".repeat(100))).isEqualTo("x".repeat(100));
        assertThat(CaveatText.cut("x".repeat(101))).isEqualTo("x".repeat(99) + "\u2026");
    }

    @Test
    void quote_ofEveryCharacter_isVisibleAsciiInOneForm() {
        for (int unit = 0; unit <= Character.MAX_VALUE; unit++) {
            char c = (char) unit;
            String expected;
            if (c == '"') {
                expected = "\\\"";
            } else if (c == '\\') {
                expected = "\\\\";
            } else if (c < 0x20 || c > 0x7e) {
                expected = "\\u" + Integer.toHexString(0x10000 + c).substring(1);
            } else {
                expected = String.valueOf(c);
            }

            assertThat(CaveatText.quote(new StringBuilder(), String.valueOf(c)).toString())
                    .as("U+%04X", unit)
                    .isEqualTo("\"" + expected + "\"");
        }
    }
}
