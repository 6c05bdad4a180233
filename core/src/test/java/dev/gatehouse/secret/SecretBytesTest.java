package dev.gatehouse.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class SecretBytesTest {
    @Test
    void copyOf_whenTheCallerChangesItsArray_keepsTheBytes() {
        byte[] mine = {1, 2, 3};
        SecretBytes secret = SecretBytes.copyOf(mine);
        mine[0] = 9;

        assertThat(secret.toByteArray()).containsExactly(1, 2, 3);
    }

    @Test
    void toByteArray_whenTheCallerChangesIt_keepsTheBytes() {
        SecretBytes secret = SecretBytes.copyOf(new byte[] {1, 2, 3});
        secret.toByteArray()[0] = 9;

        assertThat(secret.toByteArray()).containsExactly(1, 2, 3);
    }

    @Test
    void equals_sameAndOtherBytes_comparesContent() {
        SecretBytes secret = SecretBytes.copyOf(new byte[] {1, 2, 3});

        assertThat(secret).isEqualTo(SecretBytes.copyOf(new byte[] {1, 2, 3})).hasSameHashCodeAs(new byte[3].length);
        assertThat(secret)
                .isNotEqualTo(SecretBytes.copyOf(new byte[] {1, 2, 4}))
                .isNotEqualTo(SecretBytes.copyOf(new byte[] {1, 2}))
                .isNotEqualTo("1");
    }

    @Test
    void toString_ofASecret_showsItsSizeOnly() {
        String text =
                SecretBytes.copyOf("hunter2".getBytes(StandardCharsets.UTF_8)).toString();

        assertThat(text).isEqualTo("SecretBytes[7 bytes]");
    }

    @Test
    void random_sizeOutOfBounds_isRefused() {
        SecureRandom random = new SecureRandom();

        assertThat(SecretBytes.random(1024, random).size()).isEqualTo(1024);
        assertThatThrownBy(() -> SecretBytes.random(0, random)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SecretBytes.random(1025, random)).isInstanceOf(IllegalArgumentException.class);
    }
}
