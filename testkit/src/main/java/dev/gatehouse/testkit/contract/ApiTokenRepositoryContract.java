package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.audit.InMemoryAuditLog;
import dev.gatehouse.secret.KeyRotation;
import dev.gatehouse.secret.Resealable.Resealed;
import dev.gatehouse.secret.Resealable.SealedRow;
import dev.gatehouse.secret.SealedSecret;
import dev.gatehouse.testkit.Race;
import dev.gatehouse.token.ApiToken;
import dev.gatehouse.token.ApiTokenRepository;
import dev.gatehouse.token.ApiTokenRepository.Change;
import dev.gatehouse.token.ApiTokenRepository.Insertion;
import dev.gatehouse.token.OwnerState;
import dev.gatehouse.token.StoredToken;
import dev.gatehouse.token.TokenOwner;
import dev.gatehouse.token.TokenReach;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What every {@link ApiTokenRepository} holds. */
public abstract class ApiTokenRepositoryContract extends ApiTokenRepositoryRaces {
    /** For subclasses. */
    protected ApiTokenRepositoryContract() {}

    private static ApiToken full(String id) {
        return ApiToken.builder(id, TokenOwner.publisher("p:1 \u00e9\ud83d\udd11"), TokenReach.PROJECTS, T0)
                .name("it's \u00e9\ud83d\udd11 \"100\" %_")
                .lifetime(Duration.ofMinutes(15))
                .idleTimeout(Duration.ofDays(400))
                .labels(Set.of("granular", "read-only"))
                .madeWithTwoFactor(true)
                .restrictions(List.of("[1,[\"a\",\"b\"]]", "[3,\"\u00e9\\\\\"]"))
                .run(Map.of("ref", "refs/heads/main", "event", "", "sha", "\u00e9=;,\n\"x\""))
                .build();
    }

    @Test
    void insert_aNewToken_isFoundAsItWasAndRecorded() {
        ApiTokenRepository tokens = create(events);
        ApiToken token = full("7f6f1d6e-6c0f-4c1b-9a53-0b6e5a3a8d11");
        SealedSecret key = sealed(token);

        assertThat(tokens.insert(token, key, 0, ADDED)).isEqualTo(Insertion.INSERTED);

        assertThat(tokens.find(token.id())).contains(new StoredToken(token, key, OwnerState.INITIAL));
        assertThat(events.events()).containsExactly(ADDED);
    }

    @Test
    void insert_tokensOfEachKindOfOwner_keepsThemApart() {
        ApiTokenRepository tokens = create(events);
        ApiToken account = token("a", TokenOwner.account("1"));
        ApiToken organization = token("b", TokenOwner.organization("1"));
        ApiToken publisher = token("c", TokenOwner.publisher("1"));
        List.of(account, organization, publisher).forEach(token -> add(tokens, token));

        assertThat(tokens.list(account.owner())).containsExactly(account);
        assertThat(tokens.list(organization.owner())).containsExactly(organization);
        assertThat(tokens.list(publisher.owner())).containsExactly(publisher);
    }

    @Test
    void find_anotherSpelling_findsNothing() {
        ApiTokenRepository tokens = create(events);
        add(tokens, token("abc"));

        assertThat(tokens.find("ABC")).isEmpty();
        assertThat(tokens.find("ab")).isEmpty();
        assertThat(tokens.find("abc ")).isEmpty();
    }

    @Test
    void insert_aTakenId_changesNothing() {
        ApiTokenRepository tokens = create(events);
        ApiToken first = token("a");
        add(tokens, first);

        ApiToken second = ApiToken.builder("a", BOB, TokenReach.PROJECT, T0).build();
        assertThat(add(tokens, second)).isEqualTo(Insertion.ID_TAKEN);
        tokens.revoke("a", ALICE, T0, REMOVED);
        assertThat(add(tokens, second)).isEqualTo(Insertion.ID_TAKEN);
        assertThat(tokens.find("a").orElseThrow().token().owner()).isEqualTo(ALICE);
        assertThat(events.events()).containsExactly(ADDED, REMOVED);
    }

