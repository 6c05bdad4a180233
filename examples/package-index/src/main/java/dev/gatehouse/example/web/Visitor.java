package dev.gatehouse.example.web;

import dev.gatehouse.example.account.Account;
import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.signin.PendingStep;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The session of one browser: who is logged in, with which proofs, and what is to be told on the next page.
 *
 * <p>Only JDK types are kept. The id of the session is a new one after every login, step up and logout. A session ends 12 hours
 * after its last use, and 7 days after the login.
 */
final class Visitor {
    /** A session that belongs to nobody is forgotten so long after its last use. */
    private static final Duration NOBODYS = Duration.ofMinutes(20);

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
    private static final String PENDING_TICKET = PREFIX + "pending-ticket";
    private static final String PENDING_UNTIL = PREFIX + "pending-until";
    private static final String PENDING_OFFERED = PREFIX + "pending-offered";
    private static final String SETUP = PREFIX + "totp-setup";

    private final HttpServletRequest request;
    private final SecureRandom random;

    Visitor(HttpServletRequest request, SecureRandom random) {
        this.request = request;
        this.random = random;
    }

    /** The account that is logged in, with the version of its password; empty if none is, or it has been too long. */
    Optional<String> accountId(Instant now) {
        HttpSession session = request.getSession(false);
        if (session == null || !(session.getAttribute(ACCOUNT) instanceof String account)) {
            return Optional.empty();
        }
        if (since(session).filter(at -> now.isBefore(at.plus(LIFETIME))).isPresent()) {
            return Optional.of(account);
        }
        session.invalidate();
        return Optional.empty();
    }

    /** When the session began, as its cut-off counts it. */
    Optional<Instant> since() {
        return Optional.ofNullable(request.getSession(false)).flatMap(Visitor::since);
    }

    private static Optional<Instant> since(HttpSession session) {
        return session.getAttribute(SINCE) instanceof String since
                ? Optional.of(Instant.parse(since))
                : Optional.empty();
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
        return Carrier.session(handle());
    }

    /** The handle of this session; a browser without one gets one that belongs to nobody. */
    String handle() {
        HttpSession session = request.getSession(false);
        if (session != null && session.getAttribute(HANDLE) instanceof String handle) {
            return handle;
        }
        return begin();
    }

    boolean hasSession() {
        return request.getSession(false) != null;
    }

    /** Begins a session that belongs to nobody, in the place of any other; what was to be told stays. */
    String begin() {
        List<Note> kept = takeNotes();
        end();
        HttpSession session = request.getSession();
        session.setMaxInactiveInterval((int) NOBODYS.toSeconds());
        String handle = UUID.randomUUID().toString();
        session.setAttribute(HANDLE, handle);
        session.setAttribute(CSRF, Csrf.random(random));
        kept.forEach(this::note);
        return handle;
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

    /**
     * Makes this session, which was begun for it, the account's.
     *
     * @param proofs those of the login, which this session carries
     */
    void logIn(Account account, List<Evidence> proofs, Instant since) {
        HttpSession session = request.getSession();
        session.removeAttribute(PENDING_ACCOUNT);
        session.setMaxInactiveInterval((int) IDLE.toSeconds());
        session.setAttribute(ACCOUNT, account.id());
        session.setAttribute(VERSION, account.passwordVersion());
        session.setAttribute(SINCE, since.toString());
        write(session, EVIDENCE, proofs);
    }

    /** Lets this session live on with the new password. */
    void renew(Account account) {
        request.changeSessionId();
        request.getSession().setAttribute(VERSION, account.passwordVersion());
    }

    /**
     * Remembers a login that waits for its next proof; the session belongs to nobody.
     *
     * @param account as it was when its password was checked
     */
    void await(PendingStep next, Account account) {
        HttpSession session = request.getSession();
        session.setAttribute(PENDING_ACCOUNT, next.account());
        session.setAttribute(PENDING_VERSION, account.passwordVersion());
        session.setAttribute(PENDING_TICKET, next.ticket());
        session.setAttribute(PENDING_UNTIL, next.until().toString());
        session.setAttribute(
                PENDING_OFFERED,
                new ArrayList<>(next.offered().stream().map(FactorKind::id).toList()));
    }

    /** The login that waits in this browser for its next proof. */
    Optional<PendingStep> pending() {
        HttpSession session = request.getSession(false);
        if (session == null
                || !(session.getAttribute(PENDING_ACCOUNT) instanceof String account)
                || !(session.getAttribute(PENDING_OFFERED) instanceof List<?> kinds)) {
            return Optional.empty();
        }
        Set<FactorKind> offered = new LinkedHashSet<>();
        kinds.forEach(kind -> offered.add(kind((String) kind)));
        return Optional.of(new PendingStep(
                account,
                (String) session.getAttribute(PENDING_TICKET),
                Instant.parse((String) session.getAttribute(PENDING_UNTIL)),
                offered));
    }

    /** Whether the login that waits was begun with the present password of this account. */
    boolean isPendingOf(Account account) {
        HttpSession session = request.getSession(false);
        return session != null
                && account.id().equals(session.getAttribute(PENDING_ACCOUNT))
                && session.getAttribute(PENDING_VERSION) instanceof Long version
                && version == account.passwordVersion();
    }

    private static FactorKind kind(String id) {
        return FactorKind.builtIn().stream()
                .filter(kind -> kind.id().equals(id))
                .findFirst()
                .orElseThrow();
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
