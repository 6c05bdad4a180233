package dev.gatehouse.totp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.testing.EqualsTester;
import dev.gatehouse.totp.TotpParameters.Algorithm;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What makes two values of this package the same, and where their texts end. */
class TotpValuesTest {
    private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");
    private static final TotpParameters STANDARD = TotpParameters.standard();
    private static final TotpSecret OTHER_SECRET = TotpSecret.fromBase32("JBSWY3DPEHPK3PXP");

    private final Desk desk = Desk.withRfcSecret();

    @Test
    void equals_ofEachValue_comparesEveryPart() {
        TotpCredential credential = desk.credential("a", "c", Desk.RFC_SECRET, STANDARD);
        TotpCredential sameSecret = TotpCredential.of("c", "a", STANDARD, credential.secret(), credential.createdAt());

        new EqualsTester()
                .addEqualityGroup(credential, sameSecret)
                .addEqualityGroup(TotpCredential.of("d", "a", STANDARD, credential.secret(), credential.createdAt()))
                .addEqualityGroup(TotpCredential.of("c", "b", STANDARD, credential.secret(), credential.createdAt()))
                .addEqualityGroup(TotpCredential.of(
                        "c", "a", STANDARD.withDigits(8), credential.secret(), credential.createdAt()))
                .addEqualityGroup(desk.credential("a", "c", OTHER_SECRET, STANDARD))
                .addEqualityGroup(TotpCredential.of("c", "a", STANDARD, credential.secret(), CREATED))
                .addEqualityGroup(credential.withLabel("phone"), sameSecret.withLabel("phone"))
                .addEqualityGroup(credential.usedAt(7, CREATED), sameSecret.usedAt(7, CREATED))
                .addEqualityGroup(credential.usedAt(8, CREATED))
                .addEqualityGroup(credential.usedAt(7, CREATED.plusSeconds(1)))
                .testEquals();
        new EqualsTester()
                .addEqualityGroup(STANDARD, TotpParameters.standard())
                .addEqualityGroup(STANDARD.withAlgorithm(Algorithm.SHA256))
                .addEqualityGroup(STANDARD.withDigits(8))
                .addEqualityGroup(STANDARD.withPeriod(Duration.ofSeconds(60)))
                .testEquals();
        new EqualsTester()
                .addEqualityGroup(OTHER_SECRET, TotpSecret.fromBase32("jbswy3dpehpk3pxp"))
                .addEqualityGroup(Desk.RFC_SECRET)
                .testEquals();
        new EqualsTester()
                .addEqualityGroup(
                        OtpauthUri.of("i", "a", OTHER_SECRET, STANDARD),
                        OtpauthUri.of("i", "a", OTHER_SECRET, STANDARD))
                .addEqualityGroup(OtpauthUri.of("j", "a", OTHER_SECRET, STANDARD))
                .addEqualityGroup(OtpauthUri.of("i", "b", OTHER_SECRET, STANDARD))
                .addEqualityGroup(OtpauthUri.of("i", "a", Desk.RFC_SECRET, STANDARD))
                .addEqualityGroup(OtpauthUri.of("i", "a", OTHER_SECRET, STANDARD.withDigits(8)))
                .testEquals();
    }

    /** Many rows of one page are kept apart by what they are hashed by. */
    @Test
    void hashCode_ofDifferentValues_differs() {
        assertThat(desk.credential("a", "c", OTHER_SECRET, STANDARD))
                .doesNotHaveSameHashCodeAs(desk.credential("a", "d", OTHER_SECRET, STANDARD));
        assertThat(STANDARD).doesNotHaveSameHashCodeAs(STANDARD.withDigits(8));
        assertThat(OTHER_SECRET).doesNotHaveSameHashCodeAs(Desk.RFC_SECRET);
        assertThat(OtpauthUri.of("i", "a", OTHER_SECRET, STANDARD))
                .doesNotHaveSameHashCodeAs(OtpauthUri.of("i", "b", OTHER_SECRET, STANDARD));
    }

    @Test
    void names_ofAUri_areThoseGivenUpToTheBound() {
        OtpauthUri uri = OtpauthUri.of("i".repeat(200), "a".repeat(200), OTHER_SECRET, STANDARD);

        assertThat(uri.issuer()).isEqualTo("i".repeat(200));
        assertThat(uri.accountName()).isEqualTo("a".repeat(200));
        assertThatThrownBy(() -> OtpauthUri.of(":", "a", OTHER_SECRET, STANDARD))
                .hasMessageStartingWith("issuer:");
        assertThatThrownBy(() -> OtpauthUri.of(":i", "a", OTHER_SECRET, STANDARD))
                .hasMessageStartingWith("issuer:");
    }

    @Test
    void account_andLabelOfACredential_endAtTheirBounds() {
        TotpCredential credential = desk.credential("a", "c", OTHER_SECRET, STANDARD);

        assertThat(desk.credential("a".repeat(255), "c", OTHER_SECRET, STANDARD).account())
                .hasSize(255);
        assertThatThrownBy(() -> desk.credential("a".repeat(256), "c", OTHER_SECRET, STANDARD))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(credential.withLabel("l".repeat(100)).label()).hasSize(100);
        assertThatThrownBy(() -> credential.withLabel("l".repeat(101))).hasMessageStartingWith("label:");
        assertThatThrownBy(() -> credential.withLabel("a\nb")).hasMessageStartingWith("label:");
    }

    @Test
    void toString_ofACredential_namesItAndNothingSecret() {
        assertThat(desk.credential("a", "c1", OTHER_SECRET, STANDARD))
                .hasToString("TotpCredential[c1, SHA1, 6 digits, 30 s]");
    }

    @Test
    void code_amongWhiteSpace_isLookedAtUpToTheBound() {
        assertThat(CodeInput.read(" ".repeat(58) + "123456")).contains(new CodeInput(6, 123456));
        assertThat(CodeInput.read(" ".repeat(59) + "123456")).isEmpty();
        assertThat(CodeInput.read("123456789")).contains(new CodeInput(9, 123456789));
        assertThat(CodeInput.read("1234567890")).isEmpty();
        assertThat(new CodeInput(6, 123456)).hasToString("CodeInput[6 digits]");
    }
}
