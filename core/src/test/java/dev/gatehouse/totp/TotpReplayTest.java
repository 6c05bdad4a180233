package dev.gatehouse.totp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.factor.Verification;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** RFC 6238, 5.2: a code that was accepted is not accepted again. */
class TotpReplayTest {
    private final Desk desk = Desk.withRfcSecret();

    @Test
    void verify_sameCodeAgain_isReplayed() {
        assertThat(desk.outcome("081804")).isEqualTo("VERIFIED");
        assertThat(desk.outcome("081804")).isEqualTo("REPLAYED");
        assertThat(desk.outcome(" 081 804 ")).as("however it is spaced").isEqualTo("REPLAYED");
    }

    @Test
    void verify_sameCodeInTheNextStep_isReplayed() {
        assertThat(desk.outcome("081804")).isEqualTo("VERIFIED");
        desk.advance(30);
        assertThat(desk.outcome("081804")).isEqualTo("REPLAYED");
    }

    @Test
    void verify_sameCodeLongAfter_isReplayedAsLongAsItIsRecognised() {
        assertThat(desk.outcome("081804")).isEqualTo("VERIFIED");
        desk.advance(60);
        assertThat(desk.outcome("081804")).isEqualTo("REPLAYED");
        desk.advance(240);
        assertThat(desk.outcome("081804")).isEqualTo("REPLAYED");
        desk.advance(30);
        assertThat(desk.outcome("081804")).isEqualTo("INVALID");
    }

    /** Only the last code was remembered at PyPI, so that A, B, A passed three times. */
    @Test
    void verify_codesABA_acceptsEachOnce() {
        String a = desk.codeAtOffset(0);
        String b = desk.codeAtOffset(1);

        assertThat(desk.outcome(a)).isEqualTo("VERIFIED");
        assertThat(desk.outcome(b)).isEqualTo("VERIFIED");
        assertThat(desk.outcome(a)).isEqualTo("REPLAYED");
        assertThat(desk.outcome(b)).isEqualTo("REPLAYED");
    }

    @Test
    void verify_codeOfAnEarlierStepThatWasNeverUsed_isReplayed() {
        assertThat(desk.outcome(desk.codeAtOffset(1))).isEqualTo("VERIFIED");
        assertThat(desk.outcome(desk.codeAtOffset(0))).isEqualTo("REPLAYED");
        assertThat(desk.outcome(desk.codeAtOffset(-1))).isEqualTo("REPLAYED");
    }

    @Test
    void verify_clockGoesBack_acceptsNothingOld() {
        assertThat(desk.outcome(desk.codeAtOffset(0))).isEqualTo("VERIFIED");
        String used = desk.codeAtOffset(0);
        desk.advance(-90);
        assertThat(desk.outcome(desk.codeAtOffset(0))).isEqualTo("REPLAYED");
        assertThat(desk.outcome(used)).isEqualTo("REPLAYED");
    }

    /** With the RFC's secret, steps 37353814 and 37353816 happen to have the same code. */
    @Test
    void verify_codeThatTwoStepsOfTheWindowHave_usesUpBoth() {
        desk.setSecond(37353815L * 30);
        assertThat(desk.codeAtOffset(-1)).isEqualTo("137227").isEqualTo(desk.codeAtOffset(1));

        assertThat(desk.outcome("137227")).isEqualTo("VERIFIED");
        assertThat(desk.outcome("137227")).isEqualTo("REPLAYED");
        desk.advance(30);
        assertThat(desk.outcome("137227")).isEqualTo("REPLAYED");
        assertThat(desk.repository.ofAccount(Desk.ACCOUNT).get(0).lastStep()).isEqualTo(37353816);
    }

    @Test
    void verify_wrongCodes_useNothingUp() {
        long before = desk.repository.ofAccount(Desk.ACCOUNT).get(0).lastStep();
        desk.outcome("000000");
        desk.outcome(desk.codeAtOffset(3));

        assertThat(desk.repository.ofAccount(Desk.ACCOUNT).get(0).lastStep()).isEqualTo(before);
    }

    @Test
    void verify_sameCodeByManyThreads_isVerifiedOnceInEachOf2000Rounds() throws Exception {
        int threads = 4;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CyclicBarrier together = new CyclicBarrier(threads);
            for (int round = 0; round < 2000; round++) {
                desk.advance(30);
                String code = desk.codeAtOffset(0);
                List<Callable<Verification>> work = new ArrayList<>();
                for (int i = 0; i < threads; i++) {
                    work.add(() -> {
                        together.await(60, TimeUnit.SECONDS);
                        return desk.verify(code);
                    });
                }
                List<String> outcomes = new ArrayList<>();
                for (Future<Verification> done : pool.invokeAll(work)) {
                    outcomes.add(Desk.outcomeOf(done.get()));
                }
                assertThat(outcomes).as("round %d", round).containsOnlyOnce("VERIFIED");
                assertThat(outcomes).filteredOn("REPLAYED"::equals).hasSize(threads - 1);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void verify_credentialRemovedBetweenReadAndUse_isNotVerified() {
        TotpVerifier late = new TotpVerifier(
                new ForwardingRepository(desk.repository) {
                    @Override
                    public StepUse useStep(String account, String id, long step, java.time.Instant now) {
                        desk.repository.remove(
                                account,
                                id,
                                desk.version(),
                                dev.gatehouse.audit.AuditEvent.of(dev.gatehouse.audit.AuditTag.FACTOR_REMOVED, now)
                                        .build());
                        return super.useStep(account, id, step, now);
                    }
                },
                desk.sealer,
                desk::now);

        assertThat(Desk.outcomeOf(late.verify(Desk.response("081804")))).isEqualTo("NOT_ENROLLED");
    }
}
