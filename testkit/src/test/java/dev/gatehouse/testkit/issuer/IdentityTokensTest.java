package dev.gatehouse.testkit.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.oidc.IdentityTokenRejection;
import dev.gatehouse.oidc.IdentityTokens;
import dev.gatehouse.oidc.Issuer;
import dev.gatehouse.oidc.IssuerDirectory;
import dev.gatehouse.oidc.RejectedIdentityToken;
import dev.gatehouse.oidc.VerifiedIdentityToken;
import dev.gatehouse.testkit.MutableClock;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken and what is refused of a token whose form and issuer are good, in the order of the checks (warehouse 8.3, 9.8). */
class IdentityTokensTest extends IdentityTokenDesk {
    @ParameterizedTest
    @EnumSource
    void verify_ofAGoodToken_givesIssuerClaimsAndEnds(FakeToken.Algorithm algorithm) {
        VerifiedIdentityToken verified = verified(tokens.verify(
                good().by(algorithm).claim("ref", "refs/heads/main").sign()));

        assertThat(verified.issuer()).isEqualTo(issuer.issuer("github"));
        assertThat(verified.claims().text("ref")).contains("refs/heads/main");
        assertThat(verified.expires()).isEqualTo(NOW.plusSeconds(300));
        assertThat(verified.claimUntil()).isEqualTo(NOW.plusSeconds(300 + 30 + 60));
        assertThat(verified.replayKeys()).hasSize(2).doesNotHaveDuplicates();
        assertThat(verified.toString()).doesNotContain("refs/heads/main");
    }

    @Test
    void verify_withAHeaderThatDemandsMore_isRefused() {
        Map<String, Object> demands = new LinkedHashMap<>();
        demands.put("crit", List.of("exp"));
        demands.put("b64", false);
        for (Map.Entry<String, Object> demand : demands.entrySet()) {
            assertThat(codeOf(good().header(demand.getKey(), demand.getValue()).sign()))
                    .isEqualTo(IdentityTokenRejection.HEADER);
        }
        assertThat(codeOf(good().header("b64", true).sign())).isEqualTo(IdentityTokenRejection.HEADER);
        assertThat(codeOf(good().header("crit", List.of()).sign())).isEqualTo(IdentityTokenRejection.HEADER);
        assertThat(issuer.discoveryFetches()).isZero();
    }

