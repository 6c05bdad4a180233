package dev.gatehouse.store.jdbc;

import dev.gatehouse.audit.AuditLog;
import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.signin.SwitchRepository;
import dev.gatehouse.signin.WaiverRepository;
import dev.gatehouse.testkit.ApiTokenRepositoryContract;
import dev.gatehouse.testkit.AuditLogContract;
import dev.gatehouse.testkit.SwitchRepositoryContract;
import dev.gatehouse.testkit.TotpRepositoryContract;
import dev.gatehouse.testkit.WaiverRepositoryContract;
import dev.gatehouse.token.ApiTokenRepository;
import dev.gatehouse.totp.TotpRepository;
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
        @Override
        protected TotpRepository create(AuditSink sink) {
            return repositories(sink).totp();
        }
    }

    @Nested
    class Tokens extends ApiTokenRepositoryContract {
        @Override
        protected ApiTokenRepository create(AuditSink sink) {
            return repositories(sink).tokens();
        }
    }
}
