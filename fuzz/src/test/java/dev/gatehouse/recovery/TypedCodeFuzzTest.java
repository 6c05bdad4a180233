package dev.gatehouse.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.fuzz.FuzzTarget;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Recovery codes as people type them: sixteen digits in ASCII, whatever stands between them. */
class TypedCodeFuzzTest extends FuzzTarget {
    @Override
    protected List<byte[]> seeds() {
        return List.of(
                utf8("0123-4567-89ab-cdef"),
                utf8("0123456789ABCDEF"),
                utf8("\u00a00123\u20134567\u201589ab cdef\n"),
                utf8("\u06610123456789abcde"));
    }

    @Override
    protected void check(byte[] input) {
        String text = text(input);
        CodeInput.read(text).ifPresent(code -> {
            String digits = new String(code.toByteArray(), StandardCharsets.US_ASCII);
            assertThat(digits).matches("[0-9a-f]{16}");
            assertThat(text.replaceAll("[^0-9A-Za-z]", "").toLowerCase(Locale.ROOT))
                    .isEqualTo(digits);
            assertThat(CodeInput.read(digits)).contains(code);
        });
    }
}
