package dev.gatehouse.token;

import static dev.gatehouse.token.ApiTokensUseTest.code;
import static dev.gatehouse.token.ApiTokensUseTest.failing;
import static dev.gatehouse.token.ApiTokensUseTest.forProject;
import static dev.gatehouse.token.ApiTokensUseTest.race;
import static dev.gatehouse.token.TokenIndex.ALICE;
import static dev.gatehouse.token.TokenIndex.NO_PROJECT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.state.EphemeralState;
import dev.gatehouse.state.StateUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A token that may be used once: spent with the permitted use, by exactly one. */
class SingleUseTest {
    private final TokenIndex index = TokenIndex.create();

    private String singleUse(String secret, String nonce) {
        return ApiTokens.attenuate(
                secret, List.of(Caveats.singleUse(nonce, index.now.get().plusSeconds(60))));
    }

    private String used(String secret, TokenContext context) {
        return code(index.tokens.recordUse(index.verified(secret, context)));
    }

    @Test
    void recordUse_ofASingleUseToken_isPermittedOnce() {
        String secret = index.mint().secret();
        String first = singleUse(secret, "nonce-01");

        assertThat(used(first, NO_PROJECT)).isEqualTo("VERIFIED");
        assertThat(used(first, NO_PROJECT)).isEqualTo("SINGLE_USE");
        assertThat(used(ApiTokens.attenuate(first, List.of(Caveats.requestUser("alice"))), NO_PROJECT))
                .isEqualTo("SINGLE_USE");
        assertThat(used(singleUse(secret, "nonce-02"), NO_PROJECT)).isEqualTo("VERIFIED");
        assertThat(used(singleUse(index.mintFor("a").secret(), "nonce-01"), forProject("a")))
                .isEqualTo("VERIFIED");
        assertThat(used(secret, NO_PROJECT)).isEqualTo("VERIFIED");
        index.advance(Duration.ofSeconds(60));
        assertThat(index.rejected(first, NO_PROJECT).text()).isEqualTo("token is expired");
    }

    @Test
    void verify_ofASingleUseToken_spendsNothingHoweverOften() {
        String token = singleUse(index.mintFor("a").secret(), "nonce-01");

        assertThat(index.rejected(token, forProject("b")).code()).isEqualTo(TokenRejection.CAVEATS);
        for (int i = 0; i < 3; i++) {
            index.verified(token, forProject("a"));
            assertThat(code(index.open(token, NO_PROJECT).complete(TokenProject.of("a"))))
                    .isEqualTo("VERIFIED");
        }
        assertThat(used(token, forProject("a"))).isEqualTo("VERIFIED");
        assertThat(used(token, forProject("a"))).isEqualTo("SINGLE_USE");
    }

    @Test
    void recordUse_ofASingleUseTokenThatHasDiedSince_spendsNothing() {
        String token = singleUse(index.mint().secret(), "nonce-01");
        VerifiedToken verified = index.verified(token, NO_PROJECT);
        index.tokens.suspendAll(ALICE, index.by());
        assertThat(code(index.tokens.recordUse(verified))).isEqualTo("OWNER_SUSPENDED");
        index.tokens.resumeAll(ALICE, index.tokens.ownerState(ALICE).version(), index.by());

        assertThat(code(index.tokens.recordUse(verified))).isEqualTo("VERIFIED");
        assertThat(code(index.tokens.recordUse(verified))).isEqualTo("SINGLE_USE");
    }

