package dev.gatehouse.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.publisher.PendingPublisher;
import dev.gatehouse.publisher.PublisherSettings;
import dev.gatehouse.publisher.TrustedPublisher;
import dev.gatehouse.recovery.RecoveryCodeSet;
import dev.gatehouse.secret.SealedSecret;
import dev.gatehouse.signin.DeviceRepository;
import dev.gatehouse.signin.FailureRepository;
import dev.gatehouse.signin.KnownDevice;
import dev.gatehouse.signin.SessionCutoffRepository;
import dev.gatehouse.signin.SwitchRepository;
import dev.gatehouse.state.EphemeralState;
import dev.gatehouse.state.RateWindow;
import dev.gatehouse.state.StateSpace;
import dev.gatehouse.state.StateUnavailableException;
import dev.gatehouse.store.jdbc.SqlFaults.Fault;
import dev.gatehouse.token.ApiToken;
import dev.gatehouse.token.TokenOwner;
import dev.gatehouse.totp.TotpCredential;
import dev.gatehouse.webauthn.WebAuthnCredential;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every change of every repository over a database, each of whose statements and commits goes wrong once in each way: all of the change
 * and its event is there afterwards, or nothing of either.
 */
class FaultyDatabaseTest {
    private static final Instant T0 = Samples.T0;
    private static final String ALICE = Samples.ALICE;
    private static final TokenOwner OWNER = TokenOwner.account(ALICE);
    private static final StateSpace CLAIMS = StateSpace.claims("faulty.claims", 10);
    private static final StateSpace VALUES = StateSpace.values("faulty.values", 10);
    private static final StateSpace COUNTERS = StateSpace.counters("faulty.counters", 10);
    private static final RateWindow WINDOW = new RateWindow(3, Duration.ofMinutes(1));
    private static final Instant END = T0.plusSeconds(60);
    private static final TotpCredential APP = Samples.credential("app");
    private static final TotpCredential NEW_APP = Samples.credential("new-app");
    private static final WebAuthnCredential KEY = Samples.key("a2V5");
    private static final WebAuthnCredential NEW_KEY = Samples.key("bmV3LWtleQ");
    private static final RecoveryCodeSet CODES = Samples.recoveryCodes("codes");
    private static final RecoveryCodeSet NEW_CODES = Samples.recoveryCodes("new-codes");
    private static final ApiToken TOKEN = Samples.token("token");
    private static final ApiToken NEW_TOKEN = Samples.token("new-token");
    private static final SealedSecret ROOT_KEY = Samples.rootKey(TOKEN);
    private static final SealedSecret NEW_ROOT_KEY = Samples.rootKey(NEW_TOKEN);
    private static final TrustedPublisher PUBLISHER = publisher("publisher", "repository");
    private static final TrustedPublisher NEW_PUBLISHER = publisher("new-publisher", "new-repository");
    private static final PendingPublisher PENDING = pending("pending", "pending-repository");
    private static final PendingPublisher NEW_PENDING = pending("new-pending", "new-pending-repository");
    private static final Set<String> KEYS = Set.of("name:a", "id:1");

    private static final Map<String, Function<JdbcStore, Object>> CHANGES = changes();
    private static final AtomicReference<Copies> SCENE = new AtomicReference<>();

    private static PublisherSettings settings(String repository) {
        return PublisherSettings.of("github", "https://github.example", Map.of("repository", repository));
    }

    private static TrustedPublisher publisher(String id, String repository) {
        return TrustedPublisher.builder(id, settings(repository), T0)
                .projects(Set.of("p1"))
                .build();
    }

    private static PendingPublisher pending(String id, String repository) {
        return PendingPublisher.builder(id, settings(repository), "New", "new", ALICE, T0)
                .build();
    }

    private static DeviceRepository.Stored device(String id) {
        return new DeviceRepository.Stored(
                new KnownDevice(id, ALICE, 0, KnownDevice.Trust.KNOWN, "laptop", T0, T0, END), "0".repeat(64));
    }

    private static Map<String, Function<JdbcStore, Object>> changes() {
        Map<String, Function<JdbcStore, Object>> all = new LinkedHashMap<>();
        factors(all);
        tokens(all);
        logins(all);
        publishers(all);
        state(all);
        return all;
    }

