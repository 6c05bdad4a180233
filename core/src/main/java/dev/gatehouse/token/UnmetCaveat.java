package dev.gatehouse.token;

import java.util.Objects;

/**
 * A restriction that the request is outside of. Immutable and thread-safe.
 *
 * @param caveat the name of its kind, or {@code unknown} if it cannot be read
 * @param text why, in PyPI's words where it has some; may hold the name of a project, so escape it where it is printed
 */
public record UnmetCaveat(String caveat, String text) {
    static final String UNKNOWN = "unknown";

    /** Checks that nothing is missing. */
    public UnmetCaveat {
        Objects.requireNonNull(caveat, "caveat");
        Objects.requireNonNull(text, "text");
    }
}
