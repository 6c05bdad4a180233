package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.audit.InMemoryAuditLog;
import dev.gatehouse.secret.KeyRing;
import dev.gatehouse.secret.Sealer;
import dev.gatehouse.secret.SecretBytes;
import dev.gatehouse.state.EphemeralState;
import dev.gatehouse.testkit.MutableClock;
import dev.gatehouse.testkit.contract.FaultSweep.Ceremony;
import dev.gatehouse.testkit.contract.FaultSweep.Outcome;
import dev.gatehouse.token.ApiTokenRepository;
import dev.gatehouse.token.ApiTokenRepository.Change;
import dev.gatehouse.token.ApiTokens;
import dev.gatehouse.token.Caveats;
import dev.gatehouse.token.InMemoryApiTokenRepository;
import dev.gatehouse.token.Leak;
import dev.gatehouse.token.LeakSource;
import dev.gatehouse.token.MintRequest;
import dev.gatehouse.token.Minting;
import dev.gatehouse.token.OwnerStatus;
import dev.gatehouse.token.Requester;
import dev.gatehouse.token.TokenContext;
import dev.gatehouse.token.TokenOwner;
import dev.gatehouse.token.VerifiedToken;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Tokens over stores, each of whose calls goes wrong once in each way. */
class TokenFaultsTest {
    private static final TokenOwner BOB = TokenOwner.account("bob");
    private static final TokenOwner MALLORY = TokenOwner.account("mallory");
    /** Whoever is told that somebody else has used the token looks at it and writes again, and is told the truth then. */
    private static final StoreFault ASKED_AGAIN = StoreFault.OTHER;

    private static final Requester BY = Requester.of("bob");

    private static final Sealer SEALER =
            new Sealer(KeyRing.sealingWith("k1", SecretBytes.copyOf(new byte[KeyRing.KEY_BYTES]))
                    .build());

    /** An index where Bob and Mallory have a token each, both used before. */
    private static final class World {
        final InMemoryAuditLog audit = InMemoryAuditLog.create();
        final MutableClock clock = MutableClock.at("2026-03-01T10:00:00Z");
        final InMemoryApiTokenRepository healthy = InMemoryApiTokenRepository.create(audit);
        final ApiTokens tokens;
        final Minting.Minted bobs;

        World(StoreFaults faults) {
            tokens = ApiTokens.builder(
                            "pypi.org",
                            faults.in(ApiTokenRepository.class, healthy),
                            SEALER,
                            faults.in(OwnerStatus.class, owner -> OwnerStatus.Standing.ACTIVE))
                    .singleUse(faults.in(EphemeralState.class, EphemeralState.singleNode(audit)))
                    .clock(clock)
                    .build();
            String mallorys = minted(MALLORY).secret();
            bobs = minted(BOB);
            assertThat(used(mallorys)).isEqualTo(Outcome.GRANTED);
            assertThat(used(bobs.secret())).isEqualTo(Outcome.GRANTED);
            assertThat(used(mallorys)).isEqualTo(Outcome.GRANTED);
            tokens.list(MALLORY);
            clock.advance(Duration.ofMinutes(1));
        }

        private Minting.Minted minted(TokenOwner owner) {
            return (Minting.Minted)
                    tokens.mint(MintRequest.builder(owner, 0, BY).name("laptop").build());
        }

        Outcome used(String token) {
            return tokens.verify(token, TokenContext.withoutProject()) instanceof VerifiedToken verified
                            && tokens.recordUse(verified) instanceof VerifiedToken
                    ? Outcome.GRANTED
                    : Outcome.REFUSED;
        }
    }

    private record Of(World world, Supplier<Outcome> ceremony, Runnable look) implements Ceremony {
        @Override
        public Outcome run() {
            return ceremony.get();
        }

        @Override
        public List<String> secrets() {
            return List.of(world.bobs.secret());
        }

        @Override
        public void check() {
            look.run();
        }
    }

    private static Outcome granted(boolean is) {
        return is ? Outcome.GRANTED : Outcome.REFUSED;
    }

    @Test
    void recordUse_whateverTheStoreDoes_permitsOnlyOnItsWord() {
        FaultSweep.of(faults -> {
                    World world = new World(faults);
                    return new Of(
                            world,
                            () -> world.used(world.bobs.secret()),
                            () -> assertThat(world.healthy.list(BOB).get(0).lastUsed())
                                    .contains(world.clock.instant()));
                })
                .grantedAnyNumberOfTimes()
                .tolerating(ApiTokenRepository.class, "recordUse", ASKED_AGAIN)
                .run();
    }

