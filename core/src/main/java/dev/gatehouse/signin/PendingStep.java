package dev.gatehouse.signin;

import dev.gatehouse.factor.FactorKind;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;

/**
 * A login that waits for its next proof, as the host keeps it in the next session until then. Immutable and thread-safe.
 *
 * @param account whose login it is; a WebAuthn challenge is begun for it, a mail goes to it
 * @param ticket what the next step presents; good once, in that session only. Secret: it belongs into the session, not into a page
 *     or an address
 * @param until the first instant at which it is over
 * @param offered the kinds of proof that can be brought now, in the order in which they are best offered
 */
public record PendingStep(String account, String ticket, Instant until, Set<FactorKind> offered) {
    /** Copies the set. */
    public PendingStep {
        Objects.requireNonNull(account, "account");
        Objects.requireNonNull(ticket, "ticket");
        Objects.requireNonNull(until, "until");
        offered = Collections.unmodifiableSet(new LinkedHashSet<>(offered));
    }

    @Override
    public String toString() {
        return "login that waits for one of " + offered + " until " + until;
    }
}
