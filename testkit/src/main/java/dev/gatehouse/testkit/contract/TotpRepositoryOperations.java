package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.audit.InMemoryAuditLog;
import dev.gatehouse.secret.KeyRing;
import dev.gatehouse.secret.Resealable.Resealed;
import dev.gatehouse.secret.Resealable.SealedRow;
import dev.gatehouse.secret.Sealer;
import dev.gatehouse.secret.SecretBytes;
import dev.gatehouse.state.AccountVersions;
import dev.gatehouse.testkit.Race;
import dev.gatehouse.totp.TotpCredential;
import dev.gatehouse.totp.TotpParameters;
import dev.gatehouse.totp.TotpRepository;
import dev.gatehouse.totp.TotpRepository.Change;
import dev.gatehouse.totp.TotpRepository.Removal;
import dev.gatehouse.totp.TotpRepository.StepUse;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The operations of a {@link TotpRepository}, one at a time. */
abstract class TotpRepositoryOperations {
    static final Instant T0 = Instant.parse("2024-01-01T05:00:00.123Z");
    static final String ALICE = "alice \u00e9\ud83d\udd11 'ok'";
    static final String BOB = "bob";
    static final AuditEvent ADDED = event(AuditTag.FACTOR_ADDED);
    static final AuditEvent REMOVED = event(AuditTag.FACTOR_REMOVED);
    static final AuditEvent CHANGED = event(AuditTag.FACTOR_CHANGED);

    final Sealer first =
            new Sealer(KeyRing.sealingWith("a", key(1)).opening("b", key(2)).build());
    final Sealer second =
            new Sealer(KeyRing.sealingWith("b", key(2)).opening("a", key(1)).build());
    final InMemoryAuditLog events = InMemoryAuditLog.create();

    TotpRepositoryOperations() {}

    /**
     * A new, empty repository.
     *
     * @param sink told of each event within its change; what it throws must end the change
     */
    protected abstract TotpRepository create(AuditSink sink);

    /** The versions that the repository advances which {@link #create} made last. */
    protected abstract AccountVersions versions();

    /** How many rounds a race has, ten times as many for that of one code; fewer for a repository that is slow. */
    protected int rounds() {
        return 100;
    }

    final long version(String account) {
        return versions().of(account);
    }

    /** Adds at the account's present version. */
    final Change add(TotpRepository repository, TotpCredential credential) {
        return repository.add(credential, version(credential.account()), ADDED);
    }

    private static AuditEvent event(AuditTag tag) {
        return AuditEvent.of(tag, T0).account(BOB).subject("any").build();
    }

    private static SecretBytes key(int fill) {
        byte[] bytes = new byte[KeyRing.KEY_BYTES];
        Arrays.fill(bytes, (byte) fill);
        return SecretBytes.copyOf(bytes);
    }

    static SecretBytes secretOf(String id) {
        byte[] bytes = new byte[20];
        Arrays.fill(bytes, (byte) id.hashCode());
        return SecretBytes.copyOf(bytes);
    }

    TotpCredential credential(String account, String id) {
        return TotpCredential.of(
                id,
                account,
                TotpParameters.standard(),
                first.seal(secretOf(id), TotpCredential.placeOfSecret(account, id)),
                T0);
    }

    @Test
    void add_aCredential_isReadBackWhole() {
        TotpRepository repository = create(events);
        TotpCredential plain = credential(ALICE, "plain");
        TotpCredential rich = TotpCredential.of(
                        "Rich_-1",
                        ALICE,
                        TotpParameters.standard()
                                .withAlgorithm(TotpParameters.Algorithm.SHA512)
                                .withDigits(8)
                                .withPeriod(Duration.ofSeconds(60)),
                        first.seal(SecretBytes.copyOf(new byte[128]), TotpCredential.placeOfSecret(ALICE, "Rich_-1")),
                        T0.plusMillis(1))
                .withLabel("work phone \u4e2d ' \ud83d\udd11")
                .usedAt(56_802_840L, T0.plusMillis(2));

        assertThat(repository.add(plain, 0, ADDED)).isEqualTo(Change.DONE);
        assertThat(repository.add(rich, 1, ADDED)).isEqualTo(Change.DONE);

        assertThat(repository.ofAccount(ALICE)).containsExactly(plain, rich);
        assertThat(repository.ofAccount(ALICE).get(0).lastStep()).isEqualTo(TotpCredential.NO_STEP);
        assertThat(repository.ofAccount(BOB)).isEmpty();
        assertThat(events.events()).containsExactly(ADDED, ADDED);
    }

