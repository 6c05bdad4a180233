package dev.gatehouse.testkit.token;

import dev.gatehouse.policy.Credential;
import dev.gatehouse.testkit.MutableClock;
import dev.gatehouse.token.ApiToken;
import dev.gatehouse.token.CaveatKinds;
import dev.gatehouse.token.CaveatReading;
import dev.gatehouse.token.TokenContext;
import dev.gatehouse.token.TokenReach;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Sound tokens behind something that changes what comes to them or what they answer: the base of planted faults. */
class FaultyTokens implements TokenSubject {
    final TokenSubject sound = ApiTokensLawsTest.inMemory();
    /** The secrets by the tokens' ids. */
    final Map<String, String> secrets = new HashMap<>();

    /** The fault: the token as it is then verified. */
    String read(String token) {
        return token;
    }

    /** A token read leniently and written soundly, with whatever caveats are left of its own; or itself if it cannot be read. */
    final String rewritten(String token, UnaryOperator<List<String>> caveats) {
        try {
            TokenForge sent = TokenForge.of(token);
            String secret = secrets.get(sent.id());
            if (secret == null) {
                return token;
            }
            TokenForge issued = TokenForge.of(secret);
            int own = issued.caveats().size();
            List<String> added = sent.caveats().subList(own, sent.caveats().size());
            for (String text : caveats.apply(new ArrayList<>(added))) {
                issued = issued.restricted(text);
            }
            return issued.token().text();
        } catch (RuntimeException e) {
            return token;
        }
    }

    static String nameOf(String caveat) {
        return CaveatKinds.standard()
                .read(caveat)
                .fold(understood -> understood.caveat().name(), CaveatReading.NotUnderstood::text);
    }

    /** The record with another reach. */
    static ApiToken narrowed(ApiToken token) {
        return ApiToken.builder(token.id(), token.owner(), TokenReach.PATTERN, token.created())
                .build();
    }

    static boolean isUnderstood(String caveat) {
        return CaveatKinds.standard().read(caveat) instanceof CaveatReading.Understood;
    }

    @Override
    public Minted mint(TokenOrder order) {
        Minted minted = sound.mint(order);
        secrets.put(minted.token().id(), minted.secret());
        return minted;
    }

    @Override
    public Answer verify(String token, TokenContext request) {
        return sound.verify(read(token), request);
    }

    @Override
    public Answer verifyInTwoSteps(String token, TokenContext request) {
        return sound.verifyInTwoSteps(read(token), request);
    }

    @Override
    public void revoke(ApiToken token) {
        sound.revoke(token);
    }

    @Override
    public MutableClock clock() {
        return sound.clock();
    }

    @Override
    public Optional<Credential> credential(String token, TokenContext request) {
        return sound.credential(read(token), request);
    }
}
