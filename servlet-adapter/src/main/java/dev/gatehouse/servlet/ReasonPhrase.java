package dev.gatehouse.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Puts a text into the status line of an HTTP/1.1 response, where {@code twine} prints it.
 *
 * <p>No servlet call can do that: {@link #jetty} and {@link #undertow} go through the container, Tomcat has no way at all. The
 * body says the same in any case, and HTTP/2 has no reason phrase. Thread-safe; called after the status is set
 * and before anything is written.
 */
@FunctionalInterface
public interface ReasonPhrase {
    /** The longest phrase, in characters. */
    int MAX_LENGTH = 200;

    /**
     * Sets the phrase of this response, or does nothing where the container does not let it.
     *
     * @param phrase visible ASCII and blanks, at most {@link #MAX_LENGTH} characters
     */
    void set(HttpServletRequest request, HttpServletResponse response, String phrase);

    /** Leaves the container's own phrase. */
    static ReasonPhrase none() {
        return NoReasonPhrase.INSTANCE;
    }

    /** Through Jetty 12 with EE 10; does nothing for a request of another container. */
    static ReasonPhrase jetty() {
        return new JettyReasonPhrase();
    }

    /**
     * Through Undertow 2; does nothing for a request of another container.
     *
     * @throws IllegalStateException if Undertow is not on the path
     */
    static ReasonPhrase undertow() {
        return new UndertowReasonPhrase();
    }

    /**
     * A text as a phrase: its first line; what is not visible ASCII becomes {@code ?}, blanks are joined, the rest is cut off.
     *
     * @param limit the most characters
     */
    static String ascii(String text, int limit) {
        StringBuilder out = new StringBuilder(Math.min(text.length(), limit));
        boolean blank = false;
        for (int i = 0; i < text.length() && text.charAt(i) != '\n' && text.charAt(i) != '\r'; i++) {
            char c = text.charAt(i);
            if (c == ' ' || c == '\t') {
                blank = !out.isEmpty();
                continue;
            }
            if (out.length() + (blank ? 2 : 1) > limit) {
                break;
            }
            if (blank) {
                out.append(' ');
                blank = false;
            }
            if (Character.isLowSurrogate(c) && i > 0 && Character.isHighSurrogate(text.charAt(i - 1))) {
                continue;
            }
            out.append(c > ' ' && c < 0x7f ? c : '?');
        }
        return out.toString();
    }
}