    @Test
    void insert_aNameInUse_isRefusedUntilThatTokenIsRevoked() {
        ApiTokenRepository tokens = create(events);
        add(tokens, named("a", "ci"));

        assertThat(add(tokens, named("b", "ci"))).isEqualTo(Insertion.NAME_TAKEN);
        assertThat(add(tokens, named("b", "CI"))).isEqualTo(Insertion.INSERTED);
        assertThat(add(tokens, named("c", "ci "))).isEqualTo(Insertion.INSERTED);
        assertThat(add(
                        tokens,
                        ApiToken.builder("d", BOB, TokenReach.ACCOUNT, T0)
                                .name("ci")
                                .build()))
                .isEqualTo(Insertion.INSERTED);
        tokens.revoke("a", ALICE, T0, REMOVED);
        assertThat(add(tokens, named("e", "ci"))).isEqualTo(Insertion.INSERTED);
    }

    @Test
    void insert_tokensWithoutName_neverCollide() {
        ApiTokenRepository tokens = create(events);

        for (String id : List.of("a", "b")) {
            ApiToken token = ApiToken.builder(id, TokenOwner.publisher("p"), TokenReach.PROJECT, T0)
                    .build();
            assertThat(add(tokens, token)).isEqualTo(Insertion.INSERTED);
        }
    }

    private static ApiToken named(String id, String name) {
        return ApiToken.builder(id, ALICE, TokenReach.ACCOUNT, T0).name(name).build();
    }

    @Test
    void insert_atAnotherVersionOfTheOwner_changesNothing() {
        ApiTokenRepository tokens = create(events);
        assertThat(tokens.advance(ALICE, CHANGED)).isEqualTo(new OwnerState(1, false));

        assertThat(tokens.insert(token("a"), sealed(token("a")), 0, ADDED)).isEqualTo(Insertion.OWNER_CHANGED);
        assertThat(tokens.insert(token("a"), sealed(token("a")), 2, ADDED)).isEqualTo(Insertion.OWNER_CHANGED);
        assertThat(tokens.find("a")).isEmpty();
        assertThat(tokens.insert(token("a"), sealed(token("a")), 1, ADDED)).isEqualTo(Insertion.INSERTED);
        assertThat(tokens.ownerState(ALICE)).isEqualTo(new OwnerState(1, false));
        assertThat(tokens.ownerState(BOB)).isEqualTo(OwnerState.INITIAL);
        assertThat(events.events()).containsExactly(CHANGED, ADDED);
    }

    @Test
    void suspend_anOwner_stopsUseAndMintingUntilResumed() {
        ApiTokenRepository tokens = create(events);
        add(tokens, token("a"));

        assertThat(tokens.suspend(ALICE, CHANGED)).isEqualTo(Change.CHANGED);
        assertThat(tokens.suspend(ALICE, CHANGED)).isEqualTo(Change.UNCHANGED);
        assertThat(tokens.ownerState(ALICE)).isEqualTo(new OwnerState(1, true));
        assertThat(tokens.find("a").orElseThrow().ownerState()).isEqualTo(new OwnerState(1, true));
        assertThat(tokens.recordUse("a", Optional.empty(), T0)).isEqualTo(Change.NOT_FOUND);
        assertThat(add(tokens, token("b"))).isEqualTo(Insertion.OWNER_CHANGED);
        assertThat(tokens.advance(ALICE, CHANGED)).isEqualTo(new OwnerState(2, true));
        assertThat(tokens.resume(ALICE, 1, CHANGED)).isEqualTo(Change.UNCHANGED);
        assertThat(tokens.resume(ALICE, 2, CHANGED)).isEqualTo(Change.CHANGED);
        assertThat(tokens.resume(ALICE, 3, CHANGED)).isEqualTo(Change.UNCHANGED);
        assertThat(tokens.ownerState(ALICE)).isEqualTo(new OwnerState(3, false));
        assertThat(tokens.recordUse("a", Optional.empty(), T0)).isEqualTo(Change.CHANGED);
        assertThat(events.events()).containsExactly(ADDED, CHANGED, CHANGED, CHANGED);
    }

