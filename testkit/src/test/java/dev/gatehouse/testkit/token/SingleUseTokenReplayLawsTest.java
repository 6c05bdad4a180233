package dev.gatehouse.testkit.token;

import dev.gatehouse.secret.KeyRing;
import dev.gatehouse.secret.Sealer;
import dev.gatehouse.secret.SecretBytes;
import dev.gatehouse.state.EphemeralState;
import dev.gatehouse.testkit.MutableClock;
import dev.gatehouse.token.ApiTokenRepository;
import dev.gatehouse.token.ApiTokens;
import dev.gatehouse.token.Caveats;
import dev.gatehouse.token.InMemoryApiTokenRepository;
import dev.gatehouse.token.OwnerStatus;
import dev.gatehouse.token.TokenContext;
import java.time.Instant;
import java.util.List;

/** Tokens that are good for one use: verified any number of times, recorded once. */
class SingleUseTokenReplayLawsTest implements ReplayLaws {

    @Override
    public ReplaySubject replay() {
        return new Tokens();
    }

    private static final class Tokens implements ReplaySubject {
        private final FaultSwitch faults = FaultSwitch.none();
        private final List<MutableClock> clocks = List.of(MutableClock.at(START), MutableClock.at(START));
        private final List<ApiTokens> nodes;
        private final TokenForge forge;
        private int issued;

        Tokens() {
            ApiTokenRepository repository =
                    faults.over(ApiTokenRepository.class, InMemoryApiTokenRepository.create(event -> {}));
            EphemeralState state = faults.over(EphemeralState.class, EphemeralState.singleNode(event -> {}));
            Sealer sealer = new Sealer(KeyRing.sealingWith("k1", SecretBytes.copyOf(new byte[KeyRing.KEY_BYTES]))
                    .build());
            nodes = clocks.stream()
                    .map(clock -> ApiTokens.builder(
                                    "index.test", repository, sealer, owner -> OwnerStatus.Standing.ACTIVE)
                            .singleUse(state)
                            .clock(clock)
                            .build())
                    .toList();
            forge = TokenForge.of(TokenSubject.of(nodes.get(0), clocks.get(0))
                    .mint(TokenOrder.ofAccount("alice"))
                    .secret());
        }

        @Override
        public Proof issue(Instant now) {
            Instant end = Instant.ofEpochSecond(now.getEpochSecond() + 600);
            String token = forge.restricted(List.of(Caveats.singleUse("nonce-of-a-test-" + ++issued, end)))
                    .token()
                    .text();
            return Proof.until(end, (at, node) -> {
                clocks.get(node).set(at);
                ApiTokens tokens = nodes.get(node);
                return tokens.verify(token, TokenContext.withoutProject())
                        .fold(tokens::recordUse, rejected -> rejected)
                        .fold(verified -> Answer.ACCEPTED, rejected -> Answer.REFUSED);
            });
        }

        @Override
        public FaultSwitch faults() {
            return faults;
        }
    }
}
