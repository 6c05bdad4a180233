package dev.gatehouse.servlet;

import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.EnrolledFactor;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.policy.rule.Action;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An application that tells what reached it, and dispatches where it is told to. */
final class TestApp extends HttpServlet {
    private static final long serialVersionUID = 1;

    /** Every call, as dispatcher type, path and user. */
    final transient List<String> reached = new CopyOnWriteArrayList<>();

    /** The handle of the last request that brought a proof, and its decision. */
    transient volatile Carrier earlier = Carrier.request("none");

    transient volatile OpenDecision last;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        DispatcherType type = request.getDispatcherType();
        String path = path(request);
        if (!TwoFactorFilter.hasSeen(request)) {
            throw new ServletException("not behind the filter");
        }
        reached.add(type + "|" + path + "|" + request.getRemoteUser());
        if (type != DispatcherType.INCLUDE) {
            tell(path, request, response);
        }
        String to = request.getParameter("to");
        if (path.equals("/x/forward") && type == DispatcherType.REQUEST) {
            request.getRequestDispatcher(to).forward(request, response);
        } else if (path.equals("/x/include") && type == DispatcherType.REQUEST) {
            response.getWriter().write("[before]");
            request.getRequestDispatcher(to).include(request, response);
            response.getWriter().write("[after " + request.getRemoteUser() + "]");
        } else if (path.startsWith("/x/async") && type == DispatcherType.REQUEST) {
            AsyncContext async = request.startAsync();
            async.start(() -> {
                if (to == null) {
                    async.dispatch();
                } else {
                    async.dispatch(to);
                }
            });
        } else if (path.equals("/x/error") && type == DispatcherType.REQUEST) {
            response.sendError(Integer.parseInt(to), "from the application");
        } else if (path.equals("/x/throw")) {
            throw new ServletException("thrown by the application");
        } else if (path.equals("/session")) {
            request.getSession(true).setAttribute("seen", "yes");
        } else if (path.equals("/flash")) {
            for (Flash flash : Flash.take(request)) {
                response.getWriter()
                        .write(flash.requirement() + " " + flash.remedy().id() + " " + flash.text("/link") + "\n");
            }
        } else if (path.equals("/legacy/") && type == DispatcherType.REQUEST) {
            upload(request, response);
        } else if (request.getHeader("X-Proof") != null) {
            prove(request, response);
        } else {
            response.getWriter().write("reached " + type + " " + path);
        }
    }

    /** Completes the decision with a proof, as the header says: carried by this request, by the one before, and so on. */
    private void prove(HttpServletRequest request, HttpServletResponse response) throws IOException {
        OpenDecision open = OpenDecision.of(request).orElseThrow();
        Instant now = TestHost.NOW;
        Carrier own = open.carrier();
        EnrolledFactor totp = EnrolledFactor.of(FactorKind.TOTP);
        OpenTarget target = OpenTarget.of(open.actions().get(0));
        OpenTarget named = target.account("id-alice", "alice");
        EnrolledFactor email = EnrolledFactor.of(FactorKind.EMAIL);
        OpenTarget asked = switch (request.getHeader("X-Proof")) {
            case "own" -> target.evidence(List.of(proof("alice", email, now, own)));
            case "of-the-request-before" -> target.evidence(List.of(proof("alice", email, now, earlier)));
            case "of-another-account" -> target.evidence(List.of(proof("amy", email, now, own)));
            case "of-the-session" ->
                target.evidence(List.of(proof("alice", email, now, Carrier.session("session-of-alice"))));
            case "of-another-session" ->
                target.evidence(List.of(proof("alice", email, now, Carrier.session("session-of-amy"))));
            case "a-session-by-that-name" ->
                target.evidence(List.of(proof("alice", email, now, Carrier.session(own.id()))));
            case "recovery" -> named.evidence(List.of(proof("alice", totp, now, own)));
            case "recovery-of-another" -> named.evidence(List.of(proof("amy", totp, now, own)));
            case "recovery-alone" -> named;
            default -> target;
        };
        earlier = own;
        last = open;
        Completion completion = open.complete(asked);
        if (completion instanceof Completion.Refused refused) {
            refused.answer(response);
            if (request.getHeader("X-Do") != null) {
                response.reset();
                response.getWriter().write("done");
            }
        } else {
            response.getWriter().write("done");
        }
    }

    private static Evidence proof(String name, EnrolledFactor factor, Instant at, Carrier carrier) {
        return Evidence.asserted("id-" + name, factor, at, carrier, "test");
    }

    private static void upload(HttpServletRequest request, HttpServletResponse response) throws IOException {
        OpenDecision open = OpenDecision.of(request).orElseThrow();
        response.setHeader("X-User-Before", String.valueOf(request.getRemoteUser()));
        String what = request.getHeader("X-Do");
        String project = request.getHeader("X-Project");
        switch (what == null ? "complete" : what) {
            case "forget" -> response.getWriter().write("written without a decision");
            case "forget-and-flush" -> {
                response.getWriter().write("written without a decision");
                response.flushBuffer();
            }
            case "bad-form" -> {
                response.setStatus(400);
                response.getWriter().write("no file");
            }
            case "ignore" -> {
                open.complete(OpenTarget.of(Action.PUBLISH_RELEASE).project(project));
                response.getWriter().write("written in spite of it");
            }
            default -> {
                Completion completion =
                        open.complete(OpenTarget.of(Action.PUBLISH_RELEASE).project(project));
                if (completion instanceof Completion.Refused refused) {
                    refused.answer(response);
                } else {
                    response.getWriter().write("uploaded by " + request.getRemoteUser());
                }
            }
        }
    }

    private static String path(HttpServletRequest request) {
        if (request.getDispatcherType() == DispatcherType.INCLUDE
                && request.getAttribute(RequestDispatcher.INCLUDE_SERVLET_PATH) instanceof String servlet) {
            Object info = request.getAttribute(RequestDispatcher.INCLUDE_PATH_INFO);
            return servlet + (info == null ? "" : info);
        }
        return request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
    }

    private static void tell(String path, HttpServletRequest request, HttpServletResponse response) {
        response.setHeader("X-Reached", URLEncoder.encode(path, StandardCharsets.UTF_8));
        response.setHeader("X-User", String.valueOf(request.getUserPrincipal()));
        response.setHeader(
                "X-Decided",
                TwoFactorFilter.decision(request).isPresent()
                        ? "decided"
                        : OpenDecision.of(request).isPresent() ? "open" : "not");
        response.setHeader(
                "X-Saw",
                (request.getHeader("Authorization") == null ? "" : "authorization ")
                        + (request.getHeader("Cookie") == null && request.getCookies() == null ? "" : "cookies ")
                        + (request.getParameter("_method") == null ? "" : "_method"));
    }
}
