package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.audit.InMemoryAuditLog;
import dev.gatehouse.secret.KeyRing;
import dev.gatehouse.secret.SealContext;
import dev.gatehouse.secret.Sealer;
import dev.gatehouse.secret.SecretBytes;
import dev.gatehouse.token.ApiToken;
import dev.gatehouse.token.ApiTokenRepository;
import dev.gatehouse.token.TokenOwner;
import dev.gatehouse.token.TokenReach;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link ApiTokenRepository} holds when dead tokens are deleted. */
public abstract class DeadTokensContract {
    private static final Instant T0 = Instant.parse("2024-01-01T05:00:00Z");
    private static final TokenOwner OWNER = TokenOwner.publisher("p1");
    private static final AuditEvent EVENT =
            AuditEvent.of(AuditTag.TOKEN_ADDED, T0).build();
    private static final Duration LIFE = Duration.ofMinutes(15);
    private static final Instant END = T0.plus(LIFE);

    private final Sealer sealer = new Sealer(
            KeyRing.sealingWith("k1", SecretBytes.copyOf(new byte[32])).build());

    /** For subclasses. */
    protected DeadTokensContract() {}

    /**
     * A new, empty repository.
     *
     * @param sink told of each event within its change; what it throws must end the change
     */
    protected abstract ApiTokenRepository create(AuditSink sink);

    private static ApiToken.Builder token(String id) {
        return ApiToken.builder(id, OWNER, TokenReach.PROJECT, T0).restrictions(List.of("[1,[\"a\"]]"));
    }

    private void add(ApiTokenRepository tokens, ApiToken token) {
        tokens.insert(
                token,
                sealer.seal(
                        SecretBytes.copyOf(new byte[32]),
                        new SealContext(ApiTokenRepository.PURPOSE, OWNER.text(), token.id())),
                0,
                EVENT);
    }

    @Test
    void purge_tokensOfEachKind_deletesThoseThatDiedBefore() {
        InMemoryAuditLog events = InMemoryAuditLog.create();
        ApiTokenRepository tokens = create(events);
        add(tokens, token("endless").build());
        add(tokens, token("expired").lifetime(LIFE).build());
        add(tokens, token("idle").idleTimeout(LIFE).build());
        add(tokens, token("used").idleTimeout(LIFE).build());
        add(tokens, token("revoked").build());
        tokens.recordUse("used", Optional.empty(), T0.plusSeconds(1));
        tokens.revoke("revoked", OWNER, END, EVENT);

        assertThat(tokens.purge(END, 10, T0))
                .as("at the end it has not died before")
                .isZero();
        assertThat(tokens.purge(END.plusNanos(1_000), 10, T0)).isEqualTo(3);

        assertThat(tokens.find("expired")).isEmpty();
        assertThat(tokens.find("idle")).isEmpty();
        assertThat(tokens.find("revoked")).isEmpty();
        assertThat(tokens.list(OWNER)).extracting(ApiToken::id).containsExactly("endless", "used");
        assertThat(tokens.purge(END.plusNanos(1_000), 10, T0)).isZero();
        assertThat(events.events())
                .filteredOn(event -> event.tag().equals(AuditTag.TOKENS_PURGED))
                .singleElement()
                .satisfies(event -> assertThat(event.attributes()).containsEntry("rows", "3"));
    }

    @Test
    void purge_thenTheSameId_canBeUsedAgain() {
        ApiTokenRepository tokens = create(event -> {});
        ApiToken token = token("a").lifetime(LIFE).build();
        add(tokens, token);
        tokens.purge(END.plusSeconds(1), 1, T0);

        add(tokens, token);

        assertThat(tokens.find("a").orElseThrow().token()).isEqualTo(token);
    }

    @Test
    void purge_moreThanTheLimit_deletesSoMany() {
        ApiTokenRepository tokens = create(event -> {});
        for (int i = 0; i < 5; i++) {
            add(tokens, token("t" + i).lifetime(LIFE).build());
        }

        assertThat(tokens.purge(END.plusSeconds(1), 2, T0)).isEqualTo(2);
        assertThat(tokens.purge(END.plusSeconds(1), 9, T0)).isEqualTo(3);
        assertThatIllegalArgumentException().isThrownBy(() -> tokens.purge(END, 0, T0));
    }

    @Test
    void purge_whoseEventIsNotRecorded_deletesNothing() {
        ApiTokenRepository tokens = create(InMemoryAuditLog.create(1));
        add(tokens, token("a").lifetime(LIFE).build());

        assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> tokens.purge(END.plusSeconds(1), 9, T0));
        assertThat(tokens.find("a")).isPresent();
    }
}
