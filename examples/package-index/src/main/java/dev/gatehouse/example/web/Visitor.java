package dev.gatehouse.example.web;

import dev.gatehouse.example.account.Account;
import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.Evidence;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The session of one browser: who is logged in, with which proofs, and what is to be told on the next page.
 *
 * <p>Only JDK types are kept. The id of the session is a new one after every login, step up and logout. A session ends 12 hours
 * after its last use, and 7 days after the login.
 */
final class Visitor {
    /** How long somebody may take for the second step of a login. */
    static final Duration PENDING = Duration.ofMinutes(5);

    /** How long a login waits for the owner to read their mail. */
    static final Duration PENDING_CONFIRMATION = Duration.ofMinutes(15);

    private static final Duration IDLE = Duration.ofHours(12);
    private static final Duration LIFETIME = Duration.ofDays(7);
    private static final String PREFIX = "index.";
    private static final String ACCOUNT = PREFIX + "account";
    private static final String VERSION = PREFIX + "version";
    private static final String HANDLE = PREFIX + "handle";
    private static final String EVIDENCE = PREFIX + "evidence";
    private static final String SINCE = PREFIX + "since";
    private static final String CSRF = PREFIX + "csrf";
    private static final String NOTES = PREFIX + "notes";
    private static final String PENDING_ACCOUNT = PREFIX + "pending-account";
    private static final String PENDING_VERSION = PREFIX + "pending-version";
    private static final String PENDING_UNTIL = PREFIX + "pending-until";
    private static final String PENDING_EVIDENCE = PREFIX + "pending-evidence";
    private static final String PENDING_LINK = PREFIX + "pending-link";
    private static final String SETUP = PREFIX + "totp-setup";

    private final HttpServletRequest request;
    private final SecureRandom random;

    Visitor(HttpServletRequest request, SecureRandom random) {
        this.request = request;
        this.random = random;
    }

    /** A password that was right, while the second factor is awaited. */
    record Pending(
            String account,
            long version,
            List<Evidence> evidence,
            @Nullable String linkDigest) {}

    /** The account that is logged in, with the version of its password; empty if none is, or it has been too long. */
    Optional<String> accountId(Instant now) {
        HttpSession session = request.getSession(false);
        if (session == null || !(session.getAttribute(ACCOUNT) instanceof String account)) {
            return Optional.empty();
        }
        if (session.getAttribute(SINCE) instanceof Long since
                && now.isBefore(Instant.ofEpochMilli(since).plus(LIFETIME))) {
            return Optional.of(account);
        }
        session.invalidate();
        return Optional.empty();
    }

    /** Whether the session was begun, or renewed, with the present password. */
    boolean isOf(Account account) {
        HttpSession session = request.getSession(false);
        return session != null
                && account.id().equals(session.getAttribute(ACCOUNT))
                && session.getAttribute(VERSION) instanceof Long version
                && version == account.passwordVersion();
    }

    /** The handle that evidence names; never the cookie. */
    Carrier carrier() {
        return Carrier.session((String) request.getSession().getAttribute(HANDLE));
    }

    /** The proofs of this session. */
    List<Evidence> evidence() {
        HttpSession session = request.getSession(false);
        return session == null ? List.of() : read(session, EVIDENCE);
    }

    /** One more proof; an older one of the same factor is dropped. The id of the session changes. */
    void add(Evidence proof) {
        List<Evidence> all = new ArrayList<>(evidence());
        all.removeIf(old -> old.factor().equals(proof.factor()));
        all.add(proof.carriedBy(carrier()));
        request.changeSessionId();
        write(request.getSession(), EVIDENCE, all);
    }

    /** Begins a session for the account, whatever this browser did before. */
    void logIn(Account account, List<Evidence> proofs, Instant now) {
        List<Note> kept = takeNotes();
        end();
        HttpSession session = request.getSession();
        session.setMaxInactiveInterval((int) IDLE.toSeconds());
        session.setAttribute(ACCOUNT, account.id());
        session.setAttribute(VERSION, account.passwordVersion());
        session.setAttribute(SINCE, now.toEpochMilli());
        session.setAttribute(HANDLE, UUID.randomUUID().toString());
        session.setAttribute(CSRF, Csrf.random(random));
        List<Evidence> own =
                proofs.stream().map(proof -> proof.carriedBy(carrier())).toList();
        write(session, EVIDENCE, own);
        kept.forEach(this::note);
    }

