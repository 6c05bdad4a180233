package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.signin.LoginRepository;
import dev.gatehouse.signin.LoginRepository.Completion;
import dev.gatehouse.state.AccountVersions;
import dev.gatehouse.state.InMemoryAccountVersions;
import dev.gatehouse.testkit.Race;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link LoginRepository} holds. Extend it and make an empty repository with the versions of its store. */
public abstract class LoginRepositoryContract {
    private static final Instant T0 = Instant.parse("2024-01-01T05:00:00Z");
    private static final String BOB = "bob";
    private static final int THREADS = 4;

    private final InMemoryAccountVersions none = InMemoryAccountVersions.create();
    private Store store = new Store(LoginRepository.inMemory(none), none);

    /** For subclasses. */
    protected LoginRepositoryContract() {}

    /**
     * Logins and versions of one store.
     *
     * @param logins under test
     * @param versions that they are held to
     */
    public record Store(LoginRepository logins, AccountVersions versions) {}

    /** A new, empty store. */
    protected abstract Store create();

    /** How many rounds the race of one number has; fewer for a store that is slow. */
    protected int rounds() {
        return 10_000;
    }

    @BeforeEach
    final void makeStore() {
        store = create();
    }

    @Test
    void completed_ofAnAccountThatNeverLoggedIn_isZero() {
        assertThat(store.logins().completed(BOB)).isZero();
    }

    @Test
    void complete_atItsNumber_addsOneForThisAccountAlone() {
        assertThat(store.logins().complete(BOB, 0, 0, T0)).isEqualTo(Completion.COMPLETED);
        assertThat(store.logins().complete(BOB, 1, 0, T0)).isEqualTo(Completion.COMPLETED);

        assertThat(store.logins().completed(BOB)).isEqualTo(2);
        assertThat(store.logins().completed("BOB")).isZero();
        assertThat(store.logins().complete("alice", 0, 0, T0)).isEqualTo(Completion.COMPLETED);
    }

    @Test
    void complete_atAnotherNumber_isAConflict() {
        store.logins().complete(BOB, 0, 0, T0);

        assertThat(store.logins().complete(BOB, 0, 0, T0)).isEqualTo(Completion.CONFLICT);
        assertThat(store.logins().complete(BOB, 2, 0, T0)).isEqualTo(Completion.CONFLICT);
        assertThat(store.logins().completed(BOB)).isEqualTo(1);
    }

    @Test
    void complete_atAnotherVersion_isAConflict() {
        long before = store.versions().of(BOB);
        long after = store.versions().advance(BOB);

        assertThat(store.logins().complete(BOB, 0, before, T0)).isEqualTo(Completion.CONFLICT);
        assertThat(store.logins().completed(BOB)).isZero();
        assertThat(store.logins().complete(BOB, 0, after, T0)).isEqualTo(Completion.COMPLETED);
        assertThat(store.versions().of(BOB)).isEqualTo(after);
    }

    /** One number: exactly one winner, whoever comes. */
    @Test
    void complete_byManyAtOnce_hasOneWinner() {
        AtomicIntegerArray winners = new AtomicIntegerArray(rounds());
        CyclicBarrier together = new CyclicBarrier(THREADS);

        Race.of(THREADS, thread -> {
            for (int round = 0; round < winners.length(); round++) {
                await(together);
                if (store.logins().complete(BOB, round, 0, T0) == Completion.COMPLETED) {
                    winners.incrementAndGet(round);
                }
            }
            return thread;
        });

        for (int round = 0; round < winners.length(); round++) {
            assertThat(winners.get(round)).as("round %d", round).isEqualTo(1);
        }
        assertThat(store.logins().completed(BOB)).isEqualTo(rounds());
    }

    /** A change of the account and a login at the version before it: whoever has seen the change sees no such login come later. */
    @Test
    void complete_whileTheVersionAdvances_isBeforeItOrNot() {
        for (int round = 0; round < Math.min(rounds(), 500); round++) {
            String account = "owner-" + round;
            List<Long> seen = Race.of(2, i -> {
                if (i == 0) {
                    store.logins().complete(account, 0, 0, T0);
                    return 0L;
                }
                store.versions().advance(account);
                return store.logins().completed(account);
            });

            assertThat(store.logins().completed(account)).as(account).isEqualTo(seen.get(1));
            assertThat(store.logins().complete(account, seen.get(1), 0, T0))
                    .as(account)
                    .isEqualTo(Completion.CONFLICT);
        }
    }

    private static void await(CyclicBarrier together) {
        try {
            together.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException("another thread failed", e);
        }
    }
}
