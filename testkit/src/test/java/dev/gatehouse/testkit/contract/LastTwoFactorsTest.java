package dev.gatehouse.testkit.contract;

import dev.gatehouse.state.InMemoryAccountVersions;
import dev.gatehouse.totp.InMemoryTotpRepository;
import dev.gatehouse.webauthn.InMemoryWebAuthnRepository;

class LastTwoFactorsTest extends LastTwoFactorsContract {
    @Override
    protected Factors create() {
        InMemoryAccountVersions versions = InMemoryAccountVersions.create();
        return new Factors(
                versions,
                InMemoryTotpRepository.create(event -> {}, versions),
                InMemoryWebAuthnRepository.create(event -> {}, versions));
    }
}