    /** Lets this session live on with the new password. */
    void renew(Account account) {
        request.changeSessionId();
        request.getSession().setAttribute(VERSION, account.passwordVersion());
    }

    /** Remembers that the password was right; the session belongs to nobody yet. */
    void await(Account account, List<Evidence> proofs, Instant until) {
        end();
        HttpSession session = request.getSession();
        session.setMaxInactiveInterval((int) PENDING_CONFIRMATION.toSeconds());
        session.setAttribute(CSRF, Csrf.random(random));
        session.setAttribute(PENDING_ACCOUNT, account.id());
        session.setAttribute(PENDING_VERSION, account.passwordVersion());
        session.setAttribute(PENDING_UNTIL, until.toEpochMilli());
        write(session, PENDING_EVIDENCE, proofs);
    }

    /** Remembers that the second factor was right too, and by which mailed link it is to be confirmed. */
    void awaitConfirmation(List<Evidence> proofs, String linkDigest, Instant until) {
        request.changeSessionId();
        HttpSession session = request.getSession();
        session.setAttribute(PENDING_UNTIL, until.toEpochMilli());
        session.setAttribute(PENDING_LINK, linkDigest);
        write(session, PENDING_EVIDENCE, proofs);
    }

    /** Who has given a right password in this browser and not yet a second factor. */
    Optional<Pending> pending(Instant now) {
        HttpSession session = request.getSession(false);
        if (session == null
                || !(session.getAttribute(PENDING_ACCOUNT) instanceof String account)
                || !(session.getAttribute(PENDING_VERSION) instanceof Long version)
                || !(session.getAttribute(PENDING_UNTIL) instanceof Long until)
                || now.toEpochMilli() >= until) {
            return Optional.empty();
        }
        return Optional.of(new Pending(
                account, version, read(session, PENDING_EVIDENCE), (String) session.getAttribute(PENDING_LINK)));
    }

    /** The secret of an authenticator app that is being set up, in Base32. */
    Optional<String> setup() {
        HttpSession session = request.getSession(false);
        return session != null && session.getAttribute(SETUP) instanceof String secret
                ? Optional.of(secret)
                : Optional.empty();
    }

    void setup(@Nullable String secret) {
        request.getSession().setAttribute(SETUP, secret);
    }

    /** Something to be told on the next page. */
    void note(Note note) {
        HttpSession session = request.getSession(false);
        if (session == null) {
            return;
        }
        ArrayList<String> all = new ArrayList<>();
        if (session.getAttribute(NOTES) instanceof List<?> old) {
            old.forEach(each -> all.add((String) each));
        }
        all.add(note.kind().name() + " " + note.text());
        session.setAttribute(NOTES, all);
    }

    List<Note> takeNotes() {
        HttpSession session = request.getSession(false);
        List<Note> all = new ArrayList<>();
        if (session != null && session.getAttribute(NOTES) instanceof List<?> rows) {
            session.removeAttribute(NOTES);
            for (Object row : rows) {
                String text = (String) row;
                int space = text.indexOf(' ');
                all.add(Note.of(Note.Kind.valueOf(text.substring(0, space)), text.substring(space + 1)));
            }
        }
        return all;
    }

    /** Ends the session. */
    void end() {
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
    }

    @Nullable
    String csrfOrNull() {
        HttpSession session = request.getSession(false);
        return session == null ? null : (String) session.getAttribute(CSRF);
    }

    private static List<Evidence> read(HttpSession session, String name) {
        List<Evidence> all = new ArrayList<>();
        if (session.getAttribute(name) instanceof List<?> rows) {
            rows.forEach(row -> all.add(Evidence.parse((String) row)));
        }
        return List.copyOf(all);
    }

    private static void write(HttpSession session, String name, List<Evidence> proofs) {
        session.setAttribute(
                name, new ArrayList<>(proofs.stream().map(Evidence::toText).toList()));
    }
}
