package dev.gatehouse.testkit.contract;

import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.state.AccountVersions;
import dev.gatehouse.state.InMemoryAccountVersions;
import dev.gatehouse.webauthn.InMemoryWebAuthnRepository;
import dev.gatehouse.webauthn.WebAuthnRepository;

class InMemoryWebAuthnRepositoryTest extends WebAuthnRepositoryContract {
    private final InMemoryAccountVersions versions = InMemoryAccountVersions.create();

    @Override
    protected WebAuthnRepository create(AuditSink sink) {
        return InMemoryWebAuthnRepository.create(sink, versions);
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
