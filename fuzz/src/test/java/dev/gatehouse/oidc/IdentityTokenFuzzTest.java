package dev.gatehouse.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.fuzz.FuzzTarget;
import dev.gatehouse.fuzz.ReferenceJson;
import dev.gatehouse.testkit.issuer.FakeIssuer;
import dev.gatehouse.testkit.issuer.FakeToken;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Header, a line feed and payload of an identity token, signed by its issuer: whatever they say, a token is verified only if it says what
 * it must.
 */
class IdentityTokenFuzzTest extends FuzzTarget {
    private static final Instant NOW = Instant.parse("2024-06-01T12:00:00Z");
    private static final String AUDIENCE = "pypi";
    private static final FakeIssuer ISSUER = FakeIssuer.at("https://issuer.example");
    private static final IdentityTokens TOKENS = IdentityTokens.builder(
                    AUDIENCE, IssuerDirectory.of(List.of(ISSUER.issuer("github"))), ISSUER.fetch())
            .clock(() -> NOW)
            .build();

    private static FakeToken token() {
        return ISSUER.token(AUDIENCE, NOW).by(FakeToken.Algorithm.ES256);
    }

    @Override
    protected int mutations() {
        return 150;
    }

    @Override
    protected List<byte[]> seeds() {
        String header =
                "{\"alg\":\"ES256\",\"typ\":\"JWT\",\"kid\":\"" + ISSUER.keyId(FakeToken.Algorithm.ES256) + "\"}\n";
        return List.of(
                utf8(header + token().payload()),
                utf8(header
                        + token().claim("nbf", NOW.getEpochSecond())
                                .claim("jti", "a1")
                                .payload()),
                utf8(header
                        + token().claim("exp", NOW.getEpochSecond() + 21_700).payload()),
                utf8(header
                        + token().claim("list", List.of("a", "b"))
                                .claim("flag", true)
                                .payload()),
                utf8(header.replace("JWT", "at+jwt") + "{\"iss\":\"https://issuer.example\",\"exp\":253402300799}"),
                utf8(header.replace("typ", "crit") + token().payload()));
    }

    @Override
    protected void check(byte[] input) {
        String text = new String(input, UTF_8);
        int line = text.indexOf('\n');
        String payload = text.substring(line + 1);
        String signed = line < 0 ? token().sign(payload) : token().sign(text.substring(0, line), payload);
        IdentityTokenVerification result = TOKENS.verify(signed);
        if (!(result instanceof VerifiedIdentityToken verified)) {
            assertThat(result.toString()).doesNotContainPattern("[\\x00-\\x1f]");
            return;
        }
        Map<?, ?> claims = (Map<?, ?>) ReferenceJson.of(payload.getBytes(UTF_8)).value();
        assertThat(claims.get("iss")).isEqualTo(ISSUER.url());
        assertThat(claims.get("aud")).isEqualTo(AUDIENCE);
        assertThat(verified.expires().getEpochSecond()).isEqualTo(number(claims, "exp"));
        assertThat(verified.expires()).isAfter(NOW.minusSeconds(60));
        assertThat(number(claims, "iat"))
                .isBetween(
                        NOW.minusSeconds(21_700).getEpochSecond(),
                        NOW.plusSeconds(60).getEpochSecond());
        assertThat(number(claims, "exp") - number(claims, "iat")).isBetween(1L, 21_600L);
        assertThat(verified.replayKeys()).hasSize(claims.get("jti") == null ? 1 : 2);
        claims.forEach((name, value) -> {
            assertThat(verified.claims().has((String) name)).isEqualTo(value != null);
            assertThat(verified.claims().text((String) name).orElse(null))
                    .isEqualTo(value instanceof String ? value : null);
        });
    }

    private static long number(Map<?, ?> claims, String name) {
        return Long.parseLong(((ReferenceJson.Numeral) claims.get(name)).text());
    }
}
