package dev.gatehouse.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Every ending there is: one text for each sequence of bytes. */
class Base64UrlTest {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private static void assertOneForm(String text) {
        byte[] bytes = Base64Url.decode(text, 0);
        boolean isCanonical = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Base64.getUrlDecoder().decode(text))
                .equals(text);

        assertThat(bytes != null).as(text).isEqualTo(isCanonical);
    }

    @Test
    void decode_ofEveryLastCharacter_takesOnlyThoseWithoutUnusedBits() {
        for (int first = 0; first < 64; first++) {
            for (int last = 0; last < 64; last++) {
                String pair = "" + ALPHABET.charAt(first) + ALPHABET.charAt(last);
                assertOneForm(pair);
                assertOneForm("A" + pair);
                assertOneForm("AB" + pair);
                assertOneForm("Ab0_" + pair);
            }
        }
    }

    @Test
    void decode_ofAnythingElse_isRefused() {
        for (String text :
                new String[] {"A", "AAAAA", "AA=", "AA==", "AAA=", "AA A", " AA", "AA\n", "A+AA", "A/AA", "\u00e9A"}) {
            assertThat(Base64Url.decode(text, 0)).as(text).isNull();
        }
    }

    /** The check without an answer says what the answer would be, for any text and any place to begin at. */
    @Property
    void isCanonical_ofAnyText_saysWhetherItDecodes(
            @ForAll("nearly") String text, @ForAll @IntRange(max = 3) int from) {
        int start = Math.min(from, text.length());

        assertThat(Base64Url.isCanonical(text, start)).isEqualTo(Base64Url.decode(text, start) != null);
    }

    @Provide
    Arbitrary<String> nearly() {
        return Arbitraries.strings()
                .withChars("AQgwZ09-_")
                .ofMaxLength(12)
                .flatMap(text ->
                        Arbitraries.of("", "=", "==", "+", " ", "é", "\u0141").map(end -> text + end));
    }
}
