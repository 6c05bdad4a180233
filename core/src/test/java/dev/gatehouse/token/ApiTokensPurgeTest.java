package dev.gatehouse.token;

import static dev.gatehouse.token.TokenIndex.ALICE;
import static dev.gatehouse.token.TokenIndex.NO_PROJECT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How tokens begin and end: their ids, and when what is left of a dead one is deleted. */
class ApiTokensPurgeTest {
    /** Random bytes that are all the same. */
    private static SecureRandom always(int octet) {
        return new SecureRandom() {
            private static final long serialVersionUID = 1L;

            @Override
            public void nextBytes(byte[] bytes) {
                Arrays.fill(bytes, (byte) octet);
            }
        };
    }

    @ParameterizedTest
    @CsvSource({"0, 00000000-0000-4000-8000-000000000000", "255, ffffffff-ffff-4fff-bfff-ffffffffffff"})
    void mint_withTheseRandomBytes_makesAUuidOfVersionFourOfThem(int octet, String id) {
        TokenIndex index = TokenIndex.create(settings -> settings.random(always(octet)));

        assertThat(index.mint().token().id()).isEqualTo(id);
        assertThat(UUID.fromString(id).version()).isEqualTo(4);
        assertThat(UUID.fromString(id).variant()).isEqualTo(2);
    }

    @Test
    void purge_aDeadToken_deletesItOnceItHasBeenDeadForLonger() {
        TokenIndex index = TokenIndex.create();
        index.mint(index.request(ALICE, "short").lifetime(Duration.ofHours(1)));
        index.mint(index.request(ALICE, "endless"));
        Duration day = Duration.ofDays(1);

        index.advance(Duration.ofHours(25));
        assertThat(index.tokens.purge(day)).isZero();
        index.advance(Duration.ofNanos(1_000));
        assertThat(index.tokens.purge(day)).isEqualTo(1);
        assertThat(index.tokens.purge(day)).isZero();
        index.advance(Duration.ofDays(10_000));
        assertThat(index.tokens.purge(day)).isZero();
    }

    @Test
    void toString_ofATokenThatHolds_namesItAndNothingThatOpens() {
        TokenIndex index = TokenIndex.create();
        Minting.Minted minted = index.mint();
        String id = minted.token().id();

        assertThat(index.verified(minted.secret(), NO_PROJECT)).hasToString("VerifiedToken[" + id + "]");
        assertThat(index.open(minted.secret(), NO_PROJECT).toString())
                .contains(id)
                .doesNotContain(minted.secret());
        assertThat(minted.toString()).doesNotContain(minted.secret());
    }

    @Test
    void reach_whatFollowsFromTheProjects_isNotGivenByHand() {
        MintRequest.Builder request = TokenIndex.create().request(ALICE, "ci");

        for (TokenReach reach : TokenReach.values()) {
            if (reach == TokenReach.PATTERN || reach == TokenReach.ORGANIZATION) {
                assertThat(request.reach(reach)).isSameAs(request);
            } else {
                assertThatIllegalArgumentException().isThrownBy(() -> request.reach(reach));
            }
        }
    }
}
