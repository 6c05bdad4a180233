package dev.gatehouse.token;

import static dev.gatehouse.token.TokenIndex.ALICE;
import static dev.gatehouse.token.TokenIndex.NO_PROJECT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.state.StateUnavailableException;
import dev.gatehouse.token.ApiTokenRepository.Change;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The use of a token: written once permitted, single where it must be, and never by grace of a broken store. */
class ApiTokensUseTest {
    private final TokenIndex index = TokenIndex.create();

    static String code(TokenVerification result) {
        return result.fold(verified -> "VERIFIED", rejected -> rejected.code().name());
    }

    @Test
    void recordUse_ofAVerifiedToken_writesTheUse() {
        Minting.Minted minted = index.mint();
        VerifiedToken verified = index.verified(minted.secret(), NO_PROJECT);
        index.advance(Duration.ofSeconds(3));

        assertThat(index.tokens.recordUse(verified)).isSameAs(verified);
        assertThat(index.repository
                        .find(minted.token().id())
                        .orElseThrow()
                        .token()
                        .lastUsed())
                .contains(index.now.get());
        assertThat(index.events.events()).hasSize(1);
    }

    @Test
    void verify_withoutRecordUse_writesNothing() {
        Minting.Minted minted = index.mint();
        index.verified(minted.secret(), NO_PROJECT);
        index.open(minted.secret(), NO_PROJECT).completeWithoutProject();

        assertThat(index.repository
                        .find(minted.token().id())
                        .orElseThrow()
                        .token()
                        .lastUsed())
                .isEmpty();
    }

    @Test
    void recordUse_ofATokenThatDiedSince_saysWhy() {
        Minting.Minted minted = index.mint(
                index.request(ALICE, "x").idleTimeout(Duration.ofDays(1)).lifetime(Duration.ofDays(2)));
        VerifiedToken verified = index.verified(minted.secret(), NO_PROJECT);
        index.tokens.suspendAll(ALICE, index.by());
        assertThat(code(index.tokens.recordUse(verified))).isEqualTo("OWNER_SUSPENDED");
        index.tokens.resumeAll(ALICE, index.tokens.ownerState(ALICE).version(), index.by());
        index.advance(Duration.ofDays(1));
        assertThat(code(index.tokens.recordUse(verified))).isEqualTo("IDLE");
        index.advance(Duration.ofDays(1));
        assertThat(code(index.tokens.recordUse(verified))).isEqualTo("EXPIRED");
        index.tokens.revoke(minted.token().id(), ALICE, index.by());
        assertThat(code(index.tokens.recordUse(verified))).isEqualTo("REVOKED");
        assertThat(index.repository
                        .find(minted.token().id())
                        .orElseThrow()
                        .token()
                        .lastUsed())
                .isEmpty();
    }

    @Test
    void recordUse_whereALaterUseIsOnRecord_keepsThat() {
        Minting.Minted minted = index.mint();
        VerifiedToken verified = index.verified(minted.secret(), NO_PROJECT);
        Instant later = index.now.get().plusSeconds(5);
        index.repository.recordUse(minted.token().id(), Optional.empty(), later);

        assertThat(index.tokens.recordUse(verified)).isSameAs(verified);
        assertThat(index.repository
                        .find(minted.token().id())
                        .orElseThrow()
                        .token()
                        .lastUsed())
                .contains(later);
    }

    @Test
    void recordUse_byManyAtOnce_isEachPermitted() throws Exception {
        for (int round = 0; round < 50; round++) {
            VerifiedToken verified = index.verified(index.mintFor("p" + round).secret(), forProject("p" + round));
            assertThat(race(4, i -> code(index.tokens.recordUse(verified)))).containsOnly("VERIFIED");
        }
    }

    static TokenContext forProject(String name) {
        return TokenContext.about(TokenProject.of(name));
    }

