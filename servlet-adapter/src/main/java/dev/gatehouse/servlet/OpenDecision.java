package dev.gatehouse.servlet;

import dev.gatehouse.factor.Carrier;
import dev.gatehouse.policy.AccessRequest;
import dev.gatehouse.policy.Decision;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.signin.NetworkAddress;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request of which the filter has decided what line and headers tell, and the host decides the rest when it has read the
 * body.
 *
 * <p>The host calls {@link #complete} with the values that it writes, inside the transaction that writes them. Until then the
 * request has no identity. A request that answers success without a completed permission is a fault of the host: the filter replaces the answer by 500 where
 * that is still possible, and records it always. Thread-safe; for one request, with which it ends.
 */
public final class OpenDecision {
    private static final Pattern RUNS = Pattern.compile("[-_.]+");

    private final Gate gate;
    private final Route route;
    private final @Nullable String project;
    private final Presented presented;
    private final HttpServletRequest request;
    private final AtomicReference<@Nullable Completion> last = new AtomicReference<>();
    private final AtomicBoolean checked = new AtomicBoolean();
    private final AtomicReference<@Nullable Carrier> carrier = new AtomicReference<>();
    private volatile boolean ended;
    private volatile boolean exchanged;
    private volatile int answered;

    OpenDecision(Gate gate, Route route, @Nullable String project, Presented presented, HttpServletRequest request) {
        this.gate = gate;
        this.route = route;
        this.project = project;
        this.presented = presented;
        this.request = request;
    }

    /** The open decision of a request, if it has one. */
    public static Optional<OpenDecision> of(HttpServletRequest request) {
        return request.getAttribute(TwoFactorFilter.OPEN) instanceof OpenDecision open
                ? Optional.of(open)
                : Optional.empty();
    }

    /** What the request may turn out to be. */
    public List<Action> actions() {
        return route.actions();
    }

    /**
     * The handle of this request, for what verifies a proof that its body or headers bring; see {@link OpenTarget#evidence}. It is made
     * for this request and never for another, here or on another node, and names no session. The same each time.
     */
    public Carrier carrier() {
        Carrier known = carrier.get();
        if (known != null) {
            return known;
        }
        Carrier fresh = gate.newRequest();
        return carrier.compareAndSet(null, fresh) ? fresh : carrier();
    }

    @Nullable
    Carrier carrierOrNull() {
        return carrier.get();
    }

    /**
     * Decides the request as what it is. A transaction that is tried again calls it again; the last answer counts.
     *
     * <p>The body may have taken long: the session that the filter saw is looked at again, and if it has ended or is another account's by now, the
     * request is refused.
     *
     * @throws IllegalArgumentException if the action is not one of {@link #actions}, the path names another project, or a
     *     credential is given where the route's carrier is not the body, or none where it is; or if an account is named where
     *     somebody is signed in or the action is not of {@code sign-in}
     * @throws IllegalStateException if the request has ended
     */
    public Completion complete(OpenTarget target) {
        if (ended) {
            throw new IllegalStateException("the request has ended");
        }
        check(target);
        Presented given = target.presentedOrNull();
        last.set(null);
        answered = 0;
        if (hasSessionEnded()) {
            Completion refused = new Completion.Refused(this, Answer.sessionEnded(), Optional.empty());
            last.set(refused);
            return refused;
        }
        String named = target.project().orElse(project);
        Completion completion = gate.complete(this, route, given == null ? presented : given, target, named);
        last.set(completion);
        return completion;
    }

    private boolean hasSessionEnded() {
        Identity before = presented.identity();
        return presented.session() != null
                && gate.session(request)
                        .filter(in -> before != null && in.accountId().equals(before.accountIdOrNull()))
                        .isEmpty();
    }

    private void check(OpenTarget target) {
        if (!route.actions().contains(target.action())) {
            throw new IllegalArgumentException("target: " + target.action() + " is not among " + route.actions());
        }
        if (project != null
                && target.project()
                        .filter(name -> !normalized(name).equals(normalized(project)))
                        .isPresent()) {
            throw new IllegalArgumentException("target: another project than the path's");
        }
        Presented given = target.presentedOrNull();
        if ((given != null) != (route.carrier() == RouteCarrier.BODY)) {
            throw new IllegalArgumentException("target: the credential comes with " + route.carrier());
        }
        if (target.accountOrNull() != null
                && (presented.identity() != null
                        || route.carrier() != RouteCarrier.COOKIE
                        || !target.action().group().equals("sign-in"))) {
            throw new IllegalArgumentException("target: an account is named where it has to be proven");
        }
    }

    /**
     * The question that {@link #complete} would put to the policy, for a ceremony of the core that asks it itself, such as {@code
     * FactorChanges}; {@link #decided} takes its answer.
     *
     * @throws IllegalArgumentException as {@link #complete}
     * @throws IllegalStateException if the request has ended, or its carrier is not the session: the use of a token would be missed; or if the
     *     session has ended since the filter saw it, or is another account's
     */
    public AccessRequest asked(OpenTarget target) {
        checkSession();
        check(target);
        if (hasSessionEnded()) {
            throw new IllegalStateException("the session has ended since the request was let in");
        }
        return gate.asked(this, target, presented, target.project().orElse(project));
    }

    /**
     * Completes the request with what a ceremony of the core decided about {@link #asked}; the last answer counts.
     *
     * @throws IllegalStateException if the request has ended, or its carrier is not the session
     */
    public Completion decided(Decision decision) {
        checkSession();
        answered = 0;
        Completion completion = gate.judged(this, route, presented, project, decision);
        last.set(completion);
        return completion;
    }

    private void checkSession() {
        if (route.carrier() != RouteCarrier.COOKIE) {
            throw new IllegalStateException("decided elsewhere only with a session");
        }
        if (ended) {
            throw new IllegalStateException("the request has ended");
        }
    }

    /**
     * An exchange has ended with a token: its permit has asked the policy, once for each project, and nobody is left to prove.
     *
     * @throws IllegalStateException if the credential is not in the body, or the request has ended
     */
    void exchanged() {
        if (route.carrier() != RouteCarrier.BODY || ended) {
            throw new IllegalStateException("no exchange, or the request has ended");
        }
        exchanged = true;
    }

    /** Where the request is from. */
    NetworkAddress address() {
        return gate.address(request);
    }

    /** Whom the credential proved, before it is completed. */
    @Nullable
    Identity caller() {
        return presented.identity();
    }

    /** PEP 503: names that differ only so are one project. */
    private static String normalized(String name) {
        return RUNS.matcher(name).replaceAll("-").toLowerCase(Locale.ROOT);
    }

    /** The request is over: nothing more can be completed, and what it carried is worth nothing. */
    void end() {
        ended = true;
    }

    /** Marks the end of the request as looked at; true the first time. */
    boolean firstCheck() {
        return checked.compareAndSet(false, true);
    }

    /** Whether the host answers with a status that says that all is well, and the decision neither permits nor has sent the browser away. */
    boolean isForgotten(int status) {
        return !isPermitted() && !exchanged && status < 400 && status != answered;
    }

    /** Whether the last completion permitted the request. */
    public boolean isPermitted() {
        return last.get() instanceof Completion.Permitted;
    }

    @Nullable
    Identity identityOrNull() {
        return last.get() instanceof Completion.Permitted permitted
                ? permitted.identity().orElse(null)
                : null;
    }

    /** The page of the first step out of an answer, within the application. */
    @Nullable
    String page(Answer answer) {
        return gate.writer().page(answer, request);
    }

    String text(Answer answer) {
        return gate.writer().text(answer, request);
    }

    void write(Answer answer, HttpServletResponse response) throws IOException {
        gate.writer().write(answer, route, request, response);
        answered = response.getStatus();
    }

    @Override
    public String toString() {
        return "open " + route.actions();
    }
}