    @Test
    void list_manyTokens_areTheLiveOnesOldestFirst() {
        ApiTokenRepository tokens = create(events);
        ApiToken late = ApiToken.builder("a", ALICE, TokenReach.ACCOUNT, T0.plusSeconds(1))
                .build();
        List.of(late, token("c"), token("b"), token("d")).forEach(token -> add(tokens, token));
        tokens.revoke("d", ALICE, T0, REMOVED);

        assertThat(tokens.list(ALICE)).containsExactly(token("b"), token("c"), late);
        assertThat(tokens.list(TokenOwner.account("ALICE"))).isEmpty();
    }

    @Test
    void revoke_aToken_happensOnceAndByItsOwner() {
        ApiTokenRepository tokens = create(events);
        add(tokens, token("a"));

        assertThat(tokens.revoke("a", BOB, T0, REMOVED)).isEqualTo(Change.NOT_FOUND);
        assertThat(tokens.revoke("b", ALICE, T0, REMOVED)).isEqualTo(Change.NOT_FOUND);
        assertThat(tokens.revoke("a", ALICE, T0, REMOVED)).isEqualTo(Change.CHANGED);
        assertThat(tokens.revoke("a", ALICE, T0.plusSeconds(1), REMOVED)).isEqualTo(Change.UNCHANGED);
        assertThat(tokens.find("a").orElseThrow().token())
                .isEqualTo(token("a").toBuilder().revoked(T0).build());
        assertThat(events.events()).containsExactly(ADDED, REMOVED);
    }

    @Test
    void restrict_aToken_addsAtTheEndOnce() {
        ApiTokenRepository tokens = create(events);
        ApiToken token = token("a").toBuilder().restrictions(List.of("[0,2,1]")).build();
        add(tokens, token);

        assertThat(tokens.restrict("a", BOB, "[1,[\"x\"]]", CHANGED)).isEqualTo(Change.NOT_FOUND);
        assertThat(tokens.restrict("a", ALICE, "[1,[\"x\"]]", CHANGED)).isEqualTo(Change.CHANGED);
        assertThat(tokens.restrict("a", ALICE, "[1,[\"x\"]]", CHANGED)).isEqualTo(Change.UNCHANGED);
        assertThat(tokens.restrict("a", ALICE, "[1,[\"X\"]]", CHANGED)).isEqualTo(Change.CHANGED);
        assertThat(tokens.find("a").orElseThrow().token().restrictions())
                .containsExactly("[0,2,1]", "[1,[\"x\"]]", "[1,[\"X\"]]");
        tokens.revoke("a", ALICE, T0, REMOVED);
        assertThat(tokens.restrict("a", ALICE, "[1,[\"y\"]]", CHANGED)).isEqualTo(Change.NOT_FOUND);
        assertThat(events.events()).containsExactly(ADDED, CHANGED, CHANGED, REMOVED);
    }

