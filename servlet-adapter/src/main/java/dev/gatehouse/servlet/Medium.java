package dev.gatehouse.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The form of an answer. */
enum Medium {
    /** For people in browsers, who can be sent to another page. */
    HTML("text/html;charset=UTF-8"),
    /** For {@code twine}, {@code pip}, {@code uv} and others that print what they read. */
    TEXT("text/plain;charset=UTF-8"),
    /** RFC 9457. */
    PROBLEM("application/problem+json");

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
            int comma = accept.indexOf(',', start);
            int end = comma < 0 ? accept.length() : comma;
            int parameter = accept.indexOf(';', start);
            int nameEnd = parameter < 0 || parameter > end ? end : parameter;
            if (accept.substring(start, nameEnd).strip().equalsIgnoreCase(type)) {
                String rest = accept.substring(nameEnd, end).replace(" ", "").toLowerCase(Locale.ROOT);
                return !rest.matches(".*;q=0(\\.0{0,3})?(;.*)?");
            }
            start = end + 1;
        }
        return false;
    }
}
