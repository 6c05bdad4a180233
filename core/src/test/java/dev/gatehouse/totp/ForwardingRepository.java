package dev.gatehouse.totp;

import dev.gatehouse.audit.AuditEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A store that answers as another does, unless a subclass says otherwise. */
class ForwardingRepository implements TotpRepository {
    private final TotpRepository other;

    ForwardingRepository(TotpRepository other) {
        this.other = other;
    }

    @Override
    public List<TotpCredential> ofAccount(String account) {
        return other.ofAccount(account);
    }

    @Override
    public Change add(TotpCredential credential, long version, AuditEvent added) {
        return other.add(credential, version, added);
    }

    @Override
    public Change replace(
            String replacedId, TotpCredential credential, long version, AuditEvent removed, AuditEvent added) {
        return other.replace(replacedId, credential, version, removed, added);
    }

    @Override
    public Change relabel(String account, String id, String label, AuditEvent changed) {
        return other.relabel(account, id, label, changed);
    }

    @Override
    public Removal remove(String account, String id, long version, AuditEvent removed) {
        return other.remove(account, id, version, removed);
    }

    @Override
    public StepUse useStep(String account, String id, long step, Instant now) {
        return other.useStep(account, id, step, now);
    }

    @Override
    public String purpose() {
        return other.purpose();
    }

    @Override
    public Map<String, Long> sealedRowsByKey() {
        return other.sealedRowsByKey();
    }

    @Override
    public List<SealedRow> rowsNotSealedWith(String keyId, Optional<String> afterRowId, int limit) {
        return other.rowsNotSealedWith(keyId, afterRowId, limit);
    }

    @Override
    public int replaceSealed(List<Resealed> batch, Instant now) {
        return other.replaceSealed(batch, now);
    }
}
