package dev.gatehouse.store.jdbc;

import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.state.EphemeralState;
import dev.gatehouse.testkit.contract.EphemeralStateContract;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two nodes on one database under the contract of the short-lived state. */
class JdbcStateTest extends EphemeralStateContract {
    @RegisterExtension
    final Databases databases = new Databases();

    @Override
    protected List<EphemeralState> nodes(int number, AuditSink sink, Duration permitted) {
        return databases.fresh(number).stream()
                .map(source -> JdbcStore.builder(source)
                        .alsoTo(sink)
                        .permittedClockDifference(permitted)
                        .build()
                        .ephemeralState())
                .toList();
    }

    /** Rows are counted without a lock: each of four callers may find room for one. */
    @Override
    protected int mayExceed() {
        return 2;
    }
}
