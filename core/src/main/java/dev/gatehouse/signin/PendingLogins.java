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

    private final EphemeralState state;
    private final SecureRandom random;

    PendingLogins(EphemeralState state, SecureRandom random) {
        this.state = state;
        this.random = random;
    }

    /** Lets a login wait, and gives the ticket; its end lies ahead. */
    String put(PendingLogin login, String session, Instant now) {
        String ticket = Secrets.next(random);
        if (state.put(SPACE, key(ticket, session), login.toText(), login.end(), now) != Put.STORED) {
            throw new IllegalStateException("random: a ticket came twice");
        }
        return ticket;
    }

    /** The login with this ticket in this session; nobody else gets it. */
    Optional<PendingLogin> take(String ticket, String session, Instant now) {
        if (!Secrets.isFormed(ticket)) {
            return Optional.empty();
        }
        return state.take(SPACE, key(ticket, session), now)
                .map(text -> PendingLogin.read(text)
                        .orElseThrow(() -> new StateUnavailableException(
                                StateUnavailableException.Reason.FAILED, "state: a pending login is none")))
                .filter(login -> now.isBefore(login.end()));
    }

    private static String key(String ticket, String session) {
        return Secrets.hash("pending", ticket, session);
    }
}
