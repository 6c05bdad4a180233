package dev.gatehouse.factor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FactorSelectorTest {
    private static final FactorKind GRID = FactorKind.customOutsideClasses("grid", true);

    @Test
    void acceptsAny_onlyRecoveryCodesInTheList_isFalseWhateverElseIsNamed() {
        EnrolledFactors codes = EnrolledFactors.of(FactorKind.RECOVERY_CODE);

        assertThat(FactorSelector.ofKinds(FactorKind.RECOVERY_CODE).acceptsAny(codes))
                .isFalse();
        assertThat(FactorSelector.of(List.of(FactorClass.ANY), List.of(FactorKind.RECOVERY_CODE))
                        .acceptsAny(codes))
                .isFalse();
        assertThat(FactorSelector.ofKinds(GRID, FactorKind.RECOVERY_CODE).acceptsAny(codes))
                .isFalse();
    }

    @Test
    void accepts_aStrength_isOfEveryWeakerClass() {
        FactorSelector resistant = FactorSelector.ofClasses(FactorClass.PHISHING_RESISTANT);

        assertThat(resistant.accepts(FactorKind.TOTP, FactorClass.ANY)).isFalse();
        assertThat(resistant.accepts(FactorKind.WEBAUTHN, FactorClass.PHISHING_RESISTANT))
                .isTrue();
        assertThat(resistant.accepts(FactorKind.FEDERATED, FactorClass.HARDWARE_BOUND))
                .isTrue();
        assertThat(resistant.accepts(GRID, null)).isFalse();
    }
}
