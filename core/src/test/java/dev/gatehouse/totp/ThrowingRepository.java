package dev.gatehouse.totp;

import dev.gatehouse.audit.InMemoryAuditLog;
import java.time.Instant;
import java.util.List;

/** A store that cannot be reached. */
final class ThrowingRepository extends ForwardingRepository {
    ThrowingRepository() {
        super(InMemoryTotpRepository.create(InMemoryAuditLog.create()));
    }

    @Override
    public List<TotpCredential> ofAccount(String account) {
        throw new IllegalStateException("no store");
    }

    @Override
    public StepUse useStep(String account, String id, long step, Instant now) {
        throw new IllegalStateException("no store");
    }
}
