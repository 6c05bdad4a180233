package dev.gatehouse.servlet;

import dev.gatehouse.factor.Evidence;
import jakarta.servlet.http.HttpServletRequest;

/** Keeps what was proven anew with the session of a request. Thread-safe. */
@FunctionalInterface
public interface ProofKeeper {
    /** Keeps the proof beside what is there already, so that {@link SignedIn#evidence} has it from the next request on. */
    void keep(HttpServletRequest request, Evidence proof);
}
