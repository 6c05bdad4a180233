package dev.gatehouse.benchmarks;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.lang.reflect.Proxy;
import java.security.Principal;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** As much of a request as the filter asks for, without a container and without an allocation of its own. */
final class StandInRequest extends HttpServletRequestWrapper {
    private final String method;
    private final String uri;
    private final String path;
    private final @Nullable String authorization;
    private final List<String> authorizations;
    private final String[] names = new String[8];
    private final @Nullable Object[] values = new Object[8];
    private int count;

    StandInRequest(String method, String uri, String path, @Nullable String authorization) {
        super((HttpServletRequest) Proxy.newProxyInstance(
                StandInRequest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, called, args) -> {
                    throw new UnsupportedOperationException(called.getName());
                }));
        this.method = method;
        this.uri = uri;
        this.path = path;
        this.authorization = authorization;
        this.authorizations = authorization == null ? List.of() : List.of(authorization);
    }

    /** As it was before the filter. */
    void reset() {
        count = 0;
    }

    @Override
    public DispatcherType getDispatcherType() {
        return DispatcherType.REQUEST;
    }

    @Override
    public String getMethod() {
        return method;
    }

    @Override
    public String getRequestURI() {
        return uri;
    }

    @Override
    public String getContextPath() {
        return "";
    }

    @Override
    public String getServletPath() {
        return path;
    }

    @Override
    public @Nullable String getPathInfo() {
        return null;
    }

    @Override
    public @Nullable String getQueryString() {
        return null;
    }

    @Override
    public @Nullable String getHeader(String name) {
        return name.equals("Authorization") ? authorization : null;
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return name.equals("Authorization") ? Collections.enumeration(authorizations) : Collections.emptyEnumeration();
    }

    @Override
    public String getRemoteAddr() {
        return "192.0.2.1";
    }

    @Override
    public Locale getLocale() {
        return Locale.ENGLISH;
    }

    @Override
    public @Nullable Principal getUserPrincipal() {
        return null;
    }

    @Override
    public boolean isAsyncStarted() {
        return false;
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        for (int i = 0; i < count; i++) {
            if (names[i].equals(name)) {
                return values[i];
            }
        }
        return null;
    }

    @Override
    public void setAttribute(String name, Object value) {
        for (int i = 0; i < count; i++) {
            if (names[i].equals(name)) {
                values[i] = value;
                return;
            }
        }
        names[count] = name;
        values[count++] = value;
    }
}
