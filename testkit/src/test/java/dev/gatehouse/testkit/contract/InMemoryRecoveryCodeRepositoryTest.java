package dev.gatehouse.testkit.contract;

import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.recovery.InMemoryRecoveryCodeRepository;
import dev.gatehouse.recovery.RecoveryCodeRepository;
import dev.gatehouse.state.AccountVersions;
import dev.gatehouse.state.InMemoryAccountVersions;

class InMemoryRecoveryCodeRepositoryTest extends RecoveryCodeRepositoryContract {
    private final InMemoryAccountVersions versions = InMemoryAccountVersions.create();

    @Override
    protected RecoveryCodeRepository create(AuditSink sink) {
        return InMemoryRecoveryCodeRepository.create(sink, versions);
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
