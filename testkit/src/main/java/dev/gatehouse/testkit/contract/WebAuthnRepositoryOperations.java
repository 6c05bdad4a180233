package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.audit.InMemoryAuditLog;
import dev.gatehouse.factor.FactorClass;
import dev.gatehouse.state.AccountVersions;
import dev.gatehouse.webauthn.NewCredential;
import dev.gatehouse.webauthn.WebAuthnCredential;
import dev.gatehouse.webauthn.WebAuthnRepository;
import dev.gatehouse.webauthn.WebAuthnRepository.Addition;
import dev.gatehouse.webauthn.WebAuthnRepository.Relabelling;
import dev.gatehouse.webauthn.WebAuthnRepository.Removal;
import dev.gatehouse.webauthn.WebAuthnRepository.Use;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The operations of a {@link WebAuthnRepository}, one at a time. */
abstract class WebAuthnRepositoryOperations {
    static final Instant T0 = Instant.parse("2024-01-01T05:00:00.123Z");
    static final String ALICE = "alice \u00e9\ud83d\udd11 'ok'";
    static final String BOB = "bob";
    static final AuditEvent ADDED = event(AuditTag.FACTOR_ADDED);
    static final AuditEvent REMOVED = event(AuditTag.FACTOR_REMOVED);
    static final AuditEvent CHANGED = event(AuditTag.FACTOR_CHANGED);

    private static final long MAX_COUNT = 0xffff_ffffL;

    final InMemoryAuditLog events = InMemoryAuditLog.create();

    WebAuthnRepositoryOperations() {}

    /**
     * A new, empty repository.
     *
     * @param sink told of each event within its change; what it throws must end the change
     */
    protected abstract WebAuthnRepository create(AuditSink sink);

    /** The versions that the repository advances which {@link #create} made last. */
    protected abstract AccountVersions versions();

    /** How many rounds a race has, ten times as many for that of one counter; fewer for a repository that is slow. */
    protected int rounds() {
        return 100;
    }

    private static AuditEvent event(AuditTag tag) {
        return AuditEvent.of(tag, T0).account(BOB).subject("any").build();
    }

    final long version(String account) {
        return versions().of(account);
    }

    /** Adds at the account's present version. */
    final Addition add(WebAuthnRepository repository, WebAuthnCredential credential) {
        return repository.add(credential, version(credential.account()), ADDED);
    }

