package dev.gatehouse.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.fuzz.FuzzTarget;
import java.util.List;

/** Base64url: one text for each sequence of bytes, whatever the JDK's decoder takes. */
class Base64UrlFuzzTest extends FuzzTarget {
    @Override
    protected List<byte[]> seeds() {
        return List.of(utf8("AAECAwQF"), utf8("_-8"), utf8("_w"), utf8("YQ=="), utf8("YR"), utf8("a b"));
    }

    @Override
    protected void check(byte[] input) {
        String text = text(input);
        byte[] decoded = Base64Url.decode(text, 0);
        assertThat(Base64Url.isCanonical(text, 0)).isEqualTo(decoded != null);
        if (decoded != null) {
            assertThat(Base64Url.encode(decoded)).isEqualTo(text);
        } else {
            assertThat(text).isNotEqualTo(Base64Url.encode(input));
        }
        assertThat(Base64Url.decode(Base64Url.encode(input), 0)).isEqualTo(input);
        int from = input.length / 2;
        assertThat(Base64Url.decode(text, Math.min(from, text.length())))
                .isEqualTo(Base64Url.decode(text.substring(Math.min(from, text.length())), 0));
    }
}