    @Test
    void recordUse_ofAToken_writesOnlyOverWhatWasSeen() {
        ApiTokenRepository tokens = create(events);
        add(tokens, token("a"));
        Optional<Instant> none = Optional.empty();

        assertThat(tokens.recordUse("b", none, T0)).isEqualTo(Change.NOT_FOUND);
        assertThat(tokens.recordUse("a", Optional.of(T0), T0)).isEqualTo(Change.UNCHANGED);
        assertThat(tokens.recordUse("a", none, T0)).isEqualTo(Change.CHANGED);
        assertThat(tokens.recordUse("a", none, T0)).isEqualTo(Change.UNCHANGED);
        Optional<Instant> seen = tokens.find("a").orElseThrow().token().lastUsed();
        assertThat(seen).contains(Instant.parse("2024-01-01T05:00:00.123456Z"));
        assertThat(tokens.recordUse("a", seen, T0.plusSeconds(1))).isEqualTo(Change.CHANGED);
        tokens.revoke("a", ALICE, T0, REMOVED);
        assertThat(tokens.recordUse("a", Optional.of(T0.plusSeconds(1)), T0.plusSeconds(2)))
                .isEqualTo(Change.NOT_FOUND);
        assertThat(tokens.find("a").orElseThrow().token().lastUsed())
                .contains(Instant.parse("2024-01-01T05:00:01.123456Z"));
    }

    @Test
    void recordUse_byManyAtOnce_writesOnce() {
        ApiTokenRepository tokens = create(events);
        for (int round = 0; round < rounds(); round++) {
            String id = "race-" + round;
            add(tokens, token(id));
            List<Change> answers = Race.of(4, i -> tokens.recordUse(id, Optional.empty(), T0.plusSeconds(i)));

            assertThat(answers).as(id).containsOnlyOnce(Change.CHANGED);
        }
    }

    @Test
    void revoke_byManyAtOnce_happensOnce() {
        ApiTokenRepository tokens = create(events);
        for (int round = 0; round < rounds(); round++) {
            String id = "race-" + round;
            add(tokens, token(id));
            List<Change> answers = Race.of(4, i -> tokens.revoke(id, ALICE, T0, REMOVED));

            assertThat(answers).as(id).containsOnlyOnce(Change.CHANGED);
        }
        assertThat(events.events()).filteredOn(REMOVED::equals).hasSize(rounds());
    }

    @Test
    void insert_ofOneNameByManyAtOnce_insertsOne() {
        ApiTokenRepository tokens = create(events);
        for (int round = 0; round < rounds(); round++) {
            String name = "race-" + round;
            List<Insertion> answers = Race.of(4, i -> add(tokens, named(name + "-" + i, name)));

            assertThat(answers).as(name).containsOnlyOnce(Insertion.INSERTED).doesNotContain(Insertion.ID_TAKEN);
        }
    }

    @Test
    void insert_againstASuspension_leavesNoUsableToken() {
        ApiTokenRepository tokens = create(events);
        for (int round = 0; round < rounds(); round++) {
            TokenOwner owner = TokenOwner.account("race-" + round);
            ApiToken token = token("race-" + round, owner);
            SealedSecret key = sealed(token);
            List<Object> answers =
                    Race.of(2, i -> i == 0 ? tokens.insert(token, key, 0, ADDED) : tokens.suspend(owner, CHANGED));

            assertThat(answers.get(1)).isEqualTo(Change.CHANGED);
            assertThat(answers.get(0)).isIn(Insertion.INSERTED, Insertion.OWNER_CHANGED);
            assertThat(tokens.recordUse(token.id(), Optional.empty(), T0)).isEqualTo(Change.NOT_FOUND);
            assertThat(tokens.find(token.id()).isPresent()).isEqualTo(answers.get(0) == Insertion.INSERTED);
        }
    }

