package dev.gatehouse.token;

import dev.gatehouse.audit.AuditEvent;
import org.jspecify.annotations.Nullable;

/**
 * Who asks for a change of tokens, for the audit. Immutable and thread-safe.
 *
 * @param actor an account's id, or the host's name of a process
 * @param address the network address, or null if there is none
 */
public record Requester(String actor, @Nullable String address) {
    /** Checks the actor. */
    public Requester {
        if (actor.isBlank() || actor.length() > AuditEvent.MAX_ID_LENGTH) {
            throw new IllegalArgumentException("actor: blank or over " + AuditEvent.MAX_ID_LENGTH + " characters");
        }
    }

    /** Somebody without a known address. */
    public static Requester of(String actor) {
        return new Requester(actor, null);
    }
}
