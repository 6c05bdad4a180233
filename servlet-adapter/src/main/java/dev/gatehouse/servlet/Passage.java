package dev.gatehouse.servlet;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes a decided request on, with what the application is to know, and looks at its end. Thread-safe. */
final class Passage {
    private static final Logger LOG = LoggerFactory.getLogger(TwoFactorFilter.class);
    private static final String STATE = "dev.gatehouse.state";

    private final IndexLayout layout;
    private final AnswerWriter writer;
    private final Events events;

    Passage(IndexLayout layout, AnswerWriter writer, Events events) {
        this.layout = layout;
        this.writer = writer;
        this.events = events;
    }

    /** What this request has been decided as, if it has been. */
    static @Nullable Outcome outcome(HttpServletRequest request) {
        return request.getAttribute(STATE) instanceof Outcome outcome ? outcome : null;
    }

    static boolean isSeen(ServletRequest request) {
        return request.getAttribute(STATE) instanceof Outcome;
    }

    void pass(Outcome outcome, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Outcome before = outcome(request);
        boolean again = outcome.isSame(before);
        if (!again) {
            show(outcome, request);
            depend(outcome.route().carrier(), response);
        }
        boolean nested = request.getDispatcherType() == DispatcherType.FORWARD
                || request.getDispatcherType() == DispatcherType.INCLUDE;
        OpenDecision own = nested && again ? null : outcome.open();
        try {
            chain.doFilter(guarded(outcome, request), response);
        } finally {
            if (own != null && !request.isAsyncStarted()) {
                own.end();
            }
            if (!again && before != null && nested) {
                show(before, request);
            }
        }
        if (own != null) {
            look(own, request, response);
        }
    }

    void answer(Answer answer, Route route, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        GuardedRequest guard = GuardedRequest.in(request);
        writer.write(answer, route, guard == null ? request : guard.source(), response);
    }

    private static void depend(RouteCarrier carrier, HttpServletResponse response) {
        if (carrier == RouteCarrier.NONE || response.isCommitted()) {
            return;
        }
        AnswerWriter.vary(carrier, response);
        response.setHeader("Cache-Control", "no-store");
    }

    private static void show(Outcome outcome, HttpServletRequest request) {
        request.setAttribute(STATE, outcome);
        set(TwoFactorFilter.DECISION, outcome.decision(), request);
        set(TwoFactorFilter.IDENTITY, outcome.open() == null ? outcome.proven() : null, request);
        set(TwoFactorFilter.OPEN, outcome.open(), request);
    }

    /** What somebody else put there does not stay. */
    private static void set(String name, @Nullable Object value, HttpServletRequest request) {
        if (value != null) {
            request.setAttribute(name, value);
        } else if (request.getAttribute(name) != null) {
            request.removeAttribute(name);
        }
    }

    /** The request as the application is to see it; a plain read that carries nothing needs no guard. */
    private HttpServletRequest guarded(Outcome outcome, HttpServletRequest request) {
        GuardedRequest guard = GuardedRequest.in(request);
        if (guard != null && outcome.isSame(guard.outcome())) {
            return request;
        }
        HttpServletRequest source = guard == null ? request : guard.source();
        if (guard == null
                && outcome.route().carrier() == RouteCarrier.NONE
                && request.getMethod().equals("GET")
                && request.getHeader("Cookie") == null
                && request.getHeader("Authorization") == null
                && request.getUserPrincipal() == null) {
            return request;
        }
        boolean override = layout.allowsMethodOverride(Examiner.path(request, request.getDispatcherType()));
        return new GuardedRequest(request, source, outcome, override);
    }

    /** At the end of an open request, wherever it ends. */
    private void look(OpenDecision open, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.isAsyncStarted()) {
            request.getAsyncContext().addListener(new EndOfRequest(open, request, response));
        } else if (open.isForgotten(response.getStatus()) && open.firstCheck()) {
            report(request);
            if (!response.isCommitted()) {
                response.reset();
                answer(
                        Answer.of(500, "OPEN_NOT_COMPLETED", "The request was not decided."),
                        Route.unmapped(),
                        request,
                        response);
            }
        }
    }

    private void report(HttpServletRequest request) {
        LOG.error("An open decision was answered with success and without a completed permission");
        events.record(Events.OPEN_NOT_COMPLETED, "OPEN_NOT_COMPLETED", request);
    }

    private final class EndOfRequest implements AsyncListener {
        private final OpenDecision open;
        private final HttpServletRequest request;
        private final HttpServletResponse response;

        EndOfRequest(OpenDecision open, HttpServletRequest request, HttpServletResponse response) {
            this.open = open;
            this.request = request;
            this.response = response;
        }

        @Override
        public void onComplete(AsyncEvent event) {
            open.end();
            if (open.isForgotten(response.getStatus()) && open.firstCheck()) {
                report(request);
            }
        }

        @Override
        public void onTimeout(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this);
        }
    }
}
