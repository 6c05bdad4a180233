package dev.gatehouse.token;

import static dev.gatehouse.token.TokenIndex.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.secret.KeyRing;
import dev.gatehouse.secret.Sealer;
import dev.gatehouse.secret.SecretBytes;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Several changes at one point in time: all of them, or none. */
class InMemoryApiTokenRepositoryTest {
    private static final AuditEvent EVENT =
            AuditEvent.of(AuditTag.TOKEN_CHANGED, TokenIndex.START).build();

    private final InMemoryApiTokenRepository tokens = InMemoryApiTokenRepository.create(event -> {});
    private final ApiToken kept = token("kept");
    private final ApiToken added = token("added");

    InMemoryApiTokenRepositoryTest() {
        insert(kept);
    }

    private static ApiToken token(String id) {
        return ApiToken.builder(id, ALICE, TokenReach.ACCOUNT, TokenIndex.START).build();
    }

    private void insert(ApiToken token) {
        SecretBytes key = SecretBytes.copyOf(new byte[32]);
        Sealer sealer = new Sealer(
                KeyRing.sealingWith("k1", SecretBytes.copyOf(new byte[32])).build());
        tokens.insert(
                token,
                sealer.seal(key, ApiTokens.place(ALICE, token.id())),
                tokens.ownerState(ALICE).version(),
                EVENT);
    }

    private List<ApiToken> addedAndSuspended() {
        insert(added);
        tokens.revoke("kept", ALICE, TokenIndex.START, EVENT);
        List<ApiToken> seen = tokens.list(ALICE);
        tokens.suspend(ALICE, EVENT);
        return seen;
    }

    @Test
    void together_workThatIsDone_isKeptAndAnswered() {
        assertThat(tokens.together(this::addedAndSuspended)).containsExactly(added);

        assertThat(tokens.list(ALICE)).containsExactly(added);
        assertThat(tokens.ownerState(ALICE)).isEqualTo(new OwnerState(1, true));
    }

    @Test
    void together_workThatThrows_changesNothing() {
        assertThatIllegalStateException()
                .isThrownBy(() -> tokens.together(() -> {
                    assertThat(addedAndSuspended()).containsExactly(added);
                    throw new IllegalStateException("down");
                }))
                .withMessage("down");

        assertThat(tokens.list(ALICE)).containsExactly(kept);
        assertThat(tokens.find("added")).isEmpty();
        assertThat(tokens.ownerState(ALICE)).isEqualTo(OwnerState.INITIAL);
    }
}
