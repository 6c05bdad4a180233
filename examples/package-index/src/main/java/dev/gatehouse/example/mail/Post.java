package dev.gatehouse.example.mail;

import dev.gatehouse.example.account.Account;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Mails to accounts, as their pages ask for them. Thread-safe. */
public final class Post {
    private static final Logger LOG = LoggerFactory.getLogger(Post.class);

    private final MailQueue queue;
    private final String base;
    private final Runnable wake;

    /**
     * A post.
     *
     * @param base the address of the index, without a slash at the end
     * @param wake called when a mail waits
     */
    public Post(MailQueue queue, String base, Runnable wake) {
        this.queue = queue;
        this.base = base;
        this.wake = wake;
    }

    /** A page of the index as a link. */
    public String link(String path) {
        return base + path;
    }

    /** Sends to the account's verified address; without one nothing is sent, because anybody may have given it. */
    public void send(Account account, MailText text, Instant now) {
        if (account.emailVerified()) {
            sendTo(account.email(), account, text, now);
        } else {
            LOG.info("no mail '{}': the address of the account is not verified", text.kind());
        }
    }

    /** Sends to an address that was given for the account, verified or not. */
    public void sendTo(String address, Account account, MailText text, Instant now) {
        queue.add(account.id(), address, text, now);
        wake();
    }

    /** Says that mails wait: again, when a transaction has ended that put them there. */
    void wake() {
        wake.run();
    }

    /** Sends to the account's verified address unless it had such a mail so recently. */
    public void remind(Account account, MailText text, Duration window, Instant now) {
        if (!queue.wasSent(account.id(), text.kind(), window, now)) {
            send(account, text, now);
        }
    }
}
