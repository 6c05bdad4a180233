package dev.gatehouse.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The form of an answer. */
enum Medium {
    /** For people in browsers, who can be sent to another page. */
    HTML("text/html;charset=UTF-8"),
    /** For {@code twine}, {@code pip}, {@code uv} and others that print what they read. */
    TEXT("text/plain;charset=UTF-8"),
    /** RFC 9457. */
    PROBLEM("application/problem+json");

    private static final Set<String> NO_WEIGHT = Set.of("q=0", "q=0.", "q=0.0", "q=0.00", "q=0.000");

    private final String contentType;

    Medium(String contentType) {
        this.contentType = contentType;
    }

    String contentType() {
        return contentType;
    }

    /** What fits a client; browsers say that they read HTML, and a client that says it reads JSON and no HTML gets JSON. */
    static Medium of(HttpServletRequest request, RouteCarrier carrier) {
        String accept = request.getHeader("Accept");
        boolean html = accepts(accept, "text/html");
        if (!html && (accepts(accept, "application/problem+json") || accepts(accept, "application/json"))) {
            return PROBLEM;
        }
        if (carrier == RouteCarrier.AUTHORIZATION || carrier == RouteCarrier.BODY) {
            return TEXT;
        }
        return html || carrier == RouteCarrier.COOKIE ? HTML : TEXT;
    }

    private static boolean accepts(@Nullable String accept, String type) {
        if (accept == null) {
            return false;
        }
        int start = 0;
        while (start < accept.length()) {
            int end = next(accept, ',', start, accept.length());
            int nameEnd = next(accept, ';', start, end);
            if (accept.substring(start, nameEnd).strip().equalsIgnoreCase(type)) {
                return !isDeclined(accept.substring(nameEnd, end));
            }
            start = end + 1;
        }
        return false;
    }

    /** Where the character stands next, or the end; nothing beyond is looked at, so that all of a header is read once. */
    private static int next(String text, char wanted, int start, int end) {
        int place = start;
        while (place < end && text.charAt(place) != wanted) {
            place++;
        }
        return place;
    }

    /** Whether some parameter gives it no weight. */
    private static boolean isDeclined(String parameters) {
        for (String parameter : parameters.split(";", -1)) {
            if (NO_WEIGHT.contains(parameter.replace(" ", "").toLowerCase(Locale.ROOT))) {
                return true;
            }
        }
        return false;
    }
}
