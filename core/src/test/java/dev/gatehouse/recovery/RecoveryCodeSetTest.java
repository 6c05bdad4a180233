package dev.gatehouse.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.google.common.testing.EqualsTester;
import dev.gatehouse.secret.Argon2Cost;
import dev.gatehouse.secret.SecretBytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a stored set holds, in what bounds, and what makes two sets the same. */
class RecoveryCodeSetTest {
    private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");
    private static final Argon2Cost COST = new Argon2Cost(64, 1, 1);

    private static SecretBytes bytes(int count, int fill) {
        byte[] bytes = new byte[count];
        Arrays.fill(bytes, (byte) fill);
        return SecretBytes.copyOf(bytes);
    }

    private static List<SecretBytes> hashes() {
        List<SecretBytes> hashes = new ArrayList<>();
        for (int i = 0; i < RecoveryCodeSet.CODES; i++) {
            hashes.add(bytes(32, i));
        }
        return hashes;
    }

    private static RecoveryCodeSet set(String id, String account, SecretBytes salt, List<SecretBytes> hashes) {
        return RecoveryCodeSet.of(id, account, COST, salt, hashes, CREATED);
    }

    private static RecoveryCodeSet set() {
        return set("s1", "alice", bytes(16, 1), hashes());
    }

    private static void refuses(
            String parameter, String id, String account, SecretBytes salt, List<SecretBytes> hashes) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> set(id, account, salt, hashes))
                .withMessageStartingWith(parameter + ":");
    }

    @Test
    void equals_ofASet_comparesEveryPart() {
        List<SecretBytes> otherHashes = hashes();
        otherHashes.set(7, bytes(32, 9));

        new EqualsTester()
                .addEqualityGroup(set(), set())
                .addEqualityGroup(set("s2", "alice", bytes(16, 1), hashes()))
                .addEqualityGroup(set("s1", "bob", bytes(16, 1), hashes()))
                .addEqualityGroup(set("s1", "alice", bytes(16, 2), hashes()))
                .addEqualityGroup(set("s1", "alice", bytes(16, 1), otherHashes))
                .addEqualityGroup(
                        RecoveryCodeSet.of("s1", "alice", new Argon2Cost(64, 2, 1), bytes(16, 1), hashes(), CREATED))
                .addEqualityGroup(
                        RecoveryCodeSet.of("s1", "alice", COST, bytes(16, 1), hashes(), CREATED.plusSeconds(1)))
                .addEqualityGroup(set().used(0, CREATED), set().used(0, CREATED))
                .addEqualityGroup(set().used(1, CREATED))
                .addEqualityGroup(set().used(0, CREATED.plusSeconds(1)))
                .testEquals();
        assertThat(set()).doesNotHaveSameHashCodeAs(set("s2", "alice", bytes(16, 1), hashes()));
    }

    @Test
    void of_anythingOutOfBounds_isRefused() {
        SecretBytes salt = bytes(16, 1);
        List<SecretBytes> oneShort = hashes();
        oneShort.set(3, bytes(31, 3));

        assertThat(set("i".repeat(64), "a".repeat(255), salt, hashes()).account())
                .hasSize(255);
        for (String id : List.of("", "i".repeat(65), "a b", "a=")) {
            refuses("id", id, "alice", salt, hashes());
        }
        refuses("account", "s1", " ", salt, hashes());
        refuses("account", "s1", "a".repeat(256), salt, hashes());
        refuses("salt", "s1", "alice", bytes(15, 1), hashes());
        refuses("salt", "s1", "alice", bytes(17, 1), hashes());
        refuses("hashes", "s1", "alice", salt, hashes().subList(0, 7));
        refuses("hashes", "s1", "alice", salt, Collections.nCopies(9, bytes(32, 1)));
        refuses("hashes", "s1", "alice", salt, oneShort);
    }

    @Test
    void used_eachPlaceOnce_isCountedAndKeepsTheRest() {
        RecoveryCodeSet set = set();
        for (int place = 0; place < RecoveryCodeSet.CODES; place++) {
            assertThat(set.usedAt(place)).isEmpty();
            Instant at = CREATED.plusSeconds(place);
            set = set.used(place, at);
            assertThat(set.usedAt(place)).contains(at);
            assertThat(set.used()).isEqualTo(place + 1);
            assertThat(set).hasToString("RecoveryCodeSet[s1, " + (place + 1) + " of 8 used]");
            RecoveryCodeSet spent = set;
            int again = place;
            assertThatIllegalStateException().isThrownBy(() -> spent.used(again, at));
        }
        assertThat(set.id()).isEqualTo("s1");
        assertThat(set.cost()).isEqualTo(COST);
        assertThat(set.salt()).isEqualTo(bytes(16, 1));
        assertThat(set.hashes()).isEqualTo(hashes());
        assertThat(set.createdAt()).isEqualTo(CREATED);
        assertThat(set.status()).isEqualTo(new RecoveryCodeStatus(0, 8, Optional.of(CREATED)));
    }

    @Test
    void placeOf_eachHash_isItsPlace() {
        for (int place = 0; place < RecoveryCodeSet.CODES; place++) {
            assertThat(set().placeOf(bytes(32, place))).isEqualTo(place);
        }
        assertThat(set().placeOf(bytes(32, 8))).isEqualTo(-1);
    }
}
