package dev.gatehouse.signin;

import static dev.gatehouse.signin.FactorDesk.ALICE;
import static dev.gatehouse.signin.FactorDesk.refusals;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.EnrolledFactor;
import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.factor.FactorInventory;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.policy.document.PolicyDocuments;
import dev.gatehouse.policy.rule.Action;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FactorChangesTest {
    private static final EnrolledFactor APP = EnrolledFactor.of("app", FactorKind.TOTP);
    private static final EnrolledFactor KEY = EnrolledFactor.of("key", FactorKind.WEBAUTHN);
    private static final EnrolledFactor OTHER_KEY = EnrolledFactor.of("key-2", FactorKind.WEBAUTHN);

    @ParameterizedTest
    @ValueSource(strings = {"pypi/1", "pypi-strict/1"})
    void remove_theLastFactor_isRefusedAndChangesNothing(String preset) {
        FactorDesk desk = new FactorDesk(preset).proven(APP, Duration.ofMinutes(1));
        desk.totp.with("app");

        assertThat(refusals(desk.remove(desk.totp, "app"))).containsExactly("last-factor-stays");
        assertThat(desk.totp.enrolled(ALICE)).containsExactly(APP);
        assertThat(desk.versions.of(ALICE)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pypi/1", "pypi-strict/1"})
    void remove_aFactorBesidesAnotherOfAnotherKind_isMade(String preset) {
        FactorDesk desk = new FactorDesk(preset).proven(APP, Duration.ofMinutes(1));
        desk.totp.with("app");
        desk.webauthn.with("key");

        FactorChange<String> change = desk.remove(desk.totp, "app");

        assertThat(change)
                .isInstanceOfSatisfying(
                        FactorChange.Made.class,
                        made -> assertThat(made.value()).isEqualTo("app"));
        assertThat(desk.totp.enrolled(ALICE)).isEmpty();
        assertThat(desk.versions.of(ALICE)).isEqualTo(1);
    }

    @Test
    void remove_whatTheHostStillCallsEnrolledElsewhere_countsTheInventoriesAlone() {
        FactorDesk desk = new FactorDesk("pypi-strict/1").proven(APP, Duration.ofMinutes(1));
        desk.totp.with("app");
        desk.hostSays = EnrolledFactors.of(List.of(APP, KEY, EnrolledFactor.of("app-2", FactorKind.TOTP)));

        assertThat(refusals(desk.remove(desk.totp, "app"))).containsExactly("last-factor-stays");
    }

    @Test
    void remove_besidesAFactorOfAKindWithoutInventory_countsWhatTheHostSays() {
        FactorDesk desk = new FactorDesk("pypi-strict/1").proven(APP, Duration.ofMinutes(1));
        desk.totp.with("app");
        desk.hostSays = EnrolledFactors.of(FactorKind.FEDERATED);

        assertThat(refusals(desk.remove(desk.totp, "app"))).isEmpty();
    }

    @Test
    void remove_whatIsNotThere_isNotFoundAndAsksNobody() {
        FactorDesk desk = new FactorDesk("pypi-strict/1");
        desk.totp.with("app");

        assertThat(desk.remove(desk.totp, "key")).isInstanceOf(FactorChange.NotFound.class);
        assertThat(desk.remove(desk.webauthn, "app")).isInstanceOf(FactorChange.NotFound.class);
    }

    @Test
    void strict_changesOfAnEnrolledAccount_demandAProofOfFiveMinutesAtMost() {
        FactorDesk desk = new FactorDesk("pypi-strict/1");
        desk.totp.with("app");
        desk.webauthn.with("key");

        desk.proven(APP, Duration.ofMinutes(5));
        assertThat(refusals(desk.remove(desk.totp, "app"))).containsExactly("factor-change-needs-factor");
        assertThat(refusals(desk.enrol(desk.webauthn, OTHER_KEY))).containsExactly("factor-change-needs-factor");
        assertThat(refusals(
                        desk.changes.recoveryCodes(ALICE, desk::asked, version -> new FactorWrite.Written<>("made"))))
                .contains("factor-change-needs-factor");

        desk.proven(APP, Duration.ofMinutes(5).minusNanos(1));
        assertThat(refusals(desk.enrol(desk.webauthn, OTHER_KEY))).isEmpty();
        assertThat(refusals(desk.remove(desk.totp, "app"))).isEmpty();
    }

    @Test
    void strict_aProofOfARemovedFactor_countsNoMore() {
        FactorDesk desk = new FactorDesk("pypi-strict/1").proven(APP, Duration.ofMinutes(1));
        desk.totp.with("app");
        desk.webauthn.with("key").with("key-2");

        assertThat(refusals(desk.remove(desk.totp, "app"))).isEmpty();
        assertThat(refusals(desk.remove(desk.webauthn, "key"))).contains("factor-change-needs-factor");
    }

    @Test
    void strict_theFirstFactor_demandsAProofOfTheAddressInTheVeryRequest() {
        FactorDesk desk = new FactorDesk("pypi-strict/1");
        desk.evidence.add(Evidence.asserted(ALICE, FactorKind.EMAIL, desk.now, FactorDesk.SESSION, "test"));
        desk.evidence.add(Evidence.asserted(ALICE, FactorKind.EMAIL, desk.now, Carrier.request("r-0"), "test"));
        assertThat(refusals(desk.enrol(desk.totp, APP))).containsExactly("first-factor-needs-address-proof");

        desk.brought(FactorKind.EMAIL);
        assertThat(refusals(desk.enrol(desk.totp, APP))).isEmpty();
        assertThat(desk.totp.enrolled(ALICE)).containsExactly(APP);
    }

    @Test
    void strict_aSecondFactorAfterTheHostsStaleFacts_isNotTakenForTheFirst() {
        FactorDesk desk =
                new FactorDesk("pypi-strict/1").brought(FactorKind.EMAIL).proven(APP, Duration.ofHours(1));
        desk.totp.with("app");

        assertThat(refusals(desk.enrol(desk.webauthn, KEY))).containsExactly("factor-change-needs-factor");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pypi/1", "pypi-strict/1"})
    void enrol_withoutSavedCodes_isRefused(String preset) {
        FactorDesk desk = new FactorDesk(preset).brought(FactorKind.EMAIL);
        desk.codesSaved = false;

        assertThat(refusals(desk.enrol(desk.totp, APP))).containsExactly("enrolment-needs-saved-codes");
        assertThat(refusals(desk.changes.mayEnrol(ALICE, desk::asked, APP)))
                .containsExactly("enrolment-needs-saved-codes");
    }

    @Test
    void pypi_recoveryCodes_demandThePasswordOfTenSecondsAtMost() {
        FactorDesk desk = new FactorDesk("pypi/1");
        FactorWrite<String> write = version -> new FactorWrite.Written<>("made");

        desk.proven(EnrolledFactor.of(FactorKind.PASSWORD), Duration.ofSeconds(10));
        assertThat(refusals(desk.changes.recoveryCodes(ALICE, desk::asked, write)))
                .containsExactly("codes-need-password-just-now");

        desk.proven(
                EnrolledFactor.of(FactorKind.PASSWORD), Duration.ofSeconds(10).minusNanos(1));
        assertThat(refusals(desk.changes.recoveryCodes(ALICE, desk::asked, write)))
                .isEmpty();
    }

    private static FactorDesk demandingResistant() {
        return new FactorDesk(
                PolicyDocuments.withoutPresets().read("resistant.toml", """
                        gatehouse-policy = 1
                        name = "resistant"
                        revision = 1
                        zone = "UTC"
                        ungated = ["read", "sign-in", "account", "token", "publisher", "project", "release", "member", "organization", "admin", "publish"]

                        [requirement.a-resistant-one-stays]
                        actions = ["factor.remove"]
                        demand.factors-left = "phishing-resistant"
                        message = "Keep a key."

                        [requirement.only-resistant-ones-are-added]
                        actions = ["factor.enrol"]
                        demand.new-factor = "phishing-resistant"
                        message = "Add a key."
                        """).definition());
    }

    @Test
    void resistantOnes_whereDemanded_areTheOnlyOnesThatCount() {
        FactorDesk desk = demandingResistant();
        desk.totp.with("app");
        desk.webauthn.with("key").with("key-2");

        assertThat(refusals(desk.remove(desk.webauthn, "key-2"))).isEmpty();
        assertThat(refusals(desk.remove(desk.webauthn, "key"))).containsExactly("a-resistant-one-stays");
        assertThat(refusals(desk.remove(desk.totp, "app"))).isEmpty();
        assertThat(refusals(desk.enrol(desk.totp, APP))).containsExactly("only-resistant-ones-are-added");
        assertThat(refusals(desk.enrol(desk.webauthn, OTHER_KEY))).isEmpty();
    }

    @Test
    void replace_ofTheLastFactor_countsTheNewOneAsLeft() {
        FactorDesk desk = new FactorDesk("pypi/1").proven(APP, Duration.ofHours(1));
        desk.totp.with("app");
        EnrolledFactor next = EnrolledFactor.of("app-2", FactorKind.TOTP);

        assertThat(refusals(desk.changes.replace(
                        ALICE,
                        desk::asked,
                        FactorKind.TOTP,
                        "app",
                        next,
                        version -> new FactorWrite.Written<>("made"))))
                .isEmpty();
        assertThat(refusals(demandingResistant()
                        .changes
                        .replace(
                                ALICE,
                                desk::asked,
                                FactorKind.TOTP,
                                "app",
                                next,
                                version -> new FactorWrite.Written<>("made"))))
                .containsExactly("not found");
    }

    @Test
    void replace_ofTheLastResistantFactorByAnother_isAskedAboutBoth() {
        FactorDesk desk = demandingResistant();
        desk.webauthn.with("key");
        FactorWrite<String> write = version -> new FactorWrite.Written<>("made");

        assertThat(refusals(desk.changes.replace(ALICE, desk::asked, FactorKind.WEBAUTHN, "key", OTHER_KEY, write)))
                .isEmpty();
        assertThat(refusals(desk.changes.replace(ALICE, desk::asked, FactorKind.WEBAUTHN, "key", APP, write)))
                .containsExactly("only-resistant-ones-are-added");
    }

    @Test
    void write_thatFindsAnotherVersion_isDecidedAnewOnFactsReadAfterIt() {
        FactorDesk desk = new FactorDesk("pypi/1").proven(APP, Duration.ofHours(1));
        desk.totp.with("app");
        desk.webauthn.with("key");
        List<Long> seen = new ArrayList<>();

        FactorChange<String> change = desk.changes.remove(ALICE, desk::asked, FactorKind.TOTP, "app", version -> {
            seen.add(version);
            if (seen.size() == 1) {
                assertThat(refusals(desk.remove(desk.webauthn, "key"))).isEmpty();
            }
            return desk.totp.removing("app").at(version);
        });

        assertThat(refusals(change)).containsExactly("last-factor-stays");
        assertThat(seen).containsExactly(0L);
        assertThat(desk.totp.enrolled(ALICE)).containsExactly(APP);
    }

    @Test
    void change_madeWhileTheFactorsAreRead_isSeenByTheWrite() {
        FactorDesk desk = new FactorDesk("pypi/1").proven(APP, Duration.ofHours(1));
        desk.totp.with("app");
        desk.webauthn.with("key");
        FactorInventory slow = new FactorInventory() {
            @Override
            public FactorKind kind() {
                return FactorKind.WEBAUTHN;
            }

            @Override
            public List<EnrolledFactor> enrolled(String account) {
                List<EnrolledFactor> read = desk.webauthn.enrolled(account);
                if (!read.isEmpty()) {
                    assertThat(refusals(desk.remove(desk.webauthn, "key"))).isEmpty();
                }
                return read;
            }
        };
        FactorChanges changes = FactorChanges.of(desk.policy, desk.versions, List.of(desk.totp, slow));

        assertThat(refusals(changes.remove(ALICE, desk::asked, FactorKind.TOTP, "app", desk.totp.removing("app"))))
                .containsExactly("last-factor-stays");
    }

    @Test
    void change_madeWhileTheHostsFactsAreRead_isSeenByTheWrite() {
        FactorDesk desk = new FactorDesk("pypi/1");

        FactorChange<String> change = desk.changes.enrol(
                ALICE,
                action -> {
                    var asked = desk.asked(action);
                    if (desk.codesSaved) {
                        desk.codesSaved = false;
                        desk.versions.advance(ALICE);
                    }
                    return asked;
                },
                APP,
                desk.totp.adding(APP));

        assertThat(refusals(change)).containsExactly("enrolment-needs-saved-codes");
    }

    @Test
    void write_thatConflictsForEver_isGivenUpAfterABoundedNumber() {
        FactorDesk desk = new FactorDesk("pypi/1");
        List<Long> seen = new ArrayList<>();

        FactorChange<String> change = desk.changes.enrol(ALICE, desk::asked, APP, version -> {
            seen.add(version);
            desk.versions.advance(ALICE);
            return new FactorWrite.Conflict<>();
        });

        assertThat(change).isInstanceOf(FactorChange.Conflict.class);
        assertThat(seen).containsExactly(0L, 1L, 2L, 3L, 4L);
    }

    @Test
    void write_thatRejects_isAnsweredWithItsCode() {
        FactorDesk desk = new FactorDesk("pypi/1");

        FactorChange<String> change =
                desk.changes.enrol(ALICE, desk::asked, APP, version -> new FactorWrite.Rejected<>(() -> "TOO_MANY"));

        assertThat(change)
                .isInstanceOfSatisfying(
                        FactorChange.Rejected.class,
                        rejected -> assertThat(rejected.code().code()).isEqualTo("TOO_MANY"));
    }

    @Test
    void request_ofAnotherAccountOrAction_isACallersMistake() {
        FactorDesk desk = new FactorDesk("pypi/1");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> desk.changes.enrol("u-2", desk::asked, APP, desk.totp.adding(APP)))
                .withMessageContaining("asked");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        desk.changes.enrol(ALICE, action -> desk.asked(Action.FACTOR_VIEW), APP, desk.totp.adding(APP)))
                .withMessageContaining("asked");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        desk.changes.remove(ALICE, desk::asked, FactorKind.FEDERATED, "idp", desk.totp.removing("idp")))
                .withMessageContaining("kind");
        assertThat(desk.versions.of(ALICE)).isZero();
    }

    @Test
    void inventory_thatLies_changesNothing() {
        FactorDesk desk = new FactorDesk("pypi/1");
        for (List<EnrolledFactor> lie :
                List.of(List.of(KEY), List.of(APP, APP), Arrays.asList(APP, (EnrolledFactor) null))) {
            FactorChanges changes = FactorChanges.of(desk.policy, desk.versions, List.of(new FactorInventory() {
                @Override
                public FactorKind kind() {
                    return FactorKind.TOTP;
                }

                @Override
                public List<EnrolledFactor> enrolled(String account) {
                    return lie;
                }
            }));

            assertThatIllegalStateException()
                    .isThrownBy(() -> changes.enrol(ALICE, desk::asked, APP, desk.totp.adding(APP)));
        }
        assertThat(desk.versions.of(ALICE)).isZero();
    }

    @Test
    void inventories_ofOneKindTwice_areNotTaken() {
        FactorDesk desk = new FactorDesk("pypi/1");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> FactorChanges.of(desk.policy, desk.versions, List.of(desk.totp, desk.totp)))
                .withMessageContaining("inventories");
    }
}
