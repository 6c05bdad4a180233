package dev.gatehouse.testkit.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.gatehouse.oidc.IdentityTokenRejection;
import dev.gatehouse.oidc.IdentityTokens;
import dev.gatehouse.oidc.RejectedIdentityToken;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Form and issuer of a token: what is refused before anything is fetched. */
class IdentityTokenFormTest extends IdentityTokenDesk {
    /** Table 9.8: bodies that are no token; each form that is none has the same code. */
    @ParameterizedTest
    @ValueSource(
            strings = {"", ".", "..", "...", "not-a-jwt", "a.b.c", "e30.e30", "e30.e30.", "e30.e30.e30.e30", "€.e30.e30"
            })
    void verify_ofWhatIsNoToken_isMalformedOrWithoutIssuer(String text) {
        assertThat(codeOf(text)).isIn(IdentityTokenRejection.MALFORMED, IdentityTokenRejection.NO_ISSUER);
        assertThat(issuer.discoveryFetches()).isZero();
    }

    @Test
    void verify_ofATokenThatIsTooLong_isMalformedUnread() {
        FakeToken token = good();
        String fill = "x".repeat(IdentityTokens.MAX_TOKEN);

        assertThat(codeOf(token.claim("fill", fill).sign())).isEqualTo(IdentityTokenRejection.MALFORMED);
        assertThat(issuer.discoveryFetches()).isZero();
        String atTheBound = good().claim("fill", fill.substring(0, 11_000)).sign();
        assertThat(atTheBound.length()).isLessThan(IdentityTokens.MAX_TOKEN);
        verified(tokens.verify(atTheBound));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[]", "\"text\"", "12", "null", "", "{", "{}}", "{\"iss\":\"https://ci.example\",}", "{} {}"})
    void verify_withAPayloadThatIsNoObject_isMalformed(String payload) {
        assertThat(codeOf(good().sign(payload)))
                .isIn(IdentityTokenRejection.MALFORMED, IdentityTokenRejection.NO_ISSUER);
        assertThat(codeOf(good().sign(payload, good().payload()))).isNotEqualTo(IdentityTokenRejection.SIGNATURE);
    }

    /** Readers differ in which of two members they take. */
    @Test
    void verify_withADuplicateMember_isMalformed() {
        String payload = good().payload();
        String header = "{\"alg\":\"RS256\",\"kid\":\"" + issuer.keyId(FakeToken.Algorithm.RS256) + "\"}";

        verified(tokens.verify(good().sign(header, payload)));
        assertThat(codeOf(good().sign(header, payload.replace("{", "{\"iss\":\"https://ci.example\","))))
                .isEqualTo(IdentityTokenRejection.MALFORMED);
        assertThat(codeOf(good().sign(header, payload.replace("{", "{\"\\u0061ud\":\"pypi\","))))
                .isEqualTo(IdentityTokenRejection.MALFORMED);
        assertThat(codeOf(good().sign(header.replace("{", "{\"alg\":\"RS256\","), payload)))
                .isEqualTo(IdentityTokenRejection.MALFORMED);
    }

    @Test
    void verify_withAPayloadThatIsNotUtf8_isMalformed() {
        String signed = good().sign();
        String[] parts = signed.split("\\.", -1);
        byte[] payload = Base64.getUrlDecoder().decode(parts[1]);
        payload[payload.length - 3] = (byte) 0xff;
        String changed = Base64.getUrlEncoder().withoutPadding().encodeToString(payload);

        assertThat(codeOf(parts[0] + "." + changed + "." + parts[2])).isEqualTo(IdentityTokenRejection.MALFORMED);
    }

    /** Each part has one text; a second one would be a second token with the same claims. */
    @Test
    void verify_withAnotherTextOfTheSameBytes_isMalformed() {
        String signed = good().sign();
        String[] parts = signed.split("\\.", -1);
        for (int i = 0; i < 3; i++) {
            for (String change : new String[] {"=", "==", " ", "\n", "%3D"}) {
                String[] changed = parts.clone();
                changed[i] = changed[i] + change;
                assertThat(codeOf(String.join(".", changed))).isEqualTo(IdentityTokenRejection.MALFORMED);
            }
        }
        assertThat(codeOf(" " + signed)).isEqualTo(IdentityTokenRejection.MALFORMED);
        assertThat(codeOf(signed + ".")).isEqualTo(IdentityTokenRejection.MALFORMED);
    }

    /** The bits of the last character that belong to no byte. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void verify_withOtherUnusedBits_isMalformed(int part) {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        int changedTexts = 0;
        for (String fill : new String[] {"", "x", "xx"}) {
            String[] parts =
                    good().header("fill", fill).claim("fill", fill).sign().split("\\.", -1);
            int unused = parts[part].length() % 4 == 2 ? 16 : parts[part].length() % 4 == 3 ? 4 : 1;
            int last = alphabet.indexOf(parts[part].charAt(parts[part].length() - 1));
            for (int bits = 1; bits < unused; bits++) {
                String[] changed = parts.clone();
                changed[part] = parts[part].substring(0, parts[part].length() - 1) + alphabet.charAt(last ^ bits);
                assertThat(codeOf(String.join(".", changed))).isEqualTo(IdentityTokenRejection.MALFORMED);
                changedTexts++;
            }
        }
        assertThat(changedTexts).isPositive();
    }

    @Test
    void verify_withoutAnIssuerThatIsAText_isRefusedBeforeAnyFetch() {
        for (FakeToken token : List.of(
                good().claim("iss", null),
                good().nullClaim("iss"),
                good().claim("iss", 12),
                good().claim("iss", ""),
                good().claim("iss", List.of("https://ci.example")))) {
            assertThat(codeOf(token.sign())).isEqualTo(IdentityTokenRejection.NO_ISSUER);
        }
        assertThat(issuer.discoveryFetches()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://ci.example/",
                "http://ci.example",
                "HTTPS://ci.example",
                "https://CI.example",
                "https://ci.example:443",
                "https://ci.example.evil.example",
                " https://ci.example",
                "https://ci.example\u0000",
                "https://other.example"
            })
    void verify_withAnIssuerOfAnotherText_isUnknownBeforeAnyFetch(String url) {
        RejectedIdentityToken rejected =
                rejected(tokens.verify(good().claim("iss", url).sign()));

        assertThat(rejected.code()).isEqualTo(IdentityTokenRejection.UNKNOWN_ISSUER);
        assertThat(rejected.issuer()).isEmpty();
        assertThat(issuer.discoveryFetches()).isZero();
    }

    @Test
    void verify_withALongIssuer_asksNoDirectory() {
        IdentityTokens asking = IdentityTokens.builder(
                        AUDIENCE,
                        url -> {
                            throw new IllegalStateException("asked");
                        },
                        issuer.fetch())
                .build();

        assertThat(rejected(asking.verify(good().claim("iss", "https://" + "x".repeat(400))
                                .sign()))
                        .code())
                .isEqualTo(IdentityTokenRejection.UNKNOWN_ISSUER);
        assertThatIllegalStateException().isThrownBy(() -> asking.verify(good().sign()));
    }

    @Test
    void verify_withADirectoryThatAnswersAnother_throws() {
        IdentityTokens lying = IdentityTokens.builder(
                        AUDIENCE, url -> Optional.of(other.issuer("github")), other.fetch())
                .build();

        assertThatIllegalStateException().isThrownBy(() -> lying.verify(good().sign()));
        assertThat(other.discoveryFetches()).isZero();
    }

    @Test
    void verify_ofAnIssuerThatIsOff_isNotEnabledBeforeAnyFetch() {
        RejectedIdentityToken rejected =
                rejected(tokens.verify(good().sign(), each -> !each.providerId().equals("github")));

        assertThat(rejected.code()).isEqualTo(IdentityTokenRejection.NOT_ENABLED);
        assertThat(rejected.issuer()).contains(issuer.issuer("github"));
        assertThat(issuer.discoveryFetches()).isZero();
    }

    @Test
    void verify_withAnEmptyPayload_isMalformed() {
        assertThat(codeOf("e30..e30")).isEqualTo(IdentityTokenRejection.MALFORMED);
    }
}