    /** A use that is permitted before the revocation is fine; one that begins after it never is. */
    @Test
    void recordUse_againstARevocation_neverFollowsIt() throws Exception {
        for (int round = 0; round < 200; round++) {
            Minting.Minted minted = index.mintFor("p" + round);
            VerifiedToken verified = index.verified(minted.secret(), forProject("p" + round));
            List<String> answers = race(
                    2,
                    i -> i == 0
                            ? code(index.tokens.recordUse(verified))
                            : index.tokens
                                    .revoke(minted.token().id(), ALICE, index.by())
                                    .name());

            assertThat(answers.get(0)).isIn("VERIFIED", "REVOKED");
            assertThat(answers.get(1)).isEqualTo("CHANGED");
            assertThat(code(index.tokens.recordUse(verified))).isEqualTo("REVOKED");
            assertThat(index.repository
                            .find(minted.token().id())
                            .orElseThrow()
                            .token()
                            .lastUsed()
                            .isPresent())
                    .isEqualTo(answers.get(0).equals("VERIFIED"));
        }
    }

    /** Minting against a freeze: whichever comes first, no token of a suspended owner is good. */
    @Test
    void mint_againstASuspension_leavesNoTokenThatVerifies() throws Exception {
        for (int round = 0; round < 100; round++) {
            TokenOwner owner = TokenOwner.account("user" + round);
            MintRequest request = index.request(owner, "ci").build();
            List<Object> answers =
                    race(2, i -> i == 0 ? index.tokens.mint(request) : index.tokens.suspendAll(owner, index.by()));

            ((Minting) answers.get(0))
                    .fold(
                            minted -> assertThat(index.rejected(minted.secret(), NO_PROJECT)
                                            .code())
                                    .isEqualTo(TokenRejection.OWNER_SUSPENDED),
                            not -> assertThat(not.obstacle()).isEqualTo(Minting.Obstacle.OWNER_CHANGED));
        }
    }