    /** A request whose transaction is tried again has not used the token twice; another request, or another project, would. */
    @Test
    void recordUse_ofAnOpenTokenCompletedAgain_isTheSameUseForTheSameProject() {
        String token = singleUse(index.mint().secret(), "nonce-01");
        OpenToken open = index.open(token, NO_PROJECT);
        OpenToken other = index.open(token, NO_PROJECT);

        for (int attempt = 0; attempt < 2; attempt++) {
            assertThat(completed(open, "a")).isEqualTo("VERIFIED");
        }
        assertThat(completed(open, "A"))
                .as("the same project in another spelling")
                .isEqualTo("VERIFIED");
        assertThat(completed(open, "b")).isEqualTo("SINGLE_USE");
        assertThat(code(index.tokens.recordUse((VerifiedToken) open.completeWithoutProject())))
                .isEqualTo("SINGLE_USE");
        assertThat(completed(other, "a")).isEqualTo("SINGLE_USE");
        VerifiedToken again = (VerifiedToken) open.complete(TokenProject.of("a"));
        assertThat(code(index.tokens.recordUse(again))).isEqualTo("VERIFIED");
        index.tokens.suspendAll(ALICE, index.by());
        assertThat(code(index.tokens.recordUse(again))).isEqualTo("OWNER_SUSPENDED");
    }

    private String completed(OpenToken open, String project) {
        return code(index.tokens.recordUse((VerifiedToken) open.complete(TokenProject.of(project))));
    }

    @Test
    void recordUse_ofASpentToken_writesNoUse() {
        Minting.Minted minted = index.mint();
        String token = singleUse(minted.secret(), "nonce-01");
        used(token, NO_PROJECT);
        Instant first = index.now.get();
        index.advance(Duration.ofSeconds(1));

        assertThat(used(token, NO_PROJECT)).isEqualTo("SINGLE_USE");
        assertThat(index.repository
                        .find(minted.token().id())
                        .orElseThrow()
                        .token()
                        .lastUsed())
                .contains(first);
    }

    /** The claim is kept only until the end; a second use at the end would find it gone. */
    @Test
    void recordUse_atTheEndOfASingleUse_isNone() {
        VerifiedToken verified = index.verified(singleUse(index.mint().secret(), "nonce-01"), NO_PROJECT);
        index.advance(Duration.ofSeconds(60));

        assertThat(index.tokens.recordUse(verified)).isInstanceOfSatisfying(RejectedToken.class, late -> {
            assertThat(late.code()).isEqualTo(TokenRejection.CAVEATS);
            assertThat(late.text()).isEqualTo("token is expired");
        });
    }

    @Test
    void recordUse_ofASingleUseTwiceInOneToken_isOneUse() {
        String token = singleUse(singleUse(index.mint().secret(), "nonce-01"), "nonce-01");

        assertThat(used(token, NO_PROJECT)).isEqualTo("VERIFIED");
        assertThat(used(token, NO_PROJECT)).isEqualTo("SINGLE_USE");
    }

    /** What the server's record says stays so: a bearer who adds an earlier end to a copy does not have the use forgotten then. */
    @Test
    void recordUse_ofASingleUseWithTwoEnds_keepsItTakenUntilTheLatestAndIsPermittedUntilTheEarliest() {
        Instant end = index.now.get().plus(Duration.ofDays(30));
        String secret = index.mint(
                        index.request(ALICE, "once").restrictions(List.of(Caveats.singleUse("nonce-01", end))))
                .secret();

        VerifiedToken late = index.verified(shortened(secret), NO_PROJECT);
        index.advance(Duration.ofSeconds(2));
        assertThat(index.tokens.recordUse(late))
                .isInstanceOfSatisfying(
                        RejectedToken.class,
                        rejected -> assertThat(rejected.text()).isEqualTo("token is expired"));
        assertThat(used(shortened(secret), NO_PROJECT)).isEqualTo("VERIFIED");
        for (Duration later : List.of(Duration.ofSeconds(2), Duration.ofDays(29))) {
            index.advance(later);
            assertThat(used(shortened(secret), NO_PROJECT)).isEqualTo("SINGLE_USE");
            assertThat(used(secret, NO_PROJECT)).isEqualTo("SINGLE_USE");
        }
        index.now.set(end.minusSeconds(1));
        assertThat(used(secret, NO_PROJECT)).isEqualTo("SINGLE_USE");
        index.now.set(end);
        assertThat(index.rejected(secret, NO_PROJECT).text()).isEqualTo("token is expired");
    }

