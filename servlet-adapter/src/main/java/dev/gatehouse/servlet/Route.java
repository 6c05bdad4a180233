package dev.gatehouse.servlet;

import dev.gatehouse.policy.rule.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a method on a path does, and how its caller proves who they are.
 *
 * <p>A route is a constant of its layout: the same object for every request, so that a public read costs no allocation.
 * Immutable and thread-safe.
 */
public final class Route {
    private static final Route UNMAPPED =
            new Route(Kind.UNMAPPED, List.of(Action.of("unmapped.path")), RouteCarrier.NONE, false, -1);
    private static final Route INTERNAL =
            new Route(Kind.INTERNAL, List.of(Action.READ_PUBLIC), RouteCarrier.NONE, false, -1);
    private static final Route PUBLIC_READ =
            new Route(Kind.DECIDED, List.of(Action.READ_PUBLIC), RouteCarrier.NONE, false, -1);

    /** How far the filter can decide from line and headers. */
    enum Kind {
        /** All is known. */
        DECIDED,
        /** The body says the rest; the host completes the decision. */
        OPEN,
        /** A form for an open action: decided as far as an open one, and nothing is written. */
        PREVIEW,
        /** Reached by a dispatch inside the application only. */
        INTERNAL,
        /** Not listed. */
        UNMAPPED
    }

    private final Kind kind;
    private final List<Action> actions;
    private final RouteCarrier carrier;
    private final boolean csrfToken;
    private final int projectSegment;

    private Route(Kind kind, List<Action> actions, RouteCarrier carrier, boolean csrfToken, int projectSegment) {
        this.kind = kind;
        this.actions = actions;
        this.carrier = carrier;
        this.csrfToken = csrfToken;
        this.projectSegment = projectSegment;
    }

    /** What a layout answers for everything that it does not list; it is always refused. */
    public static Route unmapped() {
        return UNMAPPED;
    }

    /** A read that is open to everybody, whoever they are. */
    public static Route publicRead() {
        return PUBLIC_READ;
    }

    /**
     * A view or error page that only a dispatch inside the application reaches; it shows what was decided for the request. A
     * request for it is refused like an unlisted path.
     */
    public static Route internal() {
        return INTERNAL;
    }

    /** A page or form of people in browsers, with the host's session. */
    public static Route browser(Action action) {
        return new Route(Kind.DECIDED, List.of(action), RouteCarrier.COOKIE, false, -1);
    }

    /** A path of programs, with an {@code Authorization} header. */
    public static Route api(Action action) {
        return new Route(Kind.DECIDED, List.of(action), RouteCarrier.AUTHORIZATION, false, -1);
    }

    /** A path whose body carries the credential, such as an identity token to exchange; always open. */
    public static Route exchange(Action action) {
        return new Route(Kind.OPEN, List.of(action), RouteCarrier.BODY, false, -1);
    }

    /**
     * The same route, where the body tells project, release, token or factor, or brings a proof, and perhaps which of some actions it is.
     *
     * <p>The filter decides what needs none of that; the host completes the {@link OpenDecision} inside the transaction that
     * writes.
     *
     * @param alternatives the other actions that the body may turn out to mean
     */
    public Route open(Action... alternatives) {
        List<Action> all = new ArrayList<>(actions);
        for (Action alternative : alternatives) {
            if (!all.contains(Objects.requireNonNull(alternative, "alternatives"))) {
                all.add(alternative);
            }
        }
        return new Route(Kind.OPEN, List.copyOf(all), carrier, csrfToken, projectSegment);
    }

    /**
     * The same route as the empty form of an open action: refused where the action would be refused whatever is filled in,
     * and nothing to complete, because nothing is written. A proof that must come with the request is awaited with the form; any
     * other has to be in the session.
     */
    public Route preview() {
        return new Route(Kind.PREVIEW, actions, carrier, csrfToken, projectSegment);
    }

    /**
     * The same route, whose handler checks a CSRF token of the host before it changes anything.
     *
     * <p>Without this, a change with a session needs a JSON content type and proof of the same origin.
     */
    public Route csrfTokenCheckedByHost() {
        return new Route(kind, actions, carrier, true, projectSegment);
    }

    /** The same route, whose path names the project in this segment, counted from 0. */
    public Route projectAt(int segment) {
        if (segment < 0) {
            throw new IllegalArgumentException("segment: negative");
        }
        return new Route(kind, actions, carrier, csrfToken, segment);
    }

    /** The action; for an open route with alternatives the first of them. */
    public Action action() {
        return actions.get(0);
    }

    /** The action and its alternatives. */
    public List<Action> actions() {
        return actions;
    }

    public RouteCarrier carrier() {
        return carrier;
    }

    /** Whether the host must complete the decision. */
    public boolean isOpen() {
        return kind == Kind.OPEN;
    }

    /** Whether the layout lists the path. */
    public boolean isMapped() {
        return kind != Kind.UNMAPPED;
    }

    /** The project that the path names, as the container decoded it. */
    public Optional<String> project(String path) {
        return Optional.ofNullable(projectOrNull(path));
    }

    @Nullable
    String projectOrNull(String path) {
        if (projectSegment < 0) {
            return null;
        }
        int start = 1;
        for (int i = 0; i < projectSegment; i++) {
            start = path.indexOf('/', start) + 1;
            if (start == 0) {
                return null;
            }
        }
        int end = path.indexOf('/', start);
        String name = end < 0 ? path.substring(start) : path.substring(start, end);
        return name.isEmpty() ? null : name;
    }

    Kind kind() {
        return kind;
    }

    boolean namesProject() {
        return projectSegment >= 0;
    }

    boolean hasCsrfToken() {
        return csrfToken;
    }

    /** Whether a client publishes here, so that a refused password is told what to use instead. */
    boolean isUpload() {
        return actions.get(0).group().equals("publish");
    }

    /** Whether what is decided and for whom is the same; if so, another dispatch needs no new decision. */
    boolean decidesLike(Route other) {
        return this == other
                || (kind == other.kind
                        && carrier == other.carrier
                        && Set.copyOf(actions).equals(Set.copyOf(other.actions)));
    }

    @Override
    public String toString() {
        return kind + " " + actions + " by " + carrier;
    }
}
