package dev.gatehouse.totp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.gatehouse.factor.EnrolledFactor;
import dev.gatehouse.factor.FactorKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TotpInventoryTest {
    private final Desk desk = Desk.withRfcSecret();

    @Test
    void enrolled_ofAnAccount_areItsAppsOldestFirst() {
        desk.advance(1);
        desk.enrol("b2", Desk.RFC_SECRET, TotpParameters.standard());
        TotpInventory inventory = new TotpInventory(desk.repository);

        assertThat(inventory.kind()).isEqualTo(FactorKind.TOTP);
        assertThat(inventory.enrolled(Desk.ACCOUNT))
                .containsExactly(EnrolledFactor.of("c1", FactorKind.TOTP), EnrolledFactor.of("b2", FactorKind.TOTP));
        assertThat(inventory.enrolled("account-2")).isEmpty();
    }

    @Test
    void enrolled_whereTheStoreLies_throws() {
        TotpCredential own = desk.credential(Desk.ACCOUNT, "c1", Desk.RFC_SECRET, TotpParameters.standard());
        TotpCredential foreign = desk.credential("account-2", "c9", Desk.RFC_SECRET, TotpParameters.standard());

        for (List<TotpCredential> lie : Arrays.<List<TotpCredential>>asList(
                null, List.of(foreign), List.of(own, own), new ArrayList<>(Arrays.asList(own, null)))) {
            TotpInventory over = new TotpInventory(new ForwardingRepository(desk.repository) {
                @Override
                public List<TotpCredential> ofAccount(String account) {
                    return lie;
                }
            });
            assertThatIllegalStateException()
                    .isThrownBy(() -> over.enrolled(Desk.ACCOUNT))
                    .withMessageStartingWith("repository:");
        }
    }
}
