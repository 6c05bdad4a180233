package dev.gatehouse.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.audit.InMemoryAuditLog;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.signin.AfterRecovery.Cause;
import dev.gatehouse.signin.AfterRecovery.Recovery;
import dev.gatehouse.signin.AfterRecovery.Step;
import dev.gatehouse.signin.FailureRepository.Place;
import dev.gatehouse.state.AccountVersions;
import dev.gatehouse.state.EphemeralState;
import dev.gatehouse.state.InMemoryAccountVersions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AfterRecoveryTest {
    private static final Instant T0 = Instant.parse("2026-08-25T12:00:00Z");
    private static final Recovery RESET = new Recovery("alice", Cause.PASSWORD_RESET, "alice", "192.0.2.1");

    private final List<String> done = new ArrayList<>();
    private final List<String> failing = new ArrayList<>();
    private final InMemoryAuditLog events = InMemoryAuditLog.create();
    private final InMemoryAccountVersions versions = InMemoryAccountVersions.create();
    private final AuditSink sink = event -> {
        step(event.tag().equals(AuditTag.ACCOUNT_RECOVERED) ? "event" : "sessions");
        events.record(event);
    };
    private final SessionCutoff sessions = SessionCutoff.of(SessionCutoffRepository.inMemory(sink), () -> T0);
    private final AfterRecovery recovery = AfterRecovery.builder(
                    each -> step("tokens"),
                    new AccountVersions() {
                        @Override
                        public long of(String account) {
                            return versions.of(account);
                        }

                        @Override
                        public long advance(String account) {
                            step("version");
                            return versions.advance(account);
                        }
                    },
                    sessions)
            .devices(each -> step("devices"))
            .events(sink)
            .clock(() -> T0)
            .build();

    private void step(String name) {
        if (failing.contains(name)) {
            throw new IllegalStateException(name);
        }
        done.add(name);
    }

    @Test
    void take_always_takesEveryStepWhatActsAloneFirst() {
        Instant began = sessions.beginning("alice");
        recovery.take(RESET);

        assertThat(done).containsExactly("event", "tokens", "version", "sessions", "version", "devices");
        assertThat(versions.of("alice")).isEqualTo(2);
        assertThat(versions.of("bob")).isZero();
        assertThat(sessions.isOver("alice", "s-1", began)).isTrue();
        assertThat(sessions.isOver("alice", "s-2", sessions.beginning("alice"))).isFalse();
    }

    /** A session is asked about its change after the version was read: what it knows while it is not over yet must be void. */
    @Test
    void take_aChangeThatIsDecidedBeforeTheSessionsEnd_isVoid() {
        List<Long> known = new ArrayList<>();
        Instant began = sessions.beginning("alice");
        SessionCutoff watched = SessionCutoff.of(
                SessionCutoffRepository.inMemory(event -> {
                    assertThat(sessions.isOver("alice", "s-1", began)).isFalse();
                    known.add(versions.of("alice"));
                }),
                () -> T0);

        AfterRecovery.builder(Step.none(), versions, watched).build().take(RESET);

        assertThat(known).hasSize(1);
        assertThat(versions.of("alice")).isGreaterThan(known.get(0));
    }

    @ParameterizedTest
    @EnumSource(Cause.class)
    void take_always_recordsWhoAndWhy(Cause cause) {
        recovery.take(new Recovery("alice", cause, "support", ""));

        assertThat(events.events())
                .containsExactly(
                        AuditEvent.of(AuditTag.ACCOUNT_RECOVERED, T0)
                                .account("alice")
                                .actor("support")
                                .attribute("cause", cause.id())
                                .build(),
                        AuditEvent.of(AuditTag.SESSIONS_ENDED, T0)
                                .account("alice")
                                .actor("support")
                                .attribute("cause", cause.id())
                                .attribute("sessions", "all")
                                .build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"event", "tokens", "version", "sessions", "devices"})
    void take_whereOneStepFails_takesAllOthersAndThrows(String broken) {
        failing.add(broken);
        List<String> others = new ArrayList<>(List.of("event", "tokens", "version", "sessions", "version", "devices"));
        others.removeIf(broken::equals);

        assertThatThrownBy(() -> recovery.take(RESET)).hasMessage(broken);
        assertThat(done).containsExactlyElementsOf(others);

        failing.clear();
        recovery.take(RESET);
        assertThat(done).contains(broken);
    }

    @Test
    void take_whereAllFail_throwsTheFirstWithTheOthers() {
        failing.addAll(List.of("event", "tokens", "version", "sessions", "devices"));

        assertThatThrownBy(() -> recovery.take(RESET))
                .hasMessage("event")
                .satisfies(e -> assertThat(e.getSuppressed())
                        .extracting(Throwable::getMessage)
                        .containsExactly("tokens", "version", "sessions", "version", "devices"));
    }

    @Test
    void takeWithEffect_always_closesBeforeAndAfterIt() {
        assertThat(recovery.take(RESET, () -> {
                    step("effect");
                    return "new";
                }))
                .isEqualTo("new");

        assertThat(done)
                .containsExactly(
                        "event",
                        "tokens",
                        "version",
                        "sessions",
                        "version",
                        "devices",
                        "effect",
                        "tokens",
                        "version",
                        "sessions",
                        "version");
    }

    @Test
    void takeWithEffect_whoLogsInWithTheOldPasswordMeanwhile_isOut() {
        LoginDesk desk = new LoginDesk().with(LoginDesk.ALICE, LoginDesk.CODES).with(LoginDesk.BOB, LoginDesk.CODES);
        AfterRecovery atDesk =
                AfterRecovery.builder(Step.none(), desk.versions, sessions).build();
        Recovery reset = new Recovery(LoginDesk.ALICE, Cause.PASSWORD_RESET, LoginDesk.ALICE, "");

        record Meanwhile(Instant completed, LoginDesk.Tab waiting) {}
        Meanwhile old = atDesk.take(reset, () -> {
            LoginDesk.Tab tab = desk.begun(LoginDesk.ALICE);
            assertThat(tab.prove(FactorKind.TOTP, LoginDesk.RIGHT)).isInstanceOf(SignInStep.MoreNeeded.class);
            assertThat(tab.prove(FactorKind.EMAIL, tab.link())).isInstanceOf(SignInStep.Completed.class);
            return new Meanwhile(sessions.beginning(LoginDesk.ALICE), desk.begun(LoginDesk.ALICE));
        });

        assertThat(sessions.isOver(LoginDesk.ALICE, "s-1", old.completed())).isTrue();
        assertThat(old.waiting().prove(FactorKind.TOTP, LoginDesk.RIGHT)).isEqualTo(new SignInStep.Expired());
        assertThat(sessions.isOver(LoginDesk.ALICE, "s-2", sessions.beginning(LoginDesk.ALICE)))
                .isFalse();
    }

    @Test
    void takeWithEffect_thatThrows_closesAllTheSame() {
        assertThatThrownBy(() -> recovery.take(RESET, () -> {
                    failing.add("version");
                    throw new IllegalArgumentException("effect");
                }))
                .hasMessage("effect")
                .satisfies(e -> assertThat(e.getSuppressed())
                        .extracting(Throwable::getMessage)
                        .containsExactly("version"));

        assertThat(done)
                .containsExactly("event", "tokens", "version", "sessions", "version", "devices", "tokens", "sessions");
    }

    @Test
    void takeWithEffect_whereAStepFails_hasNone() {
        failing.add("tokens");

        assertThatThrownBy(() -> recovery.take(RESET, () -> {
                    step("effect");
                    return "new";
                }))
                .hasMessage("tokens");
        assertThat(done).doesNotContain("effect");
    }

    @Test
    void takeWithEffect_whereClosingAgainFails_triesAllAndThrows() {
        assertThatThrownBy(() -> recovery.take(RESET, () -> failing.add("version")))
                .hasMessage("version");
        assertThat(done).endsWith("tokens", "sessions");
    }

    @ParameterizedTest
    @EnumSource(Cause.class)
    void take_withLimits_opensWhatWasSuspendedOnlyForOneWhoWasHelped(Cause cause) {
        FailureRepository failures = suspended();
        withLimits(failures).take(new Recovery("alice", cause, "support", ""));

        assertThat(failures.ofAccount("alice").isEmpty()).isEqualTo(cause == Cause.ACCOUNT_RECOVERY);
        assertThat(failures.ofAccount("bob")).hasSize(1);
    }

    @Test
    void take_withLimitsWhereAStepFails_opensNothing() {
        FailureRepository failures = suspended();
        failing.add("tokens");

        assertThatThrownBy(() -> withLimits(failures)
                        .take(new Recovery("alice", Cause.ACCOUNT_RECOVERY, "support", "192.0.2.9")))
                .hasMessage("tokens");
        assertThat(failures.ofAccount("alice").get(0).isSuspended()).isTrue();
    }

    private FailureRepository suspended() {
        FailureRepository failures = FailureRepository.inMemory(event -> {});
        for (String account : List.of("alice", "bob")) {
            AuditEvent event = AuditEvent.of(AuditTag.FACTOR_SUSPENDED, T0).build();
            Place place = (Place) failures.begin(account, FactorKind.TOTP, 1, event);
            failures.failed(account, FactorKind.TOTP, place, 1, event);
        }
        return failures;
    }

    private AfterRecovery withLimits(FailureRepository failures) {
        AttemptLimits limits = AttemptLimits.builder(EphemeralState.singleNode(event -> {}), failures)
                .clock(() -> T0)
                .build();
        return AfterRecovery.builder(each -> step("tokens"), versions, sessions)
                .limits(limits)
                .events(sink)
                .clock(() -> T0)
                .build();
    }

    @Test
    void take_again_changesNothingForTheWorse() {
        recovery.take(RESET);
        recovery.take(RESET);

        assertThat(versions.of("alice")).isEqualTo(4);
        assertThat(sessions.isOver("alice", "s-2", sessions.beginning("alice"))).isFalse();
    }
}
