package dev.gatehouse.totp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.io.BaseEncoding;
import dev.gatehouse.secret.SecretBytes;
import dev.gatehouse.vectors.VectorRows;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Every row of the shared vectors; where they are missing the tests report themselves skipped. */
class TotpVectorsTest {
    private static TotpParameters parameters(JsonNode row) {
        return TotpParameters.standard()
                .withAlgorithm(
                        TotpParameters.Algorithm.valueOf(row.path("algorithm").asString("SHA1")))
                .withDigits(row.path("digits").asInt(6))
                .withPeriod(Duration.ofSeconds(row.path("period").asLong(30)));
    }

    @Test
    void code_rfc4226Rows_agree() {
        VectorRows rows = VectorRows.of("otp/otp-vectors.json", "rfc4226_appendixD/rows");
        TotpSecret secret = TotpSecret.fromBase32(VectorRows.read("otp/otp-vectors.json")
                .at("/rfc4226_appendixD/secretBase32")
                .asString());
        for (JsonNode row : rows) {
            assertThat(Totp.code(
                            secret,
                            TotpParameters.standard(),
                            row.path("counter").asLong()))
                    .isEqualTo(row.path("code6").asString());
        }
        rows.passed();
    }

    @Test
    void codeAt_rfc6238Rows_agreeInEightAndSixDigits() {
        VectorRows rows = VectorRows.of("otp/otp-vectors.json", "rfc6238_appendixB/rows");
        for (JsonNode row : rows) {
            TotpSecret secret = TotpSecret.of(SecretBytes.copyOf(
                    HexFormat.of().parseHex(row.path("keyHex").asString())));
            Instant at = Instant.ofEpochSecond(row.path("unixTime").asLong());

            assertThat(Totp.codeAt(secret, parameters(row), at))
                    .isEqualTo(row.path("code8").asString());
            assertThat(Totp.codeAt(secret, parameters(row).withDigits(6), at))
                    .isEqualTo(row.path("code6").asString());
        }
        rows.passed();
    }

    @Test
    void code_realWorldRows_agree() {
        VectorRows rows = VectorRows.of("otp/otp-vectors.json", "realWorld");
        for (JsonNode row : rows) {
            TotpSecret secret = TotpSecret.fromBase32(row.path("secretBase32").asString());
            long counter = row.path("counter").asLong();

            assertThat(Totp.code(secret, parameters(row), counter))
                    .isEqualTo(row.path("code").asString());
            if (row.has("unixTime")) {
                assertThat(parameters(row)
                                .stepAt(Instant.ofEpochSecond(
                                        row.path("unixTime").asLong())))
                        .isEqualTo(counter);
            }
        }
        rows.passed();
    }

    @Test
    void code_ownRows_agree() {
        VectorRows zeros = VectorRows.of("otp/otp-vectors.json", "own/leadingZeroCodes_rfcKey_sha1_30s");
        for (JsonNode row : zeros) {
            Instant start = Instant.ofEpochSecond(row.path("unixTimeStart").asLong());

            assertThat(Totp.codeAt(Desk.RFC_SECRET, TotpParameters.standard(), start))
                    .isEqualTo(row.path("code").asString());
            assertThat(TotpParameters.standard().stepAt(start))
                    .isEqualTo(row.path("counter").asLong());
        }
        zeros.passed();
        VectorRows rows = VectorRows.of("otp/otp-vectors.json", "own/timeEdges_rfcKey_sha1");
        for (JsonNode row : rows) {
            Instant now = Instant.ofEpochSecond(row.path("now").asLong());

            assertThat(TotpParameters.standard().stepAt(now))
                    .isEqualTo(row.path("step").asLong());
            assertThat(Totp.codeAt(Desk.RFC_SECRET, TotpParameters.standard(), now))
                    .isEqualTo(row.path("code6").asString());
        }
        rows.passed();
    }

    @Test
    void verify_driftRows_acceptOneStepEachSide() {
        VectorRows rows = VectorRows.of("otp/otp-vectors.json", "own/driftWindow_around_1111111109");
        for (JsonNode row : rows) {
            int offset = row.path("stepOffset").asInt();

            assertThat(Desk.withRfcSecret().outcome(row.path("code6").asString()))
                    .as("offset %d", offset)
                    .isEqualTo(Math.abs(offset) <= 1 ? "VERIFIED" : "CLOCK_SKEW");
        }
        rows.passed();
    }

