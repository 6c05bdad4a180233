package dev.gatehouse.example.web;

import dev.gatehouse.example.account.Account;
import dev.gatehouse.example.account.Accounts;
import dev.gatehouse.policy.rule.Remedy;
import dev.gatehouse.signin.SessionCutoff;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What all pages share: the name, the clock, the guard of the forms, and who is logged in. Thread-safe. */
final class Site {
    static final String LOGIN = "/account/login/";
    static final String PASSKEY = "/account/passkey/";
    static final String DEVICES = "/manage/account/devices/";
    static final String LOGOUT = "/account/logout/";
    static final String REGISTER = "/account/register/";
    static final String SECOND_FACTOR = "/account/second-factor/";
    static final String REAUTHENTICATE = "/account/reauthenticate/";
    static final String RESET = "/account/reset-password/";
    static final String VERIFY = "/account/verify-email/";
    static final String ACCOUNT = "/manage/account/";
    static final String TWO_FACTOR = "/manage/account/two-factor/";
    static final String RECOVERY_CODES = "/manage/account/recovery-codes/";
    static final String TOKENS = "/manage/account/tokens/";
    static final String PUBLISHING = "/manage/account/publishing/";
    static final String PROJECTS = "/manage/projects/";
    static final String ADMIN = "/manage/admin/";
    static final String OUTBOX = "/outbox/";
    static final String DEMO = "/demo/";
    static final String UPLOAD = "/legacy/";

    private final InstantSource clock;
    private final SecureRandom random;
    private final Accounts accounts;
    private final SessionCutoff cutoff;
    private final Csrf csrf;
    private final Html html;
    private final Function<Instant, Page.@Nullable Bar> bar;
    private final Function<Account, Optional<Note>> banner;
    private final Runnable afterwards;

    Site(
            InstantSource clock,
            SecureRandom random,
            Accounts accounts,
            SessionCutoff cutoff,
            Csrf csrf,
            Html html,
            Function<Instant, Page.@Nullable Bar> bar,
            Function<Account, Optional<Note>> banner,
            Runnable afterwards) {
        this.clock = clock;
        this.random = random;
        this.accounts = accounts;
        this.cutoff = cutoff;
        this.csrf = csrf;
        this.html = html;
        this.bar = bar;
        this.banner = banner;
        this.afterwards = afterwards;
    }

    /** The page on which each step out of a refusal is taken. */
    static Map<Remedy, String> remedies() {
        Map<Remedy, String> pages = new EnumMap<>(Remedy.class);
        pages.put(Remedy.AUTHENTICATE, LOGIN);
        pages.put(Remedy.SWITCH_CREDENTIAL, TOKENS);
        pages.put(Remedy.VERIFY_EMAIL, VERIFY);
        pages.put(Remedy.SAVE_RECOVERY_CODES, RECOVERY_CODES);
        pages.put(Remedy.ENROL_FACTOR, TWO_FACTOR);
        pages.put(Remedy.PROVE, REAUTHENTICATE);
        return pages;
    }

    static String link(Remedy remedy) {
        return remedies().getOrDefault(remedy, ACCOUNT);
    }

    /** A value as part of a query. */
    static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    Instant now() {
        return clock.instant();
    }

    Csrf csrf() {
        return csrf;
    }

    Html html() {
        return html;
    }

    Visitor visitor(HttpServletRequest request) {
        return new Visitor(request, random);
    }

    /** The account that is logged in, if its session is still good: a new password ends all sessions before it. */
    Optional<Account> account(HttpServletRequest request) {
        Visitor visitor = visitor(request);
        Optional<Account> account = visitor.accountId(clock.instant()).flatMap(accounts::byId);
        if (account.isPresent()
                && (!visitor.isOf(account.get())
                        || cutoff.isOver(
                                account.get().id(),
                                visitor.handle(),
                                visitor.since().orElseThrow()))) {
            visitor.end();
            return Optional.empty();
        }
        return account;
    }

    Page.@Nullable Bar bar(Instant now) {
        return bar.apply(now);
    }

    /** What somebody who is logged in is reminded of, except on the pages where they do it. */
    Optional<Note> banner(Visit visit) {
        String path = visit.request().getRequestURI();
        boolean there = path.startsWith(TWO_FACTOR) || path.startsWith(RECOVERY_CODES) || path.startsWith(VERIFY);
        return there ? Optional.empty() : visit.account().flatMap(banner);
    }

    /** What is to be done after every change, such as the mails that its events ask for. */
    void afterwards() {
        afterwards.run();
    }
}