    @Test
    void recordUse_ofASingleUseWithTwoEndsInAnyOrder_keepsItTakenUntilTheLatest() {
        Instant now = index.now.get();
        Caveat early = Caveats.singleUse("nonce-01", now.plusSeconds(9));
        Caveat late = Caveats.singleUse("nonce-01", now.plusSeconds(60));
        String one = index.mint().secret();
        String other = index.mint(index.request(ALICE, "other")).secret();

        assertThat(used(ApiTokens.attenuate(one, List.of(early, late)), NO_PROJECT))
                .isEqualTo("VERIFIED");
        assertThat(used(ApiTokens.attenuate(other, List.of(late, early)), NO_PROJECT))
                .isEqualTo("VERIFIED");
        index.advance(Duration.ofSeconds(9));
        assertThat(used(ApiTokens.attenuate(one, List.of(late)), NO_PROJECT)).isEqualTo("SINGLE_USE");
        assertThat(used(ApiTokens.attenuate(other, List.of(late)), NO_PROJECT)).isEqualTo("SINGLE_USE");
    }

    private String shortened(String secret) {
        return ApiTokens.attenuate(
                secret, List.of(Caveats.singleUse("nonce-01", index.now.get().plusSeconds(2))));
    }

    /** Two single uses in one token are both spent with it. */
    @Test
    void recordUse_ofTwoSingleUsesInOneToken_spendsBoth() {
        String secret = index.mint().secret();

        assertThat(used(singleUse(singleUse(secret, "nonce-01"), "nonce-02"), NO_PROJECT))
                .isEqualTo("VERIFIED");
        assertThat(used(singleUse(secret, "nonce-01"), NO_PROJECT)).isEqualTo("SINGLE_USE");
        assertThat(used(singleUse(secret, "nonce-02"), NO_PROJECT)).isEqualTo("SINGLE_USE");
    }

    @Test
    void recordUse_ofASingleUseTokenByManyAtOnce_isPermittedOnce() throws Exception {
        String secret = index.mint().secret();
        for (int round = 0; round < 100; round++) {
            String token = singleUse(secret, "nonce-race-" + round);
            List<VerifiedToken> verified = List.of(
                    index.verified(token, NO_PROJECT),
                    index.verified(token, NO_PROJECT),
                    index.verified(token, NO_PROJECT),
                    index.verified(token, NO_PROJECT));
            List<String> answers = race(4, i -> code(index.tokens.recordUse(verified.get(i))));

            assertThat(answers).containsOnlyOnce("VERIFIED").containsOnly("VERIFIED", "SINGLE_USE");
        }
    }

    @Test
    void verify_aSingleUseTokenWithoutPlaceToClaim_isRejected() {
        ApiTokens tokens = ApiTokens.builder(
                        "pypi.org", index.repository, index.sealer, owner -> OwnerStatus.Standing.ACTIVE)
                .clock(index.now::get)
                .build();
        String secret = index.mint().secret();

        assertThat(code(tokens.verify(singleUse(secret, "nonce-01"), NO_PROJECT)))
                .isEqualTo("CAVEATS");
        assertThat(code(tokens.verify(secret, NO_PROJECT))).isEqualTo("VERIFIED");
    }

    @Test
    void recordUse_ofASingleUseTokenWhereTheStateFails_isNeverPermitted() {
        EphemeralState down = failing(EphemeralState.class, "claim");
        TokenIndex broken = TokenIndex.create(settings -> settings.singleUse(down));
        String token = ApiTokens.attenuate(
                broken.mint().secret(), List.of(Caveats.singleUse("nonce-01", TokenIndex.START.plusSeconds(9))));

        VerifiedToken verified = broken.verified(token, NO_PROJECT);

        assertThatExceptionOfType(StateUnavailableException.class).isThrownBy(() -> broken.tokens.recordUse(verified));
    }
}
