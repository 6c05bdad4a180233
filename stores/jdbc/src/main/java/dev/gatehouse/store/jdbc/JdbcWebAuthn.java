package dev.gatehouse.store.jdbc;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.webauthn.WebAuthnCredential;
import dev.gatehouse.webauthn.WebAuthnRepository;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** WebAuthn credentials in a table; changes to what an account has are made under the lock of its row. */
final class JdbcWebAuthn implements WebAuthnRepository {
    private final Transactions transactions;
    private final JdbcAuditLog audit;

    JdbcWebAuthn(Transactions transactions, JdbcAuditLog audit) {
        this.transactions = transactions;
        this.audit = audit;
    }

    @Override
    public Optional<WebAuthnCredential> find(String id) {
        return transactions.run("finding a WebAuthn credential", connection -> WebAuthnRow.find(connection, id));
    }

    @Override
    public List<WebAuthnCredential> ofAccount(String account) {
        return transactions.run(
                "reading WebAuthn credentials", connection -> WebAuthnRow.ofAccount(connection, account));
    }

    @Override
    public Addition add(WebAuthnCredential credential, long version, AuditEvent added) {
        return transactions.run("adding a WebAuthn credential", connection -> {
            AtomicReference<Addition> refusal = new AtomicReference<>(Addition.CONFLICT);
            return Accounts.change(connection, credential.account(), version, () -> {
                        Optional<Addition> obstacle = obstacleTo(connection, credential);
                        if (obstacle.isPresent()) {
                            refusal.set(obstacle.get());
                            return Optional.<Addition>empty();
                        }
                        if (!WebAuthnRow.isInserted(connection, credential)) {
                            refusal.set(Addition.ID_IN_USE);
                            return Optional.<Addition>empty();
                        }
                        audit.append(connection, added);
                        return Optional.of(Addition.ADDED);
                    })
                    .orElseGet(refusal::get);
        });
    }

    /** Under the account's lock; that an id is free is held by the key, for another account may take it meanwhile. */
    private static Optional<Addition> obstacleTo(Connection connection, WebAuthnCredential credential)
            throws SQLException {
        if (WebAuthnRow.find(connection, credential.id()).isPresent()) {
            return Optional.of(Addition.ID_IN_USE);
        }
        List<WebAuthnCredential> present = WebAuthnRow.ofAccount(connection, credential.account());
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
    public Removal remove(String account, String id, long version, AuditEvent removed) {
        return transactions.run("removing a WebAuthn credential", connection -> {
            Accounts.lock(connection, account);
            if (WebAuthnRow.find(connection, account, id).isEmpty()) {
                return Removal.NOT_FOUND;
            }
            return Accounts.change(connection, account, version, () -> {
                        WebAuthnRow.delete(connection, account, id);
                        audit.append(connection, removed);
                        return Optional.of(Removal.REMOVED);
                    })
                    .orElse(Removal.CONFLICT);
        });
    }

    @Override
    public Relabelling relabel(String account, String id, String label, AuditEvent changed) {
        return transactions.run("relabelling a WebAuthn credential", connection -> {
            Accounts.lock(connection, account);
            Optional<WebAuthnCredential> present = WebAuthnRow.find(connection, account, id);
            if (present.isEmpty()) {
                return Relabelling.NOT_FOUND;
            }
            String bounded = present.get().withLabel(label).label();
            if (WebAuthnRow.ofAccount(connection, account).stream()
                    .anyMatch(each -> !each.id().equals(id) && each.label().equals(bounded))) {
                return Relabelling.LABEL_IN_USE;
            }
            WebAuthnRow.relabel(connection, account, id, bounded);
            audit.append(connection, changed);
            return Relabelling.DONE;
        });
    }

    @Override
    public Use use(String account, String id, long expectedSignCount, long signCount, boolean backedUp, Instant now) {
        return transactions.run("using a WebAuthn credential", connection -> {
            Optional<WebAuthnCredential> present = WebAuthnRow.find(connection, account, id);
            if (present.isEmpty()) {
                return Use.NOT_FOUND;
            }
            WebAuthnCredential used =
                    present.get().usedAt(signCount, present.get().isUserVerified(), backedUp, now);
            if (WebAuthnRow.use(connection, used, expectedSignCount) == 1) {
                return Use.USED;
            }
            // It may have been removed since it was read.
            return WebAuthnRow.find(connection, account, id).isPresent() ? Use.CONFLICT : Use.NOT_FOUND;
        });
    }
}
