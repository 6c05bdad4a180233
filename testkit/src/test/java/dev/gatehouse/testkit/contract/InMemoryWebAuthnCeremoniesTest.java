package dev.gatehouse.testkit.contract;

import dev.gatehouse.audit.InMemoryAuditLog;
import dev.gatehouse.state.EphemeralState;
import dev.gatehouse.state.InMemoryAccountVersions;
import dev.gatehouse.webauthn.InMemoryWebAuthnRepository;
import java.util.List;

class InMemoryWebAuthnCeremoniesTest extends WebAuthnCeremoniesContract {
    @Override
    protected List<Node> create() {
        InMemoryAuditLog audit = InMemoryAuditLog.create();
        InMemoryAccountVersions versions = InMemoryAccountVersions.create();
        return List.of(new Node(
                InMemoryWebAuthnRepository.create(audit, versions), versions, EphemeralState.singleNode(audit)));
    }
}