    private static void factors(Map<String, Function<JdbcStore, Object>> all) {
        of(all, "totp.add", r -> r.totp().add(NEW_APP, 3, Samples.EVENT));
        of(all, "totp.replace", r -> r.totp().replace("app", NEW_APP, 3, Samples.event(1), Samples.event(2)));
        of(all, "totp.relabel", r -> r.totp().relabel(ALICE, "app", "phone", Samples.EVENT));
        of(all, "totp.remove", r -> r.totp().remove(ALICE, "app", 3, Samples.EVENT));
        of(all, "totp.useStep", r -> r.totp().useStep(ALICE, "app", 42, T0));
        of(all, "webAuthn.add", r -> r.webAuthn().add(NEW_KEY, 3, Samples.EVENT));
        of(all, "webAuthn.relabel", r -> r.webAuthn().relabel(ALICE, KEY.id(), "key", Samples.EVENT));
        of(all, "webAuthn.remove", r -> r.webAuthn().remove(ALICE, KEY.id(), 3, Samples.EVENT));
        of(all, "webAuthn.use", r -> r.webAuthn().use(ALICE, KEY.id(), 0, 1, false, T0));
        of(all, "recoveryCodes.replace", r -> r.recoveryCodes().replace(NEW_CODES, 3, Samples.EVENT));
        of(all, "recoveryCodes.remove", r -> r.recoveryCodes().remove(ALICE, 3, Samples.EVENT));
        of(all, "recoveryCodes.use", r -> r.recoveryCodes().use(ALICE, "codes", 3, T0, Samples.EVENT));
        of(all, "accountVersions.advance", r -> r.accountVersions().advance(ALICE));
    }

    private static void tokens(Map<String, Function<JdbcStore, Object>> all) {
        of(all, "tokens.insert", r -> r.tokens().insert(NEW_TOKEN, NEW_ROOT_KEY, 0, Samples.EVENT));
        of(all, "tokens.revoke", r -> r.tokens().revoke("token", OWNER, T0, Samples.EVENT));
        of(all, "tokens.restrict", r -> r.tokens().restrict("token", OWNER, "[1,[\"c\"]]", Samples.EVENT));
        of(all, "tokens.recordUse", r -> r.tokens().recordUse("token", Optional.empty(), T0));
        of(all, "tokens.advance", r -> r.tokens().advance(OWNER, Samples.EVENT));
        of(all, "tokens.suspend", r -> r.tokens().suspend(OWNER, Samples.EVENT));
        of(all, "tokens.resume", r -> r.tokens().resume(TokenOwner.account("bob"), 1, Samples.EVENT));
        of(all, "tokens.purge", r -> r.tokens().purge(END, 9, T0));
    }

    private static void logins(Map<String, Function<JdbcStore, Object>> all) {
        of(all, "logins.complete", r -> r.logins().complete(ALICE, 0, 3, T0));
        of(all, "devices.add", r -> done(() -> r.devices().add(device("new-device"), 1, Samples.EVENT)));
        of(all, "devices.used", r -> done(() -> r.devices().used(ALICE, "device", END)));
        of(all, "devices.remove", r -> r.devices().remove(ALICE, "device", Samples.EVENT));
        of(all, "devices.removeAll", r -> done(() -> r.devices().removeAll(ALICE, Samples.EVENT)));
        FailureRepository.Place last = new FailureRepository.Place(2, 0);
        of(all, "failures.begin", r -> r.failures().begin(ALICE, FactorKind.TOTP, 2, Samples.EVENT));
        of(
                all,
                "failures.failed",
                r -> done(() -> r.failures().failed(ALICE, FactorKind.TOTP, last, 2, Samples.EVENT)));
        of(all, "failures.withdraw", r -> done(() -> r.failures().withdraw(ALICE, FactorKind.TOTP, last)));
        of(all, "failures.clear", r -> done(() -> r.failures().clear("bob", FactorKind.TOTP, Samples.EVENT)));
        of(all, "failures.reopen", r -> done(() -> r.failures().reopen("bob", Samples.EVENT)));
        of(all, "failures.clearAll", r -> done(() -> r.failures().clearAll("bob", Samples.EVENT)));
        of(all, "sessionCutoffs.endAll", r -> done(() -> r.sessionCutoffs().endAll(ALICE, T0, Samples.EVENT)));
        SessionCutoffRepository.Session kept = new SessionCutoffRepository.Session("a", T0);
        of(all, "sessionCutoffs.endOthers", r -> r.sessionCutoffs().endOthers(ALICE, kept, T0, Samples.EVENT));
        of(all, "waivers.add", r -> r.waivers().add(Samples.waiver("new-waiver"), Samples.EVENT));
        of(all, "waivers.end", r -> r.waivers().end("waiver", T0, Samples.EVENT));
        of(all, "switches.flip", r -> r.switches().flip("lock", SwitchRepository.State.OFF, Samples.EVENT));
        of(all, "auditLog.record", r -> done(() -> r.auditLog().record(Samples.EVENT)));
    }

