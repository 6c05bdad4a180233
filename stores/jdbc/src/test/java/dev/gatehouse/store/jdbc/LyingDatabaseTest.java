package dev.gatehouse.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.audit.InMemoryAuditLog;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.recovery.RecoveryCodeRepository;
import dev.gatehouse.signin.DeviceRepository;
import dev.gatehouse.signin.FailureRepository;
import dev.gatehouse.signin.KnownDevice;
import dev.gatehouse.signin.LoginRepository;
import dev.gatehouse.signin.SessionCutoffRepository;
import dev.gatehouse.signin.WaiverRepository.Added;
import dev.gatehouse.state.EphemeralState;
import dev.gatehouse.state.RateWindow;
import dev.gatehouse.state.StateSpace;
import dev.gatehouse.state.StateUnavailableException;
import dev.gatehouse.state.StateUnavailableException.Reason;
import dev.gatehouse.token.ApiToken;
import dev.gatehouse.token.ApiTokenRepository;
import dev.gatehouse.token.TokenOwner;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A row that nobody here wrote is a refusal, and so is a database that fails; neither says anything of the data. */
class LyingDatabaseTest {
    private static final StateSpace CLAIMS = StateSpace.claims("lying.claims", 10);
    private static final StateSpace COUNTERS = StateSpace.counters("lying.counters", 10);

