package dev.gatehouse.example.web;

import dev.gatehouse.example.account.Account;
import dev.gatehouse.example.account.Accounts;
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

    private final Accounts accounts;
    private final Factors factors;
    private final Limits limits;
    private final Post post;
    private final InstantSource clock;

    IndexPasswords(Accounts accounts, Factors factors, Limits limits, Post post, InstantSource clock) {
        this.accounts = accounts;
        this.factors = factors;
        this.limits = limits;
        this.post = post;
        this.clock = clock;
    }

    @Override
    public Answer check(String user, String password, String address) {
        Instant now = clock.instant();
        Attempts.Answer place = limits.password(user, address, now);
        if (place.ticket().isEmpty()) {
            return new Throttled(place.retryAfter());
        }
        Optional<Account> account;
        try {
            account = accounts.authenticate(user, password);
        } catch (Passwords.BusyException e) {
            place.ticket().get().giveBack();
            return new Throttled(Duration.ofSeconds(2));
        }
        if (account.isEmpty()) {
            return new Rejected();
        }
        place.ticket().get().giveBack();
        Account known = account.get();
        if (!now.isBefore(MAILS_SINCE) && factors.hasAny(known.id())) {
            post.remind(known, MailText.basicAuthWith2fa(known.name(), post.link(Site.TOKENS)), MAIL_WINDOW, now);
        }
        return new Accepted(known.id(), known.name());
    }
}
