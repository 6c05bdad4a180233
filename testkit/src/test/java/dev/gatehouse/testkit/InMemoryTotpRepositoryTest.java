package dev.gatehouse.testkit;

import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.totp.InMemoryTotpRepository;
import dev.gatehouse.totp.TotpRepository;

class InMemoryTotpRepositoryTest extends TotpRepositoryContract {
    @Override
    protected TotpRepository create(AuditSink sink) {
        return InMemoryTotpRepository.create(sink);
    }

    @Override
    protected int rounds() {
        return 1000;
    }
}
