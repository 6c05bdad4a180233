package dev.gatehouse.example.mail;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditLog;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.example.account.Account;
import dev.gatehouse.example.account.Accounts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Writes to account owners what the audit log says has happened to them: it reads on from where it stopped, so that nothing is
 * missed when the index is stopped in between. Thread-safe.
 */
public final class AuditMails {
    /** The operator has removed whatever an account had for its second step. */
    public static final AuditTag BROKEN_GLASS = new AuditTag("gatehouse:glass:broken");

    private static final int BATCH = 200;
    private static final int MOST_PAGES = 50;

    private final AuditLog log;
    private final Jdbi jdbi;
    private final Accounts accounts;
    private final Post post;
    private final PublishingMails publishing;

    public AuditMails(AuditLog log, Jdbi jdbi, Accounts accounts, Post post, PublishingMails publishing) {
        this.log = log;
        this.jdbi = jdbi;
        this.accounts = accounts;
        this.post = post;
        this.publishing = publishing;
    }

    /**
     * Reads what is new, and puts the mails that it asks for into the queue: those of a page of entries together with the place after
     * it, so that whatever happens in between, each is there once. What is beyond some pages is for the next one who calls: strangers
     * may have left more than one person's request should wait for.
     */
    public synchronized void readOn(Instant now) {
        long last = position();
        for (int page = 0; page < MOST_PAGES; page++) {
            List<AuditLog.Entry> entries = log.read(last, BATCH);
            if (entries.isEmpty()) {
                return;
            }
            last = entries.get(entries.size() - 1).sequence();
            long after = last;
            // What the parts write joins this transaction: it is of the same thread and database.
            jdbi.useTransaction(h -> {
                entries.forEach(entry -> mail(entry.event(), now));
                keep(h, after);
            });
            post.wake();
        }
    }

    private void mail(AuditEvent event, Instant now) {
        publishing.mail(event, now);
        Optional<Account> account = event.account().flatMap(accounts::byId);
        account.flatMap(known -> text(event, known)).ifPresent(text -> post.send(account.get(), text, now));
    }

    private Optional<MailText> text(AuditEvent event, Account account) {
        String name = account.name();
        AuditTag tag = event.tag();
        if (tag.equals(AuditTag.FACTOR_ADDED)) {
            return Optional.of(MailText.twoFactorAdded(name, method(event)));
        }
        if (tag.equals(AuditTag.FACTOR_REMOVED)) {
            return Optional.of(MailText.twoFactorRemoved(name, method(event)));
        }
        if (tag.equals(AuditTag.RECOVERY_CODES_GENERATED) || tag.equals(AuditTag.RECOVERY_CODES_REGENERATED)) {
            return Optional.of(MailText.recoveryCodesGenerated(name));
        }
        if (tag.equals(AuditTag.RECOVERY_CODE_USED)) {
            return Optional.of(MailText.recoveryCodeUsed(name));
        }
        if (tag.equals(AuditTag.FACTOR_SUSPENDED)) {
            return Optional.of(MailText.factorSuspended(name, method(event)));
        }
        if (tag.equals(AuditTag.TOKEN_ADDED)) {
            return Optional.of(MailText.tokenAdded(
                    name,
                    event.attributes().getOrDefault("name", event.subject().orElse("?"))));
        }
        if (tag.equals(AuditTag.TOKEN_REMOVED)) {
            return Optional.of(MailText.tokenRemoved(name));
        }
        if (tag.equals(BROKEN_GLASS)) {
            return Optional.of(MailText.brokenGlass(name));
        }
        return Optional.empty();
    }

    private static String method(AuditEvent event) {
        String label = event.attributes().getOrDefault("label", "");
        return switch (event.attributes().getOrDefault("method", "")) {
            case "totp" -> "an authenticator app (TOTP)";
            case "recovery-code" -> "the recovery codes";
            default -> "a security device" + (label.isEmpty() ? "" : " (\"" + label + "\")");
        };
    }

    private long position() {
        return jdbi.withHandle(h -> h.createQuery("SELECT sequence FROM mail_position WHERE id = 1")
                .mapTo(Long.class)
                .one());
    }

    private static void keep(Handle handle, long sequence) {
        handle.createUpdate("UPDATE mail_position SET sequence = :sequence WHERE id = 1")
                .bind("sequence", sequence)
                .execute();
    }
}
