package dev.gatehouse.servlet;

import dev.gatehouse.factor.Evidence;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/**
 * Keeps what an authenticator app is being set up with in the session of a request, until a code of it has come. The secret in the
 * text is sealed; it may not lie in the browser, where it could be brought back later. Thread-safe.
 */
public interface SetUpKeeper {

    /**
     * A keeper that has the text in the container's session, where the container may write sessions to disk.
     *
     * @param proofs keeps what a set-up has proven
     */
    static SetUpKeeper inHttpSession(ProofKeeper proofs) {
        return new HttpSessionSetUp(proofs);
    }

    /**
     * Keeps the text in the place of any other.
     *
     * @param text visible ASCII of at most 1,700 characters
     * @throws IllegalStateException if the request has no session to keep it in
     */
    void keep(HttpServletRequest request, String text);

    /** The text of this session, if there is one. */
    Optional<String> kept(HttpServletRequest request);

    /**
     * Removes the text, for the app is set up, and keeps the proof with the session as {@link ProofKeeper} does: the code is used up,
     * and without the proof the session would at once be one without its second factor.
     */
    void done(HttpServletRequest request, Evidence proof);
}