    private static void publishers(Map<String, Function<JdbcStore, Object>> all) {
        of(all, "publishers.insert", r -> r.publishers().insert(NEW_PUBLISHER, KEYS, Samples.EVENT));
        of(
                all,
                "publishers.replace",
                r -> r.publishers()
                        .replace(
                                PUBLISHER,
                                PUBLISHER.toBuilder().projects(Set.of("p2")).build(),
                                KEYS,
                                Samples.EVENT));
        of(
                all,
                "publishers.relink",
                r -> r.publishers()
                        .relink(
                                PUBLISHER,
                                PUBLISHER.toBuilder().projects(Set.of("p2")).build(),
                                Samples.EVENT));
        of(all, "publishers.remove", r -> r.publishers().remove(PUBLISHER, Samples.EVENT));
        of(all, "pendingPublishers.insert", r -> r.pendingPublishers().insert(NEW_PENDING, KEYS, 3, Samples.EVENT));
        of(all, "pendingPublishers.remind", r -> r.pendingPublishers().remind(PENDING, Samples.EVENT));
        of(all, "pendingPublishers.remove", r -> r.pendingPublishers().remove(PENDING, Samples.EVENT));
        all.put(
                "publishing",
                store -> store.publishing(TestProjects::in).inTransaction(unit -> {
                    unit.audit().record(Samples.event(7));
                    return unit.publishers().insert(NEW_PUBLISHER, KEYS, Samples.event(1))
                            + " " + unit.pending().remove(PENDING, Samples.event(2))
                            + " " + unit.tokens().advance(OWNER, Samples.event(3))
                            + " " + unit.tokens().insert(NEW_TOKEN, NEW_ROOT_KEY, 1, Samples.event(4));
                }));
    }

    private static void state(Map<String, Function<JdbcStore, Object>> all) {
        state(all, "claim", s -> s.claim(CLAIMS, "new", END, T0));
        state(all, "put", s -> s.put(VALUES, "new", "text", END, T0));
        state(all, "take", s -> s.take(VALUES, "key", T0));
        state(all, "count", s -> s.count(COUNTERS, "key", WINDOW, T0));
        state(all, "withdraw", s -> done(() -> s.withdraw(COUNTERS, "key", WINDOW, T0, T0)));
        state(all, "forget", s -> done(() -> s.forget(COUNTERS, "key", T0)));
    }

    private static void of(
            Map<String, Function<JdbcStore, Object>> all, String name, Function<JdbcRepositories, Object> change) {
        all.put(name, store -> change.apply(store.repositories()));
    }

    private static void state(
            Map<String, Function<JdbcStore, Object>> all, String name, Function<EphemeralState, Object> change) {
        all.put("state." + name, store -> change.apply(store.ephemeralState()));
    }

    private static String done(Runnable change) {
        change.run();
        return "done";
    }

    @BeforeAll
    static void setScene() {
        SCENE.set(new Copies(source -> {
            JdbcStore store = JdbcStore.of(source);
            JdbcRepositories all = store.repositories();
            all.totp().add(APP, 0, Samples.EVENT);
            all.webAuthn().add(KEY, 1, Samples.EVENT);
            all.recoveryCodes().replace(CODES, 2, Samples.EVENT);
            all.tokens().insert(TOKEN, ROOT_KEY, 0, Samples.EVENT);
            ApiToken dead = Samples.token("dead").toBuilder().build();
            all.tokens().insert(dead, Samples.rootKey(dead), 0, Samples.EVENT);
            all.tokens().revoke("dead", OWNER, T0, Samples.EVENT);
            all.tokens().suspend(TokenOwner.account("bob"), Samples.EVENT);
            all.devices().add(device("device"), 1, Samples.EVENT);
            for (String account : new String[] {ALICE, ALICE, "bob", "bob", "bob"}) {
                all.failures().begin(account, FactorKind.TOTP, 2, Samples.EVENT);
            }
            all.waivers().add(Samples.waiver("waiver"), Samples.EVENT);
            all.publishers().insert(PUBLISHER, KEYS, Samples.EVENT);
            all.pendingPublishers().insert(PENDING, KEYS, 3, Samples.EVENT);
            store.ephemeralState().put(VALUES, "key", "text", END, T0);
            store.ephemeralState().claim(CLAIMS, "key", END, T0);
            store.ephemeralState().count(COUNTERS, "key", WINDOW, T0);
        }));
    }

