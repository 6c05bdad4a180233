package dev.gatehouse.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.secret.Argon2Cost;
import dev.gatehouse.secret.Argon2Gate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecoveryCodesTest {
    private final Safe safe = new Safe();

    @Test
    void generate_always_makesEightCodesOf64BitsAndStoresNoneOfThem() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            List<String> codes = safe.generate();
            assertThat(codes).hasSize(8).allMatch(code -> code.matches("[0-9a-f]{16}"));
            assertThat(seen.addAll(codes)).isTrue();
        }
        assertThat(seen).hasSize(40);
        RecoveryCodeSet stored = safe.repository.ofAccount(Safe.ACCOUNT).orElseThrow();
        assertThat(new HashSet<>(stored.hashes())).isNotEmpty();
        assertThat(stored.hashes().stream().distinct()).hasSize(8);
        assertThat(stored.cost()).isEqualTo(RecoveryCodes.DEFAULT_COST);
        assertThat(stored.createdAt()).isEqualTo(safe.now());
    }

    @Test
    void defaultCost_always_isAtLeastPypis() {
        assertThat(RecoveryCodes.DEFAULT_COST.kibibytes()).isGreaterThanOrEqualTo(1024);
        assertThat(RecoveryCodes.DEFAULT_COST.passes()).isGreaterThanOrEqualTo(6);
    }

    @Test
    void generate_twice_makesAnotherSaltIdAndEvent() {
        safe.generate();
        RecoveryCodeSet one = safe.repository.ofAccount(Safe.ACCOUNT).orElseThrow();
        safe.generate();
        RecoveryCodeSet two = safe.repository.ofAccount(Safe.ACCOUNT).orElseThrow();

        assertThat(one.salt()).isNotEqualTo(two.salt());
        assertThat(one.id()).isNotEqualTo(two.id()).matches("[0-9a-f]{32}");
        assertThat(safe.audit.events())
                .extracting(AuditEvent::tag)
                .containsExactly(AuditTag.RECOVERY_CODES_GENERATED, AuditTag.RECOVERY_CODES_REGENERATED);
        AuditEvent event = safe.audit.events().get(0);
        assertThat(event.account()).contains(Safe.ACCOUNT);
        assertThat(event.actor()).contains(Safe.ACCOUNT);
        assertThat(event.subject()).contains(one.id());
        assertThat(event.address()).contains("192.0.2.1");
    }

    @Test
    void generate_always_namesTheSetAndShowsNoCodeInItsText() {
        NewRecoveryCodes made = safe.attempt().fold(GenerationResult.Generated::codes, not -> {
            throw new AssertionError(not.reason());
        });

        assertThat(safe.audit.events().get(0).subject()).contains(made.setId());
        assertThat(made).hasToString("NewRecoveryCodes[8 of " + made.setId() + "]");
    }

    @Test
    void generate_originThatNamesSomebodyElse_cannotChangeWhoseCodesTheyAre() {
        safe.codes.generate(
                Safe.ACCOUNT,
                0,
                event -> event.actor("support").account("other").subject("any"));

        AuditEvent event = safe.audit.events().get(0);
        assertThat(event.actor()).contains("support");
        assertThat(event.account()).contains(Safe.ACCOUNT);
        assertThat(event.subject())
                .contains(safe.repository.ofAccount(Safe.ACCOUNT).orElseThrow().id());
    }

    @Test
    void generate_atAnotherVersionThanTheAccountHas_changesNothing() {
        List<String> codes = safe.generate();

        assertThat(safe.codes.generate(Safe.ACCOUNT, 0, event -> event))
                .isEqualTo(new GenerationResult.NotGenerated(GenerationRejection.CONFLICT));
        assertThat(safe.outcome(codes.get(0))).isEqualTo("VERIFIED");
        assertThat(GenerationRejection.CONFLICT.retryAfter()).isEmpty();
        assertThat(GenerationRejection.CONFLICT.code()).isEqualTo("CONFLICT");
    }

    @Test
    void generate_whileEveryPlaceIsTaken_isBusyAndChangesNothing() {
        GenerationResult result = safe.gate.run(safe::attempt).fold(Argon2Gate.Passed::value, full -> {
            throw new AssertionError("full");
        });

        assertThat(result).isEqualTo(new GenerationResult.NotGenerated(GenerationRejection.BUSY));
        assertThat(GenerationRejection.BUSY.retryAfter()).contains(Argon2Gate.RETRY_AFTER);
        assertThat(safe.repository.ofAccount(Safe.ACCOUNT)).isEmpty();
        assertThat(safe.audit.events()).isEmpty();
    }

    @Test
    void generate_whereTheStoreDoesNotAnswer_isNotGenerated() {
        RecoveryCodes over = RecoveryCodes.builder(Safe.answering(Optional.empty(), null), safe.gate, safe::now)
                .build();

        assertThat(over.generate(Safe.ACCOUNT, 0, event -> event)).isInstanceOf(GenerationResult.NotGenerated.class);
    }

    @Test
    void status_throughTheLifeOfASet_countsAndForgetsWithTheNext() {
        assertThat(safe.codes.status(Safe.ACCOUNT)).isEqualTo(new RecoveryCodeStatus(0, 0, Optional.empty()));
        assertThat(safe.codes.status(Safe.ACCOUNT).isGenerated()).isFalse();
        List<String> codes = safe.generate();
        assertThat(safe.codes.status(Safe.ACCOUNT)).isEqualTo(new RecoveryCodeStatus(8, 0, Optional.of(safe.now())));
        assertThat(safe.codes.status(Safe.ACCOUNT).isGenerated()).isTrue();
        assertThat(safe.codes.status(Safe.ACCOUNT).isSaved()).isFalse();
        safe.use(codes.get(3));
        assertThat(safe.codes.status(Safe.ACCOUNT).unused()).isEqualTo(7);
        assertThat(safe.codes.status(Safe.ACCOUNT).isSaved()).isTrue();

        safe.generate();

        assertThat(safe.codes.status(Safe.ACCOUNT).isSaved()).isFalse();
        assertThat(safe.codes.status("account-2").isGenerated()).isFalse();
    }

    @Test
    void remove_aSet_isRecordedAndVoidsItsCodes() {
        List<String> codes = safe.generate();

        assertThat(safe.codes.remove(Safe.ACCOUNT, 0, event -> event))
                .isEqualTo(RecoveryCodeRepository.Removal.CONFLICT);
        assertThat(safe.codes.remove(Safe.ACCOUNT, 1, event -> event.actor("operator")))
                .isEqualTo(RecoveryCodeRepository.Removal.REMOVED);
        assertThat(safe.codes.remove(Safe.ACCOUNT, 2, event -> event))
                .isEqualTo(RecoveryCodeRepository.Removal.NOT_FOUND);
        assertThat(safe.outcome(codes.get(0))).isEqualTo("NONE");
        AuditEvent event = safe.audit.events().get(1);
        assertThat(event.tag()).isEqualTo(AuditTag.RECOVERY_CODES_REMOVED);
        assertThat(event.actor()).contains("operator");
    }

    @Test
    void status_whereTheStoreLies_throws() {
        RecoveryCodeSet foreign = foreign();
        for (RecoveryCodeRepository lying :
                List.of(Safe.answering(Safe.noAnswer(), null), Safe.answering(Optional.of(foreign), null))) {
            RecoveryCodes over =
                    RecoveryCodes.builder(lying, safe.gate, safe::now).build();
            assertThatIllegalStateException()
                    .isThrownBy(() -> over.status(Safe.ACCOUNT))
                    .withMessageStartingWith("repository:");
        }
    }

    private RecoveryCodeSet foreign() {
        safe.codes.generate("account-2", 0, event -> event);
        return safe.repository.ofAccount("account-2").orElseThrow();
    }

    @Test
    void toString_ofWhatHoldsCodesOrHashes_showsNone() {
        GenerationResult result = safe.attempt();
        NewRecoveryCodes codes = ((GenerationResult.Generated) result).codes();
        RecoveryCodeSet stored = safe.repository.ofAccount(Safe.ACCOUNT).orElseThrow();
        String shown = result + " " + codes + " " + stored + " " + safe.audit.events() + " "
                + Safe.response(codes.list().get(0)) + " "
                + safe.verify(codes.list().get(0));

        assertThat(codes.list()).noneMatch(shown::contains);
        assertThat(shown).contains(codes.setId());
    }

    @ParameterizedTest
    @CsvSource({"1023, 6", "3071, 2", "6143, 1"})
    void builder_costBelowPypis_isRefused(int kibibytes, int passes) {
        RecoveryCodes.Builder builder = RecoveryCodes.builder(safe.repository, safe.gate, safe::now);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.cost(new Argon2Cost(kibibytes, passes, 1)))
                .withMessageStartingWith("other:");
    }

    @Test
    void cost_changed_isThatOfNewCodesOnlyAndOldOnesStillWork() {
        List<String> codes = safe.generate();
        RecoveryCodes later = RecoveryCodes.builder(safe.repository, safe.gate, safe::now)
                .cost(new Argon2Cost(1024, 6, 6))
                .build();

        assertThat(safe.outcome(codes.get(0))).isEqualTo("VERIFIED");
        NewRecoveryCodes fresh = ((GenerationResult.Generated) later.generate(Safe.ACCOUNT, 1, event -> event)).codes();
        assertThat(safe.repository.ofAccount(Safe.ACCOUNT).orElseThrow().cost()).isEqualTo(new Argon2Cost(1024, 6, 6));
        assertThat(safe.outcome(fresh.list().get(7))).isEqualTo("VERIFIED");
    }

    @Test
    void set_thatCannotBe_isRefused() {
        RecoveryCodeSet good = foreign();

        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> RecoveryCodeSet.of("a.b", "a", good.cost(), good.salt(), good.hashes(), good.createdAt()))
                .withMessageStartingWith("id:");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> RecoveryCodeSet.of("a", " ", good.cost(), good.salt(), good.hashes(), good.createdAt()))
                .withMessageStartingWith("account:");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecoveryCodeSet.of(
                        "a", "a", good.cost(), good.hashes().get(0), good.hashes(), good.createdAt()))
                .withMessageStartingWith("salt:");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecoveryCodeSet.of(
                        "a", "a", good.cost(), good.salt(), good.hashes().subList(0, 7), good.createdAt()))
                .withMessageStartingWith("hashes:");
        assertThatIllegalStateException()
                .isThrownBy(() -> good.used(0, safe.now()).used(0, safe.now()))
                .withMessageStartingWith("place:");
    }
}
