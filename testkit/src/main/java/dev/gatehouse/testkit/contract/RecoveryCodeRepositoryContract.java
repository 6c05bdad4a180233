package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.audit.InMemoryAuditLog;
import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.FactorResponse;
import dev.gatehouse.factor.Verification;
import dev.gatehouse.recovery.RecoveryCodeRepository;
import dev.gatehouse.recovery.RecoveryCodeRepository.Change;
import dev.gatehouse.recovery.RecoveryCodeRepository.Removal;
import dev.gatehouse.recovery.RecoveryCodeRepository.Use;
import dev.gatehouse.recovery.RecoveryCodeSet;
import dev.gatehouse.recovery.RecoveryCodeVerifier;
import dev.gatehouse.recovery.RecoveryRejection;
import dev.gatehouse.secret.Argon2Cost;
import dev.gatehouse.secret.Argon2Gate;
import dev.gatehouse.secret.SecretBytes;
import dev.gatehouse.state.AccountVersions;
import dev.gatehouse.testkit.Race;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link RecoveryCodeRepository} holds. */
public abstract class RecoveryCodeRepositoryContract {
    private static final Instant T0 = Instant.parse("2024-01-01T05:00:00.123Z");
    private static final String ALICE = "alice \u00e9\ud83d\udd11 'ok'";
    private static final String BOB = "bob";
    private static final AuditEvent MADE = event(AuditTag.RECOVERY_CODES_GENERATED);
    private static final AuditEvent USED = event(AuditTag.RECOVERY_CODE_USED);
    private static final AuditEvent GONE = event(AuditTag.RECOVERY_CODES_REMOVED);
    private static final Argon2Cost COST = new Argon2Cost(64, 2, 2);
    private static final SecretBytes SALT = bytes(RecoveryCodeSet.SALT_BYTES, 3);

    private final InMemoryAuditLog events = InMemoryAuditLog.create();

    /** For subclasses. */
    protected RecoveryCodeRepositoryContract() {}

    /**
     * A new, empty repository.
     *
     * @param sink told of each event within its change; what it throws must end the change
     */
    protected abstract RecoveryCodeRepository create(AuditSink sink);

    /** The versions that the repository advances which {@link #create} made last. */
    protected abstract AccountVersions versions();

    /** How many rounds a race has, ten times as many for that of one code; fewer for a repository that is slow. */
    protected int rounds() {
        return 100;
    }

    private static AuditEvent event(AuditTag tag) {
        return AuditEvent.of(tag, T0).account(BOB).subject("any").build();
    }

