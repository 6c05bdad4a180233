package dev.gatehouse.totp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.fuzz.FuzzTarget;
import java.util.List;
import java.util.Locale;

/** Codes and secrets as people type them. */
class TypedCodeFuzzTest extends FuzzTarget {
    @Override
    protected List<byte[]> seeds() {
        return List.of(
                utf8("123 456"),
                utf8("\u00a0000000\u2028"),
                utf8("+12345"),
                utf8("\u0661\u0662\u0663\u0664\u0665\u0666"),
                utf8("jbsw y3dp ehpk 3pxp jbsw y3dp ehpk 3pxp"),
                utf8("GEZDGNBVGY3TQOJQGEZDGNBVGY======"),
                utf8("GEZDGNBVGY3TQOJQGEZDGNBVGZ"));
    }

    @Override
    protected void check(byte[] input) {
        String text = text(input);
        CodeInput.read(text).ifPresent(code -> {
            String digits = String.format(Locale.ROOT, "%0" + code.length() + "d", code.value());
            assertThat(WhiteSpace.removedFrom(text)).isEqualTo(digits);
        });
        TotpSecret strict = secret(text, false);
        TotpSecret lenient = secret(text, true);
        if (strict != null) {
            assertThat(lenient).isEqualTo(strict);
            String dense = WhiteSpace.removedFrom(text).replace("=", "").toUpperCase(Locale.ROOT);
            assertThat(strict.base32()).isEqualTo(dense);
            assertThat(secret(strict.base32InGroups(), false)).isEqualTo(strict);
        }
        if (lenient != null) {
            assertThat(lenient.bytes().size()).isBetween(TotpSecret.MIN_BYTES, TotpSecret.MAX_BYTES);
            assertThat(secret(lenient.base32(), false)).isEqualTo(lenient);
        }
    }

    private static TotpSecret secret(String text, boolean ignoringTrailingBits) {
        try {
            return ignoringTrailingBits ? TotpSecret.fromBase32IgnoringTrailingBits(text) : TotpSecret.fromBase32(text);
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).startsWith("text: ").doesNotContain(text.length() > 3 ? text : "\u0000");
            return null;
        }
    }
}
