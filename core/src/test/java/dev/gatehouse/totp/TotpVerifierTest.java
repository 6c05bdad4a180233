package dev.gatehouse.totp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.factor.Evidence;
import dev.gatehouse.factor.FactorClass;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.factor.FactorResponse;
import dev.gatehouse.factor.Verification;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** In the order of the verification: input, store, window, use, diagnosis. */
class TotpVerifierTest {
    private static final int[] WHITE_SPACE = {
        0x9, 0xA, 0xB, 0xC, 0xD, 0x20, 0x85, 0xA0, 0x1680, 0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006,
        0x2007, 0x2008, 0x2009, 0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000
    };

    private final Desk desk = Desk.withRfcSecret();

    @Test
    void kind_always_isTotp() {
        assertThat(desk.verifier.kind()).isEqualTo(FactorKind.TOTP);
    }

    static IntStream whiteSpace() {
        return IntStream.of(WHITE_SPACE);
    }

    @ParameterizedTest
    @MethodSource("whiteSpace")
    void verify_anyUnicodeWhiteSpace_isRemovedFirst(int c) {
        String blank = Character.toString(c);

        assertThat(desk.outcome(blank + "081" + blank + blank + "804" + blank)).isEqualTo("VERIFIED");
    }

    @Test
    void whiteSpace_overAllOfUnicode_isTheSetOfTheStandard() {
        Set<Integer> removed = new TreeSet<>();
        for (int c = 0; c <= 0xffff; c++) {
            if (WhiteSpace.removedFrom(Character.toString((char) c)).isEmpty()) {
                removed.add(c);
            }
        }

        assertThat(removed)
                .containsExactlyElementsOf(IntStream.of(WHITE_SPACE).boxed().toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "081-804",
                "+81804",
                "-81804",
                "0x1804",
                "08180\u0000",
                "81804",
                "0081804",
                "0818040",
                "081804.",
                "08180l",
                "\u0660\u0668\u0661\u0668\u0660\u0664",
                "\u06f0\u06f8\u06f1\u06f8\u06f0\u06f4",
                "\u0966\u096e\u0967\u096e\u0966\u096a",
                "\uff10\uff18\uff11\uff18\uff10\uff14",
                "08180\u0664",
                "081\u200b804",
                "\ufeff081804",
                "081804\ud83d\udd11",
                "\ud835\udfce\ud835\udfd6\ud835\udfcf\ud835\udfd6\ud835\udfce\ud835\udfd2",
                "1 2 3 4 5 6 7",
                "not_a_real_value",
                "081804081804"
            })
    void verify_anythingButSixAsciiDigits_isMalformed(String code) {
        assertThat(desk.outcome(code)).isEqualTo("MALFORMED");
        assertThat(desk.outcome("081804")).as("the code was not spent").isEqualTo("VERIFIED");
    }

    @Test
    void verify_overlongInput_isMalformedAndNotLookedAt() {
        assertThat(desk.outcome(" ".repeat(58) + "081804")).isEqualTo("VERIFIED");
        desk.advance(30);
        assertThat(desk.outcome(" ".repeat(59) + desk.codeAtOffset(0))).isEqualTo("MALFORMED");
        assertThat(desk.outcome("0".repeat(10_000_000))).isEqualTo("MALFORMED");
    }

    @Test
    void verify_malformed_doesNotAskTheStore() {
        TotpVerifier blind = new TotpVerifier(new ThrowingRepository(), desk.sealer, desk::now);

        assertThat(Desk.outcomeOf(blind.verify(Desk.response("1234x6")))).isEqualTo("MALFORMED");
    }

    @Test
    void verify_accountWithoutCredential_isNotEnrolled() {
        assertThat(Desk.outcomeOf(desk.verifier.verify(new FactorResponse("account-2", Desk.SESSION, "081804"))))
                .isEqualTo("NOT_ENROLLED");
    }

    @ParameterizedTest
    @CsvSource({"-1", "0", "1"})
    void verify_codeOfTheStepBeforeThisOrAfter_isVerified(int offset) {
        assertThat(desk.outcome(desk.codeAtOffset(offset))).isEqualTo("VERIFIED");
    }

