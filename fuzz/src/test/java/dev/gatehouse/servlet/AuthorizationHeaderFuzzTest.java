package dev.gatehouse.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.fuzz.FuzzTarget;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** Authorization headers: at most one credential, and of Basic ones no second text. */
class AuthorizationHeaderFuzzTest extends FuzzTarget {
    private static String basic(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8));
    }

    @Override
    protected List<byte[]> seeds() {
        return List.of(
                utf8(basic("__token__:" + "pypi-" + "AgEIcHlwaS5vcmc\n")),
                utf8(basic("alice:secr\u00e9t")),
                utf8(basic("__TOKEN__:a")),
                utf8("Bearer " + "pypi-" + "AgEIcHlwaS5vcmc"),
                utf8("token abc"),
                utf8("bearer \t abc , Basic x"),
                utf8("Basic YTpi"));
    }

    @Override
    protected void check(byte[] input) {
        String text = text(input);
        AuthorizationHeader read = AuthorizationHeader.parse(text);
        assertThat(read.toString()).hasSizeLessThan(100);
        if (read instanceof AuthorizationHeader.Token token) {
            assertThat(token.secret()).isNotEmpty().doesNotContainPattern("[\\x00-\\x1f\\x7f]");
        }
        String value = text.strip();
        int space = value.indexOf(' ');
        boolean isBasic =
                space > 0 && value.substring(0, space).toLowerCase(Locale.ROOT).equals("basic");
        if (isBasic && (read instanceof AuthorizationHeader.Token || read instanceof AuthorizationHeader.Password)) {
            String sent = value.substring(space).strip();
            byte[] octets = Base64.getDecoder().decode(sent);
            assertThat(Base64.getEncoder().encodeToString(octets).replace("=", ""))
                    .as("canonical")
                    .isEqualTo(sent.replaceFirst("=+$", ""));
            String plain = new String(octets, UTF_8);
            assertThat(plain.getBytes(UTF_8)).isEqualTo(octets);
            if (read instanceof AuthorizationHeader.Password password) {
                assertThat(password.user() + ":" + password.secret()).isEqualTo(plain);
                assertThat(password.user()).doesNotContain(":");
            }
        }
        if (read instanceof AuthorizationHeader.Absent) {
            assertThat(text).isBlank();
        }
    }
}
