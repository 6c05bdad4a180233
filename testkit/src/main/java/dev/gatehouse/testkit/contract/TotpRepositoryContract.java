package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.secret.KeyRotation;
import dev.gatehouse.secret.Resealable.Resealed;
import dev.gatehouse.secret.Resealable.SealedRow;
import dev.gatehouse.testkit.Race;
import dev.gatehouse.totp.TotpCredential;
import dev.gatehouse.totp.TotpRepository;
import dev.gatehouse.totp.TotpRepository.Change;
import dev.gatehouse.totp.TotpRepository.Removal;
import dev.gatehouse.totp.TotpRepository.StepUse;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every {@link TotpRepository} holds. */
public abstract class TotpRepositoryContract extends TotpRepositoryRaces {

    /** For subclasses. */
    protected TotpRepositoryContract() {}

    @Test
    void useStep_byManyAtOnce_acceptsOne() {
        int threads = 4;
        TotpRepository repository = create(events);
        add(repository, credential(BOB, "x"));
        AtomicIntegerArray accepted = new AtomicIntegerArray(10 * rounds());
        AtomicIntegerArray late = new AtomicIntegerArray(10 * rounds());
        CyclicBarrier together = new CyclicBarrier(threads);

        Race.of(threads, thread -> {
            for (int step = 0; step < accepted.length(); step++) {
                await(together);
                StepUse use = repository.useStep(BOB, "x", step, T0);
                (use == StepUse.ACCEPTED ? accepted : late).incrementAndGet(step);
            }
            return thread;
        });

        for (int step = 0; step < accepted.length(); step++) {
            assertThat(accepted.get(step)).as("step %d", step).isEqualTo(1);
            assertThat(late.get(step)).as("step %d", step).isEqualTo(threads - 1);
        }
    }

    private static void await(CyclicBarrier together) {
        try {
            together.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException("another thread failed", e);
        }
    }

    @Test
    void useStep_neighbouringStepsAtOnce_neverGoBack() {
        TotpRepository repository = create(events);
        add(repository, credential(BOB, "x"));
        for (int round = 0; round < rounds(); round++) {
            int base = 10 * round;
            List<StepUse> answers = Race.of(3, i -> repository.useStep(BOB, "x", base + i, T0));

            assertThat(credentialAsStored(repository, "x").lastStep()).isEqualTo(base + 2);
            assertThat(answers.get(2)).isEqualTo(StepUse.ACCEPTED);
        }
    }

    @Test
    void remove_lastTwoDecidedAtOneVersion_leavesExactlyOne() {
        TotpRepository repository = create(events);
        int races = 10 * rounds();
        for (int round = 0; round < races; round++) {
            add(repository, credential("owner-" + round, "0-" + round));
            add(repository, credential("owner-" + round, "1-" + round));
        }
        CyclicBarrier together = new CyclicBarrier(2);

        List<List<Removal>> answers = Race.of(2, thread -> {
            List<Removal> mine = new ArrayList<>();
            for (int round = 0; round < races; round++) {
                await(together);
                mine.add(repository.remove("owner-" + round, thread + "-" + round, 2, REMOVED));
            }
            return mine;
        });

        for (int round = 0; round < races; round++) {
            assertThat(List.of(answers.get(0).get(round), answers.get(1).get(round)))
                    .as("round %d", round)
                    .containsExactlyInAnyOrder(Removal.REMOVED, Removal.CONFLICT);
        }
        assertThat(events.events()).hasSize(3 * races);
        assertThat(repository.ofAccount("owner-0")).hasSize(1);
        assertThat(version("owner-0")).isEqualTo(3);
    }

    @Test
    void add_byManyAtOnce_addsOne() {
        TotpRepository repository = create(events);
        for (int round = 0; round < rounds(); round++) {
            String account = "owner-" + round;
            List<TotpCredential> offers = Stream.of("p-", "q-", "r-", "s-")
                    .map(prefix -> credential(account, prefix + account))
                    .toList();
            List<Change> answers = Race.of(4, i -> repository.add(offers.get(i), 0, ADDED));

            assertThat(answers).as(account).containsOnlyOnce(Change.DONE);
            assertThat(repository.ofAccount(account)).hasSize(1);
        }
        assertThat(events.events()).hasSize(rounds());
    }

