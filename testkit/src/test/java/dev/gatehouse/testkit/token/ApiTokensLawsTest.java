package dev.gatehouse.testkit.token;

import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.secret.KeyRing;
import dev.gatehouse.secret.Sealer;
import dev.gatehouse.secret.SecretBytes;
import dev.gatehouse.state.EphemeralState;
import dev.gatehouse.testkit.MutableClock;
import dev.gatehouse.token.ApiTokens;
import dev.gatehouse.token.InMemoryApiTokenRepository;
import dev.gatehouse.token.OwnerStatus;

/** The library's own tokens. */
class ApiTokensLawsTest implements TokenLaws {
    private final TokenSubject tokens = inMemory();

    static TokenSubject inMemory() {
        MutableClock clock = MutableClock.at(NOW);
        AuditSink nowhere = event -> {};
        return TokenSubject.of(
                ApiTokens.builder(
                                "index.test",
                                InMemoryApiTokenRepository.create(nowhere),
                                new Sealer(KeyRing.sealingWith("k1", SecretBytes.copyOf(new byte[KeyRing.KEY_BYTES]))
                                        .build()),
                                owner -> OwnerStatus.Standing.ACTIVE)
                        .singleUse(EphemeralState.singleNode(nowhere))
                        .clock(clock)
                        .build(),
                clock);
    }

    @Override
    public TokenSubject tokens() {
        return tokens;
    }
}
