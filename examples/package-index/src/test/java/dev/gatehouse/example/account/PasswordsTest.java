package dev.gatehouse.example.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.secret.Argon2Gate;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class PasswordsTest {
    private final Passwords passwords = new Passwords(new SecureRandom(), Argon2Gate.of(1));

    @Test
    void hash_always_isArgon2idWithASaltOfItsOwn() {
        String one = passwords.hash("correct horse battery");
        String other = passwords.hash("correct horse battery");

        assertThat(one).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").isNotEqualTo(other);
        assertThat(passwords.matches("correct horse battery", one)).isTrue();
        assertThat(passwords.matches("correct horse batterz", one)).isFalse();
    }

    @Test
    void matches_sameTextInAnotherUnicodeForm_isTheSamePassword() {
        assertThat(passwords.matches("pa\u0301ssword long", passwords.hash("p\u00e1ssword long")))
                .isTrue();
    }

    @Test
    void matches_hashOfAnotherKindOrDamaged_isFalse() {
        String hash = passwords.hash("correct horse battery");

        assertThat(passwords.matches("correct horse battery", hash.replace("t=2", "t=1")))
                .isFalse();
        assertThat(passwords.matches("", "")).isFalse();
        assertThat(passwords.matches("x".repeat(201), hash)).isFalse();
    }

    @Test
    void matchesNobody_whateverThePassword_isFalse() {
        assertThat(passwords.matchesNobody("correct horse battery")).isFalse();
    }

    @Test
    void hash_whenEveryPlaceIsTaken_isRefusedAtOnce() {
        Argon2Gate gate = Argon2Gate.of(1);
        Passwords over = new Passwords(new SecureRandom(), gate);

        assertThatThrownBy(() -> gate.run(() -> over.hash("correct horse battery")))
                .isInstanceOf(Passwords.BusyException.class);
    }
}
