package dev.gatehouse.servlet;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import java.security.Principal;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The request as the application sees it: from the decided identity, without the carrier that the route does not read, and
 * without means to name another method.
 */
final class GuardedRequest extends HttpServletRequestWrapper {
    private static final String OVERRIDE_PARAMETER = "_method";

    private final HttpServletRequest source;
    private final Outcome outcome;
    private final boolean override;

    /**
     * @param outer the request of this dispatch
     * @param source the request as it came in, from which headers and session are read
     * @param override whether the method may be named in header or parameter
     */
    GuardedRequest(HttpServletRequest outer, HttpServletRequest source, Outcome outcome, boolean override) {
        super(outer);
        this.source = source;
        this.outcome = outcome;
        this.override = override;
    }

    /** The guard around a request, however a dispatcher has wrapped it since. */
    static @Nullable GuardedRequest in(ServletRequest request) {
        ServletRequest at = request;
        while (!(at instanceof GuardedRequest)) {
            if (!(at instanceof ServletRequestWrapper wrapper)) {
                return null;
            }
            at = wrapper.getRequest();
        }
        return (GuardedRequest) at;
    }

    HttpServletRequest source() {
        return source;
    }

    Outcome outcome() {
        return outcome;
    }

    private boolean hidesCookies() {
        return outcome.route().carrier() != RouteCarrier.COOKIE;
    }

    private boolean isHidden(String header) {
        return switch (header.toLowerCase(Locale.ROOT)) {
            case "authorization" -> outcome.route().carrier() != RouteCarrier.AUTHORIZATION;
            case "cookie", "cookie2" -> hidesCookies();
            case "x-http-method-override", "x-http-method", "x-method-override" -> !override;
            default -> false;
        };
    }

    @Override
    public @Nullable Principal getUserPrincipal() {
        return outcome.identity();
    }

    @Override
    public @Nullable String getRemoteUser() {
        Identity identity = outcome.identity();
        return identity == null ? null : identity.getName();
    }

    @Override
    public @Nullable String getAuthType() {
        Identity identity = outcome.identity();
        return identity == null ? null : "GATEHOUSE";
    }

    /** The container knows roles of the user that it has signed in itself, and of nobody else. */
    @Override
    public boolean isUserInRole(String role) {
        Principal container = source.getUserPrincipal();
        Identity identity = outcome.identity();
        return container != null
                && identity != null
                && identity.getName().equals(container.getName())
                && source.isUserInRole(role);
    }

    @Override
    public @Nullable String getHeader(String name) {
        return isHidden(name) ? null : source.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return isHidden(name) ? Collections.emptyEnumeration() : source.getHeaders(name);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        List<String> names = Collections.list(source.getHeaderNames());
        return Collections.enumeration(
                names.stream().filter(name -> !isHidden(name)).toList());
    }

    @Override
    public int getIntHeader(String name) {
        return isHidden(name) ? -1 : source.getIntHeader(name);
    }

    @Override
    public long getDateHeader(String name) {
        return isHidden(name) ? -1 : source.getDateHeader(name);
    }

    @Override
    public Cookie @Nullable [] getCookies() {
        return hidesCookies() ? null : source.getCookies();
    }

    @Override
    public @Nullable HttpSession getSession(boolean create) {
        if (!hidesCookies()) {
            return source.getSession(create);
        }
        if (create) {
            throw new IllegalStateException(
                    "no session where the carrier is " + outcome.route().carrier());
        }
        return null;
    }

    @Override
    public @Nullable HttpSession getSession() {
        return getSession(true);
    }

    @Override
    public String changeSessionId() {
        if (hidesCookies()) {
            throw new IllegalStateException(
                    "no session where the carrier is " + outcome.route().carrier());
        }
        return source.changeSessionId();
    }

    @Override
    public @Nullable String getRequestedSessionId() {
        return hidesCookies() ? null : source.getRequestedSessionId();
    }

    @Override
    public boolean isRequestedSessionIdValid() {
        return !hidesCookies() && source.isRequestedSessionIdValid();
    }

    @Override
    public boolean isRequestedSessionIdFromCookie() {
        return !hidesCookies() && source.isRequestedSessionIdFromCookie();
    }

    @Override
    public boolean isRequestedSessionIdFromURL() {
        return !hidesCookies() && source.isRequestedSessionIdFromURL();
    }

    @Override
    public @Nullable String getParameter(String name) {
        return isHiddenParameter(name) ? null : super.getParameter(name);
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        return isHiddenParameter(name) ? null : super.getParameterValues(name);
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return override
                ? super.getParameterNames()
                : Collections.enumeration(getParameterMap().keySet());
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        Map<String, String[]> all = super.getParameterMap();
        if (override || !all.containsKey(OVERRIDE_PARAMETER)) {
            return all;
        }
        Map<String, String[]> rest = new LinkedHashMap<>(all);
        rest.remove(OVERRIDE_PARAMETER);
        return Collections.unmodifiableMap(rest);
    }

    private boolean isHiddenParameter(String name) {
        return !override && name.equals(OVERRIDE_PARAMETER);
    }
}
