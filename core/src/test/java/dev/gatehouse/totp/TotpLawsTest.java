package dev.gatehouse.totp;

import static org.assertj.core.api.Assertions.assertThat;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import dev.gatehouse.secret.SecretBytes;
import java.security.InvalidKeyException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import javax.crypto.spec.SecretKeySpec;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class TotpLawsTest {
    /** The library java-otp is an independent second opinion. */
    @Property(tries = 2000)
    void codeAt_anySecretTimeAndParameters_agreesWithJavaOtp(
            @ForAll @Size(min = 10, max = 128) byte[] bytes,
            @ForAll @LongRange(min = 0, max = 253402300799L) long second,
            @ForAll TotpParameters.Algorithm algorithm,
            @ForAll @IntRange(min = 6, max = 8) int digits,
            @ForAll @IntRange(min = 15, max = 120) int period)
            throws InvalidKeyException {
        TotpParameters parameters = TotpParameters.standard()
                .withAlgorithm(algorithm)
                .withDigits(digits)
                .withPeriod(Duration.ofSeconds(period));
        String theirs = new TimeBasedOneTimePasswordGenerator(
                        Duration.ofSeconds(period),
                        digits,
                        "HmacSHA" + algorithm.name().substring(3))
                .generateOneTimePasswordString(
                        new SecretKeySpec(bytes, "RAW"), Instant.ofEpochSecond(second), Locale.ROOT);

        assertThat(Totp.codeAt(TotpSecret.of(SecretBytes.copyOf(bytes)), parameters, Instant.ofEpochSecond(second)))
                .isEqualTo(theirs);
    }

    @Property(tries = 1000)
    void base32_anySecret_comesBackFromItsText(@ForAll @Size(min = 10, max = 128) byte[] bytes) {
        TotpSecret secret = TotpSecret.of(SecretBytes.copyOf(bytes));

        assertThat(TotpSecret.fromBase32(secret.base32())).isEqualTo(secret);
        assertThat(TotpSecret.fromBase32(secret.base32InGroups().toLowerCase(Locale.ROOT)))
                .isEqualTo(secret);
    }

    @Property(tries = 500)
    void fromBase32_anyTextAtAll_isReadOrRefusedAndNothingElse(@ForAll String text) {
        try {
            TotpSecret.fromBase32(text);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasNoCause();
        }
    }

    @Property(tries = 500)
    void verify_anyTextThatIsNotTheCode_isNeverVerified(@ForAll String text) {
        Desk desk = Desk.withRfcSecret();
        List<String> right = List.of(desk.codeAtOffset(-1), desk.codeAtOffset(0), desk.codeAtOffset(1));

        assertThat(desk.outcome(text))
                .isNotEqualTo(right.contains(WhiteSpace.removedFrom(text)) ? "INVALID" : "VERIFIED");
    }

    /** However codes come in and the clock moves, the accepted steps strictly grow. */
    @Property(tries = 300)
    void verify_anySequence_acceptsStrictlyGrowingSteps(
            @ForAll @Size(min = 2, max = 12) List<@IntRange(min = -40, max = 40) Integer> moves,
            @ForAll @Size(min = 2, max = 12) List<@IntRange(min = -2, max = 2) Integer> offsets) {
        Desk desk = Desk.withRfcSecret();
        long last = Long.MIN_VALUE;
        for (int i = 0; i < Math.min(moves.size(), offsets.size()); i++) {
            desk.advance(moves.get(i));
            long step = TotpParameters.standard().stepAt(desk.now()) + offsets.get(i);
            String outcome = desk.outcome(desk.codeAtOffset(offsets.get(i)));

            boolean near = Math.abs(offsets.get(i)) <= 1;
            assertThat(outcome.equals("VERIFIED")).isEqualTo(near && step > last);
            if (outcome.equals("VERIFIED")) {
                last = step;
            }
        }
    }

    /** One pass over three steps gives what three comparisons of texts give. */
    @Property(tries = 1000)
    void matches_anySecretAndCode_agreesWithThePlainComparison(
            @ForAll @Size(min = 10, max = 64) byte[] bytes,
            @ForAll long first,
            @ForAll @IntRange(min = 0, max = 999_999) int random,
            @ForAll @IntRange(min = -1, max = 2) int which) {
        TotpSecret secret = TotpSecret.of(SecretBytes.copyOf(bytes));
        TotpParameters parameters = TotpParameters.standard();
        int given = which < 0 ? random : Integer.parseInt(Totp.code(secret, parameters, first + which));
        int expected = 0;
        for (int i = 0; i < 3; i++) {
            if (Integer.parseInt(Totp.code(secret, parameters, first + i)) == given) {
                expected |= 1 << i;
            }
        }

        assertThat(Totp.matches(Totp.mac(secret, parameters.algorithm()), first, 3, 1_000_000, given))
                .isEqualTo(expected);
    }
}