    @Test
    void verify_inputForms_areReadAsTheRowsSay() {
        VectorRows rows = VectorRows.of("otp/otp-input-forms.json", "rows");
        for (JsonNode row : rows) {
            String outcome = Desk.withRfcSecret().outcome(row.path("input").asString());

            assertThat(outcome)
                    .as(row.path("why").asString())
                    .isEqualTo(row.path("accept").asBoolean() ? "VERIFIED" : "MALFORMED");
        }
        rows.passed();
    }

    @Test
    void base32_rfc4648Rows_areWhatTheSecretsTextIsMadeOf() {
        VectorRows rows = VectorRows.of("otp/base32.json", "rfc4648_section10");
        for (JsonNode row : rows) {
            byte[] tail = row.path("ascii").asString().getBytes(StandardCharsets.US_ASCII);
            // Ten bytes in front, two whole groups of five, bring the row into the bounds of a secret and change
            // nothing of it.
            byte[] bytes = new byte[10 + tail.length];
            System.arraycopy(tail, 0, bytes, 10, tail.length);
            TotpSecret secret = TotpSecret.of(SecretBytes.copyOf(bytes));

            assertThat(secret.base32())
                    .isEqualTo("A".repeat(16) + row.path("base32NoPad").asString());
            assertThat(TotpSecret.fromBase32("A".repeat(16) + row.path("base32").asString()))
                    .isEqualTo(secret);
            assertThat(TotpSecret.fromBase32(
                            "A".repeat(16) + row.path("base32NoPad").asString().toLowerCase(Locale.ROOT)))
                    .isEqualTo(secret);
        }
        rows.passed();
    }

    /** Rows without a single right answer: strict where nothing is said, lenient where the caller asks for it. */
    @Test
    void fromBase32_secretForms_areReadAsTheRowsSay() {
        VectorRows rows = VectorRows.of("otp/base32.json", "secretForms");
        for (JsonNode row : rows) {
            String input = row.path("input").asString();
            if (row.path("ok").isBoolean() && row.path("ok").asBoolean()) {
                assertThat(hex(TotpSecret.fromBase32(input)))
                        .isEqualTo(row.path("hex").asString());
            } else {
                assertThatThrownBy(() -> TotpSecret.fromBase32(input))
                        .as(input)
                        .isInstanceOf(IllegalArgumentException.class);
            }
            if (row.path("ok").isString()) {
                assertThat(hex(TotpSecret.fromBase32IgnoringTrailingBits(input)))
                        .isEqualTo(row.path("hex").asString());
            }
        }
        rows.passed();
    }

    private static String hex(TotpSecret secret) {
        return BaseEncoding.base16().lowerCase().encode(secret.bytes().toByteArray());
    }

    @Test
    void otpauthUri_rows_agreeByteForByte() {
        VectorRows rows = VectorRows.of("otp/otpauth-uris.json", "");
        for (JsonNode row : rows) {
            if (row.has("fact")) {
                // The padding that is left out, and the parameters that every app takes.
                assertThat(Desk.RFC_SECRET.base32()).doesNotContain("=");
                assertThat(TotpParameters.standard())
                        .isEqualTo(TotpParameters.standard()
                                .withAlgorithm(TotpParameters.Algorithm.SHA1)
                                .withDigits(6)
                                .withPeriod(Duration.ofSeconds(30)));
            } else {
                TotpSecret secret =
                        TotpSecret.fromBase32(row.path("secretBase32").asString("JBSWY3DPEHPK3PXP"));
                String text = OtpauthUri.of(
                                row.path("issuer").asString(),
                                row.path("account").asString(),
                                secret,
                                TotpParameters.standard())
                        .text();

                assertThat(text).isEqualTo(row.path("uri").asString());
                for (JsonNode forbidden : row.path("mustNotContain")) {
                    assertThat(text).doesNotContain(forbidden.asString());
                }
            }
        }
        rows.passed();
    }
}
