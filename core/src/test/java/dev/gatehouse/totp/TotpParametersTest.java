package dev.gatehouse.totp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TotpParametersTest {
    @Test
    void standard_always_isWhatEveryAppDoes() {
        TotpParameters standard = TotpParameters.standard();

        assertThat(standard.algorithm()).isEqualTo(TotpParameters.Algorithm.SHA1);
        assertThat(standard.digits()).isEqualTo(6);
        assertThat(standard.period()).isEqualTo(Duration.ofSeconds(30));
        assertThat(standard.secretBytes()).isEqualTo(20);
        assertThat(standard).hasToString("SHA1, 6 digits, 30 s");
    }

    @Test
    void with_othersThanTheStandard_areKeptApart() {
        TotpParameters other = TotpParameters.standard()
                .withAlgorithm(TotpParameters.Algorithm.SHA256)
                .withDigits(8)
                .withPeriod(Duration.ofSeconds(60));

        assertThat(other)
                .isEqualTo(TotpParameters.standard()
                        .withPeriod(Duration.ofSeconds(60))
                        .withDigits(8)
                        .withAlgorithm(TotpParameters.Algorithm.SHA256))
                .isNotEqualTo(TotpParameters.standard())
                .isNotEqualTo(other.withDigits(7))
                .isNotEqualTo(other.withPeriod(Duration.ofSeconds(61)))
                .isNotEqualTo(other.withAlgorithm(TotpParameters.Algorithm.SHA512));
        assertThat(other.modulus()).isEqualTo(100_000_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -6, 0, 5, 9, 11, Integer.MAX_VALUE})
    void withDigits_outOfBounds_isRefused(int digits) {
        assertThatThrownBy(() -> TotpParameters.standard().withDigits(digits))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PT0.001S",
                "PT0S",
                "PT-30S",
                "PT14S",
                "PT14.999S",
                "PT30.5S",
                "PT121S",
                "P30D",
                "PT30.000000001S"
            })
    void withPeriod_outOfBoundsOrNotWhole_isRefused(String period) {
        assertThatThrownBy(() -> TotpParameters.standard().withPeriod(Duration.parse(period)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT15S", "PT30S", "PT60S", "PT120S"})
    void withPeriod_atTheBounds_isKept(String period) {
        assertThat(TotpParameters.standard().withPeriod(Duration.parse(period)).period())
                .isEqualTo(Duration.parse(period));
    }
}
