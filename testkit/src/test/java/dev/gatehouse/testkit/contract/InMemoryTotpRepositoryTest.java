package dev.gatehouse.testkit.contract;

import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.state.AccountVersions;
import dev.gatehouse.state.InMemoryAccountVersions;
import dev.gatehouse.totp.InMemoryTotpRepository;
import dev.gatehouse.totp.TotpRepository;

class InMemoryTotpRepositoryTest extends TotpRepositoryContract {
    private final InMemoryAccountVersions versions = InMemoryAccountVersions.create();

    @Override
    protected TotpRepository create(AuditSink sink) {
        return InMemoryTotpRepository.create(sink, versions);
    }

    @Override
    protected AccountVersions versions() {
        return versions;
    }

    @Override
    protected int rounds() {
        return 1000;
    }
}
