package dev.gatehouse.testkit.filter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A request as it goes over the wire. Immutable and thread-safe. It prints without headers and body: they may hold credentials.
 *
 * @param method such as {@code GET}
 * @param target the path and query, sent as they are, however malformed; below the host's base
 * @param headers whole header lines, such as {@code Accept: text/html}
 * @param body one octet for each character up to U+00FF, so that any bytes can be written
 */
public record FilterRequest(String method, String target, List<String> headers, String body) {
    /** Checks that nothing is missing. */
    public FilterRequest {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(target, "target");
        headers = List.copyOf(headers);
        Objects.requireNonNull(body, "body");
    }

    /** A {@code GET} without headers. */
    public static FilterRequest get(String target) {
        return new FilterRequest("GET", target, List.of(), "");
    }

    /** A {@code POST} with one header, its type. */
    public static FilterRequest post(String target, String contentType, String body) {
        return new FilterRequest("POST", target, List.of("Content-Type: " + contentType), body);
    }

    /** The same with these header lines too. */
    public FilterRequest with(String... more) {
        List<String> all = new ArrayList<>(headers);
        all.addAll(Arrays.asList(more));
        return new FilterRequest(method, target, all, body);
    }

    /** The same by another method. */
    public FilterRequest by(String other) {
        return new FilterRequest(other, target, headers, body);
    }

    /** The same to another path. */
    public FilterRequest to(String other) {
        return new FilterRequest(method, other, headers, body);
    }

    @Override
    public String toString() {
        return method + " " + target;
    }
}
