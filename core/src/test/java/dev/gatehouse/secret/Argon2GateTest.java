package dev.gatehouse.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.secret.Argon2Gate.Full;
import dev.gatehouse.secret.Argon2Gate.Passage;
import dev.gatehouse.secret.Argon2Gate.Passed;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Argon2GateTest {
    private static final SecretBytes SALT = ascii("somesalt");
    private static final Argon2Cost CHEAP = new Argon2Cost(8, 1, 1);

    private final Argon2Gate gate = Argon2Gate.of(1);

    private static SecretBytes ascii(String text) {
        return SecretBytes.copyOf(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static <T> T passed(Passage<T> passage) {
        return passage.fold(Passed::value, full -> {
            throw new AssertionError("the gate is full");
        });
    }

    /** From the reference implementation, phc-winner-argon2, {@code src/test.c}, Argon2id of version 0x13. */
    @ParameterizedTest
    @CsvSource({
        "65536, 2, 1, password, somesalt, 09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7",
        "256, 2, 1, password, somesalt, 9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe",
        "256, 2, 2, password, somesalt, 6d093c501fd5999645e0ea3bf620d7b8be7fd2db59c20d9fff9539da2bf57037",
        "65536, 1, 1, password, somesalt, f6a5adc1ba723dddef9b5ac1d464e180fcd9dffc9d1cbf76cca2fed795d9ca98",
        "65536, 2, 1, differentpassword, somesalt, 0b84d652cf6b0c4beaef0dfe278ba6a80df6696281d7e0d2891b817d8c458fde",
        "65536, 2, 1, password, diffsalt, bdf32b05ccc42eb15d58fd19b1f856b113da1e9a5874fdcc544308565aa8141c"
    })
    void hash_ofTheReferencesInputs_isTheReferences(
            int kibibytes, int passes, int lanes, String password, String salt, String hash) {
        Argon2Cost cost = new Argon2Cost(kibibytes, passes, lanes);

        assertThat(HexFormat.of()
                        .formatHex(passed(gate.hash(ascii(password), ascii(salt), cost))
                                .toByteArray()))
                .isEqualTo(hash);
    }

    @Test
    void hashAll_ofSeveral_isEachHashInOrder() {
        List<SecretBytes> all = passed(gate.hashAll(List.of(ascii("a"), ascii("b")), SALT, CHEAP));

        assertThat(all)
                .containsExactly(
                        passed(gate.hash(ascii("a"), SALT, CHEAP)), passed(gate.hash(ascii("b"), SALT, CHEAP)));
    }

    @Test
    void anyWork_whileEveryPlaceIsTaken_isNotDone() {
        boolean[] isDone = {false};

        Passage<List<Passage<?>>> outer = gate.run(() -> List.of(
                gate.hash(ascii("a"), SALT, CHEAP),
                gate.hashAll(List.of(ascii("a")), SALT, CHEAP),
                gate.run(() -> isDone[0] = true)));

        assertThat(passed(outer)).allMatch(each -> each.equals(new Full<>(Argon2Gate.RETRY_AFTER)));
        assertThat(isDone[0]).isFalse();
        assertThat(Argon2Gate.RETRY_AFTER).isPositive();
    }

    @Test
    void run_withSeveralPlaces_letsExactlyThatManyIn() {
        Argon2Gate three = Argon2Gate.of(3);

        assertThat(depth(three)).isEqualTo(3);
        assertThat(depth(three)).isEqualTo(3);
    }

    private static int depth(Argon2Gate gate) {
        return gate.run(() -> 1 + depth(gate)).fold(Passed::value, full -> 0);
    }

    @Test
    void run_workThatThrows_givesItsPlaceBack() {
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> gate.run(() -> {
                        throw new IllegalStateException("broken");
                    }))
                    .hasMessage("broken");
        }
        assertThat(gate.run(() -> 1)).isEqualTo(new Passed<>(1));
    }

    @Test
    void arguments_outOfBounds_areRefused() {
        for (int places : new int[] {0, -1, 257}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Argon2Gate.of(places))
                    .withMessageStartingWith("places:");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> gate.hash(ascii("a"), ascii("1234567"), CHEAP))
                .withMessageStartingWith("salt:");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> gate.hashAll(List.of(), ascii("1234567"), CHEAP))
                .withMessageStartingWith("salt:");
        assertThat(gate.run(() -> 1)).isEqualTo(new Passed<>(1));
    }

    @ParameterizedTest
    @CsvSource({
        "7, 1, 1, kibibytes",
        "15, 1, 2, kibibytes",
        "262145, 1, 1, kibibytes",
        "64, 0, 1, passes",
        "64, 65, 1, passes",
        "64, 1, 0, lanes",
        "1024, 1, 17, lanes"
    })
    void cost_outOfBounds_isRefused(int kibibytes, int passes, int lanes, String named) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Argon2Cost(kibibytes, passes, lanes))
                .withMessageStartingWith(named + ":");
        assertThat(new Argon2Cost(262_144, 64, 16).lanes()).isEqualTo(16);
        assertThat(new Argon2Cost(8, 1, 1).kibibytes()).isEqualTo(8);
    }

    @Test
    void toString_ofAPassage_doesNotShowTheValue() {
        assertThat(new Passed<>("deadbeef").toString()).doesNotContain("deadbeef");
    }
}
