package dev.gatehouse.example.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.audit.InMemoryAuditLog;
import dev.gatehouse.example.TestDatabase;
import dev.gatehouse.example.account.Accounts;
import dev.gatehouse.example.account.Passwords;
import dev.gatehouse.example.index.Catalogue;
import dev.gatehouse.example.publishing.Told;
import dev.gatehouse.secret.Argon2Gate;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

class AuditMailsTest {
    private static final Instant NOW = Instant.parse("2024-02-01T12:00:00Z");

    private final Jdbi jdbi = TestDatabase.make();
    private final Accounts accounts = new Accounts(jdbi, new Passwords(new SecureRandom(), Argon2Gate.of(1)));
    private final InMemoryAuditLog log = InMemoryAuditLog.create();
    private final MailQueue queue = MailQueue.toKeep(jdbi);

    private AuditMails mails(Runnable wake) {
        Post post = new Post(queue, "http://index.test", wake);
        return new AuditMails(
                log,
                jdbi,
                accounts,
                post,
                new PublishingMails(accounts, new Catalogue(jdbi), post, new Told(jdbi), name -> name));
    }

    /** Whether it ends before or after a mail is in the queue: each event is told once. */
    @Test
    void readOn_afterAFailureInTheMiddle_putsEachMailThereOnce() {
        String anna = ((Accounts.Registration.Registered)
                        accounts.register("anna", "anna@example.org", "correct horse battery", NOW))
                .account()
                .id();
        accounts.verifyEmail(anna, "anna@example.org");
        for (AuditTag tag : new AuditTag[] {
            AuditTag.RECOVERY_CODES_GENERATED,
            AuditTag.RECOVERY_CODE_USED,
            AuditTag.FACTOR_ADDED,
            AuditTag.TOKEN_REMOVED
        }) {
            log.record(AuditEvent.of(tag, NOW).account(anna).build());
        }
        AtomicInteger calls = new AtomicInteger();
        AuditMails failing = mails(() -> {
            if (calls.incrementAndGet() == 3) {
                throw new IllegalStateException("the index ends here");
            }
        });

        assertThatThrownBy(() -> failing.readOn(NOW)).hasMessage("the index ends here");
        mails(() -> {}).readOn(NOW);
        mails(() -> {}).readOn(NOW);

        assertThat(queue.latest(100)).hasSize(4).extracting(Mail::subject).doesNotHaveDuplicates();
    }
}
