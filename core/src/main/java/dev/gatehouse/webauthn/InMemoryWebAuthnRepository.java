package dev.gatehouse.webauthn;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.state.InMemoryAccountVersions;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Credentials in the memory of one process, for tests and demonstrations: all are lost when it ends.
 *
 * <p>Thread-safe; one lock for all accounts, and that of the versions within it.
 */
public final class InMemoryWebAuthnRepository implements WebAuthnRepository {
    private static final Comparator<WebAuthnCredential> OLDEST_FIRST =
            Comparator.comparing(WebAuthnCredential::createdAt).thenComparing(WebAuthnCredential::id);

    private final AuditSink audit;
    private final InMemoryAccountVersions versions;
    private final Map<String, WebAuthnCredential> byId = new HashMap<>();

    private InMemoryWebAuthnRepository(AuditSink audit, InMemoryAccountVersions versions) {
        this.audit = Objects.requireNonNull(audit, "audit");
        this.versions = Objects.requireNonNull(versions, "versions");
    }

    /**
     * An empty repository.
     *
     * @param audit records its changes
     * @param versions what its changes advance; shared with the other factors of the same accounts
     */
    public static InMemoryWebAuthnRepository create(AuditSink audit, InMemoryAccountVersions versions) {
        return new InMemoryWebAuthnRepository(audit, versions);
    }

    @Override
    public synchronized Optional<WebAuthnCredential> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    @Override
    public synchronized List<WebAuthnCredential> ofAccount(String account) {
        return byId.values().stream()
                .filter(credential -> credential.account().equals(account))
                .sorted(OLDEST_FIRST)
                .toList();
    }

    @Override
    public synchronized Addition add(WebAuthnCredential credential, long version, AuditEvent added) {
        AtomicReference<Addition> refusal = new AtomicReference<>(Addition.CONFLICT);
        return versions.change(credential.account(), version, () -> {
                    Optional<Addition> obstacle = obstacleTo(credential);
                    if (obstacle.isPresent()) {
                        refusal.set(obstacle.get());
                        return Optional.empty();
                    }
                    audit.record(added);
                    byId.put(credential.id(), credential);
                    return Optional.of(Addition.ADDED);
                })
                .orElseGet(refusal::get);
    }

    private Optional<Addition> obstacleTo(WebAuthnCredential credential) {
        List<WebAuthnCredential> present = ofAccount(credential.account());
        if (byId.containsKey(credential.id())) {
            return Optional.of(Addition.ID_IN_USE);
        }
        if (present.stream().anyMatch(each -> !each.userHandle().equals(credential.userHandle()))) {
            return Optional.of(Addition.CONFLICT);
        }
        if (present.size() >= MAX_CREDENTIALS) {
            return Optional.of(Addition.TOO_MANY);
        }
        return present.stream().anyMatch(each -> each.label().equals(credential.label()))
                ? Optional.of(Addition.LABEL_IN_USE)
                : Optional.empty();
    }

    @Override
    public synchronized Removal remove(String account, String id, long version, AuditEvent removed) {
        if (findOf(account, id) == null) {
            return Removal.NOT_FOUND;
        }
        return versions.change(account, version, () -> {
                    audit.record(removed);
                    byId.remove(id);
                    return Optional.of(Removal.REMOVED);
                })
                .orElse(Removal.CONFLICT);
    }

    @Override
    public synchronized Relabelling relabel(String account, String id, String label, AuditEvent changed) {
        WebAuthnCredential present = findOf(account, id);
        if (present == null) {
            return Relabelling.NOT_FOUND;
        }
        WebAuthnCredential other = present.withLabel(label);
        if (ofAccount(account).stream()
                .anyMatch(each -> !each.id().equals(id) && each.label().equals(label))) {
            return Relabelling.LABEL_IN_USE;
        }
        audit.record(changed);
        byId.put(id, other);
        return Relabelling.DONE;
    }

    @Override
    public synchronized Use use(
            String account, String id, long expectedSignCount, long signCount, boolean backedUp, Instant now) {
        WebAuthnCredential present = findOf(account, id);
        if (present == null) {
            return Use.NOT_FOUND;
        }
        WebAuthnCredential used = present.usedAt(signCount, present.isUserVerified(), backedUp, now);
        if (present.signCount() != expectedSignCount) {
            return Use.CONFLICT;
        }
        byId.put(id, used);
        return Use.USED;
    }

    private @Nullable WebAuthnCredential findOf(String account, String id) {
        WebAuthnCredential present = byId.get(id);
        return present != null && present.account().equals(account) ? present : null;
    }
}
