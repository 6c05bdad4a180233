package dev.gatehouse.signin;

import static dev.gatehouse.signin.FactorDesk.ALICE;
import static dev.gatehouse.signin.FactorDesk.SESSION;
import static dev.gatehouse.signin.FactorDesk.refusals;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.audit.InMemoryAuditLog;
import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.EnrolledFactor;
import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.factor.FactorResponse;
import dev.gatehouse.factor.FactorVerifier;
import dev.gatehouse.factor.RejectionCode;
import dev.gatehouse.factor.Verification;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.signin.Reauthenticated.Proven;
import dev.gatehouse.signin.Reauthenticated.Rejected;
import dev.gatehouse.signin.Reauthenticated.Suspended;
import dev.gatehouse.signin.Reauthenticated.Throttled;
import dev.gatehouse.state.EphemeralState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReauthenticationTest {
    private static final EnrolledFactor APP = EnrolledFactor.of("app", FactorKind.TOTP);
    private static final NetworkAddress ADDRESS = NetworkAddress.of("192.0.2.1");

    private final InMemoryAuditLog events = InMemoryAuditLog.create();
    private final FactorDesk desk = new FactorDesk("pypi/1");
    private final List<String> settled = new ArrayList<>();
    private Function<FactorResponse, Verification> totp =
            response -> response.text().equals("right")
                    ? new Verification.Verified(
                            Evidence.asserted(response.account(), APP, desk.now, response.carrier(), "test"))
                    : new Verification.Rejected(() -> "INVALID");
    private boolean isUsedUp;

    private final Reauthentication reauthentication = Reauthentication.of(
            AttemptLimits.builder(EphemeralState.singleNode(events), FailureRepository.inMemory(events))
                    .clock(() -> desk.now)
                    .cap(7)
                    .build(),
            List.of(
                    ((PasswordCheck) (account, password) -> password.equals("hunter2 of " + account)
                                    ? PasswordCheck.Finding.RIGHT
                                    : PasswordCheck.Finding.WRONG)
                            .verifier(() -> desk.now),
                    new FactorVerifier() {
                        @Override
                        public FactorKind kind() {
                            return FactorKind.TOTP;
                        }

                        @Override
                        public Verification verify(FactorResponse response) {
                            return totp.apply(response);
                        }

                        @Override
                        public Verification settle(Evidence proof) {
                            settled.add(proof.factor().id());
                            return isUsedUp
                                    ? new Verification.Rejected(() -> "USED")
                                    : new Verification.Verified(proof);
                        }
                    }),
            events,
            () -> desk.now);

    private Reauthenticated prove(FactorKind kind, String text) {
        return reauthentication.prove(ALICE, SESSION, kind, text, ADDRESS);
    }

    private static String code(Reauthenticated answer) {
        return answer.fold(
                proven -> "PROVEN",
                rejected -> rejected.code().code(),
                throttled -> "THROTTLED",
                suspended -> "SUSPENDED");
    }

    @Test
    void prove_aFactor_givesEvidenceOfTheSessionThatThePolicyTakes() {
        FactorDesk strict = new FactorDesk("pypi-strict/1");
        strict.totp.with("app");
        strict.webauthn.with("key");
        assertThat(refusals(strict.remove(strict.totp, "app"))).contains("factor-change-needs-factor");

        Proven proven = (Proven) prove(FactorKind.TOTP, "right");
        strict.evidence.add(proven.evidence());

        assertThat(refusals(strict.remove(strict.totp, "app"))).isEmpty();
        assertThat(settled).containsExactly("app");
    }

    @Test
    void prove_aPassword_isTheHostsToCheckForThisAccountAlone() {
        assertThat(code(prove(FactorKind.PASSWORD, "hunter2 of " + ALICE))).isEqualTo("PROVEN");
        assertThat(code(prove(FactorKind.PASSWORD, "hunter2 of u-2"))).isEqualTo("WRONG");
    }

    @ParameterizedTest
    @CsvSource({
        "account.profile, PT29M59.999999999S, ''",
        "account.profile, PT30M, sensitive-needs-password-again",
        "factor.recovery-codes, PT9.999999999S, ''",
        "factor.recovery-codes, PT10S, codes-need-password-just-now",
        "factor.remove, PT12H, last-factor-stays"
    })
    void pypi_windows_areThoseOfTheReference(String action, Duration ago, String refused) {
        desk.totp.with("app");
        desk.hostSays = EnrolledFactors.of(List.of(APP));
        desk.proven(APP, Duration.ofHours(13)).proven(EnrolledFactor.of(FactorKind.PASSWORD), ago);
        Action asked = Action.of(action);

        List<String> got = refusals(desk.policy.decide(
                asked.equals(Action.FACTOR_REMOVE)
                        ? desk.request(asked)
                                .factorsLeft(EnrolledFactors.none())
                                .build()
                        : desk.asked(asked)));

        assertThat(got).isEqualTo(refused.isEmpty() ? List.of() : List.of(refused));
    }

    @Test
    void helpful_onPypi_isThePasswordAlone() {
        desk.hostSays = EnrolledFactors.of(List.of(APP));
        desk.proven(APP, Duration.ofHours(1));

        assertThat(reauthentication.helpful(desk.policy, desk.asked(Action.FACTOR_RECOVERY_CODES)))
                .containsExactly(FactorKind.PASSWORD);
        desk.proven(EnrolledFactor.of(FactorKind.PASSWORD), Duration.ofSeconds(1));
        assertThat(reauthentication.helpful(desk.policy, desk.asked(Action.FACTOR_RECOVERY_CODES)))
                .isEmpty();
    }

    @Test
    void helpful_whereTwoProofsAreNeeded_isEachOfThem() {
        FactorDesk strict = new FactorDesk("pypi-strict/1");
        strict.hostSays = EnrolledFactors.of(List.of(APP));
        strict.proven(APP, Duration.ofHours(1));

        assertThat(reauthentication.helpful(strict.policy, strict.asked(Action.FACTOR_RECOVERY_CODES)))
                .containsExactlyInAnyOrder(FactorKind.PASSWORD, FactorKind.TOTP);
    }

    @Test
    void helpful_whereNoProofHelps_isEmpty() {
        desk.emailVerified = false;
        desk.hostSays = EnrolledFactors.of(List.of(APP));
        desk.proven(APP, Duration.ofMinutes(1)).proven(EnrolledFactor.of(FactorKind.PASSWORD), Duration.ofMinutes(1));

        assertThat(refusals(desk.policy.suppose(desk.asked(Action.ACCOUNT_PROFILE))))
                .containsExactly("management-needs-verified-email");
        assertThat(reauthentication.helpful(desk.policy, desk.asked(Action.ACCOUNT_PROFILE)))
                .isEmpty();
    }

    @Test
    void prove_wrongly_isRecordedAndLimited() {
        for (int i = 0; i < 5; i++) {
            assertThat(code(prove(FactorKind.TOTP, "wrong"))).isEqualTo("INVALID");
        }

        assertThat(prove(FactorKind.TOTP, "right")).isInstanceOf(Throttled.class);
        assertThat(events.events()).hasSize(5).allSatisfy(event -> {
            assertThat(event.tag()).isEqualTo(AuditTag.REAUTHENTICATION_FAILURE);
            assertThat(event.account()).contains(ALICE);
            assertThat(event.address()).contains("192.0.2.1");
            assertThat(event.attributes()).containsEntry("method", "totp").containsEntry("reason", "INVALID");
        });
        assertThat(code(prove(FactorKind.PASSWORD, "hunter2 of " + ALICE)))
                .as("passwords have limits of their own")
                .isEqualTo("PROVEN");
    }

    @Test
    void prove_rightly_spendsNoBudget() {
        for (int i = 0; i < 12; i++) {
            assertThat(code(prove(FactorKind.TOTP, "right"))).isEqualTo("PROVEN");
        }
    }

    @Test
    void prove_atAVerifierWithoutRoom_isNoAttempt() {
        RejectionCode busy = new RejectionCode() {
            @Override
            public String code() {
                return "BUSY";
            }

            @Override
            public Optional<Duration> retryAfter() {
                return Optional.of(Duration.ofSeconds(3));
            }
        };
        totp = response -> new Verification.Rejected(busy);

        for (int i = 0; i < 12; i++) {
            assertThat(prove(FactorKind.TOTP, "right")).isEqualTo(new Throttled(Duration.ofSeconds(3)));
        }
        assertThat(events.events()).isEmpty();
    }

    @Test
    void prove_whatWasUsedUpMeanwhile_isAFailure() {
        isUsedUp = true;

        assertThat(code(prove(FactorKind.TOTP, "right"))).isEqualTo("USED");
    }

    @Test
    void verifier_thatLies_isNotBelieved() {
        for (Evidence lie : List.of(
                Evidence.asserted("u-2", APP, desk.now, SESSION, "test"),
                Evidence.asserted(ALICE, FactorKind.WEBAUTHN, desk.now, SESSION, "test"),
                Evidence.asserted(ALICE, APP, desk.now, Carrier.session("s-2"), "test"))) {
            totp = response -> new Verification.Verified(lie);

            assertThat(prove(FactorKind.TOTP, "right")).isInstanceOf(Rejected.class);
        }
        assertThat(settled).isEmpty();
    }

    @Test
    void verifier_thatThrows_countsAsAFailure() {
        totp = response -> {
            throw new IllegalStateException("down");
        };
        for (int i = 0; i < 5; i++) {
            assertThatIllegalStateException().isThrownBy(() -> prove(FactorKind.TOTP, "right"));
        }

        assertThat(prove(FactorKind.TOTP, "right")).isInstanceOf(Throttled.class);
    }

    @Test
    void fold_always_takesTheFittingFunction() {
        assertThat(code(new Suspended(FactorKind.TOTP))).isEqualTo("SUSPENDED");
    }

    @Test
    void prove_outsideOfASessionOrWithoutVerifier_isACallersMistake() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> reauthentication.prove(ALICE, FactorDesk.REQUEST, FactorKind.TOTP, "right", ADDRESS))
                .withMessageContaining("session");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> prove(FactorKind.SMS, "right"))
                .withMessageContaining("kind");
    }
}
