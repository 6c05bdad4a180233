package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.audit.InMemoryAuditLog;
import dev.gatehouse.secret.KeyRing;
import dev.gatehouse.secret.SealContext;
import dev.gatehouse.secret.SealedSecret;
import dev.gatehouse.secret.Sealer;
import dev.gatehouse.secret.SecretBytes;
import dev.gatehouse.testkit.Race;
import dev.gatehouse.token.ApiToken;
import dev.gatehouse.token.ApiTokenRepository;
import dev.gatehouse.token.ApiTokenRepository.Change;
import dev.gatehouse.token.ApiTokenRepository.Insertion;
import dev.gatehouse.token.TokenOwner;
import dev.gatehouse.token.TokenReach;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.Test;

/** Tokens at the same moment: the first part of {@link ApiTokenRepositoryContract}. */
abstract class ApiTokenRepositoryRaces {
    static final Instant T0 = Instant.parse("2024-01-01T05:00:00.123456789Z");
    static final TokenOwner ALICE = TokenOwner.account("alice");
    static final TokenOwner BOB = TokenOwner.account("bob");
    static final AuditEvent ADDED =
            AuditEvent.of(AuditTag.TOKEN_ADDED, T0).account("alice").build();
    static final AuditEvent REMOVED =
            AuditEvent.of(AuditTag.TOKEN_REMOVED, T0).account("alice").build();
    static final AuditEvent CHANGED =
            AuditEvent.of(AuditTag.TOKEN_CHANGED, T0).account("alice").build();
    static final Sealer OLD =
            new Sealer(KeyRing.sealingWith("old", secret("1".repeat(32))).build());
    static final Sealer NEW = new Sealer(KeyRing.sealingWith("new", secret("2".repeat(32)))
            .opening("old", secret("1".repeat(32)))
            .build());

    final InMemoryAuditLog events = InMemoryAuditLog.create();

    ApiTokenRepositoryRaces() {}

    /**
     * A new, empty repository.
     *
     * @param sink told of each event within its change; what it throws must end the change
     */
    protected abstract ApiTokenRepository create(AuditSink sink);

    /** How many rounds a race has; fewer for a repository that is slow. */
    protected int rounds() {
        return 100;
    }

    static SecretBytes secret(String text) {
        return SecretBytes.copyOf(text.getBytes(StandardCharsets.UTF_8));
    }

    static SealContext place(TokenOwner owner, String id) {
        return new SealContext(ApiTokenRepository.PURPOSE, owner.text(), id);
    }

    static SealedSecret sealed(ApiToken token) {
        return OLD.seal(secret(token.id()), place(token.owner(), token.id()));
    }

    static ApiToken token(String id) {
        return token(id, ALICE);
    }

    static ApiToken token(String id, TokenOwner owner) {
        return ApiToken.builder(id, owner, TokenReach.ACCOUNT, T0)
                .name("token " + id)
                .build();
    }

    final Insertion add(ApiTokenRepository tokens, ApiToken token) {
        return tokens.insert(
                token, sealed(token), tokens.ownerState(token.owner()).version(), ADDED);
    }

    /** Whoever was told that a token is revoked sees no use of it come later, and no write brings it back. */
    @Test
    void revoke_againstUses_leavesNoUseAfterIt() {
        ApiTokenRepository tokens = create(events);
        for (int round = 0; round < rounds(); round++) {
            String id = "race-" + round;
            add(tokens, token(id));
            List<Object> answers = Race.of(3, i -> {
                if (i > 0) {
                    return tokens.recordUse(id, Optional.empty(), T0.plusSeconds(i));
                }
                Change revoked = tokens.revoke(id, ALICE, T0, REMOVED);
                Optional<Instant> seen = tokens.find(id).orElseThrow().token().lastUsed();
                return revoked + " " + tokens.recordUse(id, seen, T0.plusSeconds(9)) + " " + seen;
            });

            ApiToken left = tokens.find(id).orElseThrow().token();
            assertThat(left.revoked()).as(id).isPresent();
            assertThat(answers.get(0)).as(id).isEqualTo("CHANGED NOT_FOUND " + left.lastUsed());
            assertThat(answers).as("at most one use").areAtMost(1, new Condition<>(Change.CHANGED::equals, "used"));
            assertThat(left.lastUsed().isPresent()).as(id).isEqualTo(answers.contains(Change.CHANGED));
        }
    }

    @Test
    void suspend_againstUses_leavesNoUseAfterIt() {
        ApiTokenRepository tokens = create(events);
        for (int round = 0; round < rounds(); round++) {
            TokenOwner owner = TokenOwner.account("owner-" + round);
            String id = "race-" + round;
            add(tokens, token(id, owner));
            List<Object> answers = Race.of(2, i -> {
                if (i > 0) {
                    return tokens.recordUse(id, Optional.empty(), T0.plusSeconds(i));
                }
                Change suspended = tokens.suspend(owner, CHANGED);
                Optional<Instant> seen = tokens.find(id).orElseThrow().token().lastUsed();
                return suspended + " " + tokens.recordUse(id, seen, T0.plusSeconds(9)) + " " + seen;
            });

            Optional<Instant> left = tokens.find(id).orElseThrow().token().lastUsed();
            assertThat(answers.get(0)).as(id).isEqualTo("CHANGED NOT_FOUND " + left);
        }
    }

