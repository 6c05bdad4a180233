package dev.gatehouse.servlet;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * JSON endpoints behind the filter: which request is for which, what may come at all, and what is said when something breaks.
 *
 * <p>A change needs a JSON content type and proof of the same origin, whatever the layout says of its route (403); a body is one bounded
 * JSON object without a name twice (400, 413). Nothing is to be stored by caches. A failure inside is 503.
 */
final class Endpoints {
    private static final Logger LOG = LoggerFactory.getLogger(Endpoints.class);

    private final Map<String, EndpointCall.Handler> handlers;
    private final SameOrigin sameOrigin;

    /**
     * @param handlers by method, a blank, and path
     * @param origins other origins whose pages may change things
     */
    Endpoints(Map<String, EndpointCall.Handler> handlers, Set<String> origins) {
        this.handlers = Map.copyOf(handlers);
        this.sameOrigin = new SameOrigin(origins);
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
        EndpointCall.@Nullable Handler handler =
                handlers.get(method + " " + Examiner.path(request, request.getDispatcherType()));
        answer(handler, request, response).write(response);
    }

    private EndpointAnswer answer(
            EndpointCall.@Nullable Handler handler, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (handler == null) {
            return EndpointAnswer.fail(404, "Not found.");
        }
        boolean safe = SameOrigin.isSafe(request.getMethod());
        if (!safe) {
            String fault = sameOrigin.fault(request, false);
            if (fault != null) {
                return EndpointAnswer.fail(403, fault);
            }
        }
        try {
            EndpointBody body = safe ? null : EndpointBody.of(request);
            return handler.answer(new EndpointCall(request, response, body));
        } catch (EndpointBody.BadBody e) {
            return EndpointAnswer.fail(e.status(), String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("An endpoint failed; it is answered 503", e);
            return EndpointAnswer.fail(503, "This cannot be done now. Try again later.")
                    .retryAfter(30);
        }
    }
}
