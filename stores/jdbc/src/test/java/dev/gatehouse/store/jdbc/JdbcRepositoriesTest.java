package dev.gatehouse.store.jdbc;

import dev.gatehouse.audit.AuditLog;
import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.recovery.RecoveryCodeRepository;
import dev.gatehouse.signin.DeviceRepository;
import dev.gatehouse.signin.FailureRepository;
import dev.gatehouse.signin.SessionCutoffRepository;
import dev.gatehouse.signin.SwitchRepository;
import dev.gatehouse.signin.WaiverRepository;
import dev.gatehouse.state.AccountVersions;
import dev.gatehouse.testkit.contract.AccountVersionsContract;
import dev.gatehouse.testkit.contract.ApiTokenRepositoryContract;
import dev.gatehouse.testkit.contract.AuditLogContract;
import dev.gatehouse.testkit.contract.DeviceRepositoryContract;
import dev.gatehouse.testkit.contract.FailureRepositoryContract;
import dev.gatehouse.testkit.contract.LastTwoFactorsContract;
import dev.gatehouse.testkit.contract.LoginRepositoryContract;
import dev.gatehouse.testkit.contract.RecoveryCodeRepositoryContract;
import dev.gatehouse.testkit.contract.SessionCutoffRepositoryContract;
import dev.gatehouse.testkit.contract.SignInRaceContract;
import dev.gatehouse.testkit.contract.SwitchRepositoryContract;
import dev.gatehouse.testkit.contract.TotpRepositoryContract;
import dev.gatehouse.testkit.contract.WaiverRepositoryContract;
import dev.gatehouse.testkit.contract.WebAuthnCeremoniesContract;
import dev.gatehouse.testkit.contract.WebAuthnRepositoryContract;
import dev.gatehouse.token.ApiTokenRepository;
import dev.gatehouse.totp.TotpRepository;
import dev.gatehouse.webauthn.WebAuthnRepository;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The durable repositories under their contracts. */
class JdbcRepositoriesTest {
    @RegisterExtension
    final Databases databases = new Databases();

    private JdbcRepositories repositories(AuditSink sink) {
        return JdbcStore.builder(databases.fresh()).alsoTo(sink).build().repositories();
    }

    @Nested
    class Waivers extends WaiverRepositoryContract {
        @Override
        protected WaiverRepository create(AuditSink sink) {
            return repositories(sink).waivers();
        }
    }

    @Nested
    class Switches extends SwitchRepositoryContract {
        @Override
        protected SwitchRepository create(AuditSink sink) {
            return repositories(sink).switches();
        }
    }

    @Nested
    class Audit extends AuditLogContract {
        @Override
        protected AuditLog create() {
            return repositories(event -> {}).auditLog();
        }
    }

    @Nested
    class Totp extends TotpRepositoryContract {
        private @Nullable JdbcRepositories last;

        @Override
        protected TotpRepository create(AuditSink sink) {
            last = repositories(sink);
            return last.totp();
        }

        @Override
        protected AccountVersions versions() {
            return Objects.requireNonNull(last, "last").accountVersions();
        }
    }

    @Nested
    class WebAuthn extends WebAuthnRepositoryContract {
        private @Nullable JdbcRepositories last;

        @Override
        protected WebAuthnRepository create(AuditSink sink) {
            last = repositories(sink);
            return last.webAuthn();
        }

        @Override
        protected AccountVersions versions() {
            return Objects.requireNonNull(last, "last").accountVersions();
        }
    }

    @Nested
    class RecoveryCodes extends RecoveryCodeRepositoryContract {
        private @Nullable JdbcRepositories last;

        @Override
        protected RecoveryCodeRepository create(AuditSink sink) {
            last = repositories(sink);
            return last.recoveryCodes();
        }

        @Override
        protected AccountVersions versions() {
            return Objects.requireNonNull(last, "last").accountVersions();
        }
    }

    @Nested
    class WebAuthnCeremonies extends WebAuthnCeremoniesContract {
        @Override
        protected List<Node> create() {
            return databases.fresh(2).stream()
                    .map(JdbcStore::of)
                    .map(store -> new Node(
                            store.repositories().webAuthn(),
                            store.repositories().accountVersions(),
                            store.ephemeralState()))
                    .toList();
        }
    }

    @Nested
    class Versions extends AccountVersionsContract {
        @Override
        protected AccountVersions create() {
            return repositories(event -> {}).accountVersions();
        }
    }

    @Nested
    class LastTwoFactors extends LastTwoFactorsContract {
        @Override
        protected Factors create() {
            JdbcRepositories kept = repositories(event -> {});
            return new Factors(kept.accountVersions(), kept.totp(), kept.webAuthn());
        }

        @Override
        protected int rounds() {
            return 1_000;
        }
    }

    @Nested
    class Failures extends FailureRepositoryContract {
        @Override
        protected FailureRepository create(AuditSink sink) {
            return repositories(sink).failures();
        }
    }

    @Nested
    class Logins extends LoginRepositoryContract {
        @Override
        protected Store create() {
            JdbcRepositories store = repositories(event -> {});
            return new Store(store.logins(), store.accountVersions());
        }
    }

    @Nested
    class SignIns extends SignInRaceContract {
        @Override
        protected Stores create() {
            JdbcStore store = JdbcStore.of(databases.fresh());
            JdbcRepositories all = store.repositories();
            return new Stores(store.ephemeralState(), all.failures(), all.logins(), all.accountVersions());
        }
    }

    @Nested
    class Devices extends DeviceRepositoryContract {
        @Override
        protected DeviceRepository create(AuditSink sink) {
            return repositories(sink).devices();
        }
    }

    @Nested
    class Tokens extends ApiTokenRepositoryContract {
        @Override
        protected ApiTokenRepository create(AuditSink sink) {
            return repositories(sink).tokens();
        }
    }

    @Nested
    class SessionCutoffs extends SessionCutoffRepositoryContract {
        @Override
        protected SessionCutoffRepository create(AuditSink sink) {
            return repositories(sink).sessionCutoffs();
        }
    }
}
