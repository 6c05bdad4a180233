package dev.gatehouse.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.audit.InMemoryAuditLog;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.signin.FailureRepository.Standing;
import dev.gatehouse.state.EphemeralState;
import dev.gatehouse.state.RateWindow;
import dev.gatehouse.state.StateUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The rules of attempts one by one; {@link AttemptLimitsLawTest} holds what is true of any sequence of them. */
class AttemptLimitsTest {
    private static final Instant T0 = Instant.parse("2024-01-01T05:00:00Z");
    private static final String ALICE = "alice-1";
    private static final NetworkAddress HOME = NetworkAddress.of("192.0.2.1");
    private static final NetworkAddress OFFICE = NetworkAddress.of("198.51.100.7");

    private final InMemoryAuditLog events = InMemoryAuditLog.create();
    private final FailureRepository failures = FailureRepository.inMemory(events);
    private final EphemeralState state = EphemeralState.singleNode(events);
    private final AtomicReference<Instant> now = new AtomicReference<>(T0);
    private final AttemptLimits limits =
            AttemptLimits.builder(state, failures).clock(now::get).build();

    @Test
    void admit_thePypiNumbersForAnAccount_areHeldFromManyAddresses() {
        for (int i = 0; i < 5; i++) {
            fail(totp(ALICE, address(i)));
        }

        assertThrottled(totp(ALICE, address(9)), Duration.ofMinutes(5));
        now.set(T0.plusSeconds(299).plusNanos(1));
        assertThrottled(totp(ALICE, address(9)), Duration.ofSeconds(1));
        now.set(T0.plusSeconds(301));
        fail(totp(ALICE, address(9)));
    }

    @Test
    void admit_twentyInAnHourAndFiftyInADay_areHeld() {
        int failed = 0;
        Instant hour = T0;
        while (limits.admit(totp(ALICE, address(failed))) instanceof Admission.Admitted admitted) {
            admitted.ticket().failed();
            failed++;
            if (failed % 5 == 0) {
                now.set(now.get().plusSeconds(301));
            }
        }
        assertThat(failed).isEqualTo(20);
        for (int h = 1; h < 5; h++) {
            now.set(hour.plus(Duration.ofHours(h)).plusSeconds(600L * h));
            for (int i = 0; i < 20; i++) {
                if (limits.admit(totp(ALICE, address(failed))) instanceof Admission.Admitted admitted) {
                    admitted.ticket().failed();
                    failed++;
                }
                now.set(now.get().plusSeconds(100));
            }
        }

        assertThat(failed).isEqualTo(50);
        now.set(T0.plus(Duration.ofDays(1)));
        fail(totp(ALICE, address(99)));
    }

    @Test
    void admit_thePypiNumbersForAnAddress_areHeldForManyAccounts() {
        for (int i = 0; i < 10; i++) {
            fail(totp("account-" + i, HOME));
        }

        assertThrottled(totp(ALICE, HOME), Duration.ofMinutes(5));
        fail(totp(ALICE, OFFICE));
    }

    @Test
    void admit_anotherFactor_sharesTheWindows() {
        for (int i = 0; i < 3; i++) {
            fail(totp(ALICE, HOME));
        }
        for (int i = 0; i < 2; i++) {
            fail(Attempt.afterFirstFactor(ALICE, FactorKind.RECOVERY_CODE, HOME));
        }

        assertThrottled(totp(ALICE, HOME), Duration.ofMinutes(5));
    }

    @Test
    void succeeded_always_givesBackItsOwnPlaceAndLeavesTheWindows() {
        for (int i = 0; i < 4; i++) {
            fail(totp(ALICE, HOME));
        }
        for (int i = 0; i < 20; i++) {
            admit(totp(ALICE, HOME)).succeeded();
        }
        fail(totp(ALICE, HOME));

        assertThrottled(totp(ALICE, HOME), Duration.ofMinutes(5));
    }

    @Test
    void succeeded_always_clearsTheConsecutiveFailuresOfThisFactorOnly() {
        fail(totp(ALICE, HOME));
        fail(totp("bob", HOME));
        fail(Attempt.afterFirstFactor(ALICE, FactorKind.RECOVERY_CODE, HOME));
        admit(totp(ALICE, HOME)).succeeded();

        assertThat(failures.ofAccount(ALICE)).containsExactly(new Standing("recovery-code", 1, false));
        assertThat(failures.ofAccount("bob")).containsExactly(new Standing("totp", 1, false));
    }

