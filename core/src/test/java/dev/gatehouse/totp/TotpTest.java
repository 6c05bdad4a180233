package dev.gatehouse.totp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Codes after RFC 4226, appendix D, and RFC 6238, appendix B with its erratum 2866 (seeds as long as the hash). */
class TotpTest {
    private static final String SEED = "1234567890";

    private static TotpSecret seedFor(TotpParameters.Algorithm algorithm) {
        return Desk.secretOf(SEED.repeat(7).substring(0, algorithm.bytes()));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 755224",
        "1, 287082",
        "2, 359152",
        "3, 969429",
        "4, 338314",
        "5, 254676",
        "6, 287922",
        "7, 162583",
        "8, 399871",
        "9, 520489"
    })
    void code_rfc4226AppendixD_isTheRfcs(long counter, String code) {
        assertThat(Totp.code(Desk.RFC_SECRET, TotpParameters.standard(), counter))
                .isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({
        "59, SHA1, 94287082", "59, SHA256, 46119246", "59, SHA512, 90693936",
        "1111111109, SHA1, 07081804", "1111111109, SHA256, 68084774", "1111111109, SHA512, 25091201",
        "1111111111, SHA1, 14050471", "1111111111, SHA256, 67062674", "1111111111, SHA512, 99943326",
        "1234567890, SHA1, 89005924", "1234567890, SHA256, 91819424", "1234567890, SHA512, 93441116",
        "2000000000, SHA1, 69279037", "2000000000, SHA256, 90698825", "2000000000, SHA512, 38618901",
        "20000000000, SHA1, 65353130", "20000000000, SHA256, 77737706", "20000000000, SHA512, 47863826"
    })
    void codeAt_rfc6238AppendixB_isTheRfcs(long second, TotpParameters.Algorithm algorithm, String code) {
        TotpParameters parameters =
                TotpParameters.standard().withAlgorithm(algorithm).withDigits(8);

        assertThat(Totp.codeAt(seedFor(algorithm), parameters, Instant.ofEpochSecond(second)))
                .isEqualTo(code);
    }

    @Test
    void stepAt_edges_belongToTheStepThatBegins() {
        TotpParameters parameters = TotpParameters.standard();

        assertThat(parameters.stepAt(Instant.ofEpochSecond(30).minusNanos(1))).isZero();
        assertThat(parameters.stepAt(Instant.ofEpochSecond(30))).isEqualTo(1);
        assertThat(parameters.stepAt(Instant.EPOCH)).isZero();
    }

    @Test
    void stepAt_beforeTheEpoch_roundsDown() {
        TotpParameters parameters = TotpParameters.standard();

        assertThat(parameters.stepAt(Instant.EPOCH.minusNanos(1))).isEqualTo(-1);
        assertThat(parameters.stepAt(Instant.ofEpochSecond(-30))).isEqualTo(-1);
        assertThat(parameters.stepAt(Instant.ofEpochSecond(-31))).isEqualTo(-2);
    }

    @Test
    void verify_beforeTheEpoch_worksLikeAnyTime() {
        Desk desk = new Desk(Instant.ofEpochSecond(-15));
        desk.enrol("c1", Desk.RFC_SECRET, TotpParameters.standard());

        assertThat(Totp.codeAt(Desk.RFC_SECRET, TotpParameters.standard(), desk.now()))
                .isEqualTo(Totp.code(Desk.RFC_SECRET, TotpParameters.standard(), -1));
        assertThat(desk.outcome(desk.codeAtOffset(0))).isEqualTo("VERIFIED");
        assertThat(desk.outcome(desk.codeAtOffset(0))).isEqualTo("REPLAYED");
    }

    @Test
    void matches_eachStep_setsItsBitAlone() {
        TotpParameters parameters = TotpParameters.standard();
        for (int i = 0; i < 10; i++) {
            int code = Integer.parseInt(Totp.code(Desk.RFC_SECRET, parameters, i));

            assertThat(Totp.matches(Totp.mac(Desk.RFC_SECRET, parameters.algorithm()), 0, 10, 1_000_000, code))
                    .as("step %d", i)
                    .isEqualTo(1 << i);
        }
    }

    @Test
    void matches_codeThatTwoStepsHave_setsBothBits() {
        // With a modulus of 1 all codes are 0: every step has it.
        assertThat(Totp.matches(Totp.mac(Desk.RFC_SECRET, TotpParameters.Algorithm.SHA1), 5, 3, 1, 0))
                .isEqualTo(0b111);
    }
}