    private static SecretBytes bytes(int size, int fill) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) fill);
        return SecretBytes.copyOf(bytes);
    }

    private static RecoveryCodeSet set(String account, String id) {
        List<SecretBytes> hashes = IntStream.range(0, RecoveryCodeSet.CODES)
                .mapToObj(place -> bytes(Argon2Gate.HASH_BYTES, id.hashCode() + place))
                .toList();
        return RecoveryCodeSet.of(id, account, COST, SALT, hashes, T0);
    }

    private long version(String account) {
        return versions().of(account);
    }

    private Change put(RecoveryCodeRepository repository, RecoveryCodeSet set) {
        return repository.replace(set, version(set.account()), MADE);
    }

    @Test
    void replace_whereThereWasNone_isReadBackWhole() {
        RecoveryCodeRepository repository = create(events);
        RecoveryCodeSet set = set(ALICE, "Set_-1");

        assertThat(repository.replace(set, 0, MADE)).isEqualTo(Change.DONE);

        assertThat(repository.ofAccount(ALICE)).contains(set);
        assertThat(repository.ofAccount(BOB)).isEmpty();
        assertThat(repository.ofAccount("Alice \u00e9\ud83d\udd11 'ok'")).isEmpty();
        assertThat(events.events()).containsExactly(MADE);
        assertThat(version(ALICE)).isEqualTo(1);
    }

    @Test
    void replace_whereThereIsOne_leavesOnlyTheNewOne() {
        RecoveryCodeRepository repository = create(events);
        put(repository, set(BOB, "one"));
        repository.use(BOB, "one", 3, T0, USED);

        assertThat(put(repository, set(BOB, "two"))).isEqualTo(Change.DONE);

        assertThat(repository.ofAccount(BOB)).contains(set(BOB, "two"));
        assertThat(repository.use(BOB, "one", 4, T0, USED)).isEqualTo(Use.NOT_FOUND);
        assertThat(events.events()).containsExactly(MADE, USED, MADE);
        assertThat(version(BOB)).isEqualTo(3);
    }

    @Test
    void replace_atAnotherVersionThanTheAccountHas_isAConflict() {
        RecoveryCodeRepository repository = create(events);
        put(repository, set(BOB, "one"));

        for (long other : new long[] {0, 2, -1, Long.MAX_VALUE}) {
            assertThat(repository.replace(set(BOB, "two"), other, MADE)).isEqualTo(Change.CONFLICT);
        }
        assertThat(repository.ofAccount(BOB)).contains(set(BOB, "one"));
        assertThat(version(BOB)).isEqualTo(1);
        assertThat(events.events()).hasSize(1);
    }

    @Test
    void replace_idThatIsTaken_isAConflict() {
        RecoveryCodeRepository repository = create(events);
        put(repository, set(BOB, "one"));
        put(repository, set(ALICE, "two"));

        assertThat(put(repository, set(BOB, "two"))).isEqualTo(Change.CONFLICT);
        assertThat(put(repository, set(BOB, "one"))).isEqualTo(Change.CONFLICT);
        assertThat(repository.ofAccount(BOB)).contains(set(BOB, "one"));
        assertThat(repository.ofAccount(ALICE)).contains(set(ALICE, "two"));
        assertThat(version(BOB)).isEqualTo(1);
        assertThat(events.events()).hasSize(2);
    }

    @Test
    void replace_setWithAUsedCode_isAMistake() {
        RecoveryCodeRepository repository = create(events);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> repository.replace(set(BOB, "one").used(0, T0), 0, MADE))
                .withMessageStartingWith("set:");
        assertThat(repository.ofAccount(BOB)).isEmpty();
    }

    @Test
    void use_eachCode_worksOnceAndAdvancesTheVersion() {
        RecoveryCodeRepository repository = create(events);
        RecoveryCodeSet expected = set(BOB, "one");
        put(repository, expected);
        for (int place = 0; place < RecoveryCodeSet.CODES; place++) {
            Instant at = T0.plusSeconds(place);
            expected = expected.used(place, at);

            assertThat(repository.use(BOB, "one", place, at, USED)).isEqualTo(Use.USED);
            assertThat(repository.use(BOB, "one", place, at.plusSeconds(9), USED))
                    .isEqualTo(Use.USED_BEFORE);
            assertThat(repository.ofAccount(BOB)).contains(expected);
            assertThat(version(BOB)).isEqualTo(place + 2L);
        }
        assertThat(events.events()).hasSize(9);
    }

    @Test
    void use_ofAnotherAccountSetOrPlace_isNotFoundAndUsesNothing() {
        RecoveryCodeRepository repository = create(events);
        put(repository, set(BOB, "one"));
        put(repository, set(ALICE, "two"));

        assertThat(repository.use(ALICE, "one", 0, T0, USED)).isEqualTo(Use.NOT_FOUND);
        assertThat(repository.use(BOB, "two", 0, T0, USED)).isEqualTo(Use.NOT_FOUND);
        assertThat(repository.use(BOB, "One", 0, T0, USED)).isEqualTo(Use.NOT_FOUND);
        assertThat(repository.use(BOB, "one", 8, T0, USED)).isEqualTo(Use.NOT_FOUND);
        assertThat(repository.use(BOB, "one", -1, T0, USED)).isEqualTo(Use.NOT_FOUND);
        assertThat(repository.use("nobody", "one", 0, T0, USED)).isEqualTo(Use.NOT_FOUND);
        assertThat(repository.ofAccount(BOB)).contains(set(BOB, "one"));
        assertThat(repository.ofAccount(ALICE)).contains(set(ALICE, "two"));
        assertThat(version(BOB)).isEqualTo(1);
        assertThat(events.events()).hasSize(2);
    }

    @Test
    void remove_aSet_isMadeOnceAtItsVersion() {
        RecoveryCodeRepository repository = create(events);
        put(repository, set(BOB, "one"));

        assertThat(repository.remove(BOB, 0, GONE)).isEqualTo(Removal.CONFLICT);
        assertThat(repository.remove(ALICE, 0, GONE)).isEqualTo(Removal.NOT_FOUND);
        assertThat(repository.remove(BOB, 1, GONE)).isEqualTo(Removal.REMOVED);
        assertThat(repository.remove(BOB, 2, GONE)).isEqualTo(Removal.NOT_FOUND);
        assertThat(repository.ofAccount(BOB)).isEmpty();
        assertThat(repository.use(BOB, "one", 0, T0, USED)).isEqualTo(Use.NOT_FOUND);
        assertThat(version(BOB)).isEqualTo(2);
        assertThat(version(ALICE)).isZero();
        assertThat(events.events()).containsExactly(MADE, GONE);
        assertThat(put(repository, set(BOB, "two"))).isEqualTo(Change.DONE);
        assertThat(repository.ofAccount(BOB)).contains(set(BOB, "two"));
    }

    @Test
    void change_whoseEventIsNotRecorded_doesNotHappen() {
        boolean[] broken = {false};
        RecoveryCodeRepository repository = create(event -> {
            if (broken[0]) {
                throw new IllegalStateException("no audit");
            }
        });
        put(repository, set(BOB, "one"));
        broken[0] = true;

        for (Runnable change : List.<Runnable>of(
                () -> repository.replace(set(BOB, "two"), 1, MADE),
                () -> repository.replace(set(ALICE, "two"), 0, MADE),
                () -> repository.remove(BOB, 1, GONE),
                () -> repository.use(BOB, "one", 0, T0, USED))) {
            assertThatExceptionOfType(RuntimeException.class).isThrownBy(change::run);
        }
        assertThat(repository.ofAccount(BOB)).contains(set(BOB, "one"));
        assertThat(repository.ofAccount(ALICE)).isEmpty();
        assertThat(version(BOB)).isEqualTo(1);
    }

    @Test
    void use_oneCodeByManyAtOnce_isUsedByOne() {
        int threads = 3;
        RecoveryCodeRepository repository = create(events);
        int races = 10 * rounds();
        for (int round = 0; round < races; round += RecoveryCodeSet.CODES) {
            put(repository, set("owner-" + round / RecoveryCodeSet.CODES, "set-" + round / RecoveryCodeSet.CODES));
        }
        CyclicBarrier together = new CyclicBarrier(threads);

        List<List<Use>> answers = Race.of(threads, thread -> {
            List<Use> mine = new ArrayList<>();
            for (int round = 0; round < races; round++) {
                int owner = round / RecoveryCodeSet.CODES;
                await(together);
                mine.add(repository.use("owner-" + owner, "set-" + owner, round % RecoveryCodeSet.CODES, T0, USED));
            }
            return mine;
        });

        for (int round = 0; round < races; round++) {
            int which = round;
            assertThat(answers.stream().map(mine -> mine.get(which)))
                    .as("round %d", round)
                    .containsExactlyInAnyOrder(Use.USED, Use.USED_BEFORE, Use.USED_BEFORE);
        }
        assertThat(version("owner-0")).isEqualTo(1 + RecoveryCodeSet.CODES);
    }

    private static void await(CyclicBarrier together) {
        try {
            together.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException("another thread failed", e);
        }
    }

    @Test
    void replaceAndUse_atOnce_neverUseACodeOfTheNewSet() {
        RecoveryCodeRepository repository = create(events);
        for (int round = 0; round < rounds(); round++) {
            String account = "owner-" + round;
            put(repository, set(account, "old-" + round));
            RecoveryCodeSet fresh = set(account, "new-" + round);
            String old = "old-" + round;

            List<Object> answers = Race.of(
                    2, i -> i == 0 ? repository.replace(fresh, 1, MADE) : repository.use(account, old, 0, T0, USED));

            assertThat(answers).isIn(List.of(Change.DONE, Use.NOT_FOUND), List.of(Change.CONFLICT, Use.USED));
            assertThat(repository.ofAccount(account).orElseThrow())
                    .isEqualTo(
                            answers.get(0) == Change.DONE
                                    ? fresh
                                    : set(account, old).used(0, T0));
            assertThat(version(account)).isEqualTo(2);
        }
    }

    @Test
    void replace_byManyAtOnceAtOneVersion_isMadeByOne() {
        RecoveryCodeRepository repository = create(events);
        for (int round = 0; round < rounds(); round++) {
            String account = "owner-" + round;
            List<RecoveryCodeSet> offers = IntStream.range(0, 3)
                    .mapToObj(i -> set(account, account + "-" + i))
                    .toList();

            List<Change> answers = Race.of(3, i -> repository.replace(offers.get(i), 0, MADE));

            assertThat(answers).as(account).containsOnlyOnce(Change.DONE);
            assertThat(repository.ofAccount(account)).contains(offers.get(answers.indexOf(Change.DONE)));
        }
        assertThat(events.events()).hasSize(rounds());
    }

    /** Through the verifier, with real hashes: 25 sets of 8 codes, each code brought by two at once. */
    @Test
    void settle_oneCodeByTwoAtOnce_letsOneIn() {
        RecoveryCodeRepository repository = create(events);
        Argon2Gate gate = Argon2Gate.of(4);
        RecoveryCodeVerifier verifier = new RecoveryCodeVerifier(repository, gate, InstantSource.fixed(T0));
        for (int round = 0; round < 200; round++) {
            int place = round % RecoveryCodeSet.CODES;
            int owner = round / RecoveryCodeSet.CODES;
            if (place == 0) {
                put(repository, hashed(gate, owner));
            }
            FactorResponse response = new FactorResponse("owner-" + owner, Carrier.session("s"), code(owner, place));

            List<Verification> answers = Race.of(
                    2, i -> verifier.verify(response).fold(verified -> verifier.settle(verified.evidence()), no -> no));

            assertThat(answers.stream().filter(Verification.Verified.class::isInstance))
                    .as("round %d", round)
                    .hasSize(1);
            assertThat(answers.stream().filter(Verification.Rejected.class::isInstance))
                    .containsExactly(new Verification.Rejected(RecoveryRejection.USED_BEFORE));
        }
    }

    private static RecoveryCodeSet hashed(Argon2Gate gate, int owner) {
        List<SecretBytes> codes = IntStream.range(0, RecoveryCodeSet.CODES)
                .mapToObj(place -> SecretBytes.copyOf(code(owner, place).getBytes(StandardCharsets.US_ASCII)))
                .toList();
        List<SecretBytes> hashes = gate.hashAll(codes, SALT, COST).fold(Argon2Gate.Passed::value, full -> {
            throw new AssertionError("the gate is full");
        });
        return RecoveryCodeSet.of("set-" + owner, "owner-" + owner, COST, SALT, hashes, T0);
    }

    private static String code(int owner, int place) {
        return "%08x%08x".formatted(owner, place);
    }
}
