package dev.gatehouse.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.publisher.IdentityTokenVerification;
import dev.gatehouse.publisher.IdentityTokens;
import dev.gatehouse.publisher.IssuerDirectory;
import dev.gatehouse.publisher.VerifiedIdentityToken;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Identity tokens of an issuer whose documents are at hand. */
class IdentityTokensTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final FakeIssuer issuer = FakeIssuer.at("https://ci.example");
    private final IdentityTokens tokens = IdentityTokens.builder(
                    "pypi", IssuerDirectory.of(List.of(issuer.issuer("github"))), issuer.fetch())
            .clock(MutableClock.at(NOW))
            .build();

    @ParameterizedTest
    @EnumSource
    void verify_ofAGoodToken_givesIssuerClaimsAndEnds(FakeToken.Algorithm algorithm) {
        IdentityTokenVerification result = tokens.verify(issuer.token("pypi", NOW)
                .by(algorithm)
                .claim("ref", "refs/heads/main")
                .sign());

        assertThat(result).isInstanceOf(VerifiedIdentityToken.class);
        VerifiedIdentityToken verified = (VerifiedIdentityToken) result;
        assertThat(verified.issuer()).isEqualTo(issuer.issuer("github"));
        assertThat(verified.claims().text("ref")).contains("refs/heads/main");
        assertThat(verified.expires()).isEqualTo(NOW.plusSeconds(300));
        assertThat(verified.claimUntil()).isEqualTo(NOW.plusSeconds(300 + 30 + 60));
        assertThat(verified.replayKeys()).hasSize(2).doesNotHaveDuplicates();
    }
}
