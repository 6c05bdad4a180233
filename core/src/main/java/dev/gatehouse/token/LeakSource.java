package dev.gatehouse.token;

import dev.gatehouse.audit.AuditEvent;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who says that a token has leaked, and where it was seen, for the audit. Immutable and thread-safe.
 *
 * <p>Address and place are somebody else's words: nothing fetches or follows them, and whoever prints them escapes them for the place.
 *
 * @param origin who reports it, such as {@code GitHub}: not blank, 255 characters at most; becomes the actor of the event
 * @param url where it was seen, as the report says; of any length and form
 * @param place what kind of place that is, as the report says, such as {@code content} or {@code commit}; or null
 */
public record LeakSource(
        String origin, String url, @Nullable String place) {
    /** Checks the origin. */
    public LeakSource {
        Objects.requireNonNull(url, "url");
        if (origin.isBlank() || origin.length() > AuditEvent.MAX_ID_LENGTH) {
            throw new IllegalArgumentException("origin: blank or over " + AuditEvent.MAX_ID_LENGTH + " characters");
        }
    }
}
