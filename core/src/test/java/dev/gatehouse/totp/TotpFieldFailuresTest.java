package dev.gatehouse.totp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What went wrong elsewhere, O01 to O11, each with its public report. */
class TotpFieldFailuresTest {
    private final Desk desk = Desk.withRfcSecret();

    /** pypi/warehouse#7585: apps show the code in two groups. */
    @ParameterizedTest
    @ValueSource(strings = {"081 804", " 081804\n", "081\u00a0804", "1 2 3 4  5 6", "123 456"})
    void o01_codeWithWhiteSpace_isReadAsItsDigits(String code) {
        assertThat(CodeInput.read(code).orElseThrow().length()).isEqualTo(6);
        assertThat(desk.outcome(code)).isEqualTo(code.contains("8") ? "VERIFIED" : "INVALID");
    }

    /** pypi/warehouse#19480: a verdict that a caller could ignore. */
    @Test
    void o02_sameCodeTwiceAndAccountWithoutSecret_areRejections() {
        assertThat(desk.outcome("081804")).isEqualTo("VERIFIED");
        assertThat(desk.outcome("081804")).isEqualTo("REPLAYED");
        assertThat(new Desk(Desk.RFC_TIME).outcome("081804")).isEqualTo("NOT_ENROLLED");
    }

    /** keycloak/keycloak#13607: no memory of accepted codes. */
    @Test
    void o03_sameCodeFiveSecondsLater_isRejected() {
        assertThat(desk.outcome("081804")).isEqualTo("VERIFIED");
        desk.advance(5);
        assertThat(desk.outcome("081804")).isEqualTo("REPLAYED");
    }

    /** pypi/warehouse#18361, #14710: a clock that is a minute off must be told from a wrong code. */
    @Test
    void o04_deviceThreeStepsAhead_isClockSkewAndNotInvalid() {
        assertThat(desk.outcome(desk.codeAtOffset(3))).isEqualTo("CLOCK_SKEW");
        assertThat(desk.outcome("000000")).isEqualTo("INVALID");
    }

    /**
     * pypi/warehouse#18361: drift at the edge of a step. The server stands on the first or last second of a step; how far a device
     * may be off then depends on the side.
     */
    @ParameterizedTest
    @CsvSource({
        "0, 29, VERIFIED",
        "0, 30, VERIFIED",
        "0, 31, VERIFIED",
        "0, 59, VERIFIED",
        "0, 60, CLOCK_SKEW",
        "0, -1, VERIFIED",
        "0, -29, VERIFIED",
        "0, -30, VERIFIED",
        "0, -31, CLOCK_SKEW",
        "29, 1, VERIFIED",
        "29, 29, VERIFIED",
        "29, 30, VERIFIED",
        "29, 31, CLOCK_SKEW",
        "29, -29, VERIFIED",
        "29, -30, VERIFIED",
        "29, -31, VERIFIED",
        "29, -59, VERIFIED",
        "29, -60, CLOCK_SKEW"
    })
    void o04_driftAroundTheStepEdge_isAcceptedForOneStepEachSide(int second, int drift, String outcome) {
        desk.setSecond(30L * 56_000_000 + second);
        String shown = Totp.codeAt(
                Desk.RFC_SECRET, TotpParameters.standard(), desk.now().plusSeconds(drift));

        assertThat(desk.outcome(shown)).isEqualTo(outcome);
    }

    /** wstrange/GoogleAuth#37: codes compared as numbers. */
    @ParameterizedTest
    @ValueSource(strings = {"81804", "0081804", "+81804", " 81804", "-81804"})
    void o05_numberWithoutItsLeadingZero_isMalformed(String code) {
        assertThat(desk.outcome(code)).isEqualTo("MALFORMED");
        assertThat(desk.outcome("081804")).isEqualTo("VERIFIED");
    }