    static Stream<String> names() {
        return CHANGES.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void change_whateverTheDatabaseDoes_isMadeWithItsEventOrNotAtAll(String name) {
        Function<JdbcStore, Object> change = CHANGES.get(name);
        AtomicReference<Healthy> healthy = new AtomicReference<>();
        SCENE.get().copy(source -> healthy.set(healthy(source, change)));
        Healthy right = healthy.get();
        assertThat(right.after).as("it changes something").isNotEqualTo(right.before);

        List<Trial> trials = trials(name, right);
        SCENE.get().copy(source -> {
            trials.stream().filter(trial -> !trial.isDone()).forEach(trial -> trial.run(source));
            assertThat(answer(source, change)).as(name).isEqualTo(right.first);
        });
        trials.stream().filter(Trial::isDone).forEach(trial -> SCENE.get().copy(trial::run));
    }

    private static List<Trial> trials(String name, Healthy right) {
        List<Trial> trials = new ArrayList<>();
        for (int step = 0; step < right.steps.size(); step++) {
            if (right.steps.get(step)) {
                for (Fault fault : Fault.values()) {
                    trials.add(new Trial(name, right, step, fault));
                }
            } else {
                // In the midst of a transaction it is all one how a statement failed.
                trials.add(new Trial(name, right, step, Fault.FAILS));
                trials.add(new Trial(name, right, step, Fault.LOST));
                if (step == 0 || right.steps.get(step + 1)) {
                    trials.add(new Trial(name, right, step, Fault.GIVEN_UP));
                }
            }
        }
        return trials;
    }

    /** What the change does when nothing goes wrong. */
    private record Healthy(Set<String> before, Set<String> after, Object first, Object second, List<Boolean> steps) {}

    private static Healthy healthy(DataSource source, Function<JdbcStore, Object> change) {
        Set<String> before = Copies.rows(source);
        SqlFaults counting = new SqlFaults(source);
        Object first = change.apply(JdbcStore.of(counting.source()));
        Set<String> after = Copies.rows(source);
        List<Boolean> steps = List.copyOf(counting.steps());
        return new Healthy(before, after, first, answer(source, change), steps);
    }

    private static Object answer(DataSource source, Function<JdbcStore, Object> change) {
        try {
            return change.apply(JdbcStore.of(source));
        } catch (StateUnavailableException e) {
            return "no answer";
        }
    }

    /** One fault. */
    private record Trial(String name, Healthy right, int step, Fault fault) {
        /** What is swept up after a state's own transaction is nobody's answer. */
        private boolean isSwept() {
            return step > right.steps.indexOf(true);
        }

        private boolean isAnswered() {
            return fault == Fault.GIVEN_UP || isSwept();
        }

        boolean isDone() {
            return isAnswered()
                    || (right.steps.get(step)
                            && (fault == Fault.FAILS_AFTER || fault == Fault.LOST_AFTER || fault == Fault.UNKNOWN));
        }

        void run(DataSource source) {
            String what = name + ", " + fault + " at step " + step;
            Function<JdbcStore, Object> change = CHANGES.get(name);
            SqlFaults faults = new SqlFaults(source);
            faults.plan(step, fault);
            JdbcStore store = JdbcStore.of(faults.source());
            if (isAnswered()) {
                assertThat(change.apply(store)).as(what).isEqualTo(right.first);
            } else {
                assertThatExceptionOfType(StateUnavailableException.class)
                        .as(what)
                        .isThrownBy(() -> change.apply(store))
                        .satisfies(e -> assertThat(e.reason()).isEqualTo(StateUnavailableException.Reason.FAILED))
                        .satisfies(e -> assertThat(e.getMessage()).doesNotContain(ALICE, "text", "app"));
            }
            assertThat(faults.isStruck()).as(what).isTrue();
            // All rows of all tables, with those of the audit log: its chain is what the healthy change left, or what
            // was before.
            assertThat(Copies.rows(source)).as(what).isEqualTo(isDone() ? right.after : right.before);
            if (isDone()) {
                assertThat(answer(source, change)).as(what).isEqualTo(right.second);
                assertThat(JdbcStore.of(source).repositories().auditLog().verifyChain())
                        .as(what)
                        .isInstanceOf(ChainVerdict.Intact.class);
            }
        }
    }
}