    @Test
    void recordUse_ofARevokedToken_isRefusedWhateverTheStoreDoes() {
        FaultSweep.ofRefusal(faults -> {
                    World world = new World(faults);
                    world.tokens.revoke(world.bobs.token().id(), BOB, BY);
                    return new Of(world, () -> world.used(world.bobs.secret()), () -> {});
                })
                .run();
    }

    @Test
    void recordUse_ofASingleUseToken_whateverTheStoresDo_permitsOnce() {
        FaultSweep.of(faults -> {
                    World world = new World(faults);
                    String once = ApiTokens.attenuate(
                            world.bobs.secret(),
                            List.of(Caveats.singleUse(
                                    "nonce-number-1", world.clock.instant().plusSeconds(60))));
                    return new Of(world, () -> world.used(once), () -> {});
                })
                .tolerating(ApiTokenRepository.class, "recordUse", ASKED_AGAIN)
                .run();
    }

    @Test
    void mint_whateverTheStoreDoes_showsNoTokenThatIsNotStored() {
        FaultSweep.of(faults -> {
                    World world = new World(faults);
                    return new Of(
                            world,
                            () -> world.tokens
                                    .mint(MintRequest.builder(BOB, 0, BY)
                                            .name("server")
                                            .build())
                                    .fold(minted -> world.used(minted.secret()), not -> Outcome.REFUSED),
                            () -> {
                                assertThat(world.healthy.list(BOB)).hasSize(2);
                                assertThat(world.audit.events()).hasSize(3);
                            });
                })
                .tolerating(ApiTokenRepository.class, "recordUse", ASKED_AGAIN)
                .run();
    }

    @Test
    void mint_whileTheOwnerIsFrozen_isRefusedWhateverTheStoreDoes() {
        FaultSweep.of(faults -> {
                    World world = new World(faults);
                    world.tokens.ownerChanged(BOB, BY);
                    return new Of(
                            world,
                            // The good end of this ceremony is that nothing is minted.
                            () -> granted(world.tokens.mint(MintRequest.builder(BOB, 0, BY)
                                                    .name("server")
                                                    .build())
                                            instanceof Minting.NotMinted not
                                    && not.obstacle() == Minting.Obstacle.OWNER_CHANGED),
                            () -> assertThat(world.healthy.list(BOB)).hasSize(1));
                })
                .grantedAnyNumberOfTimes()
                .run();
    }

    @Test
    void revoke_whateverTheStoreDoes_saysSoOnceAndOnlyOnItsWord() {
        FaultSweep.of(faults -> {
                    World world = new World(faults);
                    return new Of(
                            world,
                            () -> granted(world.tokens.revoke(world.bobs.token().id(), BOB, BY) == Change.CHANGED),
                            () -> {
                                assertThat(world.used(world.bobs.secret())).isEqualTo(Outcome.REFUSED);
                                assertThat(world.audit.events()).hasSize(3);
                            });
                })
                .run();
    }

    @Test
    void suspendAll_whateverTheStoreDoes_isDoneAfterwards() {
        FaultSweep.of(faults -> {
                    World world = new World(faults);
                    return new Of(
                            world,
                            () -> granted(world.tokens.suspendAll(BOB, BY) == Change.CHANGED),
                            () -> assertThat(world.used(world.bobs.secret())).isEqualTo(Outcome.REFUSED));
                })
                .run();
    }

    @Test
    void reportLeak_whateverTheStoreDoes_revokesOnceAndOnlyTheTokenThatWasReported() {
        FaultSweep.of(faults -> {
                    World world = new World(faults);
                    LeakSource source = new LeakSource("github", "https://github.com/a/b", null);
                    return new Of(
                            world,
                            () -> granted(world.tokens.reportLeak(world.bobs.secret(), source) instanceof Leak.Revoked),
                            () -> {
                                assertThat(world.used(world.bobs.secret())).isEqualTo(Outcome.REFUSED);
                                assertThat(world.healthy.list(MALLORY)).hasSize(1);
                                assertThat(world.audit.events()).hasSize(3);
                            });
                })
                .run();
    }
}
