package dev.gatehouse.totp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.secret.SecretBytes;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TotpSecretTest {
    private static final String HELLO = "48656c6c6f21deadbeef";

    private static String hex(TotpSecret secret) {
        return HexFormat.of().formatHex(secret.bytes().toByteArray());
    }

    @Test
    void generate_standard_has160Bits() {
        TotpSecret secret = TotpSecret.generate(TotpParameters.standard(), new SecureRandom());

        assertThat(secret.bytes().size()).isEqualTo(20);
        assertThat(secret.base32()).hasSize(32);
    }

    @ParameterizedTest
    @EnumSource(TotpParameters.Algorithm.class)
    void generate_anyHash_hasItsSize(TotpParameters.Algorithm algorithm) {
        TotpParameters parameters = TotpParameters.standard().withAlgorithm(algorithm);
        TotpSecret secret = TotpSecret.generate(parameters, new SecureRandom());

        assertThat(secret.bytes().size()).isEqualTo(algorithm.bytes());
        assertThat(TotpSecret.fromBase32(secret.base32())).isEqualTo(secret);
        assertThat(TotpSecret.fromBase32(secret.base32InGroups())).isEqualTo(secret);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "JBSWY3DPEHPK3PXP",
                "jbsw y3dp ehpk 3pxp",
                "JBSWY3DPEHPK3PXP======",
                " JBSW\u00a0Y3DP\tEHPK\u20283PXP\n",
                "jBsWy3DpEhPk3pXp"
            })
    void fromBase32_formsThatPeoplePaste_areTheSameSecret(String text) {
        assertThat(hex(TotpSecret.fromBase32(text))).isEqualTo(HELLO);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "JBSWY3DPEHPK3PX0",
                "JBSWY3DPEHPK3PX1",
                "JBSWY3DP8HPK3PXP",
                "JBSWY3DP9HPK3PXP",
                "JBSW-Y3DP-EHPK-3PXP",
                "JBSWY3DPEHPK3PXP=======",
                "JBSW====Y3DPEHPK3PXP",
                "=JBSWY3DPEHPK3PXP",
                "JBSWY3DPEHPK3PXP\u0000",
                "JBSWY3DPEHPK3P\u0131P",
                "\u017fBSWY3DPEHPK3PXP",
                "JBSWY3DPEHPK3PXPA",
                "JBSWY3DPEHPK3PXPAAA",
                "JBSWY3DPEHPK3PXPAAAAAA",
                "JBSWY3DPEHPK3PXPAB",
                "",
                "MY",
                "JBSWY3DPEHPK3PX"
            })
    void fromBase32_anythingElse_isRefusedWithoutRepeatingIt(String text) {
        assertThatThrownBy(() -> TotpSecret.fromBase32(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause()
                .message()
                .startsWith("text: ")
                .doesNotContain("JBSWY3DP");
    }

    @Test
    void fromBase32IgnoringTrailingBits_bitsThatBelongToNoByte_areIgnored() {
        String drawn = "J3WWIV3PTGJPQV5QAICM";

        assertThatThrownBy(() -> TotpSecret.fromBase32(drawn)).hasMessageContaining("bits that belong to no byte");
        TotpSecret secret = TotpSecret.fromBase32IgnoringTrailingBits(drawn);
        assertThat(hex(secret)).isEqualTo("4eed64576f9992f857b00204");
        assertThat(TotpSecret.fromBase32(secret.base32())).isEqualTo(secret);
        assertThatThrownBy(() -> TotpSecret.fromBase32IgnoringTrailingBits("JBSWY3DPEHPK3PX0"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void of_sizes_areBounded() {
        assertThat(TotpSecret.of(SecretBytes.copyOf(new byte[10])).base32()).hasSize(16);
        assertThat(TotpSecret.fromBase32(
                        TotpSecret.of(SecretBytes.copyOf(new byte[128])).base32()))
                .isNotNull();
        assertThatThrownBy(() -> TotpSecret.of(SecretBytes.copyOf(new byte[9]))).hasMessageStartingWith("bytes:");
        assertThatThrownBy(() -> TotpSecret.of(SecretBytes.copyOf(new byte[129])))
                .hasMessageStartingWith("bytes:");
        assertThatThrownBy(() -> TotpSecret.fromBase32("A".repeat(600))).hasMessageStartingWith("text:");
    }

    @Test
    void base32InGroups_ofASecret_hasGroupsOfFour() {
        assertThat(TotpSecret.fromBase32("JBSWY3DPEHPK3PXP").base32InGroups()).isEqualTo("JBSW Y3DP EHPK 3PXP");
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 11, 12, 13, 14, 128})
    void base32InGroups_ofAnySize_hasGroupsOfFourAndTheRest(int bytes) {
        TotpSecret secret = TotpSecret.of(SecretBytes.copyOf(new byte[bytes]));

        assertThat(secret.base32InGroups()).matches("([A-Z2-7]{4} )*[A-Z2-7]{1,4}");
        assertThat(secret.base32InGroups().replace(" ", "")).isEqualTo(secret.base32());
    }

    @Test
    void fromBase32_whiteSpaceUpToTheBound_isRemoved() {
        String text = "JBSWY3DPEHPK3PXP";
        String longest = text + " ".repeat(512 - text.length());

        assertThat(TotpSecret.fromBase32(longest)).isEqualTo(TotpSecret.fromBase32(text));
        assertThatThrownBy(() -> TotpSecret.fromBase32(longest + " ")).hasMessageContaining("longer than");
    }

    @Test
    void toString_ofASecret_showsItsSizeOnly() {
        assertThat(TotpSecret.fromBase32("JBSWY3DPEHPK3PXP")).hasToString("TotpSecret[10 bytes]");
    }
}