    @Test
    void verify_ofATokenOfAnotherType_isRefused() {
        assertThat(codeOf(good().header("typ", "at+jwt").sign())).isEqualTo(IdentityTokenRejection.HEADER);
        assertThat(codeOf(good().header("typ", "logout+jwt").sign())).isEqualTo(IdentityTokenRejection.HEADER);
        assertThat(codeOf(good().header("typ", 1).sign())).isEqualTo(IdentityTokenRejection.HEADER);
        verified(tokens.verify(good().header("typ", "jwt").sign()));
        verified(tokens.verify(good().header("typ", null).sign()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "none",
                "None",
                "NONE",
                "",
                "HS256",
                "HS384",
                "HS512",
                "RS384",
                "RS512",
                "PS256",
                "PS512",
                "ES384",
                "ES512",
                "ES256K",
                "EdDSA",
                "rs256",
                "RS256 ",
                "RSA-OAEP"
            })
    void verify_withAnotherAlgorithm_isRefusedBeforeAnyFetch(String algorithm) {
        assertThat(codeOf(good().header("alg", algorithm).sign())).isEqualTo(IdentityTokenRejection.ALGORITHM);
        assertThat(codeOf(good().header("alg", algorithm).signWith(signed -> new byte[0])))
                .isEqualTo(IdentityTokenRejection.ALGORITHM);
        assertThat(issuer.discoveryFetches()).isZero();
    }

    /** O46: a header without {@code kid}. */
    @Test
    void verify_withoutAKeyId_isRefusedBeforeAnyFetch() {
        assertThat(codeOf(good().header("kid", null).sign())).isEqualTo(IdentityTokenRejection.NO_KEY_ID);
        assertThat(codeOf(good().header("kid", "").sign())).isEqualTo(IdentityTokenRejection.NO_KEY_ID);
        assertThat(codeOf(good().header("kid", 7).sign())).isEqualTo(IdentityTokenRejection.NO_KEY_ID);
        assertThat(codeOf(good().header("alg", null).sign())).isEqualTo(IdentityTokenRejection.ALGORITHM);
        assertThat(issuer.discoveryFetches()).isZero();
    }

    @Test
    void verify_withAnIdThatNoKeyCanHave_isUnknownBeforeAnyFetch() {
        assertThat(codeOf(good().header("kid", "k".repeat(256)).sign())).isEqualTo(IdentityTokenRejection.UNKNOWN_KEY);
        assertThat(issuer.discoveryFetches()).isZero();
    }

    /** The header's algorithm is not the key's: the key decides what is verified, the header only has to say the same. */
    @Test
    void verify_withAKeyOfTheOtherAlgorithm_isRefused() {
        String rsa = issuer.keyId(FakeToken.Algorithm.RS256);
        String ec = issuer.keyId(FakeToken.Algorithm.ES256);

        assertThat(codeOf(good().header("kid", ec).sign())).isEqualTo(IdentityTokenRejection.ALGORITHM);
        assertThat(codeOf(
                        good().by(FakeToken.Algorithm.ES256).header("kid", rsa).sign()))
                .isEqualTo(IdentityTokenRejection.ALGORITHM);
    }

    @Test
    void verify_signedByAnother_isRefused() {
        String kid = issuer.keyId(FakeToken.Algorithm.RS256);

        assertThat(codeOf(other.token(AUDIENCE, NOW)
                        .claim("iss", issuer.url())
                        .header("kid", kid)
                        .sign()))
                .isEqualTo(IdentityTokenRejection.SIGNATURE);
        assertThat(codeOf(good().signWith(signed -> new byte[0]))).isEqualTo(IdentityTokenRejection.SIGNATURE);
        assertThat(codeOf(good().signWith(signed -> new byte[256]))).isEqualTo(IdentityTokenRejection.SIGNATURE);
        assertThat(codeOf(good().by(FakeToken.Algorithm.ES256).signWith(signed -> new byte[64])))
                .isEqualTo(IdentityTokenRejection.SIGNATURE);
    }

    /** What is public is no secret to make an HMAC with. */
    @Test
    void verify_withAnHmacOfThePublicKey_isRefused() {
        byte[] key = Base64.getUrlDecoder()
                .decode((String) issuer.key(FakeToken.Algorithm.RS256).get("n"));

        assertThat(codeOf(good().header("alg", "HS256").signWith(signed -> hmac(key, signed))))
                .isEqualTo(IdentityTokenRejection.ALGORITHM);
        assertThat(codeOf(good().signWith(signed -> hmac(key, signed)))).isEqualTo(IdentityTokenRejection.SIGNATURE);
    }

    private static byte[] hmac(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Keys and addresses of keys in a header are the bearer's, not the issuer's. */
    @Test
    void verify_withKeysInTheHeader_looksAtNone() {
        Map<String, Object> jwk = other.key(FakeToken.Algorithm.RS256);
        FakeToken forged = other.token(AUDIENCE, NOW)
                .claim("iss", issuer.url())
                .header("jwk", jwk)
                .header("jku", "https://other.example/keys")
                .header("x5u", "https://other.example/keys")
                .header("x5c", List.of("AA=="));

        assertThat(codeOf(forged.header("kid", "mine").sign())).isEqualTo(IdentityTokenRejection.UNKNOWN_KEY);
        assertThat(codeOf(forged.header("kid", issuer.keyId(FakeToken.Algorithm.RS256))
                        .sign()))
                .isEqualTo(IdentityTokenRejection.SIGNATURE);
        assertThat(other.keySetFetches()).isZero();
        verified(tokens.verify(good().header("jwk", jwk)
                .header("jku", "https://other.example/keys")
                .sign()));
        assertThat(other.keySetFetches()).isZero();
    }

    /** O49: each claim that has to be there, taken out in turn; the answer names it. */
    @ParameterizedTest
    @ValueSource(strings = {"iat", "exp", "aud"})
    void verify_withoutARequiredClaim_saysWhich(String name) {
        for (FakeToken token : List.of(good().claim(name, null), good().nullClaim(name))) {
            RejectedIdentityToken rejected = rejected(tokens.verify(token.sign()));

            assertThat(rejected.code()).isEqualTo(IdentityTokenRejection.MISSING_CLAIM);
            assertThat(rejected.detail()).isEqualTo("missing claim: " + name);
        }
    }

    /** O48 and table 9.8: the audience is one text, this index's. */
    @Test
    void verify_withAnotherAudience_isRefused() {
        for (Object audience : Arrays.asList(
                List.of(AUDIENCE),
                List.of(AUDIENCE, "https://other.example"),
                List.of(),
                "PyPI",
                "pypi ",
                "testpypi",
                "",
                1,
                true,
                Map.of("pypi", "pypi"))) {
            assertThat(codeOf(good().claim("aud", audience).sign())).isEqualTo(IdentityTokenRejection.AUDIENCE);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "exp, 1.5", "exp, 1772366700.0", "exp, 1e9", "exp, -1", "exp, 253402300800", "exp, 99999999999999999999",
        "exp, '\"1772366700\"'", "exp, true", "exp, []", "iat, 1772366400.5", "iat, -1", "iat, '\"1772366400\"'",
        "iat, 9223372036854775808", "nbf, 1.0", "nbf, null", "nbf, '\"0\"'", "nbf, -9223372036854775808", "nbf, {}",
        "jti, 12", "jti, null", "jti, []", "jti, true"
    })
    void verify_withAClaimOfAnotherType_saysWhich(String name, String json) {
        String payload = good().claim(name, null).payload().replace("{", "{\"" + name + "\":" + json + ",");
        RejectedIdentityToken rejected = rejected(tokens.verify(good().sign(payload)));

        assertThat(rejected.code()).isEqualTo(IdentityTokenRejection.CLAIM_TYPE);
        assertThat(rejected.detail()).isEqualTo("claim is not of its type: " + name);
    }

    /** O51: providers add claims, and repeat none. */
    @Test
    void verify_withUnknownClaims_isAsWithoutThem() {
        verified(tokens.verify(good().claim("repo_property_env_tier", "gold")
                .claim("check_run_id", 12L)
                .claim("nested", Map.of("a", List.of(1, 2.5, true)))
                .nullClaim("nothing")
                .sign()));
    }

    @Test
    void verify_withALifetimeThatIsTooLongOrNone_isRefused() {
        long now = NOW.getEpochSecond();
        Duration most = Duration.ofHours(6);

        verified(tokens.verify(good().claim("exp", now + most.toSeconds()).sign()));
        assertThat(codeOf(good().claim("exp", now + most.toSeconds() + 1).sign()))
                .isEqualTo(IdentityTokenRejection.LIFETIME);
        verified(tokens.verify(good().claim("exp", now + 1).sign()));
        assertThat(codeOf(good().claim("exp", now).sign())).isEqualTo(IdentityTokenRejection.LIFETIME);
        assertThat(codeOf(good().claim("exp", now - 1).sign())).isEqualTo(IdentityTokenRejection.LIFETIME);
    }

    @Test
    void detail_ofARejection_hasNothingOfTheTokenAndBreaksNoLine() {
        String token = good().claim("iss", "https://ci.example\r\nINFO all is well\u202e" + "x".repeat(200))
                .sign();
        RejectedIdentityToken rejected = rejected(tokens.verify(token));

        assertThat(rejected.detail()).doesNotContain("\r", "\n", "\u202e").hasSizeLessThan(250);
        RejectedIdentityToken forged = rejected(tokens.verify(good().signWith(signed -> new byte[256])));
        for (String part : good().signWith(signed -> new byte[256]).split("\\.", -1)) {
            assertThat(forged.toString()).doesNotContain(part);
        }
    }

    @Test
    void replayKeys_ofOneToken_areThoseOfWhatWasSignedAndOfItsId() {
        String first = good().claim("jti", "one").sign();
        List<String> keys = verified(tokens.verify(first)).replayKeys();

        assertThat(verified(tokens.verify(first)).replayKeys()).isEqualTo(keys);
        assertThat(keys).allMatch(key -> key.matches("[jt]\\.[A-Za-z0-9_-]{43}"));
        // Another signature of the same, which an EC key makes each time, is the same token.
        List<String> again =
                verified(tokens.verify(good().claim("jti", "one").sign())).replayKeys();
        assertThat(again).isEqualTo(keys);
        List<String> otherClaim = verified(tokens.verify(
                        good().claim("jti", "one").claim("ref", "x").sign()))
                .replayKeys();
        assertThat(otherClaim.get(0)).isNotEqualTo(keys.get(0));
        assertThat(otherClaim.get(1)).isEqualTo(keys.get(1));
        assertThat(verified(tokens.verify(good().claim("jti", null).sign())).replayKeys())
                .hasSize(1);
    }

    @Test
    void replayKeys_ofATokenSignedAgain_areTheSame() {
        FakeToken token = good().by(FakeToken.Algorithm.ES256);
        String one = token.sign();
        String two = token.sign();

        assertThat(one).isNotEqualTo(two);
        assertThat(verified(tokens.verify(one)).replayKeys())
                .isEqualTo(verified(tokens.verify(two)).replayKeys());
    }

    @Test
    void replayKeys_ofTwoIssuersWithOneId_differ() {
        Issuer second = other.issuer("github");
        IdentityTokens both = IdentityTokens.builder(
                        AUDIENCE,
                        IssuerDirectory.of(List.of(issuer.issuer("github"))).or(IssuerDirectory.of(List.of(second))),
                        (address, headers) -> (address.getHost().equals("other.example") ? other : issuer)
                                .fetch()
                                .get(address, headers))
                .clock(MutableClock.at(NOW))
                .build();

        assertThat(verified(both.verify(good().claim("jti", "one").sign())).replayKeys())
                .doesNotContainAnyElementsOf(verified(both.verify(
                                other.token(AUDIENCE, NOW).claim("jti", "one").sign()))
                        .replayKeys());
    }
}