    /** A minting whose freeze was decided is over: whoever has advanced the version sees no token of the old one come later. */
    @Test
    void advance_againstAnInsertion_leavesNoneAfterIt() {
        ApiTokenRepository tokens = create(events);
        for (int round = 0; round < rounds(); round++) {
            TokenOwner owner = TokenOwner.account("owner-" + round);
            ApiToken token = token("race-" + round, owner);
            ApiToken late = token("late-" + round, owner);
            SealedSecret key = sealed(token);
            SealedSecret lateKey = sealed(late);
            List<Object> answers = Race.of(2, i -> {
                if (i > 0) {
                    return tokens.insert(token, key, 0, ADDED);
                }
                tokens.advance(owner, CHANGED);
                return tokens.list(owner).size() + " " + tokens.insert(late, lateKey, 0, ADDED);
            });

            int made = answers.get(1) == Insertion.INSERTED ? 1 : 0;
            assertThat(answers.get(0)).as(token.id()).isEqualTo(made + " OWNER_CHANGED");
            assertThat(tokens.list(owner)).hasSize(made);
        }
    }

    @Test
    void advance_byManyAtOnce_givesEachAVersionOfItsOwn() {
        ApiTokenRepository tokens = create(events);
        List<List<Long>> seen = Race.of(4, i -> {
            List<Long> mine = new ArrayList<>();
            for (int round = 0; round < rounds(); round++) {
                mine.add(tokens.advance(ALICE, CHANGED).version());
            }
            return mine;
        });

        assertThat(seen.stream().flatMap(List::stream)).doesNotHaveDuplicates().hasSize(4 * rounds());
        assertThat(tokens.ownerState(ALICE).version()).isEqualTo(4L * rounds());
    }

    @Test
    void suspendAndResume_byManyAtOnce_happenOnceEach() {
        ApiTokenRepository tokens = create(events);
        for (int round = 0; round < rounds(); round++) {
            TokenOwner owner = TokenOwner.account("owner-" + round);
            List<Change> suspended = Race.of(4, i -> tokens.suspend(owner, CHANGED));
            List<Change> resumed = Race.of(4, i -> tokens.resume(owner, 1, CHANGED));

            assertThat(suspended).as("round %d", round).containsOnlyOnce(Change.CHANGED);
            assertThat(resumed).as("round %d", round).containsOnlyOnce(Change.CHANGED);
            assertThat(tokens.ownerState(owner).version()).isEqualTo(2);
        }
        assertThat(events.events()).hasSize(2 * rounds());
    }

    /** Two restrictions and a use at once: none takes another away. */
    @Test
    void restrictAndUse_atOnce_areAllKept() {
        ApiTokenRepository tokens = create(events);
        for (int round = 0; round < rounds(); round++) {
            String id = "race-" + round;
            add(tokens, token(id));
            List<Change> answers = Race.of(
                    3,
                    i -> i == 0
                            ? tokens.recordUse(id, Optional.empty(), T0)
                            : tokens.restrict(id, ALICE, "[1,[\"p" + i + "\"]]", CHANGED));

            ApiToken left = tokens.find(id).orElseThrow().token();
            assertThat(answers).as(id).containsOnly(Change.CHANGED);
            assertThat(left.restrictions()).containsExactlyInAnyOrder("[1,[\"p1\"]]", "[1,[\"p2\"]]");
            assertThat(left.lastUsed()).isPresent();
        }
    }

    /** A token that has gone idle is deleted or used, and not both. */
    @Test
    void purge_againstAUse_letsOneOfThemHappen() {
        ApiTokenRepository tokens = create(events);
        Duration idle = Duration.ofMinutes(1);
        for (int round = 0; round < rounds(); round++) {
            String id = "race-" + round;
            add(tokens, token(id).toBuilder().idleTimeout(idle).build());
            List<Object> answers = Race.of(
                    2,
                    i -> i == 0
                            ? tokens.purge(T0.plus(idle).plusSeconds(1), 9, T0)
                            : tokens.recordUse(id, Optional.empty(), T0.plus(idle)));

            boolean isUsed = answers.get(1) == Change.CHANGED;
            assertThat(answers.get(0)).as(id).isEqualTo(isUsed ? 0 : 1);
            assertThat(tokens.find(id).isPresent()).as(id).isEqualTo(isUsed);
            tokens.revoke(id, ALICE, T0, REMOVED);
            tokens.purge(T0.plusSeconds(1), 9, T0);
        }
    }
}