    static <T> T failing(Class<T> type, String method) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, called, args) -> {
            throw new StateUnavailableException(StateUnavailableException.Reason.FAILED, method + ": down");
        }));
    }

    /** A repository whose answers to one method are replaced. */
    private static ApiTokenRepository lying(
            ApiTokenRepository honest, String method, java.util.function.Function<Object[], Object> lie) {
        return (ApiTokenRepository) Proxy.newProxyInstance(
                ApiTokenRepository.class.getClassLoader(),
                new Class<?>[] {ApiTokenRepository.class},
                (proxy, called, args) -> {
                    if (called.getName().equals(method)) {
                        return lie.apply(args);
                    }
                    try {
                        return called.invoke(honest, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** Row 9 and section 6: answers of a store are distrusted like user input. */
    @Test
    void verify_byALyingStore_neverVerifies() {
        Minting.Minted mine = index.mint();
        Minting.Minted other = index.mint(index.request(TokenOwner.account("bob"), "bob's"));
        StoredToken honest = index.repository.find(mine.token().id()).orElseThrow();
        StoredToken bobs = index.repository.find(other.token().id()).orElseThrow();
        StoredToken bobsUnderMyId = new StoredToken(
                ApiToken.builder(mine.token().id(), bobs.token().owner(), TokenReach.ACCOUNT, TokenIndex.START)
                        .build(),
                bobs.rootKey(),
                OwnerState.INITIAL);
        StoredToken mineWithBobsKey = new StoredToken(mine.token(), bobs.rootKey(), OwnerState.INITIAL);
        StoredToken mineForBob = new StoredToken(bobsUnderMyId.token(), honest.rootKey(), OwnerState.INITIAL);
        List<Callable<Object>> lies = new ArrayList<>();
        lies.add(Optional::empty);
        lies.add(() -> null);
        lies.add(() -> {
            throw new IllegalStateException("down");
        });
        for (StoredToken row : List.of(bobs, bobsUnderMyId, mineWithBobsKey, mineForBob)) {
            lies.add(() -> Optional.of(row));
        }

        for (Callable<Object> lie : lies) {
            ApiTokenRepository lying = lying(index.repository, "find", args -> call(lie));
            ApiTokens tokens = ApiTokens.builder("pypi.org", lying, index.sealer, owner -> OwnerStatus.Standing.ACTIVE)
                    .clock(index.now::get)
                    .build();
            for (String secret : List.of(mine.secret(), other.secret())) {
                if (secret.equals(other.secret()) && lie == lies.get(3)) {
                    continue; // There the row is the right one.
                }
                assertThat(outcome(() -> tokens.verify(secret, NO_PROJECT))).isNotEqualTo("VerifiedToken");
                assertThat(outcome(() -> tokens.open(secret, NO_PROJECT))).isNotEqualTo("OpenToken");
            }
            VerifiedToken verified = index.verified(mine.secret(), NO_PROJECT);
            if (lie != lies.get(5)) { // The sealed key is not looked at any more.
                assertThat(outcome(() -> tokens.recordUse(verified))).isNotEqualTo("VerifiedToken");
            }
        }
    }

    private static Object call(Callable<Object> lie) {
        try {
            return lie.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static String outcome(Callable<Object> verification) {
        try {
            return verification.call().getClass().getSimpleName();
        } catch (Exception e) {
            return "threw";
        }
    }

    /** Of many requests with one token each loses the race for the last use to another: none of them does so a hundred times. */
    @Test
    void recordUse_ofATokenThatOthersUseAllTheTime_endsWithALaterUse() {
        AtomicInteger attempts = new AtomicInteger();
        TokenIndex busy = TokenIndex.create();
        TokenIndex behind = TokenIndex.behind(honest -> lying(honest, "recordUse", args -> {
            attempts.incrementAndGet();
            busy.advance(Duration.ofMillis(1));
            honest.recordUse(
                    (String) args[0],
                    honest.find((String) args[0]).orElseThrow().token().lastUsed(),
                    TokenIndex.START.plusMillis(attempts.get()));
            return Change.UNCHANGED;
        }));
        VerifiedToken verified = behind.verified(behind.mint().secret(), NO_PROJECT);

        assertThat(behind.tokens.recordUse(verified)).isSameAs(verified);
        assertThat(attempts).hasValue(1);
    }

    @Test
    void recordUse_byAStoreThatNeverWrites_isNoUse() {
        for (Change answer : new Change[] {Change.UNCHANGED, Change.NOT_FOUND, null}) {
            AtomicInteger asked = new AtomicInteger();
            TokenIndex broken = TokenIndex.behind(honest -> lying(honest, "recordUse", args -> {
                asked.incrementAndGet();
                return answer;
            }));
            VerifiedToken verified = broken.verified(broken.mint().secret(), NO_PROJECT);

            assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> broken.tokens.recordUse(verified));
            assertThat(asked.get()).isBetween(1, 100);
        }
    }

    /** Row 22: expiry wins the race. The use comes in time, the store is slow, and by then the token has been idle for too long. */
    @Test
    void recordUse_thatEndsAfterTheIdleTime_isIdle() {
        AtomicInteger asked = new AtomicInteger();
        List<TokenIndex> slow = new ArrayList<>();
        slow.add(TokenIndex.behind(honest -> lying(honest, "recordUse", args -> {
            asked.incrementAndGet();
            slow.get(0).advance(Duration.ofMinutes(1));
            return Change.UNCHANGED;
        })));
        TokenIndex index = slow.get(0);
        Minting.Minted minted = index.mint(index.request(ALICE, "idle").idleTimeout(Duration.ofMinutes(3)));
        VerifiedToken verified = index.verified(minted.secret(), NO_PROJECT);

        assertThat(code(index.tokens.recordUse(verified))).isEqualTo("IDLE");
        assertThat(asked.get()).isEqualTo(3);
    }

    @Test
    void mint_byAStoreThatIsBroken_givesNoToken() {
        for (ApiTokenRepository.Insertion answer :
                new ApiTokenRepository.Insertion[] {ApiTokenRepository.Insertion.ID_TAKEN, null}) {
            TokenIndex broken = TokenIndex.behind(honest -> lying(honest, "insert", args -> answer));

            assertThatExceptionOfType(IllegalStateException.class).isThrownBy(broken::mint);
        }
    }

    interface Runner<T> {
        T run(int number) throws Exception;
    }

    /** What each of so many threads answered that began together. */
    static <T> List<T> race(int threads, Runner<? extends T> runner) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CyclicBarrier start = new CyclicBarrier(threads);
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int number = i;
                running.add(pool.submit(() -> {
                    start.await(60, TimeUnit.SECONDS);
                    return runner.run(number);
                }));
            }
            List<T> answers = new ArrayList<>();
            for (Future<T> one : running) {
                answers.add(one.get(60, TimeUnit.SECONDS));
            }
            return answers;
        } finally {
            pool.shutdownNow();
        }
    }
}
