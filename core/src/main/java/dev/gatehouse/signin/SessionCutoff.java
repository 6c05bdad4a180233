package dev.gatehouse.signin;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.signin.SessionCutoffRepository.Cutoff;
import dev.gatehouse.signin.SessionCutoffRepository.Ended;
import dev.gatehouse.signin.SessionCutoffRepository.Session;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Ends sessions of accounts: the host keeps its sessions, and asks here with each request whether the one that it found is over.
 *
 * <p>A host keeps with every session the instant {@link #beginning} that it has when it begins, and treats a session that
 * {@link #isOver} as none. Ended are those which began before now and the permitted difference between the clocks of the nodes:
 * {@code beginning} is never before that, so that a session which begins after the end goes on, and one that began before it on a node
 * whose clock is ahead does not. A host that keeps its own clock's instant instead ends those as well that begin just after. Each end
 * is later than the one before, whatever the clock says: what began since then is over too. A host that keeps {@code beginning} in
 * milliseconds or better loses no session by it.
 *
 * <p>What is over stays so: a session is not revived by being the one to keep. Only a digest of a session's handle is stored.
 * Thread-safe. What the repository throws reaches the caller; a session of which nobody knows whether it is over is none.
 */
public final class SessionCutoff {
    private static final Duration MAX_DIFFERENCE = Duration.ofMinutes(10);

    private final SessionCutoffRepository repository;
    private final InstantSource clock;
    private final Duration difference;

    private SessionCutoff(SessionCutoffRepository repository, InstantSource clock, Duration difference) {
        this.repository = Objects.requireNonNull(repository, "repository");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.difference = difference;
    }

    /** The cut-offs in this repository, for nodes whose clocks differ by 30 seconds at most. */
    public static SessionCutoff of(SessionCutoffRepository repository, InstantSource clock) {
        return of(repository, clock, Duration.ofSeconds(30));
    }

    /**
     * The cut-offs in this repository.
     *
     * @param difference how far the clocks of nodes that begin sessions may differ, 0 to 10 minutes
     * @throws IllegalArgumentException if it is out of bounds
     */
    public static SessionCutoff of(SessionCutoffRepository repository, InstantSource clock, Duration difference) {
        if (difference.isNegative() || difference.compareTo(MAX_DIFFERENCE) > 0) {
            throw new IllegalArgumentException("difference: 0 to 10 minutes");
        }
        return new SessionCutoff(repository, clock, difference);
    }

    /** The instant to keep with a session of the account that begins now. */
    public Instant beginning(String account) {
        Instant now = clock.instant();
        return present(account).map(Cutoff::before).filter(now::isBefore).orElse(now);
    }

    /**
     * Whether a session is over.
     *
     * @param account the host's immutable id of the account
     * @param session the host's handle of it, as in {@code Carrier.session}
     * @param startedAt what {@link #beginning} was when it began
     */
    public boolean isOver(String account, String session, Instant startedAt) {
        Session asked = session(session, startedAt);
        return present(account).filter(cutoff -> cutoff.covers(asked)).isPresent();
    }

    /**
     * Ends all sessions of the account but one, as its owner asks for in that one.
     *
     * @param session the handle of the one that goes on
     * @param startedAt what {@link #beginning} was when that one began
     * @param origin adds to the event who asked and from where; the actor is the account unless it says otherwise
     */
    public Ended endOthers(
            String account, String session, Instant startedAt, UnaryOperator<AuditEvent.Builder> origin) {
        Instant now = clock.instant();
        return Objects.requireNonNull(
                repository.endOthers(
                        account,
                        session(session, startedAt),
                        before(account, now),
                        event(account, "others", now, origin)),
                "repository: answered null");
    }

    /**
     * Ends all sessions of the account.
     *
     * @param origin adds to the event who asked and from where; the actor is the account unless it says otherwise
     */
    public void endAll(String account, UnaryOperator<AuditEvent.Builder> origin) {
        Instant now = clock.instant();
        repository.endAll(account, before(account, now), event(account, "all", now, origin));
    }

    /** After whatever has begun: sessions begin at the present cut-off while the clock is not past it. */
    private Instant before(String account, Instant now) {
        Instant before = now.plus(difference);
        return wholeMillisecond(present(account)
                .map(cutoff -> cutoff.before().plusNanos(1))
                .filter(before::isBefore)
                .orElse(before));
    }

    /** Later where it has parts of a millisecond: a host's column may drop them, and a session would begin before the end it began at. */
    private static Instant wholeMillisecond(Instant instant) {
        Instant whole = instant.truncatedTo(ChronoUnit.MILLIS);
        return whole.equals(instant) ? instant : whole.plusMillis(1);
    }

    private Optional<Cutoff> present(String account) {
        Objects.requireNonNull(account, "account");
        return Objects.requireNonNull(repository.of(account), "repository: answered null");
    }

    private static Session session(String handle, Instant startedAt) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(handle.getBytes(StandardCharsets.UTF_8));
            return new Session(HexFormat.of().formatHex(digest), startedAt);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java platform", e);
        }
    }

    private static AuditEvent event(
            String account, String which, Instant now, UnaryOperator<AuditEvent.Builder> origin) {
        return origin.apply(AuditEvent.of(AuditTag.SESSIONS_ENDED, now).actor(account))
                .account(account)
                .attribute("sessions", which)
                .build();
    }
}
