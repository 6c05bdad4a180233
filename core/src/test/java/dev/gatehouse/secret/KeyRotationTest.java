package dev.gatehouse.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The rotation of sealing keys, from the second key to the end of the first. */
class KeyRotationTest {
    private static final SecretBytes KEY_A = key(1);
    private static final SecretBytes KEY_B = key(2);
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2024-01-01T00:00:00Z"));

    private final Rows rows = new Rows();

    private static SecretBytes key(int fill) {
        byte[] bytes = new byte[KeyRing.KEY_BYTES];
        Arrays.fill(bytes, (byte) fill);
        return SecretBytes.copyOf(bytes);
    }

    private KeyRotation rotation(KeyRing ring) {
        return new KeyRotation(new Sealer(ring), List.of(rows), CLOCK);
    }

    @Test
    void rotation_wholeStory_neverLosesAValue() {
        KeyRing first = KeyRing.sealingWith("a", KEY_A).build();
        rows.fill(new Sealer(first), 450);

        KeyRing announced = KeyRing.sealingWith("a", KEY_A).opening("b", KEY_B).build();
        KeyRing swapped = KeyRing.sealingWith("b", KEY_B).opening("a", KEY_A).build();
        rows.put(new Sealer(swapped), "new-1");
        rows.assertAllOpenWith(new Sealer(announced));
        rows.assertAllOpenWith(new Sealer(swapped));

        List<KeyRotation.Progress> seen = new ArrayList<>();
        List<KeyRotation.Progress> done = rotation(swapped).reseal(seen::add);

        assertThat(seen).extracting(KeyRotation.Progress::remaining).containsExactly(250L, 50L, 0L, 0L);
        assertThat(done).containsExactly(new KeyRotation.Progress("totp", 450, 0, 0));
        KeyRing last = KeyRing.sealingWith("b", KEY_B).retired("a").build();
        rows.assertAllOpenWith(new Sealer(last));
        assertThatCode(() -> rotation(last).checkAtStart()).doesNotThrowAnyException();
    }

    @Test
    void checkAtStart_retiredKeyStillInUse_stopsWithTheCount() {
        rows.fill(new Sealer(KeyRing.sealingWith("a", KEY_A).build()), 3);
        rows.put(new Sealer(KeyRing.sealingWith("b", KEY_B).build()), "new-1");
        KeyRing tooEarly = KeyRing.sealingWith("b", KEY_B).retired("a").build();

        KeyStillNeededException e = catchThrowableOfType(
                KeyStillNeededException.class, () -> rotation(tooEarly).checkAtStart());

        assertThat(e.rows()).isEqualTo(Map.of("a", 3L));
        assertThat(e).hasMessageContaining("{a=3}");
    }

    @Test
    void checkAtStart_keyThatTheRingNeverHad_stopsToo() {
        rows.fill(new Sealer(KeyRing.sealingWith("a", KEY_A).build()), 2);

        assertThatThrownBy(
                        () -> rotation(KeyRing.sealingWith("b", KEY_B).build()).checkAtStart())
                .isInstanceOf(KeyStillNeededException.class);
    }

    @Test
    void checkAtStart_severalStores_addsTheirRows() {
        rows.fill(new Sealer(KeyRing.sealingWith("a", KEY_A).build()), 2);
        Rows others = new Rows();
        others.fill(new Sealer(KeyRing.sealingWith("a", KEY_A).build()), 5);
        KeyRotation rotation = new KeyRotation(
                new Sealer(KeyRing.sealingWith("b", KEY_B).retired("a").build()), List.of(rows, others), CLOCK);

        assertThat(catchThrowableOfType(KeyStillNeededException.class, rotation::checkAtStart)
                        .rows())
                .isEqualTo(Map.of("a", 7L));
    }

    @Test
    void reseal_again_findsNothingLeft() {
        rows.fill(new Sealer(KeyRing.sealingWith("a", KEY_A).build()), 5);
        KeyRing swapped = KeyRing.sealingWith("b", KEY_B).opening("a", KEY_A).build();
        rotation(swapped).reseal(progress -> {});

        assertThat(rotation(swapped).reseal(progress -> {})).containsExactly(new KeyRotation.Progress("totp", 0, 0, 0));
    }

