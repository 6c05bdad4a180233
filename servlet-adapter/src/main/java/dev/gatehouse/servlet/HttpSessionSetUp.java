package dev.gatehouse.servlet;

import dev.gatehouse.factor.Evidence;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Objects;
import java.util.Optional;

/** Keeps a set-up in the container's session, as a JDK type, so that a clustered session needs none of ours. */
final class HttpSessionSetUp implements SetUpKeeper {
    private static final String KEY = "dev.gatehouse.totp-set-up";

    private final ProofKeeper proofs;

    HttpSessionSetUp(ProofKeeper proofs) {
        this.proofs = Objects.requireNonNull(proofs, "proofs");
    }

    @Override
    public void keep(HttpServletRequest request, String text) {
        HttpSession session = request.getSession(false);
        if (session == null) {
            throw new IllegalStateException("request: has no session of the container to keep a set-up in");
        }
        session.setAttribute(KEY, text);
    }

    @Override
    public Optional<String> kept(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        return session != null && session.getAttribute(KEY) instanceof String text
                ? Optional.of(text)
                : Optional.empty();
    }

    @Override
    public void done(HttpServletRequest request, Evidence proof) {
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.removeAttribute(KEY);
        }
        proofs.keep(request, proof);
    }
}