    @RegisterExtension
    final Databases databases = new Databases();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "algorithm = 'MD5'",
                "digits = 4",
                "period_seconds = 0",
                "secret = 'JBSWY3DPEHPK3PXP'",
                "secret_key_id = 'k2'",
                "last_step = 5",
                "label = CHAR(7)"
            })
    void ofAccount_withARowThatIsNoCredential_fails(String edit) {
        DataSource source = databases.fresh();
        JdbcRepositories repositories = JdbcStore.of(source).repositories();
        repositories.totp().add(Samples.credential("c1"), 0, Samples.EVENT);
        Statements.run(source, "UPDATE gatehouse_totp SET " + edit);

        assertFails(() -> repositories.totp().ofAccount(Samples.ALICE));
    }

    @Test
    void of_withARowThatIsNoCutoff_fails() {
        DataSource source = databases.fresh();
        SessionCutoffRepository cutoffs = JdbcStore.of(source).repositories().sessionCutoffs();
        cutoffs.endAll(Samples.ALICE, Samples.T0, Samples.EVENT);
        Statements.run(source, "UPDATE gatehouse_session_cutoff SET kept_session = ''");

        assertFails(() -> cutoffs.of(Samples.ALICE));
        assertFails(() -> cutoffs.endAll(Samples.ALICE, Samples.T0, Samples.EVENT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id = 'a2V5Mg'",
                "id_hash = '00'",
                "account = ' '",
                "user_handle = 'x'",
                "public_key = ''",
                "public_key = '!'",
                "public_key = CONCAT(public_key, '=')",
                "aaguid = 'none'",
                "strength = 'ANY'",
                "strength = 'IRON'",
                "first_backed_up = TRUE",
                "first_sign_count = -1",
                "sign_count = 5",
                "sign_count = 4294967296, last_used_at = 1",
                "user_verified = TRUE",
                "backed_up = TRUE",
                "backed_up = TRUE, last_used_at = 1",
                "label = CHAR(7)"
            })
    void ofAccount_withARowThatIsNoKey_failsOrHidesIt(String edit) {
        DataSource source = databases.fresh();
        JdbcRepositories repositories = JdbcStore.of(source).repositories();
        repositories.webAuthn().add(Samples.key("a2V5"), 0, Samples.EVENT);
        assertThat(Statements.run(source, "UPDATE gatehouse_webauthn SET " + edit))
                .isEqualTo(1);

        if (edit.startsWith("account")) {
            assertThat(repositories.webAuthn().ofAccount(Samples.ALICE)).isEmpty();
            assertFails(() -> repositories.webAuthn().find("a2V5"));
        } else {
            assertFails(() -> repositories.webAuthn().ofAccount(Samples.ALICE));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE gatehouse_token SET owner = 'robot:1'",
                "UPDATE gatehouse_token SET reach = 'everything'",
                "UPDATE gatehouse_token SET root_key = 'plain'",
                "UPDATE gatehouse_token SET root_key_id = 'k2'",
                "UPDATE gatehouse_token SET lifetime_seconds = 0",
                "UPDATE gatehouse_token SET labels = 'UPPER'",
                "UPDATE gatehouse_token SET run = 'x'",
                "UPDATE gatehouse_token_owner SET version_no = -1",
                "DELETE FROM gatehouse_token_restriction WHERE place = 0",
                "UPDATE gatehouse_token_restriction SET caveat = '' WHERE place = 1"
            })
    void find_withRowsThatAreNoToken_fails(String edit) {
        DataSource source = databases.fresh();
        ApiTokenRepository tokens = JdbcStore.of(source).repositories().tokens();
        ApiToken token = Samples.token("t1");
        tokens.insert(token, Samples.rootKey(token), 0, Samples.EVENT);
        assertThat(Statements.run(source, edit)).isEqualTo(1);

        assertFails(() -> tokens.find("t1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "subject_kind = 'EVERYBODY'",
                "subject_id = ' '",
                "reason = ''",
                "given_by = subject_id",
                "begins_at = ends_at",
                "ends_at = 99999999999999999"
            })
    void live_withARowThatIsNoWaiver_fails(String edit) {
        DataSource source = databases.fresh();
        JdbcRepositories repositories = JdbcStore.of(source).repositories();
        repositories.waivers().add(Samples.waiver("a"), Samples.EVENT);
        Statements.run(source, "UPDATE gatehouse_waiver SET " + edit);

        assertFails(() -> repositories.waivers().live(Samples.T0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE gatehouse_recovery_set SET salt = 'plain'",
                "UPDATE gatehouse_recovery_set SET salt = '00'",
                "UPDATE gatehouse_recovery_set SET cost_kibibytes = 7",
                "UPDATE gatehouse_recovery_set SET cost_kibibytes = 2000000",
                "UPDATE gatehouse_recovery_set SET cost_passes = 0",
                "UPDATE gatehouse_recovery_set SET cost_lanes = 0",
                "UPDATE gatehouse_recovery_set SET id = 'other'",
                "UPDATE gatehouse_recovery_code SET code_hash = 'plain' WHERE place = 2",
                "UPDATE gatehouse_recovery_code SET code_hash = '00' WHERE place = 2",
                "UPDATE gatehouse_recovery_code SET place = 8 WHERE place = 7",
                "DELETE FROM gatehouse_recovery_code WHERE place = 0",
                "DELETE FROM gatehouse_recovery_code WHERE place = 7"
            })
    void ofAccount_withRowsThatAreNoRecoveryCodes_fails(String edit) {
        DataSource source = databases.fresh();
        RecoveryCodeRepository codes = JdbcStore.of(source).repositories().recoveryCodes();
        codes.replace(Samples.recoveryCodes("r1"), 0, Samples.EVENT);
        assertThat(Statements.run(source, edit)).isEqualTo(1);

        assertFails(() -> codes.ofAccount(Samples.ALICE));
        assertFails(() -> codes.use(Samples.ALICE, "r1", 0, Samples.T0, Samples.EVENT));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE})
    void accountVersions_thatCannotBe_fail(long version) {
        DataSource source = databases.fresh();
        JdbcRepositories repositories = JdbcStore.of(source).repositories();
        repositories.accountVersions().advance(Samples.ALICE);
        Statements.run(source, "UPDATE gatehouse_account SET changes = " + version);

        assertFails(() -> repositories.accountVersions().of(Samples.ALICE));
        assertFails(() -> repositories.accountVersions().advance(Samples.ALICE));
        assertFails(() -> repositories.totp().add(Samples.credential("c1"), version, Samples.EVENT));
    }

    @Test
    void advance_atTheLastNumber_failsAndStaysThere() {
        DataSource source = databases.fresh();
        JdbcRepositories repositories = JdbcStore.of(source).repositories();
        repositories.accountVersions().advance(Samples.ALICE);
        Statements.run(source, "UPDATE gatehouse_account SET changes = " + Long.MAX_VALUE);

        assertFails(() -> repositories.accountVersions().advance(Samples.ALICE));
        assertThat(repositories.accountVersions().of(Samples.ALICE)).isEqualTo(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "1,",
                ",1",
                "1.0000000001",
                "1e99",
                "1E999999999",
                "-1E-999999999",
                "1",
                "01.000000000",
                "-0.000000000"
            })
    void count_withACounterThatHoldsNoInstants_fails(String body) {
        DataSource source = databases.fresh();
        EphemeralState state = JdbcStore.of(source).ephemeralState();
        RateWindow window = new RateWindow(3, Duration.ofMinutes(1));
        state.count(COUNTERS, "k", window, Samples.T0);
        Statements.run(source, "UPDATE gatehouse_state SET body = '" + body + "'");

        assertFails(() -> state.count(COUNTERS, "k", window, Samples.T0));
        assertFails(() -> state.withdraw(COUNTERS, "k", window, Samples.T0, Samples.T0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "trust = 'EVERYTHING'",
                "secret_hash = 'plain'",
                "version_no = -1",
                "ends_at = created_at",
                "last_used_at = 99999999999999999",
                "id = ''"
            })
    void ofAccount_withARowThatIsNoDevice_fails(String edit) {
        DataSource source = databases.fresh();
        DeviceRepository devices = JdbcStore.of(source).repositories().devices();
        KnownDevice device = new KnownDevice(
                "d1",
                Samples.ALICE,
                0,
                KnownDevice.Trust.KNOWN,
                "laptop",
                Samples.T0,
                Samples.T0,
                Samples.T0.plusSeconds(60));
        devices.add(new DeviceRepository.Stored(device, "0".repeat(64)), 3, Samples.EVENT);
        Statements.run(source, "UPDATE gatehouse_device SET " + edit);

        assertFails(() -> devices.ofAccount(Samples.ALICE));
    }

    @Test
    void completed_withANumberThatCannotBe_fails() {
        DataSource source = databases.fresh();
        LoginRepository logins = JdbcStore.of(source).repositories().logins();
        logins.complete(Samples.ALICE, 0, 0, Samples.T0);
        Statements.run(source, "UPDATE gatehouse_login SET logins = -1");

        assertFails(() -> logins.completed(Samples.ALICE));
        assertFails(() -> logins.complete(Samples.ALICE, -1, 0, Samples.T0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"failures = -1", "series = -1"})
    void begin_withACountThatCannotBe_fails(String edit) {
        DataSource source = databases.fresh();
        FailureRepository failures = JdbcStore.of(source).repositories().failures();
        failures.begin(Samples.ALICE, FactorKind.TOTP, 3, Samples.EVENT);
        Statements.run(source, "UPDATE gatehouse_failure SET " + edit);

        assertFails(() -> failures.begin(Samples.ALICE, FactorKind.TOTP, 3, Samples.EVENT));
        assertFails(() -> failures.ofAccount(Samples.ALICE));
    }

    @Test
    void read_ofAnEntryThatCannotHaveBeenRecorded_fails() {
        DataSource source = databases.fresh();
        JdbcAuditLog log = JdbcStore.of(source).repositories().auditLog();
        log.record(Samples.EVENT);
        Statements.run(source, "UPDATE gatehouse_audit SET tag = 'NOT A TAG'");

        assertFails(() -> log.read(0, 10));
    }

    @Test
    void anyOperation_withoutTables_fails() {
        JdbcStore store = JdbcStore.of(databases.bare());

        assertFails(() -> store.ephemeralState().claim(CLAIMS, "key-1", Samples.T0.plusSeconds(1), Samples.T0));
        assertFails(() -> store.repositories().waivers().live(Samples.T0));
        assertFails(() -> store.repositories().tokens().ownerState(TokenOwner.account("key-1")));
        assertFails(() -> store.repositories().auditLog().record(Samples.EVENT));
    }

    @Test
    void claim_whoseCommitFails_isRefused() {
        DataSource source = databases.fresh();
        EphemeralState state = JdbcStore.of(failing(source, "commit", false)).ephemeralState();

        assertFails(() -> state.claim(CLAIMS, "k", Samples.T0.plusSeconds(1), Samples.T0));
        assertThat(Statements.count(source, "gatehouse_state")).isZero();
    }

    @Test
    void add_whoseConnectionCannotBeClosed_hasHappened() {
        DataSource source = databases.fresh();
        JdbcRepositories repositories =
                JdbcStore.of(failing(source, "close", true)).repositories();

        assertThat(repositories.waivers().add(Samples.waiver("a"), Samples.EVENT))
                .isEqualTo(Added.ADDED);
        assertThat(Statements.count(source, "gatehouse_waiver")).isEqualTo(1);
    }

    @Test
    void ownTransactions_whateverTheConnectionWasLike_giveItBackSo() throws SQLException {
        DataSource source = databases.fresh();
        try (Connection connection = source.getConnection()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            DataSource single = (DataSource) Proxy.newProxyInstance(
                    getClass().getClassLoader(),
                    new Class<?>[] {DataSource.class},
                    (proxy, method, arguments) -> keptOpen(connection));

            JdbcStore.of(single).repositories().waivers().add(Samples.waiver("a"), Samples.EVENT);

            assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
            assertThat(connection.getAutoCommit()).isTrue();
        }
    }

    @Test
    void claim_afterTheSinkOfAFullSpaceFailed_saysWhatTheSinkThrew() {
        InMemoryAuditLog full = InMemoryAuditLog.create(1);
        EphemeralState state =
                JdbcStore.builder(databases.fresh()).alsoTo(full).build().ephemeralState();
        full.record(Samples.EVENT);
        StateSpace one = StateSpace.claims("lying.one", 1);
        state.claim(one, "a", Samples.T0.plusSeconds(1), Samples.T0);

        assertThatExceptionOfType(StateUnavailableException.class)
                .isThrownBy(() -> state.claim(one, "b", Samples.T0.plusSeconds(1), Samples.T0))
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    }

    private static void assertFails(ThrowingCallable call) {
        assertThatExceptionOfType(StateUnavailableException.class)
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.FAILED))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("key-1", Samples.ALICE, "plain"));
    }

    private static Connection keptOpen(Connection connection) {
        return intercepted(connection, "close", true, false);
    }

    private static DataSource failing(DataSource source, String failing, boolean afterwards) {
        return (DataSource) Proxy.newProxyInstance(
                LyingDatabaseTest.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> intercepted(source.getConnection(), failing, !afterwards, true));
    }

    private static Connection intercepted(Connection connection, String name, boolean skipped, boolean thrown) {
        return (Connection) Proxy.newProxyInstance(
                LyingDatabaseTest.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    boolean isIt = method.getName().equals(name);
                    Object answer = null;
                    if (!isIt || !skipped) {
                        try {
                            answer = method.invoke(connection, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    }
                    if (isIt && thrown) {
                        throw new SQLException("planted", "08000");
                    }
                    return answer;
                });
    }
}
