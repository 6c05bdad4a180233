package dev.gatehouse.token;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.audit.InMemoryAuditLog;
import dev.gatehouse.secret.KeyRing;
import dev.gatehouse.secret.Sealer;
import dev.gatehouse.secret.SecretBytes;
import dev.gatehouse.state.EphemeralState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** An index with everything in memory and a clock that a test moves. */
final class TokenIndex {
    static final Instant START = Instant.ofEpochSecond(1_700_000_000);
    static final String LOCATION = "pypi.org";
    static final TokenOwner ALICE = TokenOwner.account("alice");
    static final TokenContext NO_PROJECT = TokenContext.withoutProject();
    private static final Requester BY = Requester.of("alice");

    final AtomicReference<Instant> now = new AtomicReference<>(START);
    final InMemoryAuditLog events = InMemoryAuditLog.create();
    final ApiTokenRepository repository;
    final Map<TokenOwner, OwnerStatus.Standing> standings = new ConcurrentHashMap<>();
    final Sealer sealer = new Sealer(
            KeyRing.sealingWith("k1", SecretBytes.copyOf(new byte[32])).build());
    final ApiTokens tokens;

    private TokenIndex(UnaryOperator<ApiTokenRepository> repositories, UnaryOperator<ApiTokens.Builder> settings) {
        this.repository = InMemoryApiTokenRepository.create(events);
        this.tokens = settings.apply(ApiTokens.builder(
                                LOCATION,
                                repositories.apply(repository),
                                sealer,
                                owner -> standings.getOrDefault(owner, OwnerStatus.Standing.ACTIVE))
                        .clock(now::get)
                        .singleUse(EphemeralState.singleNode(AuditSink.slf4j())))
                .build();
    }

    static TokenIndex create() {
        return create(settings -> settings);
    }

    static TokenIndex create(UnaryOperator<ApiTokens.Builder> settings) {
        return new TokenIndex(repository -> repository, settings);
    }

    /** An index whose tokens go through another repository in front of its own. */
    static TokenIndex behind(UnaryOperator<ApiTokenRepository> repositories) {
        return new TokenIndex(repositories, settings -> settings);
    }

    /** A token on record with this root key, as another index may have made it. */
    void put(ApiToken token, byte[] rootKey) {
        repository.insert(
                token,
                sealer.seal(SecretBytes.copyOf(rootKey), ApiTokens.place(token.owner(), token.id())),
                repository.ownerState(token.owner()).version(),
                AuditEvent.of(AuditTag.TOKEN_ADDED, START).build());
    }

    MintRequest.Builder request(TokenOwner owner, String name) {
        return MintRequest.builder(owner, tokens.ownerState(owner).version(), BY)
                .name(name);
    }

    Minting.Minted mint(MintRequest.Builder request) {
        return tokens.mint(request.build()).fold(minted -> minted, not -> {
            throw new AssertionError(not.obstacle());
        });
    }

    /** A token of Alice's for all her projects. */
    Minting.Minted mint() {
        return mint(request(ALICE, "ci"));
    }

    /** A token of Alice's for one project. */
    Minting.Minted mintFor(String project) {
        return mint(request(ALICE, "for " + project).projects(List.of(TokenProject.of(project))));
    }

    void advance(Duration by) {
        now.updateAndGet(instant -> instant.plus(by));
    }

    Requester by() {
        return BY;
    }

    VerifiedToken verified(String token, TokenContext context) {
        return tokens.verify(token, context).fold(verified -> verified, rejected -> {
            throw new AssertionError(rejected + ": " + rejected.text());
        });
    }

    RejectedToken rejected(String token, TokenContext context) {
        return rejected(tokens.verify(token, context));
    }

    static RejectedToken rejected(TokenVerification result) {
        return result.fold(
                verified -> {
                    throw new AssertionError("verified");
                },
                rejected -> rejected);
    }

    OpenToken open(String token, TokenContext context) {
        return tokens.open(token, context).foldOpen(open -> open, rejected -> {
            throw new AssertionError(rejected + ": " + rejected.text());
        });
    }
}