    @ParameterizedTest
    @ValueSource(ints = {-10, -9, -8, -7, -6, -5, -4, -3, -2, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void verify_codeOfAStepTwoToTenAway_isDiagnosedAndNotAccepted(int offset) {
        assertThat(desk.outcome(desk.codeAtOffset(offset))).isEqualTo("CLOCK_SKEW");
        assertThat(desk.outcome(desk.codeAtOffset(0))).as("nothing was used up").isEqualTo("VERIFIED");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1000, -12, -11, 11, 12, 1000})
    void verify_codeOfAStepFurtherAway_isInvalid(int offset) {
        assertThat(desk.outcome(desk.codeAtOffset(offset))).isEqualTo("INVALID");
    }

    /** A device whose clock differs by so many seconds; PyPI's own table: 0 and 20 pass, 60 is out of sync. */
    @ParameterizedTest
    @CsvSource({"0, VERIFIED", "-20, VERIFIED", "20, VERIFIED", "-60, CLOCK_SKEW", "60, CLOCK_SKEW"})
    void verify_deviceOffBySeconds_isAsInPypisTable(int seconds, String outcome) {
        desk.setSecond(1_700_000_010);
        String shown = Totp.codeAt(
                Desk.RFC_SECRET, TotpParameters.standard(), desk.now().plusSeconds(seconds));

        assertThat(desk.outcome(shown)).isEqualTo(outcome);
    }

    @Test
    void verify_rightCode_givesEvidenceOfThatVeryCredential() {
        Verification verification = desk.verify("081804");

        Evidence evidence = verification.fold(Verification.Verified::evidence, rejected -> {
            throw new AssertionError(rejected.code().code());
        });
        assertThat(evidence.account()).isEqualTo(Desk.ACCOUNT);
        assertThat(evidence.factor().id()).isEqualTo("c1");
        assertThat(evidence.kind()).isEqualTo(FactorKind.TOTP);
        assertThat(evidence.strength()).contains(FactorClass.ANY);
        assertThat(evidence.at()).isEqualTo(desk.now());
        assertThat(evidence.carrier()).isEqualTo(Desk.SESSION);
        assertThat(evidence.by()).isEqualTo("gatehouse.totp");
        assertThat(Evidence.parse(evidence.toText())).isEqualTo(evidence);
    }

    @Test
    void verify_rightCode_notesTheUse() {
        desk.verify("081804");

        TotpCredential stored = desk.repository.ofAccount(Desk.ACCOUNT).get(0);
        assertThat(stored.lastStep()).isEqualTo(37037036);
        assertThat(stored.lastUsedAt()).contains(desk.now());
    }

    @Test
    void verify_severalCredentials_takesTheCodeOfAny() {
        TotpSecret second = Desk.secretOf("09876543210987654321");
        desk.enrol("c2", second, TotpParameters.standard());
        String code = Totp.codeAt(second, TotpParameters.standard(), desk.now());

        String proven = desk.verify(code)
                .fold(v -> v.evidence().factor().id(), r -> r.code().code());

        assertThat(proven).isEqualTo("c2");
        assertThat(desk.outcome(code)).isEqualTo("REPLAYED");
        assertThat(desk.outcome("081804")).as("the other has its own steps").isEqualTo("VERIFIED");
    }

    @Test
    void verify_credentialsOfSixAndEightDigits_takesEachAtItsLength() {
        TotpSecret second = Desk.secretOf("09876543210987654321");
        TotpParameters eight = TotpParameters.standard()
                .withDigits(8)
                .withPeriod(Duration.ofSeconds(60))
                .withAlgorithm(TotpParameters.Algorithm.SHA256);
        desk.enrol("c2", second, eight);

        assertThat(desk.outcome("1234567")).isEqualTo("MALFORMED");
        assertThat(desk.outcome(Totp.codeAt(second, eight, desk.now()))).isEqualTo("VERIFIED");
        assertThat(desk.outcome("081804")).isEqualTo("VERIFIED");
    }

    @Test
    void verify_oneSecretInTwoCredentials_acceptsACodeOnce() {
        desk.enrol("c2", Desk.RFC_SECRET, TotpParameters.standard());

        assertThat(desk.outcome("081804")).isEqualTo("VERIFIED");
        assertThat(desk.outcome("081804")).isEqualTo("REPLAYED");
    }

    static Stream<TotpRejection> rejections() {
        return Stream.of(TotpRejection.values());
    }

    @ParameterizedTest
    @MethodSource("rejections")
    void code_ofARejection_isItsName(TotpRejection rejection) {
        assertThat(rejection.code()).isEqualTo(rejection.name());
    }
}
