package dev.gatehouse.testkit.token;

import dev.gatehouse.testkit.MutableClock;
import dev.gatehouse.token.ApiToken;
import dev.gatehouse.token.ApiTokens;
import dev.gatehouse.token.MintRequest;
import dev.gatehouse.token.OpenTokenVerification;
import dev.gatehouse.token.RejectedToken;
import dev.gatehouse.token.Requester;
import dev.gatehouse.token.TokenContext;
import dev.gatehouse.token.TokenVerification;
import java.util.Optional;
import java.util.UUID;

/** The tokens of the library. */
final class ApiTokensSubject implements TokenSubject {
    private final ApiTokens tokens;
    private final MutableClock clock;

    ApiTokensSubject(ApiTokens tokens, MutableClock clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    public Minted mint(TokenOrder order) {
        MintRequest.Builder request = MintRequest.builder(
                        order.owner(),
                        tokens.ownerState(order.owner()).version(),
                        Requester.of(order.owner().id()))
                .projects(order.projects())
                // No counter: another subject may mint for the same owner in the same store.
                .name("law " + UUID.randomUUID());
        order.lifetime().ifPresent(request::lifetime);
        if (order.madeWithTwoFactor()) {
            request.madeWithTwoFactor();
        }
        return tokens.mint(request.build()).fold(minted -> new Minted(minted.secret(), minted.token()), not -> {
            throw new AssertionError("nothing was minted: " + not.obstacle());
        });
    }

    @Override
    public Answer verify(String token, TokenContext request) {
        return answer(tokens.verify(token, request));
    }

    @Override
    public Answer verifyInTwoSteps(String token, TokenContext request) {
        TokenContext bare = TokenContext.withoutProject();
        TokenContext open = request.address().map(bare::from).orElse(bare);
        OpenTokenVerification first = tokens.open(token, open);
        return first.foldOpen(
                opened -> answer(request.project().map(opened::complete).orElseGet(opened::completeWithoutProject)),
                ApiTokensSubject::rejected);
    }

    private static Answer answer(TokenVerification verification) {
        return verification.fold(
                verified -> new Answer(true, "", Optional.of(verified.token())), ApiTokensSubject::rejected);
    }

    private static Answer rejected(RejectedToken rejected) {
        return new Answer(false, rejected.code() + ": " + rejected.text(), rejected.token());
    }

    @Override
    public void revoke(ApiToken token) {
        tokens.revoke(token.id(), token.owner(), Requester.of("law"));
    }

    @Override
    public MutableClock clock() {
        return clock;
    }
}
