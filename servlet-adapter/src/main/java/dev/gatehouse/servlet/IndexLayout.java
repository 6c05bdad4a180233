package dev.gatehouse.servlet;

/**
 * Which method on which path does what.
 *
 * <p>{@link #builder} lists routes by template, {@link PypiLayout} has those of PyPI; an own implementation must be
 * thread-safe, must not throw, and must answer {@link Route#unmapped()} for everything it does not know, never
 * {@code null}. The same input gives the same answer, and the same {@code Route} object.
 */
public interface IndexLayout {

    /**
     * The route of a request.
     *
     * @param method the request's method, exactly as sent, except that {@code HEAD} is asked as {@code GET}
     * @param path the decoded path within the application as the container maps it, beginning with {@code /}
     */
    Route route(String method, String path);

    /**
     * Whether any route lies at or below this path; the start-up check asks it about servlet mappings.
     *
     * @param path a path without a trailing {@code /*}
     */
    boolean lists(String path);

    /**
     * Whether a POST here may name another method in a header or in {@code _method}; that method is then decided. Elsewhere such
     * a request is refused with 400.
     */
    default boolean allowsMethodOverride(String path) {
        return false;
    }

    /** A layout in which nothing is listed yet. */
    static LayoutBuilder builder() {
        return new LayoutBuilder();
    }
}