    @Test
    void ofAccount_severalCredentials_areOldestFirstThenById() {
        TotpRepository repository = create(events);
        TotpCredential late = TotpCredential.of(
                "a", BOB, TotpParameters.standard(), credential(BOB, "a").secret(), T0.plusSeconds(1));
        add(repository, late);
        add(repository, credential(BOB, "c"));
        add(repository, credential(BOB, "b"));

        assertThat(repository.ofAccount(BOB)).extracting(TotpCredential::id).containsExactly("b", "c", "a");
    }

    @Test
    void ofAccount_idThatDiffersInCaseOrBlanks_isAnotherAccount() {
        TotpRepository repository = create(events);
        add(repository, credential(BOB, "x"));

        assertThat(repository.ofAccount("Bob")).isEmpty();
        assertThat(repository.ofAccount("bob ")).isEmpty();
    }

    @Test
    void add_atAnotherVersionThanTheAccountHas_isAConflict() {
        TotpRepository repository = create(events);
        add(repository, credential(BOB, "x"));

        for (long other : new long[] {0, 2, -1, Long.MAX_VALUE}) {
            assertThat(repository.add(credential(BOB, "y"), other, ADDED)).isEqualTo(Change.CONFLICT);
        }
        assertThat(repository.ofAccount(BOB)).extracting(TotpCredential::id).containsExactly("x");
        assertThat(version(BOB)).isEqualTo(1);
        assertThat(events.events()).hasSize(1);
    }

    @Test
    void add_afterAChangeThatOnlyTheHostKnowsOf_isAConflict() {
        TotpRepository repository = create(events);
        versions().advance(BOB);

        assertThat(repository.add(credential(BOB, "x"), 0, ADDED)).isEqualTo(Change.CONFLICT);
        assertThat(repository.add(credential(BOB, "x"), 1, ADDED)).isEqualTo(Change.DONE);
        assertThat(version(BOB)).isEqualTo(2);
    }

    @Test
    void version_ofAnAccount_isAdvancedByOneWithEachChangeOfWhatItHas() {
        TotpRepository repository = create(events);
        assertThat(version(BOB)).isZero();
        add(repository, credential(BOB, "x"));
        assertThat(version(BOB)).isEqualTo(1);
        repository.replace("x", credential(BOB, "y"), 1, REMOVED, ADDED);
        assertThat(version(BOB)).isEqualTo(2);
        repository.remove(BOB, "y", 2, REMOVED);
        assertThat(version(BOB)).isEqualTo(3);
        assertThat(version(ALICE)).isZero();
    }

    @Test
    void version_whereNothingOfWhatTheAccountHasChanges_stays() {
        TotpRepository repository = create(events);
        add(repository, credential(ALICE, "z"));
        add(repository, credential(BOB, "x"));

        repository.relabel(BOB, "x", "other", CHANGED);
        repository.relabel(BOB, "y", "other", CHANGED);
        repository.useStep(BOB, "x", 5, T0);
        repository.add(credential(BOB, "z"), 1, ADDED);
        repository.replace("y", credential(BOB, "new"), 1, REMOVED, ADDED);
        repository.replace("x", credential(BOB, "z"), 1, REMOVED, ADDED);
        repository.remove(BOB, "z", 1, REMOVED);
        repository.remove(BOB, "x", 7, REMOVED);
        repository.replaceSealed(
                List.of(new Resealed(
                        new SealedRow(
                                BOB, "x", credentialAsStored(repository, "x").secret()),
                        second.seal(secretOf("x"), TotpCredential.placeOfSecret(BOB, "x")))),
                T0);

        assertThat(version(BOB)).isEqualTo(1);
        assertThat(version(ALICE)).isEqualTo(1);
    }

