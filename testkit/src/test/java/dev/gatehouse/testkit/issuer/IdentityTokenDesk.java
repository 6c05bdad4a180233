package dev.gatehouse.testkit.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.oidc.IdentityTokenRejection;
import dev.gatehouse.oidc.IdentityTokenVerification;
import dev.gatehouse.oidc.IdentityTokens;
import dev.gatehouse.oidc.IssuerDirectory;
import dev.gatehouse.oidc.RejectedIdentityToken;
import dev.gatehouse.oidc.VerifiedIdentityToken;
import dev.gatehouse.testkit.MutableClock;
import java.time.Instant;
import java.util.List;

/** An issuer on the list, one that is not, and an index that verifies at an instant that stands still. */
class IdentityTokenDesk {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final String AUDIENCE = "pypi";

    final FakeIssuer issuer = FakeIssuer.at("https://ci.example");
    final FakeIssuer other = FakeIssuer.at("https://other.example");
    final MutableClock clock = MutableClock.at(NOW);
    final IdentityTokens tokens = builder().build();

    IdentityTokens.Builder builder() {
        return IdentityTokens.builder(AUDIENCE, IssuerDirectory.of(List.of(issuer.issuer("github"))), issuer.fetch())
                .clock(clock);
    }

    FakeToken good() {
        return issuer.token(AUDIENCE, NOW);
    }

    static RejectedIdentityToken rejected(IdentityTokenVerification result) {
        assertThat(result).isInstanceOf(RejectedIdentityToken.class);
        return (RejectedIdentityToken) result;
    }

    static VerifiedIdentityToken verified(IdentityTokenVerification result) {
        assertThat(result).isInstanceOf(VerifiedIdentityToken.class);
        return (VerifiedIdentityToken) result;
    }

    IdentityTokenRejection codeOf(String token) {
        return rejected(tokens.verify(token)).code();
    }
}
