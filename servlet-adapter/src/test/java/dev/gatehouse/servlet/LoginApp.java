package dev.gatehouse.servlet;

import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.signin.LoginStart;
import dev.gatehouse.signin.NetworkAddress;
import dev.gatehouse.signin.PendingStep;
import dev.gatehouse.signin.SignIn;
import dev.gatehouse.signin.SignInRequest;
import dev.gatehouse.signin.SignInStep;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A host with the container's sessions: a password page that believes everybody, and the endpoints behind it. */
final class LoginApp extends HttpServlet implements LoginHost {
    private static final long serialVersionUID = 1;

    private final transient AtomicInteger handles = new AtomicInteger();
    private final transient SignIn signIn;
    private final transient LoginEndpoints endpoints;

    /** Who was logged in, with which proofs. */
    final transient List<SignInStep.Completed> completed = new CopyOnWriteArrayList<>();

    LoginApp(SignIn signIn, Function<LoginHost, LoginEndpoints> endpoints) {
        this.signIn = signIn;
        this.endpoints = endpoints.apply(this);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (!request.getServletPath()
                .concat(String.valueOf(request.getPathInfo()))
                .contains("/account/login/")) {
            endpoints.service(request, response);
            return;
        }
        String account = request.getHeader("X-Account");
        String session = session(request);
        LoginStart start = signIn.start(account);
        Evidence password =
                Evidence.asserted(account, FactorKind.PASSWORD, TestHost.NOW, Carrier.session(session), "the host");
        SignInStep step = signIn.begin(
                SignInRequest.of(session, renew(request), NetworkAddress.of(request.getRemoteAddr())), start, password);
        if (step instanceof SignInStep.MoreNeeded more) {
            await(request, more.next());
        }
        response.getWriter().write(step.getClass().getSimpleName());
    }

    @Override
    public String session(HttpServletRequest request) {
        HttpSession session = request.getSession(true);
        if (session.getAttribute("handle") == null) {
            session.setAttribute("handle", "handle-" + handles.incrementAndGet());
        }
        return (String) session.getAttribute("handle");
    }

    @Override
    public Optional<PendingStep> pending(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        return session == null ? Optional.empty() : Optional.ofNullable((PendingStep) session.getAttribute("pending"));
    }

    @Override
    public String renew(HttpServletRequest request) {
        HttpSession session = request.getSession(true);
        request.changeSessionId();
        session.removeAttribute("pending");
        session.setAttribute("handle", "handle-" + handles.incrementAndGet());
        return session(request);
    }

    @Override
    public void await(HttpServletRequest request, PendingStep next) {
        request.getSession(true).setAttribute("pending", next);
    }

    @Override
    public ReturnPath completed(HttpServletRequest request, HttpServletResponse response, SignInStep.Completed login) {
        completed.add(login);
        return ReturnPath.parse("/manage/projects/").orElseThrow();
    }
}
