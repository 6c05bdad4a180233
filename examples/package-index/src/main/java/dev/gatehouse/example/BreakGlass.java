package dev.gatehouse.example;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.example.account.Account;
import dev.gatehouse.example.account.Accounts;
import dev.gatehouse.example.account.Passwords;
import dev.gatehouse.example.mail.AuditMails;
import dev.gatehouse.recovery.RecoveryCodeRepository;
import dev.gatehouse.secret.Argon2Gate;
import dev.gatehouse.store.jdbc.JdbcRepositories;
import dev.gatehouse.store.jdbc.JdbcStore;
import dev.gatehouse.totp.TotpCredential;
import dev.gatehouse.totp.TotpRepository;
import dev.gatehouse.webauthn.WebAuthnCredential;
import dev.gatehouse.webauthn.WebAuthnRepository;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What the operator does on the machine itself when nobody can do it in a browser any more. H2 lets one process open the files, so
 * the index is stopped for it; who may read the data directory may do this, and it is in the audit log.
 */
final class BreakGlass {
    private static final String ACTOR = "operator at the machine";

    private BreakGlass() {}

    static void run(Options options, Options.Command command, InstantSource clock, PrintStream out)
            throws Options.InvalidOptionsException {
        SecureRandom random = new SecureRandom();
        try (Database database = Database.open(options.data())) {
            Passwords passwords = new Passwords(random, Argon2Gate.of(1));
            Accounts accounts = new Accounts(database.jdbi(), passwords);
            Optional<Account> account =
                    Accounts.isName(command.user()) ? accounts.byName(command.user()) : Optional.empty();
            if (account.isEmpty()) {
                throw new Options.InvalidOptionsException("no account is called " + command.user());
            }
            JdbcStore store = JdbcStore.of(database.source());
            Instant now = clock.instant();
            switch (command.kind()) {
                case BREAK_GLASS -> {
                    removeFactors(store, account.get(), now);
                    accounts.endSessions(account.get().id());
                    out.println("Removed every second factor, all recovery codes and all sessions of "
                            + account.get().name() + ". API tokens stay; they are good again when a factor is set up.");
                }
                case MAKE_ADMIN -> {
                    store.repositories()
                            .auditLog()
                            .record(event("gatehouse:admin:given", now, account.get())
                                    .build());
                    accounts.makeAdmin(account.get().id(), true);
                    out.println(account.get().name() + " may now flip switches and give waivers.");
                }
            }
        }
    }

    private static void removeFactors(JdbcStore store, Account account, Instant now) {
        int removed = store.inTransaction(repositories -> {
            int count = 0;
            for (TotpCredential app : repositories.totp().ofAccount(account.id())) {
                AuditEvent event = removed("totp", app.id(), app.label(), now, account);
                check(repositories.totp().remove(account.id(), app.id(), version(repositories, account), event)
                        != TotpRepository.Removal.CONFLICT);
                count++;
            }
            for (WebAuthnCredential key : repositories.webAuthn().ofAccount(account.id())) {
                AuditEvent event = removed("webauthn", key.id(), key.label(), now, account);
                check(repositories.webAuthn().remove(account.id(), key.id(), version(repositories, account), event)
                        != WebAuthnRepository.Removal.CONFLICT);
                count++;
            }
            repositories
                    .devices()
                    .removeAll(
                            account.id(),
                            event(AuditTag.DEVICE_FORGOTTEN.text(), now, account)
                                    .subject("all")
                                    .attribute("reason", "break glass")
                                    .build());
            removeRecoveryCodes(repositories, account, now);
            // The index writes the mail when it runs again: it knows whether there is a mail server.
            repositories
                    .auditLog()
                    .record(event(AuditMails.BROKEN_GLASS.text(), now, account).build());
            // What was suspended would be so for the factor that is set up next.
            repositories
                    .failures()
                    .clearAll(
                            account.id(),
                            event(AuditTag.FACTOR_REOPENED.text(), now, account)
                                    .attribute("by", "break glass")
                                    .build());
            return count;
        });
        if (removed == 0) {
            store.repositories()
                    .auditLog()
                    .record(event(AuditTag.FACTOR_CHANGED.text(), now, account)
                            .attribute("reason", "break glass, no factor was there")
                            .build());
        }
    }

    private static void removeRecoveryCodes(JdbcRepositories repositories, Account account, Instant now) {
        AuditEvent event = event(AuditTag.RECOVERY_CODES_REMOVED.text(), now, account)
                .attribute("reason", "break glass")
                .build();
        check(repositories.recoveryCodes().remove(account.id(), version(repositories, account), event)
                != RecoveryCodeRepository.Removal.CONFLICT);
    }

    /** Within the transaction, so that from the first change on nobody else changes the account. */
    private static long version(JdbcRepositories repositories, Account account) {
        return repositories.accountVersions().of(account.id());
    }

    private static void check(boolean changed) {
        if (!changed) {
            throw new IllegalStateException("the account is being changed; try again");
        }
    }

    private static AuditEvent removed(String method, String id, String label, Instant now, Account account) {
        return event(AuditTag.FACTOR_REMOVED.text(), now, account)
                .subject(id)
                .attribute("method", method)
                .attribute("label", label)
                .attribute("reason", "break glass")
                .build();
    }

    private static AuditEvent.Builder event(String tag, Instant now, Account account) {
        return AuditEvent.of(new AuditTag(tag), now).account(account.id()).actor(ACTOR);
    }
}
