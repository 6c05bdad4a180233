package dev.gatehouse.servlet;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Builds an {@link IndexLayout} of path templates; not thread-safe, may be reused.
 *
 * <p>A template begins with {@code /}. A segment {@code {name}} is any one segment that is not empty; {@code {project}} also
 * names the project. A last segment {@code **} is the whole subtree below, the path that ends in {@code /} included. All
 * else is compared exactly, a trailing {@code /} too. Where templates overlap the more specific one counts, and a method that it does
 * not list is not listed.
 *
 * <pre>{@code
 * IndexLayout.builder()
 *         .get("/simple/{project}/", Route.publicRead())
 *         .get("/files/**", Route.publicRead())
 *         .post("/search", Route.publicRead())
 *         .post("/upload", Route.api(Action.PUBLISH_RELEASE).open(Action.PUBLISH_PROJECT))
 * }</pre>
 */
public final class LayoutBuilder {
    private static final Pattern METHOD = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    private final RouteTree.Builder tree = new RouteTree.Builder();
    private final Set<String> overrides = new TreeSet<>();

    LayoutBuilder() {}

    /** Lists a GET, and with it HEAD. */
    public LayoutBuilder get(String template, Route route) {
        return route("GET", template, route);
    }

    public LayoutBuilder post(String template, Route route) {
        return route("POST", template, route);
    }

    public LayoutBuilder put(String template, Route route) {
        return route("PUT", template, route);
    }

    public LayoutBuilder delete(String template, Route route) {
        return route("DELETE", template, route);
    }

    /**
     * Lists one method of a template; a second call for the same replaces the first.
     *
     * @throws IllegalArgumentException if the method is no token or is HEAD, or the template is malformed
     */
    public LayoutBuilder route(String method, String template, Route route) {
        if (!METHOD.matcher(method).matches() || method.equals("HEAD")) {
            throw new IllegalArgumentException("method: '" + method + "' is not a method to list; HEAD is its GET");
        }
        if (!Objects.requireNonNull(route, "route").isMapped()) {
            throw new IllegalArgumentException("route: unmapped; leave the path out");
        }
        tree.add(method, template, route);
        return this;
    }

    /** Lists views and error pages that only dispatches inside the application reach. */
    public LayoutBuilder internal(String template) {
        for (String method : List.of("GET", "POST", "PUT", "DELETE", "PATCH")) {
            tree.add(method, template, Route.internal());
        }
        return this;
    }

    /** Lets a POST to this exact path name another method. */
    public LayoutBuilder allowMethodOverride(String path) {
        overrides.add(Objects.requireNonNull(path, "path"));
        return this;
    }

    /** The layout; later calls of this builder do not change it. */
    public IndexLayout build() {
        return tree.build(overrides);
    }
}