    @Test
    void change_whoseEventIsNotRecorded_doesNotHappen() {
        InMemoryAuditLog full = InMemoryAuditLog.create(1);
        ApiTokenRepository tokens = create(full);
        add(tokens, token("a"));
        List<Consumer<ApiTokenRepository>> changes = List.of(
                repository -> add(repository, token("b")),
                repository -> repository.revoke("a", ALICE, T0, REMOVED),
                repository -> repository.restrict("a", ALICE, "[1,[\"x\"]]", CHANGED),
                repository -> repository.advance(ALICE, CHANGED),
                repository -> repository.suspend(ALICE, CHANGED));

        for (Consumer<ApiTokenRepository> change : changes) {
            assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> change.accept(tokens));
        }
        assertThat(tokens.list(ALICE)).containsExactly(token("a"));
        assertThat(tokens.find("a").orElseThrow().ownerState()).isEqualTo(OwnerState.INITIAL);
    }

    @Test
    void replaceSealed_byARotation_sealsEachRowAnewOnce() {
        ApiTokenRepository tokens = create(events);
        for (int i = 0; i < 5; i++) {
            add(tokens, token("t" + i));
        }
        KeyRotation rotation = new KeyRotation(NEW, List.of(tokens), () -> T0);

        assertThat(tokens.sealedRowsByKey()).containsEntry("old", 5L);
        assertThat(rotation.reseal(progress -> {}).get(0).resealed()).isEqualTo(5);
        assertThat(tokens.sealedRowsByKey().getOrDefault("old", 0L)).isZero();
        assertThat(tokens.sealedRowsByKey()).containsEntry("new", 5L);
        for (int i = 0; i < 5; i++) {
            StoredToken row = tokens.find("t" + i).orElseThrow();
            assertThat(row.token()).isEqualTo(token("t" + i));
            assertThat(NEW.open(row.rootKey(), place(ALICE, "t" + i))).isEqualTo(secret("t" + i));
        }
        assertThat(events.events()).hasSizeGreaterThan(5);
        assertThat(rotation.reseal(progress -> {}).get(0).resealed()).isZero();
    }

    @Test
    void replaceSealed_rowThatChangedMeanwhile_isLeftAlone() {
        ApiTokenRepository tokens = create(events);
        add(tokens, token("a"));
        add(tokens, token("b"));
        Resealed good = resealed("a", sealedNow(tokens, "a"));
        Resealed stale = resealed("b", sealedNow(tokens, "a"));
        SealedSecret ofB = sealedNow(tokens, "b");
        int before = events.events().size();

        assertThat(tokens.replaceSealed(List.of(stale, resealed("gone", ofB)), T0))
                .isZero();
        assertThat(events.events()).hasSize(before);
        assertThat(tokens.replaceSealed(List.of(stale, good), T0)).isEqualTo(1);
        assertThat(tokens.replaceSealed(List.of(good), T0)).isZero();
        assertThat(events.events()).hasSize(before + 1);
        assertThat(sealedNow(tokens, "a")).isEqualTo(good.after());
        assertThat(sealedNow(tokens, "b")).isEqualTo(ofB);
    }

    private static SealedSecret sealedNow(ApiTokenRepository tokens, String id) {
        return tokens.find(id).orElseThrow().rootKey();
    }

    private static Resealed resealed(String id, SealedSecret before) {
        return new Resealed(new SealedRow(ALICE.text(), id, before), NEW.seal(secret(id), place(ALICE, id)));
    }

    @Test
    void rowsNotSealedWith_inSteps_givesEachRowOnce() {
        ApiTokenRepository tokens = create(events);
        for (int i = 0; i < 5; i++) {
            add(tokens, token("t" + i));
        }
        Set<String> seen = new java.util.TreeSet<>();
        Optional<String> after = Optional.empty();
        for (var rows = tokens.rowsNotSealedWith("new", after, 2);
                !rows.isEmpty();
                rows = tokens.rowsNotSealedWith("new", after, 2)) {
            assertThat(rows).hasSizeLessThanOrEqualTo(2);
            rows.forEach(row -> assertThat(seen.add(row.rowId())).isTrue());
            assertThat(rows.get(0).ownerId()).isEqualTo(ALICE.text());
            after = Optional.of(rows.get(rows.size() - 1).rowId());
        }

        assertThat(seen).containsExactly("t0", "t1", "t2", "t3", "t4");
        assertThat(tokens.rowsNotSealedWith("old", Optional.empty(), 10)).isEmpty();
    }
}