    @Test
    void notAnAttempt_always_givesAllPlacesBack() {
        for (int i = 0; i < 30; i++) {
            admit(totp(ALICE, HOME)).notAnAttempt();
        }

        assertThat(failures.ofAccount(ALICE)).isEmpty();
        fail(totp(ALICE, HOME));
    }

    @Test
    void ticket_thatIsToldNothing_countsAsFailed() {
        for (int i = 0; i < 5; i++) {
            admit(totp(ALICE, HOME));
        }

        assertThrottled(totp(ALICE, HOME), Duration.ofMinutes(5));
        assertThat(failures.ofAccount(ALICE)).containsExactly(new Standing("totp", 5, false));
    }

    @Test
    void ticket_toldTwice_isAMistake() {
        AttemptTicket ticket = admit(totp(ALICE, HOME));
        ticket.failed();

        assertThatIllegalStateException().isThrownBy(ticket::succeeded);
        assertThatIllegalStateException().isThrownBy(ticket::notAnAttempt);
        assertThatIllegalStateException().isThrownBy(ticket::failed);
    }

    @Test
    void webAuthnAndWhatComesBeforeTheFirstFactor_countForTheAddressOnly() {
        for (int i = 0; i < 5; i++) {
            fail(Attempt.afterFirstFactor(ALICE, FactorKind.WEBAUTHN, HOME));
            fail(Attempt.beforeFirstFactor(FactorKind.TOTP, HOME));
        }

        assertThrottled(Attempt.beforeFirstFactor(FactorKind.WEBAUTHN, HOME), Duration.ofMinutes(5));
        assertThat(failures.ofAccount(ALICE)).isEmpty();
        for (int i = 0; i < 5; i++) {
            fail(totp(ALICE, OFFICE));
        }
    }

    /** O15: bad passwords and spraying never lock the second factor out. */
    @Test
    void passwords_howeverMany_spendNothingOfTheFactors() {
        for (int i = 0; i < 10; i++) {
            fail(Attempt.ofPassword(ALICE, HOME));
        }

        assertThrottled(Attempt.ofPassword(ALICE, OFFICE), Duration.ofMinutes(5));
        assertThrottled(Attempt.ofPassword("bob", HOME), Duration.ofMinutes(5));
        assertThat(failures.ofAccount(ALICE)).isEmpty();
        admit(Attempt.afterFirstFactor(ALICE, FactorKind.WEBAUTHN, HOME)).succeeded();
        for (int i = 0; i < 5; i++) {
            fail(totp(ALICE, HOME));
        }
    }

    @Test
    void admit_atTheCap_suspendsThatFactorTellsTheOwnerAndLeavesTheOthers() {
        AttemptLimits capped = capped(2);
        ((Admission.Admitted) capped.admit(totp(ALICE, HOME))).ticket().failed();
        assertThat(events.events()).isEmpty();
        ((Admission.Admitted) capped.admit(totp(ALICE, HOME))).ticket().failed();

        assertThat(events.events()).hasSize(1);
        AuditEvent told = events.events().get(0);
        assertThat(told.tag()).isEqualTo(AuditTag.FACTOR_SUSPENDED);
        assertThat(told.account()).contains(ALICE);
        assertThat(told.address()).contains("192.0.2.1");
        assertThat(told.attributes()).containsEntry("method", "totp").containsEntry("failures", "2");
        now.set(T0.plus(Duration.ofDays(40)));
        for (int i = 0; i < 20; i++) {
            assertThat(capped.admit(totp(ALICE, HOME))).isEqualTo(new Admission.Suspended(FactorKind.TOTP));
        }
        assertThat(capped.admit(Attempt.afterFirstFactor(ALICE, FactorKind.RECOVERY_CODE, HOME)))
                .isInstanceOf(Admission.Admitted.class);
        assertThat(events.events()).hasSize(1);
    }

