package dev.gatehouse.example.web;

import dev.gatehouse.example.account.Account;
import dev.gatehouse.example.account.Factors;
import dev.gatehouse.example.account.Passwords;
import dev.gatehouse.example.mail.MailText;
import dev.gatehouse.example.mail.Post;
import dev.gatehouse.servlet.PasswordVerifier;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Checks passwords that clients send to upload, while the policy still lets a password through. Thread-safe. */
final class IndexPasswords implements PasswordVerifier {
    /** From this day on PyPI wrote to people with a second factor who uploaded with a password. */
    private static final Instant MAILS_SINCE = Instant.parse("2022-02-28T00:00:00Z");

    private static final Duration MAIL_WINDOW = Duration.ofHours(1);

    private final Guesses guesses;
    private final Factors factors;
    private final Post post;
    private final InstantSource clock;

    IndexPasswords(Guesses guesses, Factors factors, Post post, InstantSource clock) {
        this.guesses = guesses;
        this.factors = factors;
        this.post = post;
        this.clock = clock;
    }

    @Override
    public Answer check(String user, String password, String address) {
        Instant now = clock.instant();
        Guesses.Checked checked;
        try {
            checked = guesses.check(user, password, address);
        } catch (Passwords.BusyException e) {
            return new Throttled(Duration.ofSeconds(2));
        }
        if (checked.locked().isPresent()) {
            return new Throttled(checked.locked().get());
        }
        Optional<Account> account = checked.account();
        if (account.isEmpty()) {
            return new Rejected();
        }
        Account known = account.get();
        if (!now.isBefore(MAILS_SINCE) && factors.hasAny(known.id())) {
            post.remind(known, MailText.basicAuthWith2fa(known.name(), post.link(Site.TOKENS)), MAIL_WINDOW, now);
        }
        return new Accepted(known.id(), known.name());
    }
}
