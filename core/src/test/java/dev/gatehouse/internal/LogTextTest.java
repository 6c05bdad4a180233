package dev.gatehouse.internal;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogTextTest {
    /** Of all characters the ones that matter are drawn too seldom. */
    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings(),
                Arbitraries.strings()
                        .withChars('"', '\\', '\n', '\r', '\u0000', '\u0085', '\u202e', '\u2028', '\ud800', ' ', 'a')
                        .ofMaxLength(12));
    }

    @Property
    void quoted_anyText_isOneVisibleLineBetweenTwoQuotes(@ForAll("texts") String text) {
        String quoted = LogText.quoted(text);

        assertThat(quoted).startsWith("\"").endsWith("\"");
        assertThat(quoted.codePoints())
                .allMatch(c -> c == ' '
                        || !(Character.isISOControl(c)
                                || Character.isSpaceChar(c)
                                || Character.getType(c) == Character.FORMAT
                                || Character.getType(c) == Character.SURROGATE));
        String inner = quoted.substring(1, quoted.length() - 1);
        assertThat(inner.replace("\\\\", "").replace("\\\"", "")).doesNotContain("\"");
    }

    @Property
    void quoted_differentTexts_differ(@ForAll String one, @ForAll String other) {
        assertThat(LogText.quoted(one).equals(LogText.quoted(other))).isEqualTo(one.equals(other));
    }

    @ParameterizedTest
    @CsvSource({
        "10, a",
        "13, d",
        "0, 0",
        "27, 1b",
        "127, 7f",
        "155, 9b",
        "8206, 200e",
        "8238, 202e",
        "8297, 2069",
        "8232, 2028",
        "65279, feff",
        "160, a0",
        "57344, e000",
        "917505, e0001"
    })
    void quoted_aCharacterThatActsOnTheLine_isEscaped(int codePoint, String hex) {
        assertThat(LogText.quoted(Character.toString(codePoint))).isEqualTo("\"\\u{" + hex + "}\"");
    }
}
