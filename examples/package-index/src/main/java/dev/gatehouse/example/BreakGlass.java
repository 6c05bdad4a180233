package dev.gatehouse.example;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.example.account.Account;
import dev.gatehouse.example.account.Accounts;
import dev.gatehouse.example.account.KnownDevices;
import dev.gatehouse.example.account.Passwords;
import dev.gatehouse.example.account.RecoveryCodes;
import dev.gatehouse.example.mail.MailQueue;
import dev.gatehouse.example.mail.MailText;
import dev.gatehouse.store.jdbc.JdbcStore;
import dev.gatehouse.totp.TotpCredential;
import dev.gatehouse.totp.TotpRepository;
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
            Passwords passwords = new Passwords(random, 1);
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
                    new KnownDevices(database.jdbi(), random)
                            .forget(account.get().id());
                    database.jdbi()
                            .useTransaction(h -> new RecoveryCodes(database.jdbi(), passwords, random)
                                    .delete(h, account.get().id()));
                    if (account.get().emailVerified()) {
                        new MailQueue(database.jdbi())
                                .add(
                                        account.get().id(),
                                        account.get().email(),
                                        MailText.brokenGlass(account.get().name()),
                                        now);
                    }
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
                AuditEvent event = event(AuditTag.FACTOR_REMOVED.text(), now, account)
                        .subject(app.id())
                        .attribute("method", "totp")
                        .attribute("reason", "break glass")
                        .build();
                long version = repositories.accountVersions().of(account.id());
                if (repositories.totp().remove(account.id(), app.id(), version, event)
                        == TotpRepository.Removal.CONFLICT) {
                    throw new IllegalStateException("the account is being changed; try again");
                }
                count++;
            }
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

    private static AuditEvent.Builder event(String tag, Instant now, Account account) {
        return AuditEvent.of(new AuditTag(tag), now).account(account.id()).actor(ACTOR);
    }
}
