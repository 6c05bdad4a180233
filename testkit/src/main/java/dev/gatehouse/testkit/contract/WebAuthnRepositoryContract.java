package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.testkit.Race;
import dev.gatehouse.webauthn.WebAuthnCredential;
import dev.gatehouse.webauthn.WebAuthnRepository;
import dev.gatehouse.webauthn.WebAuthnRepository.Addition;
import dev.gatehouse.webauthn.WebAuthnRepository.Relabelling;
import dev.gatehouse.webauthn.WebAuthnRepository.Removal;
import dev.gatehouse.webauthn.WebAuthnRepository.Use;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

/** What every {@link WebAuthnRepository} holds. */
public abstract class WebAuthnRepositoryContract extends WebAuthnRepositoryOperations {

    /** For subclasses. */
    protected WebAuthnRepositoryContract() {}

    @Test
    void use_ofOneCounterByManyAtOnce_isUsedByOne() {
        int threads = 4;
        WebAuthnRepository repository = create(events);
        add(repository, credential(BOB, "x"));
        AtomicIntegerArray used = new AtomicIntegerArray(10 * rounds());
        AtomicIntegerArray late = new AtomicIntegerArray(10 * rounds());
        CyclicBarrier together = new CyclicBarrier(threads);

        Race.of(threads, thread -> {
            for (int count = 0; count < used.length(); count++) {
                await(together);
                Use use = repository.use(BOB, text("x"), count, count + 1L, false, T0);
                (use == Use.USED ? used : late).incrementAndGet(count);
            }
            return thread;
        });

        for (int count = 0; count < used.length(); count++) {
            assertThat(used.get(count)).as("counter %d", count).isEqualTo(1);
            assertThat(late.get(count)).as("counter %d", count).isEqualTo(threads - 1);
        }
        assertThat(stored(repository, "x").signCount()).isEqualTo(used.length());
    }

    private static void await(CyclicBarrier together) {
        try {
            together.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException("another thread failed", e);
        }
    }

    @Test
    void add_ofOneIdByManyAccountsAtOnce_addsOne() {
        WebAuthnRepository repository = create(events);
        for (int round = 0; round < rounds(); round++) {
            String id = "id-" + round;
            List<Addition> answers = Race.of(
                    4, i -> repository.add(credential("owner-" + i, made(id).build(), id), versionSeen(i), ADDED));

            assertThat(answers).as(id).containsOnlyOnce(Addition.ADDED);
            assertThat(answers).as(id).containsOnly(Addition.ADDED, Addition.ID_IN_USE);
            WebAuthnCredential there = stored(repository, id);
            assertThat(there.account()).isEqualTo("owner-" + answers.indexOf(Addition.ADDED));
            repository.remove(there.account(), there.id(), version(there.account()), REMOVED);
        }
        assertThat(events.events()).hasSize(2 * rounds());
    }

    private long versionSeen(int owner) {
        return version("owner-" + owner);
    }

    @Test
    void add_byManyAtOneVersion_addsOne() {
        WebAuthnRepository repository = create(events);
        for (int round = 0; round < rounds(); round++) {
            String account = "owner-" + round;
            List<WebAuthnCredential> offers = List.of("p-", "q-", "r-", "s-").stream()
                    .map(prefix -> credential(account, prefix + account))
                    .toList();
            List<Addition> answers = Race.of(4, i -> repository.add(offers.get(i), 0, ADDED));

            assertThat(answers).as(account).containsOnlyOnce(Addition.ADDED);
            assertThat(answers).as(account).containsOnly(Addition.ADDED, Addition.CONFLICT);
            assertThat(repository.ofAccount(account)).hasSize(1);
            assertThat(version(account)).isEqualTo(1);
        }
        assertThat(events.events()).hasSize(rounds());
    }

    @Test
    void remove_ofTheLastTwoAtOneVersion_leavesOne() {
        WebAuthnRepository repository = create(events);
        for (int round = 0; round < rounds(); round++) {
            String account = "owner-" + round;
            List<String> ids = List.of("one-" + round, "two-" + round);
            ids.forEach(id -> add(repository, credential(account, id)));
            long decidedAt = version(account);

            List<Removal> answers = Race.of(2, i -> repository.remove(account, text(ids.get(i)), decidedAt, REMOVED));

            assertThat(answers).containsExactlyInAnyOrder(Removal.REMOVED, Removal.CONFLICT);
            assertThat(repository.ofAccount(account)).hasSize(1);
        }
    }

    @Test
    void useAndRemove_atOnce_neverBringItBack() {
        WebAuthnRepository repository = create(events);
        for (int round = 0; round < rounds(); round++) {
            String account = "owner-" + round;
            String id = "id-" + round;
            add(repository, credential(account, id));

            List<Object> answers = Race.of(
                    2,
                    i -> i == 0
                            ? repository.use(account, text(id), 0, 1, false, T0)
                            : repository.remove(account, text(id), 1, REMOVED));

            assertThat(answers.get(1)).isEqualTo(Removal.REMOVED);
            assertThat(answers.get(0)).isIn(Use.USED, Use.NOT_FOUND);
            assertThat(repository.find(text(id))).isEmpty();
            assertThat(repository.ofAccount(account)).isEmpty();
        }
    }

    @Test
    void change_whoseEventIsNotRecorded_doesNotHappen() {
        boolean[] broken = {false};
        WebAuthnRepository repository = create(event -> {
            if (broken[0]) {
                throw new IllegalStateException("no audit");
            }
        });
        add(repository, credential(BOB, "x"));
        add(repository, credential(BOB, "y"));
        List<WebAuthnCredential> all = repository.ofAccount(BOB);
        long before = version(BOB);
        broken[0] = true;

        for (Runnable change : List.<Runnable>of(
                () -> repository.add(credential(BOB, "z"), before, ADDED),
                () -> repository.relabel(BOB, text("x"), "other", CHANGED),
                () -> repository.remove(BOB, text("x"), before, REMOVED))) {
            assertThatExceptionOfType(RuntimeException.class).isThrownBy(change::run);
        }
        assertThat(repository.ofAccount(BOB)).isEqualTo(all);
        assertThat(repository.find(text("z"))).isEqualTo(Optional.empty());
        assertThat(version(BOB)).isEqualTo(before);
    }

    /** A label and a use at once: neither takes the other away, and of two who want one label one gets it. */
    @Test
    void relabelAndUse_atOnce_areBothKept() {
        WebAuthnRepository repository = create(events);
        for (int round = 0; round < rounds(); round++) {
            String account = "owner-" + round;
            List<String> ids = List.of("p-" + round, "q-" + round);
            ids.forEach(id -> add(repository, credential(account, id)));
            List<Object> answers = Race.of(
                    3,
                    i -> i == 2
                            ? repository.use(account, text(ids.get(0)), 0, 7, false, T0)
                            : repository.relabel(account, text(ids.get(i)), "mine", CHANGED));

            assertThat(answers.subList(0, 2))
                    .as(account)
                    .containsExactlyInAnyOrder(Relabelling.DONE, Relabelling.LABEL_IN_USE);
            assertThat(answers.get(2)).as(account).isEqualTo(Use.USED);
            assertThat(stored(repository, ids.get(0)).signCount()).as(account).isEqualTo(7);
            assertThat(repository.ofAccount(account))
                    .extracting(WebAuthnCredential::label)
                    .containsOnlyOnce("mine");
        }
    }
}
