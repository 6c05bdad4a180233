package dev.gatehouse.testkit.authenticator;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.webauthn.WebAuthnCredential;
import dev.gatehouse.webauthn.WebAuthnRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A store that answers as another does, unless a subclass says otherwise. */
class ForwardingWebAuthnRepository implements WebAuthnRepository {
    private final WebAuthnRepository other;

    ForwardingWebAuthnRepository(WebAuthnRepository other) {
        this.other = other;
    }

    @Override
    public Optional<WebAuthnCredential> find(String id) {
        return other.find(id);
    }

    @Override
    public List<WebAuthnCredential> ofAccount(String account) {
        return other.ofAccount(account);
    }

    @Override
    public Addition add(WebAuthnCredential credential, long version, AuditEvent added) {
        return other.add(credential, version, added);
    }

    @Override
    public Removal remove(String account, String id, long version, AuditEvent removed) {
        return other.remove(account, id, version, removed);
    }

    @Override
    public Relabelling relabel(String account, String id, String label, AuditEvent changed) {
        return other.relabel(account, id, label, changed);
    }

    @Override
    public Use use(String account, String id, long expectedSignCount, long signCount, boolean backedUp, Instant now) {
        return other.use(account, id, expectedSignCount, signCount, backedUp, now);
    }
}