    static String text(String ascii) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(ascii.getBytes(StandardCharsets.UTF_8));
    }

    static NewCredential.Builder made(String id) {
        return NewCredential.builder(text(id), ("key of " + id).getBytes(StandardCharsets.UTF_8));
    }

    static WebAuthnCredential credential(String account, NewCredential made, String label) {
        return WebAuthnCredential.of(account, text("handle of " + account), made, T0)
                .withLabel(label);
    }

    /** One whose label is its id. */
    static WebAuthnCredential credential(String account, String id) {
        return credential(account, made(id).build(), id);
    }

    static WebAuthnCredential stored(WebAuthnRepository repository, String id) {
        return repository.find(text(id)).orElseThrow();
    }

    @Test
    void add_aCredential_isReadBackWhole() {
        WebAuthnRepository repository = create(events);
        WebAuthnCredential plain = credential(ALICE, "plain");
        NewCredential rich = NewCredential.builder(
                        text("i".repeat(NewCredential.MAX_ID_BYTES)), new byte[NewCredential.MAX_KEY_BYTES])
                .aaguid(UUID.fromString("ee882879-721c-4913-9775-3dfcce97072a"))
                .strength(FactorClass.HARDWARE_BOUND)
                .transports(List.of("usb", "nfc", "x-unknown"))
                .signCount(MAX_COUNT - 1)
                .userVerified(true)
                .build();
        WebAuthnCredential hard = WebAuthnCredential.of(ALICE, plain.userHandle(), rich, T0.plusMillis(1))
                .withLabel("work key \u4e2d ' \ud83d\udd11")
                .usedAt(MAX_COUNT, true, false, T0.plusMillis(2));
        WebAuthnCredential synced = WebAuthnCredential.of(
                        ALICE,
                        plain.userHandle(),
                        made("synced").backup(true, false).build(),
                        T0.plusMillis(3))
                .withLabel("phone")
                .usedAt(0, false, true, T0.plusMillis(4));

        for (WebAuthnCredential each : List.of(plain, hard, synced)) {
            assertThat(add(repository, each)).isEqualTo(Addition.ADDED);
            assertThat(repository.find(each.id())).contains(each);
        }
        assertThat(repository.ofAccount(ALICE)).containsExactly(plain, hard, synced);
        assertThat(repository.ofAccount(BOB)).isEmpty();
        assertThat(events.events()).containsExactly(ADDED, ADDED, ADDED);
    }

    @Test
    void ofAccount_severalCredentials_areOldestFirstThenById() {
        WebAuthnRepository repository = create(events);
        add(
                repository,
                WebAuthnCredential.of(BOB, text("handle of bob"), made("a").build(), T0.plusSeconds(1))
                        .withLabel("late"));
        add(repository, credential(BOB, "c"));
        add(repository, credential(BOB, "b"));

        assertThat(repository.ofAccount(BOB))
                .extracting(WebAuthnCredential::id)
                .containsExactly(text("b"), text("c"), text("a"));
    }

    @Test
    void find_idThatDiffersInCase_isAnotherCredential() {
        WebAuthnRepository repository = create(events);
        String id = text("zz");
        add(repository, credential(BOB, "zz"));
        assertThat(id).isEqualTo("eno");

        assertThat(repository.find("eno")).isPresent();
        assertThat(repository.find("ENo")).isEmpty();
        assertThat(repository.find("")).isEmpty();
        assertThat(repository.ofAccount("Bob")).isEmpty();
        assertThat(repository.ofAccount("bob ")).isEmpty();
    }

    @Test
    void add_atAnotherVersionThanTheAccountHas_isAConflict() {
        WebAuthnRepository repository = create(events);
        add(repository, credential(BOB, "x"));

        for (long other : new long[] {0, 2, -1, Long.MAX_VALUE}) {
            assertThat(repository.add(credential(BOB, "y"), other, ADDED)).isEqualTo(Addition.CONFLICT);
        }
        assertThat(repository.ofAccount(BOB)).hasSize(1);
        assertThat(version(BOB)).isEqualTo(1);
        assertThat(events.events()).hasSize(1);
    }

    @Test
    void add_afterAChangeThatOnlyTheHostKnowsOf_isAConflict() {
        WebAuthnRepository repository = create(events);
        versions().advance(BOB);

        assertThat(repository.add(credential(BOB, "x"), 0, ADDED)).isEqualTo(Addition.CONFLICT);
        assertThat(repository.add(credential(BOB, "x"), 1, ADDED)).isEqualTo(Addition.ADDED);
        assertThat(version(BOB)).isEqualTo(2);
    }

    @Test
    void add_idThatAnAccountHas_isInUse() {
        WebAuthnRepository repository = create(events);
        add(repository, credential(BOB, "x"));

        assertThat(add(repository, credential(ALICE, "x"))).isEqualTo(Addition.ID_IN_USE);
        assertThat(add(repository, credential(BOB, made("x").build(), "other"))).isEqualTo(Addition.ID_IN_USE);
        assertThat(repository.ofAccount(ALICE)).isEmpty();
        assertThat(repository.find(text("x")).orElseThrow().account()).isEqualTo(BOB);
        assertThat(version(ALICE)).isZero();
        assertThat(version(BOB)).isEqualTo(1);
        assertThat(events.events()).hasSize(1);
    }

    @Test
    void add_labelThatTheAccountHas_isInUse() {
        WebAuthnRepository repository = create(events);
        add(repository, credential(BOB, "x"));

        assertThat(add(repository, credential(BOB, made("y").build(), "x"))).isEqualTo(Addition.LABEL_IN_USE);
        assertThat(add(repository, credential(BOB, made("y").build(), "X"))).isEqualTo(Addition.ADDED);
        assertThat(add(repository, credential(ALICE, made("z").build(), "x"))).isEqualTo(Addition.ADDED);
        assertThat(version(BOB)).isEqualTo(2);
    }

    @Test
    void add_ofAnotherUserHandle_isAConflict() {
        WebAuthnRepository repository = create(events);
        add(repository, credential(BOB, "x"));
        WebAuthnCredential other = WebAuthnCredential.of(
                        BOB, text("another"), made("y").build(), T0)
                .withLabel("y");

        assertThat(add(repository, other)).isEqualTo(Addition.CONFLICT);
        assertThat(repository.ofAccount(BOB)).hasSize(1);
        repository.remove(BOB, text("x"), version(BOB), REMOVED);
        assertThat(add(repository, other)).isEqualTo(Addition.ADDED);
    }

    @Test
    void add_oneMoreThanAnAccountMayHave_isTooMany() {
        WebAuthnRepository repository = create(events);
        for (int i = 0; i < WebAuthnRepository.MAX_CREDENTIALS; i++) {
            assertThat(add(repository, credential(BOB, "k" + i))).isEqualTo(Addition.ADDED);
        }

        assertThat(add(repository, credential(BOB, "more"))).isEqualTo(Addition.TOO_MANY);
        assertThat(version(BOB)).isEqualTo(WebAuthnRepository.MAX_CREDENTIALS);
        repository.remove(BOB, text("k0"), version(BOB), REMOVED);
        assertThat(add(repository, credential(BOB, "more"))).isEqualTo(Addition.ADDED);
    }

    @Test
    void remove_aCredential_removesItOnceForItsOwnerAtItsVersion() {
        WebAuthnRepository repository = create(events);
        add(repository, credential(BOB, "x"));

        assertThat(repository.remove(ALICE, text("x"), 0, REMOVED)).isEqualTo(Removal.NOT_FOUND);
        assertThat(repository.remove(BOB, text("y"), 1, REMOVED)).isEqualTo(Removal.NOT_FOUND);
        assertThat(repository.remove(BOB, text("x"), 0, REMOVED)).isEqualTo(Removal.CONFLICT);
        assertThat(repository.remove(BOB, text("x"), 2, REMOVED)).isEqualTo(Removal.CONFLICT);
        assertThat(repository.ofAccount(BOB)).hasSize(1);
        assertThat(repository.remove(BOB, text("x"), 1, REMOVED)).isEqualTo(Removal.REMOVED);
        assertThat(repository.remove(BOB, text("x"), 2, REMOVED)).isEqualTo(Removal.NOT_FOUND);
        assertThat(repository.ofAccount(BOB)).isEmpty();
        assertThat(repository.find(text("x"))).isEmpty();
        assertThat(version(BOB)).isEqualTo(2);
        assertThat(version(ALICE)).isZero();
        assertThat(events.events()).containsExactly(ADDED, REMOVED);
    }

    @Test
    void relabel_aCredential_changesTheLabelOnly() {
        WebAuthnRepository repository = create(events);
        WebAuthnCredential before = credential(BOB, "x").usedAt(5, true, false, T0);
        add(repository, before);
        add(repository, credential(BOB, "y"));

        assertThat(repository.relabel(BOB, text("x"), "tablet \u00e9", CHANGED)).isEqualTo(Relabelling.DONE);
        assertThat(repository.relabel(BOB, text("x"), "tablet \u00e9", CHANGED)).isEqualTo(Relabelling.DONE);
        assertThat(repository.relabel(BOB, text("x"), "y", CHANGED)).isEqualTo(Relabelling.LABEL_IN_USE);
        assertThat(repository.relabel(ALICE, text("x"), "mine", CHANGED)).isEqualTo(Relabelling.NOT_FOUND);
        assertThat(repository.relabel(BOB, text("z"), "none", CHANGED)).isEqualTo(Relabelling.NOT_FOUND);
        assertThatIllegalArgumentException().isThrownBy(() -> repository.relabel(BOB, text("x"), "a\nb", CHANGED));
        assertThat(stored(repository, "x")).isEqualTo(before.withLabel("tablet \u00e9"));
        assertThat(version(BOB)).isEqualTo(2);
        assertThat(events.events()).containsExactly(ADDED, ADDED, CHANGED, CHANGED);
    }

    @Test
    void use_withTheCounterThatWasRead_writesItAndTheRest() {
        WebAuthnRepository repository = create(events);
        WebAuthnCredential before =
                credential(BOB, made("x").signCount(4).backup(true, false).build(), "x");
        add(repository, before);

        assertThat(repository.use(BOB, before.id(), 4, 5, true, T0.plusSeconds(1)))
                .isEqualTo(Use.USED);
        assertThat(stored(repository, "x")).isEqualTo(before.usedAt(5, false, true, T0.plusSeconds(1)));
        assertThat(repository.use(BOB, before.id(), 5, MAX_COUNT, false, T0.plusSeconds(2)))
                .isEqualTo(Use.USED);
        assertThat(stored(repository, "x")).isEqualTo(before.usedAt(MAX_COUNT, false, false, T0.plusSeconds(2)));
        assertThat(version(BOB)).as("using a factor changes nothing").isEqualTo(1);
        assertThat(events.events()).hasSize(1);
    }

    @Test
    void use_withAnotherCounter_isAConflictAndWritesNothing() {
        WebAuthnRepository repository = create(events);
        WebAuthnCredential before = credential(BOB, made("x").signCount(4).build(), "x");
        add(repository, before);

        for (long other : new long[] {0, 3, 5, 4 + (1L << 32), -1}) {
            assertThat(repository.use(BOB, before.id(), other, 5, false, T0)).isEqualTo(Use.CONFLICT);
        }
        assertThat(stored(repository, "x")).isEqualTo(before);
    }

    @Test
    void use_ofAnAuthenticatorThatDoesNotCount_isPossibleAgain() {
        WebAuthnRepository repository = create(events);
        add(repository, credential(BOB, "x"));

        assertThat(repository.use(BOB, text("x"), 0, 0, false, T0)).isEqualTo(Use.USED);
        assertThat(repository.use(BOB, text("x"), 0, 0, false, T0)).isEqualTo(Use.USED);
        assertThat(stored(repository, "x").lastUsedAt()).contains(T0);
    }

    @Test
    void use_ofAnotherAccountOrCredential_isNotFoundAndWritesNothing() {
        WebAuthnRepository repository = create(events);
        add(repository, credential(BOB, "x"));
        add(repository, credential(BOB, "y"));

        assertThat(repository.use(ALICE, text("x"), 0, 7, false, T0)).isEqualTo(Use.NOT_FOUND);
        assertThat(repository.use(BOB, text("z"), 0, 7, false, T0)).isEqualTo(Use.NOT_FOUND);
        assertThat(repository.use(BOB, text("x"), 0, 7, false, T0)).isEqualTo(Use.USED);
        assertThat(stored(repository, "y")).isEqualTo(credential(BOB, "y"));
    }

    @Test
    void use_outOfBounds_isAMistake() {
        WebAuthnRepository repository = create(events);
        add(repository, credential(BOB, "x"));

        for (long count : new long[] {-1, MAX_COUNT + 1}) {
            assertThatIllegalArgumentException().isThrownBy(() -> repository.use(BOB, text("x"), 0, count, false, T0));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> repository.use(BOB, text("x"), 0, 1, true, T0));
        assertThat(stored(repository, "x")).isEqualTo(credential(BOB, "x"));
    }
}
