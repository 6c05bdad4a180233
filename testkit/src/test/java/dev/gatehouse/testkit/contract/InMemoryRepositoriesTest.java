package dev.gatehouse.testkit.contract;

import dev.gatehouse.audit.AuditLog;
import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.audit.InMemoryAuditLog;
import dev.gatehouse.signin.DeviceRepository;
import dev.gatehouse.signin.FailureRepository;
import dev.gatehouse.signin.LoginRepository;
import dev.gatehouse.signin.SessionCutoffRepository;
import dev.gatehouse.signin.SwitchRepository;
import dev.gatehouse.signin.WaiverRepository;
import dev.gatehouse.state.AccountVersions;
import dev.gatehouse.state.InMemoryAccountVersions;
import dev.gatehouse.token.ApiTokenRepository;
import dev.gatehouse.token.InMemoryApiTokenRepository;
import org.junit.jupiter.api.Nested;

/** The in-memory defaults of waivers, switches, tokens, versions and the audit log under their contracts. */
class InMemoryRepositoriesTest {
    @Nested
    class Waivers extends WaiverRepositoryContract {
        @Override
        protected WaiverRepository create(AuditSink sink) {
            return WaiverRepository.inMemory(sink);
        }
    }

    @Nested
    class Switches extends SwitchRepositoryContract {
        @Override
        protected SwitchRepository create(AuditSink sink) {
            return SwitchRepository.inMemory(sink);
        }
    }

    @Nested
    class SessionCutoffs extends SessionCutoffRepositoryContract {
        @Override
        protected SessionCutoffRepository create(AuditSink sink) {
            return SessionCutoffRepository.inMemory(sink);
        }
    }

    @Nested
    class Failures extends FailureRepositoryContract {
        @Override
        protected FailureRepository create(AuditSink sink) {
            return FailureRepository.inMemory(sink);
        }
    }

    @Nested
    class Logins extends LoginRepositoryContract {
        @Override
        protected Store create() {
            InMemoryAccountVersions versions = InMemoryAccountVersions.create();
            return new Store(LoginRepository.inMemory(versions), versions);
        }
    }

    @Nested
    class SignIns extends SignInRaceContract {
        @Override
        protected Stores create() {
            return inMemory();
        }
    }

    @Nested
    class Devices extends DeviceRepositoryContract {
        @Override
        protected DeviceRepository create(AuditSink sink) {
            return DeviceRepository.inMemory(sink);
        }
    }

    @Nested
    class ApiTokens extends ApiTokenRepositoryContract {
        @Override
        protected ApiTokenRepository create(AuditSink sink) {
            return InMemoryApiTokenRepository.create(sink);
        }
    }

    @Nested
    class DeadTokens extends DeadTokensContract {
        @Override
        protected ApiTokenRepository create(AuditSink sink) {
            return InMemoryApiTokenRepository.create(sink);
        }
    }

    @Nested
    class Versions extends AccountVersionsContract {
        @Override
        protected AccountVersions create() {
            return InMemoryAccountVersions.create();
        }
    }

    @Nested
    class Audit extends AuditLogContract {
        @Override
        protected AuditLog create() {
            return InMemoryAuditLog.create();
        }
    }
}