    @Test
    void reseal_rowsThatDoNotOpen_areLeftAndCounted() {
        rows.fill(new Sealer(KeyRing.sealingWith("a", KEY_A).build()), 250);
        rows.swap("row-0003", "row-0004");
        KeyRing swapped = KeyRing.sealingWith("b", KEY_B).opening("a", KEY_A).build();

        assertThat(rotation(swapped).reseal(progress -> {}))
                .containsExactly(new KeyRotation.Progress("totp", 248, 2, 2));
        assertThat(rotation(swapped).rowsByKey()).isEqualTo(Map.of("a", 2L, "b", 248L));
    }

    @Test
    void reseal_rowChangedMeanwhile_keepsTheChange() {
        Sealer old = new Sealer(KeyRing.sealingWith("a", KEY_A).build());
        rows.fill(old, 3);
        Sealer swapped =
                new Sealer(KeyRing.sealingWith("b", KEY_B).opening("a", KEY_A).build());
        rows.beforeReplace = () -> rows.put(old, "row-0001");

        List<KeyRotation.Progress> done = new KeyRotation(swapped, List.of(rows), CLOCK).reseal(progress -> {});

        assertThat(done).containsExactly(new KeyRotation.Progress("totp", 2, 0, 1));
        rows.assertAllOpenWith(swapped);
    }

    @Test
    void ring_badKeysAndIds_areRefusedAtOnce() {
        SecretBytes half = SecretBytes.copyOf(new byte[16]);

        assertThatThrownBy(() -> KeyRing.sealingWith("a", half)).hasMessageStartingWith("key:");
        assertThatThrownBy(() -> KeyRing.sealingWith("a.b", KEY_A)).hasMessageStartingWith("id:");
        assertThatThrownBy(() -> KeyRing.sealingWith("", KEY_A)).hasMessageStartingWith("id:");
        assertThatThrownBy(() -> KeyRing.sealingWith("a", KEY_A).opening("a", KEY_B))
                .hasMessageStartingWith("id:");
        assertThatThrownBy(() -> KeyRing.sealingWith("a", KEY_A).retired("a")).hasMessageStartingWith("id:");
        assertThatThrownBy(() -> KeyRing.sealingWith("a", KEY_A).retired("b").opening("b", KEY_B))
                .hasMessageStartingWith("id:");
        assertThatThrownBy(() -> KeyRing.sealingWith("a", KEY_A).opening("b", KEY_A))
                .hasMessageStartingWith("key:");
    }

    /** A store of a few rows, sorted by id. */
    private static final class Rows implements Resealable {
        private final TreeMap<String, SealedSecret> values = new TreeMap<>();
        Runnable beforeReplace = () -> {};

        void fill(Sealer sealer, int count) {
            for (int i = 0; i < count; i++) {
                put(sealer, String.format(java.util.Locale.ROOT, "row-%04d", i));
            }
        }

        void put(Sealer sealer, String id) {
            values.put(id, sealer.seal(secretOf(id), place(id)));
        }

        void swap(String one, String other) {
            SealedSecret kept = values.get(one);
            values.put(one, values.get(other));
            values.put(other, kept);
        }

        void assertAllOpenWith(Sealer sealer) {
            values.forEach(
                    (id, value) -> assertThat(sealer.open(value, place(id))).isEqualTo(secretOf(id)));
        }

        private static SealContext place(String id) {
            return new SealContext("totp", "owner-of-" + id, id);
        }

        private static SecretBytes secretOf(String id) {
            return SecretBytes.copyOf(id.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }

        @Override
        public String purpose() {
            return "totp";
        }

        @Override
        public Map<String, Long> sealedRowsByKey() {
            Map<String, Long> count = new TreeMap<>();
            values.values().forEach(value -> count.merge(value.keyId(), 1L, Long::sum));
            return count;
        }

        @Override
        public List<SealedRow> rowsNotSealedWith(String keyId, Optional<String> afterRowId, int limit) {
            return values.tailMap(afterRowId.orElse(""), false).entrySet().stream()
                    .filter(row -> !row.getValue().keyId().equals(keyId))
                    .limit(limit)
                    .map(row -> new SealedRow("owner-of-" + row.getKey(), row.getKey(), row.getValue()))
                    .toList();
        }

        @Override
        public int replaceSealed(List<Resealed> batch, Instant now) {
            beforeReplace.run();
            int replaced = 0;
            for (Resealed row : batch) {
                if (values.replace(row.before().rowId(), row.before().value(), row.after())) {
                    replaced++;
                }
            }
            return replaced;
        }
    }
}
