package dev.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Section 6 of the policy model; the hashes were made with Python's hashlib and hmac. */
class ShareTest {
    private static final Share PLAIN = new Share(null);
    private static final Share SALTED = new Share("salt".getBytes(StandardCharsets.UTF_8));

    @ParameterizedTest
    @CsvSource({
        "needs-2fa, acc-1, 89.5178, 89.5179",
        "needs-2fa, acc-2, 16.0312, 16.0313",
        "other, acc-1, 13.5411, 13.5412",
    })
    void isInside_ofTheFirstHalfOfSha256_beginsWithTheShareAboveIt(String rule, String account, String out, String in) {
        assertThat(PLAIN.isInside(part(rule, out), account)).isFalse();
        assertThat(PLAIN.isInside(part(rule, in), account)).isTrue();
        assertThat(PLAIN.isInside(part(rule, "1"), account)).isFalse();
        assertThat(PLAIN.isInside(part(rule, "99"), account)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "needs-2fa, acc-1, 44.0951, 44.0952",
        "needs-2fa, acc-2, 81.1115, 81.1116",
        "other, acc-1, 43.3224, 43.3225",
    })
    void isInside_withASecret_isOfHmac(String rule, String account, String out, String in) {
        assertThat(SALTED.isInside(part(rule, out), account)).isFalse();
        assertThat(SALTED.isInside(part(rule, in), account)).isTrue();
    }

    @Test
    void limit_ofAShare_isRoundedUp() {
        assertThat(Share.limit(new BigDecimal("1"))).isEqualTo(184_467_440_737_095_517L);
        assertThat(Share.limit(new BigDecimal("0.0001"))).isEqualTo(18_446_744_073_710L);
        assertThat(Share.limit(new BigDecimal("50"))).isEqualTo(Long.MIN_VALUE);
        assertThat(Share.limit(new BigDecimal("33.3333"))).isEqualTo(6_148_908_542_321_825_969L);
    }

    @Test
    void limit_ofAll_isNone() {
        assertThat(Share.limit(new BigDecimal("100"))).isNull();
    }

    @Property
    void isInside_ofABiggerShare_keepsEverybodyOfTheSmaller(
            @ForAll String account, @ForAll @IntRange(min = 1, max = 99) int percent) {
        if (PLAIN.isInside(part("r", String.valueOf(percent)), account)) {
            assertThat(PLAIN.isInside(part("r", String.valueOf(percent + 1)), account))
                    .isTrue();
        }
    }

    @Test
    void toString_withASecret_doesNotShowIt() {
        assertThat(SALTED.toString()).doesNotContain("115").isEqualTo("by id and a secret");
    }

    private static Share.Part part(String rule, String percent) {
        return Share.Part.of(rule, new BigDecimal(percent));
    }
}
