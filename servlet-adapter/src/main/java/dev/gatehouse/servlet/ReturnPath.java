package dev.gatehouse.servlet;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A place within the application to send a browser back to; never another site.
 *
 * <p>It is a path with an optional query, in visible ASCII, of 2,000 characters at most: it begins with one {@code /}, has no
 * empty or dot segment, no backslash, no fragment, and nothing encoded that would be one of these, so that no reader can take it for a
 * host. Use {@link #parse} on whatever comes back from a client. Immutable and thread-safe.
 */
public final class ReturnPath {
    /** The longest path with its query. */
    public static final int MAX_LENGTH = 2_000;

    private final String text;

    private ReturnPath(String text) {
        this.text = text;
    }

    /** The place that a text names; empty if it is none. */
    public static Optional<ReturnPath> parse(@Nullable String text) {
        return text == null || !isSafe(text) ? Optional.empty() : Optional.of(new ReturnPath(text));
    }

    private static boolean isSafe(String text) {
        if (text.length() > MAX_LENGTH || !text.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '\\' && c != '#')) {
            return false;
        }
        int query = text.indexOf('?');
        return PathReading.of(query < 0 ? text : text.substring(0, query)).fault() == null
                && !hasDotSegment(query < 0 ? text : text.substring(0, query));
    }

    private static boolean hasDotSegment(String path) {
        return (path + "/").contains("/./") || (path + "/").contains("/../");
    }

    /** The path with its query, fit for a {@code Location} header. */
    public String text() {
        return text;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ReturnPath that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
