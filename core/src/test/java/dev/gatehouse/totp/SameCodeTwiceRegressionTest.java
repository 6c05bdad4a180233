package dev.gatehouse.totp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.factor.Evidence;
import dev.gatehouse.factor.Verification;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A check that answered {@code false} for a code used before, and a caller that looked at exceptions only: PyPI accepted replayed
 * codes from 2023-10-09 to 2026-02-10 (pypi/warehouse#14720, #19480).
 *
 * <p>Here a caller that ignores the verdict has no evidence, and without evidence nothing is permitted.
 */
class SameCodeTwiceRegressionTest {
    private final Desk desk = Desk.withRfcSecret();

    @Test
    void verify_sameCodeTwiceInOneWindow_yieldsEvidenceOnce() {
        List<Evidence> session = new ArrayList<>();
        for (int attempt = 0; attempt < 2; attempt++) {
            desk.verify("081804").fold(verified -> session.add(verified.evidence()), rejected -> false);
        }

        assertThat(session).hasSize(1);
    }

    @Test
    void verify_accountWithoutCredential_yieldsNoEvidenceEither() {
        Desk empty = new Desk(Desk.RFC_TIME);

        assertThat(empty.verify("081804")).isInstanceOf(Verification.Rejected.class);
    }

    @Test
    void rejected_always_hasNoEvidenceToTake() {
        assertThat(Verification.Rejected.class.getRecordComponents())
                .extracting(java.lang.reflect.RecordComponent::getName)
                .containsExactly("code");
    }
}
