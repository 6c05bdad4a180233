package dev.gatehouse.servlet;

import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.policy.rule.Action;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds out what a dispatch is for and whether that has been decided already. Thread-safe. */
final class Examiner {
    private static final String[] OVERRIDES = {"X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"};

    /** The code of the answer to a request that the layout does not list. */
    static final String UNMAPPED = "UNMAPPED";

    private static final String OVERRIDE_PARAMETER = "_method";

    private final IndexLayout layout;
    private final Gate gate;
    private final SameOrigin sameOrigin;
    private final Events events;

    Examiner(IndexLayout layout, Gate gate, SameOrigin sameOrigin, Events events) {
        this.layout = layout;
        this.gate = gate;
        this.sameOrigin = sameOrigin;
        this.events = events;
    }

    Verdict examine(HttpServletRequest request) {
        DispatcherType type = request.getDispatcherType();
        String path = path(request, type);
        Outcome before = Passage.outcome(request);
        if (type == DispatcherType.REQUEST && before == null) {
            RawPath.Fault fault = RawPath.fault(request.getRequestURI(), request.getContextPath(), path);
            if (fault != null) {
                return refused(Answer.of(400, fault.name(), fault.text()), request);
            }
        }
        boolean mayOverride = layout.allowsMethodOverride(path);
        String overriding = overriding(request, mayOverride);
        if (overriding != null && !mayOverride) {
            return refused(Answer.of(400, "METHOD_OVERRIDE", "The method of this path cannot be overridden."), request);
        }
        String method = type == DispatcherType.ERROR ? "GET" : overriding != null ? overriding : request.getMethod();
        Route route = route(method, path);
        if (route.kind() == Route.Kind.INTERNAL && type != DispatcherType.REQUEST) {
            return before != null ? before : new Outcome(route, null, null, null, null);
        }
        String project = route.projectOrNull(path);
        if (before != null && before.covers(route, project)) {
            return before;
        }
        if (!route.isMapped() || route.kind() == Route.Kind.INTERNAL) {
            return refused(unmapped(request, type), request);
        }
        if (!route.action().equals(Action.READ_PUBLIC) && !gate.isClockRight()) {
            events.record(AuditTag.CLOCK_BACK, "CLOCK", request);
            return Answer.unavailable();
        }
        GuardedRequest guard = GuardedRequest.in(request);
        HttpServletRequest source = guard == null ? request : guard.source();
        if (route.carrier() == RouteCarrier.COOKIE && !SameOrigin.isSafe(method)) {
            String fault = sameOrigin.fault(source, route.hasCsrfToken());
            if (fault != null) {
                return refused(Answer.of(403, "CROSS_SITE", fault), request);
            }
        }
        Verdict verdict = gate.judge(source, route, project);
        if (verdict instanceof Answer answer && answer.lines().get(0).refusal() == null) {
            events.record(Events.REQUEST_REFUSED, answer.code(), request);
        }
        return verdict;
    }

    /** The route whose clients' way of being answered fits; never throws. */
    Route routeOrUnmapped(HttpServletRequest request) {
        try {
            DispatcherType type = request.getDispatcherType();
            return route(request.getMethod(), path(request, type));
        } catch (RuntimeException e) {
            return Route.unmapped();
        }
    }

    private Route route(String method, String path) {
        return Objects.requireNonNull(
                layout.route(method.equals("HEAD") ? "GET" : method, path), "layout: route is null");
    }

    private Answer refused(Answer answer, HttpServletRequest request) {
        events.record(Events.REQUEST_REFUSED, answer.code(), request);
        return answer;
    }

    /** An error page that is not listed leaves the error's own status. */
    private static Answer unmapped(HttpServletRequest request, DispatcherType type) {
        if (type == DispatcherType.ERROR
                && request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer status
                && status >= 400) {
            return Answer.of(status, "ERROR", "Error " + status);
        }
        return Answer.of(403, UNMAPPED, "Nothing is listed under this address and method.");
    }

    /** The path within the application as the container maps it: of the target for an include, which leaves the request's own as it is. */
    static String path(HttpServletRequest request, DispatcherType type) {
        if (type == DispatcherType.INCLUDE
                && request.getAttribute(RequestDispatcher.INCLUDE_SERVLET_PATH) instanceof String included) {
            Object info = request.getAttribute(RequestDispatcher.INCLUDE_PATH_INFO);
            return join(included, info instanceof String text ? text : null);
        }
        return join(request.getServletPath(), request.getPathInfo());
    }

    private static String join(String servletPath, @Nullable String pathInfo) {
        return pathInfo == null ? servletPath : servletPath.isEmpty() ? pathInfo : servletPath + pathInfo;
    }

    /**
     * The method that a request names beside its own, or {@code null}. Where none may be named only the query is looked at,
     * because reading parameters of a body would take it from the application, which does not see {@code _method} then.
     */
    private static @Nullable String overriding(HttpServletRequest request, boolean allowed) {
        for (String header : OVERRIDES) {
            String method = request.getHeader(header);
            if (method != null) {
                return method.toUpperCase(Locale.ROOT);
            }
        }
        if (!allowed) {
            return namesMethod(request.getQueryString()) ? "" : null;
        }
        String method = request.getMethod().equals("POST") ? request.getParameter(OVERRIDE_PARAMETER) : null;
        return method == null ? null : method.toUpperCase(Locale.ROOT);
    }

    private static boolean namesMethod(@Nullable String query) {
        if (query == null || (query.indexOf('%') < 0 && !query.contains(OVERRIDE_PARAMETER))) {
            return false;
        }
        for (String pair : query.split("&", -1)) {
            int end = pair.indexOf('=');
            String name = end < 0 ? pair : pair.substring(0, end);
            if (isOverride(name)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOverride(String name) {
        try {
            return URLDecoder.decode(name, StandardCharsets.UTF_8).equals(OVERRIDE_PARAMETER);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
