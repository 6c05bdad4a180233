package dev.gatehouse.servlet;

import dev.gatehouse.signin.PendingStep;
import dev.gatehouse.signin.SignInStep;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;

/**
 * What {@link LoginEndpoints} asks of the host: its sessions, before and after somebody is logged in.
 *
 * <p>A handle names a session within the host: random, one for each session, never its cookie. Methods are called on the request's thread, so
 * implementations are thread-safe. What they throw is answered 503, and nobody is logged in then.
 */
public interface LoginHost {

    /** The handle of the session that the request was sent in; of a new one if it was sent in none. */
    String session(HttpServletRequest request);

    /** The login that waits in this session for its next proof. */
    Optional<PendingStep> pending(HttpServletRequest request);

    /**
     * Changes the session: another id, another handle, and nothing waiting in it any more. Called once for each step, before
     * anything is verified.
     *
     * @return the new handle
     */
    String renew(HttpServletRequest request);

    /** Keeps in the session, which belongs to nobody, what waits for the next proof. */
    void await(HttpServletRequest request, PendingStep next);

    /**
     * Makes the session the account's, with all the evidence; and remembers the device if the person asked for it.
     *
     * @return where the browser goes
     */
    ReturnPath completed(HttpServletRequest request, HttpServletResponse response, SignInStep.Completed login);

    /** The cookie of a known device, as received; none by default. */
    default Optional<String> device(HttpServletRequest request) {
        return Optional.empty();
    }
}