    @Test
    void suspended_afterAnotherFactorWasProven_isOpenAgain() {
        for (FactorKind other : List.of(FactorKind.WEBAUTHN, FactorKind.RECOVERY_CODE)) {
            AttemptLimits capped = capped(1);
            ((Admission.Admitted) capped.admit(totp(ALICE, HOME))).ticket().failed();
            assertThat(capped.admit(totp(ALICE, HOME))).isInstanceOf(Admission.Suspended.class);
            ((Admission.Admitted) capped.admit(Attempt.afterFirstFactor(ALICE, other, HOME)))
                    .ticket()
                    .succeeded();

            assertThat(capped.admit(totp(ALICE, HOME))).isInstanceOf(Admission.Admitted.class);
            capped.clearAll(ALICE, HOME);
        }
        assertThat(events.events())
                .extracting(AuditEvent::tag)
                .containsExactly(
                        AuditTag.FACTOR_SUSPENDED,
                        AuditTag.FACTOR_REOPENED,
                        AuditTag.FACTOR_SUSPENDED,
                        AuditTag.FACTOR_REOPENED);
    }

    @Test
    void suspended_afterAPasswordOrMail_staysSo() {
        AttemptLimits capped = capped(1);
        ((Admission.Admitted) capped.admit(totp(ALICE, HOME))).ticket().failed();
        ((Admission.Admitted) capped.admit(Attempt.ofPassword(ALICE, HOME)))
                .ticket()
                .succeeded();
        ((Admission.Admitted) capped.admit(Attempt.afterFirstFactor(ALICE, FactorKind.EMAIL, HOME)))
                .ticket()
                .succeeded();
        capped.reopen(ALICE, FactorKind.EMAIL, HOME);

        assertThat(capped.admit(totp(ALICE, HOME))).isInstanceOf(Admission.Suspended.class);
        capped.reopen(ALICE, FactorKind.WEBAUTHN, HOME);
        assertThat(capped.admit(totp(ALICE, HOME))).isInstanceOf(Admission.Admitted.class);
    }

    @Test
    void clearAll_afterRecovery_opensEverything() {
        AttemptLimits capped = capped(1);
        ((Admission.Admitted) capped.admit(totp(ALICE, HOME))).ticket().failed();
        capped.clearAll(ALICE, HOME);

        assertThat(capped.admit(totp(ALICE, HOME))).isInstanceOf(Admission.Admitted.class);
        assertThat(events.events().get(1).attributes()).containsEntry("by", "recovery");
    }

    @Test
    void suspended_always_takesNoPlaceInAWindow() {
        AttemptLimits capped = capped(1);
        ((Admission.Admitted) capped.admit(totp(ALICE, HOME))).ticket().failed();
        for (int i = 0; i < 30; i++) {
            capped.admit(totp(ALICE, HOME));
        }

        for (int i = 0; i < 4; i++) {
            fail(Attempt.afterFirstFactor(ALICE, FactorKind.RECOVERY_CODE, HOME));
        }
    }

    @Test
    void admit_whenTheStateIsFull_isAnExceptionAndNoAdmission() {
        AttemptLimits small = AttemptLimits.builder(EphemeralState.singleNode(events), failures)
                .clock(now::get)
                .capacity(1)
                .build();
        small.admit(totp(ALICE, HOME));

        assertThatExceptionOfType(StateUnavailableException.class).isThrownBy(() -> small.admit(totp(ALICE, OFFICE)));
    }

    @Test
    void builder_withBoundsNotHeld_isAMistake() {
        AttemptLimits.Builder builder = AttemptLimits.builder(state, failures);
        RateWindow one = new RateWindow(1, Duration.ofMinutes(1));

        assertThatIllegalArgumentException().isThrownBy(() -> builder.account(List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.address(List.of(one, one)));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.cap(0));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.cap(101));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.capacity(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Attempt.afterFirstFactor(ALICE, FactorKind.PASSWORD, HOME));
        assertThatIllegalArgumentException().isThrownBy(() -> Attempt.beforeFirstFactor(FactorKind.PASSWORD, HOME));
        assertThatIllegalArgumentException().isThrownBy(() -> totp(" ", HOME));
    }

    private AttemptLimits capped(int cap) {
        return AttemptLimits.builder(state, failures).clock(now::get).cap(cap).build();
    }

    private AttemptTicket admit(Attempt attempt) {
        return ((Admission.Admitted) limits.admit(attempt)).ticket();
    }

    private void fail(Attempt attempt) {
        admit(attempt).failed();
    }

    private void assertThrottled(Attempt attempt, Duration retryAfter) {
        assertThat(limits.admit(attempt)).isEqualTo(new Admission.Throttled(retryAfter));
    }

    private static Attempt totp(String account, NetworkAddress address) {
        return Attempt.afterFirstFactor(account, FactorKind.TOTP, address);
    }

    private static NetworkAddress address(int number) {
        return NetworkAddress.of("203.0.113." + number);
    }
}
