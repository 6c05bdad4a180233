package dev.gatehouse.totp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OtpauthUriTest {
    private static final TotpSecret SECRET = TotpSecret.fromBase32("JBSWY3DPEHPK3PXP");

    private static String uri(String issuer, String account) {
        return OtpauthUri.of(issuer, account, SECRET, TotpParameters.standard()).text();
    }

    /** The example of PyPI's own test: 32 times F, user pony, issuer pypi.org. */
    @Test
    void text_ofPypisExample_hasItsPathAndParameters() {
        byte[] bytes = new byte[20];
        TotpSecret fs = TotpSecret.fromBase32("F".repeat(32));
        String text =
                OtpauthUri.of("pypi.org", "pony", fs, TotpParameters.standard()).text();
        URI uri = URI.create(text);

        assertThat(fs.bytes().size()).isEqualTo(bytes.length);
        assertThat(uri.getHost()).isEqualTo("totp");
        assertThat(uri.getPath()).isEqualTo("/pypi.org:pony");
        assertThat(uri.getRawQuery().split("&"))
                .containsExactlyInAnyOrder(
                        "digits=6", "secret=" + "F".repeat(32), "algorithm=SHA1", "issuer=pypi.org", "period=30");
    }

    @Test
    void text_everyReservedCharacter_isEncodedInBothPlaces() {
        String reserved = "!#$&'()*+,/;=?@[] \"%<>\\^`{|}";
        String text = uri(reserved, reserved);

        String encoded = text.substring("otpauth://totp/".length(), text.indexOf(':', 10));
        assertThat(encoded).matches("(%[0-9A-F]{2})+");
        assertThat(text)
                .isEqualTo("otpauth://totp/" + encoded + ":" + encoded + "?secret=JBSWY3DPEHPK3PXP&issuer=" + encoded
                        + "&algorithm=SHA1&digits=6&period=30");
        assertThat(URI.create(text).getPath()).isEqualTo("/" + reserved + ":" + reserved);
    }

    @Test
    void text_unreservedAndUnicode_isLeftOrEncodedAsUtf8() {
        assertThat(uri("Index-1.0_~", "j\u00f6rg")).startsWith("otpauth://totp/Index-1.0_~:j%C3%B6rg?");
        assertThat(uri("I\u0307\u0131", "\ud83d\udd11")).startsWith("otpauth://totp/I%CC%87%C4%B1:%F0%9F%94%91?");
    }

    @Test
    void text_otherParameters_areWrittenOut() {
        TotpParameters other = TotpParameters.standard()
                .withAlgorithm(TotpParameters.Algorithm.SHA512)
                .withDigits(8)
                .withPeriod(Duration.ofSeconds(60));

        assertThat(OtpauthUri.of("i", "a", SECRET, other).text()).endsWith("&algorithm=SHA512&digits=8&period=60");
    }

    @Test
    void text_accountWithAColon_keepsTheIssuerApart() {
        assertThat(uri("index", "org:alice")).startsWith("otpauth://totp/index:org%3Aalice?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a:b", "a\nb", "a\u0000", "\ud800", "x\udc00y"})
    void of_issuerThatNoAppCanShow_isRefused(String issuer) {
        assertThatThrownBy(() -> uri(issuer, "a")).hasMessageStartingWith("issuer:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\rb", "\ud800"})
    void of_accountThatNoAppCanShow_isRefused(String account) {
        assertThatThrownBy(() -> uri("i", account)).hasMessageStartingWith("accountName:");
        assertThatThrownBy(() -> uri("i", "a".repeat(201))).hasMessageStartingWith("accountName:");
    }

    @Test
    void toString_ofAUri_hidesTheSecret() {
        assertThat(OtpauthUri.of("i", "a", SECRET, TotpParameters.standard())).hasToString("OtpauthUri[i]");
    }
}
