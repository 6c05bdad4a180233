package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.secret.Resealable.Resealed;
import dev.gatehouse.secret.Resealable.SealedRow;
import dev.gatehouse.testkit.Race;
import dev.gatehouse.totp.TotpCredential;
import dev.gatehouse.totp.TotpRepository;
import dev.gatehouse.totp.TotpRepository.Change;
import dev.gatehouse.totp.TotpRepository.StepUse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Different operations on one credential at the same moment: the second part of {@link TotpRepositoryContract}. */
abstract class TotpRepositoryRaces extends TotpRepositoryOperations {
    TotpRepositoryRaces() {}

    /** A new label and a newly sealed secret take no step back: the code that was used stays used. */
    @Test
    void useStep_againstARelabellingAndAResealing_isKept() {
        TotpRepository repository = create(events);
        for (int round = 0; round < rounds(); round++) {
            String account = "owner-" + round;
            String id = "id-" + round;
            add(repository, credential(account, id));
            TotpCredential before = repository.ofAccount(account).get(0);
            Resealed resealed = new Resealed(
                    new SealedRow(account, id, before.secret()), second.seal(secretOf(id), before.placeOfSecret()));
            List<Object> answers = Race.of(3, i -> switch (i) {
                case 0 -> repository.useStep(account, id, 42, T0);
                case 1 -> repository.relabel(account, id, "phone", CHANGED);
                default -> repository.replaceSealed(List.of(resealed), T0);
            });

            assertThat(answers).as(account).containsExactly(StepUse.ACCEPTED, Change.DONE, 1);
            assertThat(repository.ofAccount(account))
                    .containsExactly(before.withLabel("phone")
                            .withSecret(resealed.after())
                            .usedAt(42, T0));
        }
    }

    @Test
    void useStep_againstARemoval_neverBringsItBack() {
        TotpRepository repository = create(events);
        for (int round = 0; round < rounds(); round++) {
            String account = "owner-" + round;
            String id = "id-" + round;
            add(repository, credential(account, id));
            List<Object> answers = Race.of(
                    2,
                    i -> i == 0 ? repository.useStep(account, id, 42, T0) : repository.remove(account, id, 1, REMOVED));

            assertThat(answers.get(0)).as(account).isIn(StepUse.ACCEPTED, StepUse.NOT_FOUND);
            assertThat(answers.get(1)).as(account).isEqualTo(TotpRepository.Removal.REMOVED);
            assertThat(repository.ofAccount(account)).as(account).isEmpty();
        }
    }

    @Test
    void replace_byManyAtOneVersion_isMadeByOne() {
        TotpRepository repository = create(events);
        for (int round = 0; round < rounds(); round++) {
            String account = "owner-" + round;
            String id = "id-" + round;
            add(repository, credential(account, id));
            List<TotpCredential> offers = List.of(credential(account, "p-" + round), credential(account, "q-" + round));
            List<Change> answers = Race.of(2, i -> repository.replace(id, offers.get(i), 1, REMOVED, ADDED));

            assertThat(answers).as(account).containsExactlyInAnyOrder(Change.DONE, Change.CONFLICT);
            assertThat(repository.ofAccount(account)).hasSize(1);
        }
        assertThat(events.events()).hasSize(3 * rounds());
    }

    /** A removal and an enrolment that were decided at one version: one of them is made. */
    @Test
    void removeAndAdd_atOneVersion_areNotBothMade() {
        TotpRepository repository = create(events);
        for (int round = 0; round < rounds(); round++) {
            String account = "owner-" + round;
            String id = "id-" + round;
            add(repository, credential(account, id));
            TotpCredential offer = credential(account, "new-" + round);
            List<Boolean> made = Race.of(
                    2,
                    i -> i == 0
                            ? repository.remove(account, id, 1, REMOVED) == TotpRepository.Removal.REMOVED
                            : repository.add(offer, 1, ADDED) == Change.DONE);

            assertThat(made).as(account).containsExactlyInAnyOrder(true, false);
            assertThat(version(account)).as(account).isEqualTo(2);
        }
    }
}