    @Test
    void add_idOfAnotherAccountsCredential_isAConflict() {
        TotpRepository repository = create(events);
        add(repository, credential(BOB, "x"));

        assertThat(add(repository, credential(ALICE, "x"))).isEqualTo(Change.CONFLICT);
        assertThat(repository.ofAccount(ALICE)).isEmpty();
        assertThat(events.events()).hasSize(1);
    }

    @Test
    void replace_aCredentialThatIsThere_leavesOnlyTheNewOne() {
        TotpRepository repository = create(events);
        add(repository, credential(BOB, "x"));

        assertThat(repository.replace("x", credential(BOB, "y"), 1, REMOVED, ADDED))
                .isEqualTo(Change.DONE);
        assertThat(repository.ofAccount(BOB)).containsExactly(credentialAsStored(repository, "y"));
        assertThat(events.events()).containsExactly(ADDED, REMOVED, ADDED);
    }

    TotpCredential credentialAsStored(TotpRepository repository, String id) {
        return repository.ofAccount(BOB).stream()
                .filter(credential -> credential.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void replace_whatIsNotThere_changesNothing() {
        TotpRepository repository = create(events);
        add(repository, credential(BOB, "x"));
        add(repository, credential(ALICE, "z"));

        assertThat(repository.replace("y", credential(BOB, "new"), 1, REMOVED, ADDED))
                .isEqualTo(Change.CONFLICT);
        assertThat(repository.replace("z", credential(BOB, "new"), 1, REMOVED, ADDED))
                .isEqualTo(Change.CONFLICT);
        assertThat(repository.replace("x", credential(BOB, "z"), 1, REMOVED, ADDED))
                .isEqualTo(Change.CONFLICT);
        assertThat(repository.ofAccount(BOB)).extracting(TotpCredential::id).containsExactly("x");
        assertThat(repository.ofAccount(ALICE)).extracting(TotpCredential::id).containsExactly("z");
        assertThat(events.events()).hasSize(2);
    }

    @Test
    void relabel_aCredential_changesTheLabelOnly() {
        TotpRepository repository = create(events);
        TotpCredential before = credential(BOB, "x").usedAt(5, T0);
        add(repository, before);

        assertThat(repository.relabel(BOB, "x", "tablet \u00e9", CHANGED)).isEqualTo(Change.DONE);
        assertThat(repository.relabel(ALICE, "x", "mine", CHANGED)).isEqualTo(Change.CONFLICT);
        assertThat(repository.relabel(BOB, "y", "none", CHANGED)).isEqualTo(Change.CONFLICT);
        assertThat(repository.ofAccount(BOB)).containsExactly(before.withLabel("tablet \u00e9"));
        assertThat(events.events()).containsExactly(ADDED, CHANGED);
    }

    @Test
    void replace_atAnotherVersionThanTheAccountHas_isAConflict() {
        TotpRepository repository = create(events);
        add(repository, credential(BOB, "x"));

        assertThat(repository.replace("x", credential(BOB, "y"), 0, REMOVED, ADDED))
                .isEqualTo(Change.CONFLICT);
        assertThat(repository.replace("x", credential(BOB, "y"), 2, REMOVED, ADDED))
                .isEqualTo(Change.CONFLICT);
        assertThat(repository.ofAccount(BOB)).extracting(TotpCredential::id).containsExactly("x");
        assertThat(events.events()).hasSize(1);
    }

    @Test
    void remove_aCredential_removesItOnceAndOnlyForItsOwner() {
        TotpRepository repository = create(events);
        add(repository, credential(BOB, "x"));

        assertThat(repository.remove(ALICE, "x", 0, REMOVED)).isEqualTo(Removal.NOT_FOUND);
        assertThat(repository.remove(BOB, "x", 1, REMOVED)).isEqualTo(Removal.REMOVED);
        assertThat(repository.remove(BOB, "x", 2, REMOVED)).isEqualTo(Removal.NOT_FOUND);
        assertThat(repository.remove(BOB, "x", 1, REMOVED)).isEqualTo(Removal.NOT_FOUND);
        assertThat(repository.ofAccount(BOB)).isEmpty();
        assertThat(events.events()).containsExactly(ADDED, REMOVED);
    }

    @Test
    void remove_atAnotherVersionThanTheAccountHas_changesNothing() {
        TotpRepository repository = create(events);
        add(repository, credential(BOB, "x"));
        add(repository, credential(BOB, "y"));

        for (long other : new long[] {0, 1, 3, -1}) {
            assertThat(repository.remove(BOB, "x", other, REMOVED)).isEqualTo(Removal.CONFLICT);
        }
        assertThat(repository.remove(BOB, "x", 2, REMOVED)).isEqualTo(Removal.REMOVED);
        assertThat(repository.remove(BOB, "y", 2, REMOVED)).isEqualTo(Removal.CONFLICT);
        assertThat(repository.ofAccount(BOB)).extracting(TotpCredential::id).containsExactly("y");
        assertThat(events.events()).containsExactly(ADDED, ADDED, REMOVED);
    }

    @Test
    void useStep_steps_onlyEverGrow() {
        TotpRepository repository = create(events);
        add(repository, credential(BOB, "x"));
        Instant later = T0.plusSeconds(30);

        assertThat(repository.useStep(BOB, "x", -3, T0)).isEqualTo(StepUse.ACCEPTED);
        assertThat(repository.useStep(BOB, "x", -3, later)).isEqualTo(StepUse.NOT_LATER);
        assertThat(repository.useStep(BOB, "x", -4, later)).isEqualTo(StepUse.NOT_LATER);
        assertThat(credentialAsStored(repository, "x").lastUsedAt()).contains(T0);
        assertThat(repository.useStep(BOB, "x", 56_802_840L, later)).isEqualTo(StepUse.ACCEPTED);
        assertThat(repository.useStep(BOB, "x", 56_802_839L, later)).isEqualTo(StepUse.NOT_LATER);

        TotpCredential stored = credentialAsStored(repository, "x");
        assertThat(stored.lastStep()).isEqualTo(56_802_840L);
        assertThat(stored.lastUsedAt()).contains(later);
    }

    @Test
    void useStep_ofAnotherAccountOrCredential_isNotFoundAndUsesNothing() {
        TotpRepository repository = create(events);
        add(repository, credential(BOB, "x"));
        add(repository, credential(BOB, "y"));

        assertThat(repository.useStep(ALICE, "x", 7, T0)).isEqualTo(StepUse.NOT_FOUND);
        assertThat(repository.useStep(BOB, "z", 7, T0)).isEqualTo(StepUse.NOT_FOUND);
        assertThat(repository.useStep(BOB, "x", 7, T0)).isEqualTo(StepUse.ACCEPTED);
        assertThat(credentialAsStored(repository, "y").lastStep()).isEqualTo(TotpCredential.NO_STEP);
    }

    @Test
    void addAndRemove_decidedAtOneVersion_areNotBothMade() {
        TotpRepository repository = create(events);
        for (int round = 0; round < rounds(); round++) {
            String account = "owner-" + round;
            String old = "old-" + round;
            TotpCredential fresh = credential(account, "new-" + round);
            add(repository, credential(account, old));

            List<Object> answers = Race.of(
                    2, i -> i == 0 ? repository.add(fresh, 1, ADDED) : repository.remove(account, old, 1, REMOVED));

            assertThat(answers).isIn(List.of(Change.DONE, Removal.CONFLICT), List.of(Change.CONFLICT, Removal.REMOVED));
            assertThat(repository.ofAccount(account)).hasSize(answers.get(0) == Change.DONE ? 2 : 0);
            assertThat(version(account)).isEqualTo(2);
        }
    }
}
