package dev.gatehouse.signin;

import dev.gatehouse.state.EphemeralState;
import dev.gatehouse.state.Put;
import dev.gatehouse.state.StateSpace;
import dev.gatehouse.state.StateUnavailableException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;

/**
 * The logins that wait, each under the hash of its ticket and of the session it waits in: with another ticket or in another session
 * there is none. Immutable and thread-safe.
 */
final class PendingLogins {
    private static final StateSpace SPACE = StateSpace.values("signin.pending", 200_000);

    /** Between the key that a login is kept under and the login: a state that gives away another's is found out. */
    private static final String OF = "|";

    private final EphemeralState state;
    private final SecureRandom random;

    PendingLogins(EphemeralState state, SecureRandom random) {
        this.state = state;
        this.random = random;
    }

    /** Lets a login wait, and gives the ticket; its end lies ahead. */
    String put(PendingLogin login, String session, Instant now) {
        String ticket = Secrets.next(random);
        String key = key(ticket, session);
        if (state.put(SPACE, key, key + OF + login.toText(), login.end(), now) != Put.STORED) {
            throw new IllegalStateException("random: a ticket came twice");
        }
        return ticket;
    }

    /** The login with this ticket in this session; nobody else gets it. */
    Optional<PendingLogin> take(String ticket, String session, Instant now) {
        if (!Secrets.isFormed(ticket)) {
            return Optional.empty();
        }
        String key = key(ticket, session);
        return state.take(SPACE, key, now).map(text -> read(key, text)).filter(login -> now.isBefore(login.end()));
    }

    private static PendingLogin read(String key, String text) {
        Optional<PendingLogin> login = text.startsWith(key + OF)
                ? PendingLogin.read(text.substring(key.length() + OF.length()))
                : Optional.empty();
        return login.orElseThrow(() -> new StateUnavailableException(
                StateUnavailableException.Reason.FAILED, "state: a pending login is none, or another one"));
    }

    private static String key(String ticket, String session) {
        return Secrets.hash("pending", ticket, session);
    }
}