    /** aerogear-attic/aerogear-otp-java#7: zeros in front lost. */
    @Test
    void o06_codeWithTwoLeadingZeros_keepsThem() {
        TotpSecret secret = TotpSecret.fromBase32("R5MB5FAQNX5UIPWL");

        assertThat(Totp.code(secret, TotpParameters.standard(), 45187109)).isEqualTo("002941");
    }

    /** samdjstevens/java-totp 1.6.1: truncation at byte 19 instead of the last byte. */
    @ParameterizedTest
    @CsvSource({"SHA1, 082371", "SHA256, 272978", "SHA512, 325200"})
    void o07_longerHashes_areTruncatedAtTheirLastByte(TotpParameters.Algorithm algorithm, String code) {
        TotpSecret secret = TotpSecret.fromBase32("W3C5B3WKR4AUKFVWYU2WNMYB756OAKWY");
        TotpParameters parameters = TotpParameters.standard().withAlgorithm(algorithm);

        assertThat(Totp.codeAt(secret, parameters, Instant.ofEpochSecond(1567631536)))
                .isEqualTo(code);
    }

    /** google/google-authenticator-android#29: apps that ignore algorithm, digits and period. */
    @Test
    void o08_enrolmentWithoutAChoice_offersWhatEveryAppDoes() {
        PendingTotp pending = TotpEnrolment.builder(desk.repository, desk.sealer, desk::now, "Example Co")
                .build()
                .begin("account-2", "bob");

        assertThat(pending.parameters()).isEqualTo(TotpParameters.standard());
        assertThat(pending.uri().text()).endsWith("&algorithm=SHA1&digits=6&period=30");
    }

    /** BastiaanJansen/otp-java#81: form encoding in a URI. */
    @Test
    void o09_namesWithReservedCharacters_arePercentEncoded() {
        String text = OtpauthUri.of("Example Co", "a/b?c#d&e", Desk.RFC_SECRET, TotpParameters.standard())
                .text();

        assertThat(text)
                .startsWith("otpauth://totp/Example%20Co:a%2Fb%3Fc%23d%26e?")
                .contains("&issuer=Example%20Co&")
                .doesNotContain("+")
                .doesNotContain("==");
        assertThat(URI.create(text).getPath()).isEqualTo("/Example Co:a/b?c#d&e");
        assertThat(text).contains("secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&");
    }

    /** Authenticator-Extension/Authenticator#1546, GlitterWare/Passy#158: lenient Base32 made another key. */
    @Test
    void o10_secretsAsPeopleTypeThem_areReadExactlyOrRefused() {
        assertThat(TotpSecret.fromBase32("jbsw y3dp ehpk 3pxp")).isEqualTo(TotpSecret.fromBase32("JBSWY3DPEHPK3PXP"));
        for (String bad : List.of("JBSWY3DPEHPK3PX0", "JBSWY3DPEHPK3PX1", "JBSWY3DPEHPK3PX8", "JBSWY3DPEHPK3PX9")) {
            assertThatThrownBy(() -> TotpSecret.fromBase32(bad)).isInstanceOf(IllegalArgumentException.class);
        }
        String fiftyTwo = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZA";
        TotpSecret long32 = TotpSecret.fromBase32(fiftyTwo);
        assertThat(long32).isEqualTo(Desk.secretOf("12345678901234567890123456789012"));
        assertThat(long32.base32()).isEqualTo(fiftyTwo);
    }

    /** BastiaanJansen/otp-java#42, #47: division by zero and drift from unchecked settings. */
    @Test
    void o11_settingsThatCannotWork_failAtConstruction() {
        TotpParameters standard = TotpParameters.standard();

        for (Duration period :
                List.of(Duration.ofMillis(1), Duration.ZERO, Duration.ofSeconds(-30), Duration.ofDays(30))) {
            assertThatThrownBy(() -> standard.withPeriod(period)).isInstanceOf(IllegalArgumentException.class);
        }
        for (int digits : new int[] {0, 5, 11}) {
            assertThatThrownBy(() -> standard.withDigits(digits)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(standard.stepAt(Instant.ofEpochSecond(-1))).isEqualTo(-1);
    }
}
