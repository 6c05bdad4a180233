package dev.gatehouse.totp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.io.BaseEncoding;
import dev.gatehouse.secret.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Every row of the shared vectors; where they are missing the tests report themselves skipped. */
class TotpVectorsTest {
    private static JsonNode read(String file) {
        Path path = Path.of(System.getProperty("gatehouse.vectors", "../shared/vectors"), "otp", file);
        assumeTrue(Files.isRegularFile(path), "no vectors at " + path);
        return new ObjectMapper().readTree(path.toFile());
    }

    private static TotpParameters parameters(JsonNode row) {
        return TotpParameters.standard()
                .withAlgorithm(
                        TotpParameters.Algorithm.valueOf(row.path("algorithm").asString("SHA1")))
                .withDigits(row.path("digits").asInt(6))
                .withPeriod(Duration.ofSeconds(row.path("period").asLong(30)));
    }

    private static void check(int rows, int expected) {
        assertThat(rows).as("rows read").isEqualTo(expected);
    }

    @Test
    void code_rfc4226Rows_agree() {
        JsonNode block = read("otp-vectors.json").path("rfc4226_appendixD");
        TotpSecret secret = TotpSecret.fromBase32(block.path("secretBase32").asString());
        int rows = 0;
        for (JsonNode row : block.path("rows")) {
            assertThat(Totp.code(
                            secret,
                            TotpParameters.standard(),
                            row.path("counter").asLong()))
                    .isEqualTo(row.path("code6").asString());
            rows++;
        }
        check(rows, 10);
    }

    @Test
    void codeAt_rfc6238Rows_agreeInEightAndSixDigits() {
        int rows = 0;
        for (JsonNode row : read("otp-vectors.json").path("rfc6238_appendixB").path("rows")) {
            TotpSecret secret = TotpSecret.of(SecretBytes.copyOf(
                    HexFormat.of().parseHex(row.path("keyHex").asString())));
            Instant at = Instant.ofEpochSecond(row.path("unixTime").asLong());

            assertThat(Totp.codeAt(secret, parameters(row), at))
                    .isEqualTo(row.path("code8").asString());
            assertThat(Totp.codeAt(secret, parameters(row).withDigits(6), at))
                    .isEqualTo(row.path("code6").asString());
            rows++;
        }
        check(rows, 18);
    }

    @Test
    void code_realWorldRows_agree() {
        int rows = 0;
        for (JsonNode row : read("otp-vectors.json").path("realWorld")) {
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
            rows++;
        }
        check(rows, 8);
    }

    @Test
    void code_ownRows_agree() {
        JsonNode own = read("otp-vectors.json").path("own");
        int rows = 0;
        for (JsonNode row : own.path("leadingZeroCodes_rfcKey_sha1_30s")) {
            Instant start = Instant.ofEpochSecond(row.path("unixTimeStart").asLong());

            assertThat(Totp.codeAt(Desk.RFC_SECRET, TotpParameters.standard(), start))
                    .isEqualTo(row.path("code").asString());
            assertThat(TotpParameters.standard().stepAt(start))
                    .isEqualTo(row.path("counter").asLong());
            rows++;
        }
        for (JsonNode row : own.path("timeEdges_rfcKey_sha1")) {
            Instant now = Instant.ofEpochSecond(row.path("now").asLong());

            assertThat(TotpParameters.standard().stepAt(now))
                    .isEqualTo(row.path("step").asLong());
            assertThat(Totp.codeAt(Desk.RFC_SECRET, TotpParameters.standard(), now))
                    .isEqualTo(row.path("code6").asString());
            rows++;
        }
        check(rows, 16);
    }

    @Test
    void verify_driftRows_acceptOneStepEachSide() {
        int rows = 0;
        for (JsonNode row : read("otp-vectors.json").path("own").path("driftWindow_around_1111111109")) {
            int offset = row.path("stepOffset").asInt();

            assertThat(Desk.withRfcSecret().outcome(row.path("code6").asString()))
                    .as("offset %d", offset)
                    .isEqualTo(Math.abs(offset) <= 1 ? "VERIFIED" : "CLOCK_SKEW");
            rows++;
        }
        check(rows, 7);
    }

    @Test
    void verify_inputForms_areReadAsTheRowsSay() {
        int rows = 0;
        for (JsonNode row : read("otp-input-forms.json").path("rows")) {
            String outcome = Desk.withRfcSecret().outcome(row.path("input").asString());

            assertThat(outcome)
                    .as(row.path("why").asString())
                    .isEqualTo(row.path("accept").asBoolean() ? "VERIFIED" : "MALFORMED");
            rows++;
        }
        check(rows, 13);
    }

    @Test
    void base32_rfc4648Rows_areWhatTheSecretsTextIsMadeOf() {
        int rows = 0;
        for (JsonNode row : read("base32.json").path("rfc4648_section10")) {
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
            rows++;
        }
        check(rows, 7);
    }

    /** Rows without a single right answer: strict where nothing is said, lenient where the caller asks for it. */
    @Test
    void fromBase32_secretForms_areReadAsTheRowsSay() {
        int rows = 0;
        for (JsonNode row : read("base32.json").path("secretForms")) {
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
            rows++;
        }
        check(rows, 13);
    }

    private static String hex(TotpSecret secret) {
        return BaseEncoding.base16().lowerCase().encode(secret.bytes().toByteArray());
    }

    @Test
    void otpauthUri_rows_agreeByteForByte() {
        int rows = 0;
        for (JsonNode row : read("otpauth-uris.json")) {
            if (row.has("uri")) {
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
                rows++;
            }
        }
        check(rows, 3);
    }
}
