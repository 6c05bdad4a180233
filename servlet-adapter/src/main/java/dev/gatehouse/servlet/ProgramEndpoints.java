package dev.gatehouse.servlet;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Endpoints for programs that bring their proof in the body or sign it: which request is for which, how much of a body is read, and what
 * is said when something breaks.
 *
 * <p>No session is read, no origin and no content type is asked for: nothing here is done because of who is signed in.
 */
final class ProgramEndpoints {
    private static final Logger LOG = LoggerFactory.getLogger(ProgramEndpoints.class);

    /** What answers a request. */
    @FunctionalInterface
    interface Handler {
        /**
         * The answer.
         *
         * @param body the body as it came, empty for a GET; one byte longer than the bound if it is too long
         */
        EndpointAnswer answer(HttpServletRequest request, byte[] body);
    }

    private final Map<String, Handler> handlers;
    private final int bound;
    private final EndpointAnswer unavailable;

    /**
     * @param handlers by method, a blank, and path
     * @param bound the most bytes of a body
     * @param unavailable what is said when a handler throws
     */
    ProgramEndpoints(Map<String, Handler> handlers, int bound, EndpointAnswer unavailable) {
        this.handlers = Map.copyOf(handlers);
        this.bound = bound;
        this.unavailable = unavailable;
    }

    /** The paths, for a mapping; sorted. */
    Set<String> paths() {
        Set<String> paths = new TreeSet<>();
        handlers.keySet().forEach(key -> paths.add(key.substring(key.indexOf(' ') + 1)));
        return paths;
    }

    void service(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException {
        if (!TwoFactorFilter.hasSeen(request)) {
            throw new ServletException("The endpoints are not behind the filter");
        }
        String method = request.getMethod().equals("HEAD") ? "GET" : request.getMethod();
        @Nullable Handler handler = handlers.get(method + " " + Examiner.path(request, request.getDispatcherType()));
        answer(handler, method, request).write(response);
    }

    private EndpointAnswer answer(@Nullable Handler handler, String method, HttpServletRequest request)
            throws IOException {
        if (handler == null) {
            return EndpointAnswer.empty(404);
        }
        byte[] body = method.equals("GET") ? new byte[0] : body(request);
        try {
            return handler.answer(request, body);
        } catch (RuntimeException e) {
            LOG.error("An endpoint failed; it is answered 503", e);
            return unavailable;
        }
    }

    private byte[] body(HttpServletRequest request) throws IOException {
        InputStream in = request.getInputStream();
        byte[] octets = in.readNBytes(bound + 1);
        if (octets.length > bound) {
            EndpointBody.discard(in);
        }
        return octets;
    }
}