    @Test
    void change_whoseEventIsNotRecorded_doesNotHappen() {
        boolean[] broken = {false};
        TotpRepository repository = create(event -> {
            if (broken[0]) {
                throw new IllegalStateException("no audit");
            }
        });
        TotpCredential before = credential(BOB, "x");
        add(repository, before);
        add(repository, credential(BOB, "y"));
        List<TotpCredential> all = repository.ofAccount(BOB);
        broken[0] = true;

        for (Runnable change : List.<Runnable>of(
                () -> add(repository, credential(BOB, "z")),
                () -> repository.replace("x", credential(BOB, "z"), 2, REMOVED, ADDED),
                () -> repository.relabel(BOB, "x", "other", CHANGED),
                () -> repository.remove(BOB, "x", 2, REMOVED),
                () -> new KeyRotation(second, List.of(repository), InstantSource.fixed(T0)).reseal(p -> {}))) {
            assertThatExceptionOfType(RuntimeException.class).isThrownBy(change::run);
        }
        assertThat(repository.ofAccount(BOB)).isEqualTo(all);
        assertThat(version(BOB)).isEqualTo(2);
    }

    @Test
    void replace_whoseSecondEventIsNotRecorded_doesNotHappen() {
        TotpRepository repository = create(event -> {
            if (event.equals(CHANGED)) {
                throw new IllegalStateException("no audit");
            }
        });
        add(repository, credential(BOB, "x"));

        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> repository.replace("x", credential(BOB, "z"), 1, REMOVED, CHANGED));
        assertThat(repository.ofAccount(BOB)).extracting(TotpCredential::id).containsExactly("x");
    }

    @Test
    void reseal_allRows_openWithTheNewKeyAndKeepTheRest() {
        TotpRepository repository = create(events);
        for (int i = 0; i < 250; i++) {
            add(repository, credential("owner-" + i, "id-" + i));
        }
        repository.useStep("owner-7", "id-7", 42, T0);
        assertThat(repository.purpose()).isEqualTo(TotpRepository.PURPOSE);
        assertThat(repository.sealedRowsByKey()).isEqualTo(Map.of("a", 250L));

        new KeyRotation(second, List.of(repository), InstantSource.fixed(T0)).reseal(progress -> {});

        assertThat(repository.sealedRowsByKey()).isEqualTo(Map.of("b", 250L));
        TotpCredential seven = repository.ofAccount("owner-7").get(0);
        assertThat(second.open(seven.secret(), seven.placeOfSecret())).isEqualTo(secretOf("id-7"));
        assertThat(seven.lastStep()).isEqualTo(42);
        assertThat(events.events())
                .filteredOn(event -> event.tag().equals(AuditTag.KEY_RESEALED))
                .hasSize(2);
    }

    @Test
    void rowsNotSealedWith_pages_coverEachRowOnce() {
        TotpRepository repository = create(events);
        for (int i = 0; i < 7; i++) {
            add(repository, credential("owner-" + i, "id-" + i));
        }
        List<SealedRow> page1 = repository.rowsNotSealedWith("b", Optional.empty(), 3);
        List<SealedRow> page2 =
                repository.rowsNotSealedWith("b", Optional.of(page1.get(2).rowId()), 3);
        List<SealedRow> page3 =
                repository.rowsNotSealedWith("b", Optional.of(page2.get(2).rowId()), 3);

        assertThat(page3).hasSize(1);
        assertThat(Stream.of(page1, page2, page3).flatMap(List::stream).map(SealedRow::rowId))
                .containsExactlyInAnyOrder("id-0", "id-1", "id-2", "id-3", "id-4", "id-5", "id-6");
        assertThat(repository.rowsNotSealedWith("a", Optional.empty(), 3)).isEmpty();
    }

    @Test
    void replaceSealed_rowThatChangedMeanwhile_isLeftAlone() {
        TotpRepository repository = create(events);
        add(repository, credential(BOB, "x"));
        add(repository, credential(BOB, "y"));
        TotpCredential x = credentialAsStored(repository, "x");
        SealedRow asRead = new SealedRow(BOB, "x", x.secret());
        Resealed stale =
                new Resealed(new SealedRow(BOB, "y", x.secret()), second.seal(secretOf("y"), x.placeOfSecret()));
        Resealed good = new Resealed(asRead, second.seal(secretOf("x"), x.placeOfSecret()));
        TotpCredential y = credentialAsStored(repository, "y");

        assertThat(repository.replaceSealed(List.of(stale), T0)).isZero();
        assertThat(repository.replaceSealed(List.of(stale, good), T0)).isEqualTo(1);
        assertThat(repository.replaceSealed(List.of(good), T0)).isZero();
        assertThat(repository.ofAccount(BOB)).containsExactly(x.withSecret(good.after()), y);
        assertThat(events.events())
                .filteredOn(event -> event.tag().equals(AuditTag.KEY_RESEALED))
                .hasSize(1);
    }
}
