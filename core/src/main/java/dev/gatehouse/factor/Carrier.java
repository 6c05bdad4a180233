package dev.gatehouse.factor;

import java.util.Objects;

/**
 * What a proof came with: a session or a single request, by the host's handle of it.
 *
 * <p>The handle must identify the session or request within the host and must not be the session cookie itself: evidence
 * is stored and audited. Immutable and thread-safe.
 *
 * @param kind whether the handle names a session or one request
 * @param id the handle
 */
public record Carrier(Kind kind, String id) {

    /** Whether a carrier outlives its request. */
    public enum Kind {
        SESSION,
        REQUEST
    }

    public Carrier {
        Objects.requireNonNull(kind, "kind");
        if (Objects.requireNonNull(id, "id").isEmpty()) {
            throw new IllegalArgumentException("id: empty");
        }
    }

    public static Carrier session(String id) {
        return new Carrier(Kind.SESSION, id);
    }

    public static Carrier request(String id) {
        return new Carrier(Kind.REQUEST, id);
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(java.util.Locale.ROOT);
    }
}
