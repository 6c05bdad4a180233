package dev.gatehouse.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a change that a session authorises comes from the index's own pages.
 *
 * <p>{@code Sec-Fetch-Site} must be {@code same-origin}, or {@code Origin} on the list or the request's own host. A route whose host checks
 * a CSRF token may do without both headers, but never with one that speaks against it; any other route needs a JSON
 * content type too, which no form of another site can send unasked.
 */
final class SameOrigin {
    private final Set<String> origins;

    SameOrigin(Set<String> origins) {
        this.origins = Set.copyOf(origins);
    }

    /** What is wrong, or {@code null}. */
    @Nullable
    String fault(HttpServletRequest request, boolean tokenChecked) {
        String origin = request.getHeader("Origin");
        String site = request.getHeader("Sec-Fetch-Site");
        boolean listed = origin != null && origins.contains(origin.toLowerCase(Locale.ROOT));
        if (!listed) {
            if (site != null ? !site.equals("same-origin") : origin != null && !isOwn(origin, request)) {
                return "the request comes from another site";
            }
            if (site == null && origin == null && !tokenChecked) {
                return "the request does not say where it comes from";
            }
        }
        return tokenChecked || isJson(request.getContentType())
                ? null
                : "a change needs a JSON content type or a CSRF token";
    }

    /** A browser lets no page forge {@code Origin} or {@code Host}; the scheme may differ behind a proxy. */
    private static boolean isOwn(String origin, HttpServletRequest request) {
        String host = request.getHeader("Host");
        int authority = origin.indexOf("://");
        return host != null && authority > 0 && origin.substring(authority + 3).equalsIgnoreCase(host);
    }

    private static boolean isJson(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        int end = contentType.indexOf(';');
        String type = (end < 0 ? contentType : contentType.substring(0, end)).strip();
        return type.equalsIgnoreCase("application/json");
    }

    static boolean isSafe(String method) {
        return method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS");
    }
}
