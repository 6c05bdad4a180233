package dev.gatehouse.testkit.readme;

import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.secret.KeyRing;
import dev.gatehouse.secret.Sealer;
import dev.gatehouse.secret.SecretBytes;
import dev.gatehouse.state.EphemeralState;
import dev.gatehouse.testkit.MutableClock;
import dev.gatehouse.testkit.token.TokenLaws;
import dev.gatehouse.testkit.token.TokenSubject;
import dev.gatehouse.token.ApiTokens;
import dev.gatehouse.token.InMemoryApiTokenRepository;
import dev.gatehouse.token.OwnerStatus;

class MyTokensTest implements TokenLaws {
    private final AuditSink nowhere = event -> {};
    private final MutableClock clock = MutableClock.at(NOW);
    private final ApiTokens tokens = ApiTokens.builder(
                    "index.example",
                    InMemoryApiTokenRepository.create(nowhere),
                    new Sealer(KeyRing.sealingWith("k1", SecretBytes.copyOf(new byte[32]))
                            .build()),
                    owner -> OwnerStatus.Standing.ACTIVE)
            .singleUse(EphemeralState.singleNode(nowhere))
            .clock(clock)
            .build();

    @Override
    public TokenSubject tokens() {
        return TokenSubject.of(tokens, clock);
    }
}
