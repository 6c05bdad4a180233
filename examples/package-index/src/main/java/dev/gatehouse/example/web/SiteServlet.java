package dev.gatehouse.example.web;

import dev.gatehouse.example.account.Account;
import dev.gatehouse.example.account.Passwords;
import dev.gatehouse.servlet.Completion;
import dev.gatehouse.servlet.Flash;
import dev.gatehouse.servlet.OpenDecision;
import dev.gatehouse.servlet.OpenTarget;
import dev.gatehouse.state.StateUnavailableException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves every path of the index, behind the filter. */
final class SiteServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(SiteServlet.class);

    private final transient Routes routes;
    private final transient Site site;

    SiteServlet(Routes routes, Site site) {
        this.routes = routes;
        this.site = site;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String method = request.getMethod().equals("HEAD") ? "GET" : request.getMethod();
        Optional<Routes.Match> match = routes.match(method, pathOf(request));
        Map<String, String> path = match.map(Routes.Match::path).orElse(Map.of());
        Visit visit = visit(request, response, path);
        Reply reply;
        if (match.isEmpty()) {
            reply = notFound();
        } else if (match.get().form() && !site.csrf().isGenuine(request, visit.visitor())) {
            reply = Reply.message(
                    403,
                    "Please try again",
                    "The form was too old, or it was not sent from a page of this index. Go back, reload the page and send"
                            + " it again.");
        } else if (match.get().form()) {
            Visit before = visit;
            visit = visit(request, response, path);
            reply = isOfSame(before, visit) ? answer(match.get().handler(), visit) : sessionOver(visit);
        } else {
            reply = answer(match.get().handler(), visit);
        }
        if (!method.equals("GET")) {
            site.afterwards();
        }
        write(reply, visit);
    }

    /** A client may take minutes to send a form: whoever's session has ended before all of it was here does nothing any more. */
    private static boolean isOfSame(Visit begun, Visit read) {
        return begun.account().map(Account::id).equals(read.account().map(Account::id));
    }

    /** What is answered then; a request that the policy has still to decide is refused, or the filter takes it for a forgotten one. */
    private static Reply sessionOver(Visit visit) throws IOException {
        Optional<OpenDecision> open = OpenDecision.of(visit.request());
        // Whichever action it is, it is refused because the session has ended.
        if (open.isPresent()
                && open.get().complete(OpenTarget.of(open.get().actions().get(0)))
                        instanceof Completion.Refused refused) {
            refused.answer(visit.response());
            return new Reply.Written();
        }
        return Reply.to(Site.LOGIN);
    }

    private Visit visit(HttpServletRequest request, HttpServletResponse response, Map<String, String> path) {
        return new Visit(
                request,
                response,
                path,
                site.visitor(request),
                site.account(request).orElse(null),
                site.now());
    }

    /** The page for whoever mistypes an address; the filter shows it and lets nothing through. */
    void notFound(HttpServletRequest request, HttpServletResponse response) throws IOException {
        write(notFound(), visit(request, response, Map.of()));
    }

    static Reply notFound() {
        return Reply.message(404, "Page not found", "There is nothing at this address.");
    }

    private static Reply answer(Handler handler, Visit visit) throws IOException {
        try {
            return handler.handle(visit);
        } catch (Passwords.BusyException e) {
            visit.response().setHeader("Retry-After", "2");
            return Reply.message(429, "Too busy", "Too many people log in at this moment. Try again in a few seconds.");
        } catch (StateUnavailableException e) {
            // Told once a minute by the state itself: strangers may have filled it, and must not fill the log.
            return Reply.message(
                    503, "Not now", "The index has too much to keep at this moment. Try again in a few minutes.");
        } catch (RuntimeException e) {
            LOG.error("A page failed", e);
            if (visit.response().isCommitted()) {
                throw e;
            }
            visit.response().reset();
            return Reply.message(500, "Something went wrong", "It is our fault, and it was noted. Try again later.");
        }
    }

    private static String pathOf(HttpServletRequest request) {
        String path = request.getServletPath();
        return request.getPathInfo() == null ? path : path + request.getPathInfo();
    }

    private void write(Reply reply, Visit visit) throws IOException {
        HttpServletResponse response = visit.response();
        if (reply instanceof Reply.SeeOther other) {
            response.setStatus(HttpServletResponse.SC_SEE_OTHER);
            response.setHeader("Location", other.path());
            response.setContentLength(0);
            response.flushBuffer();
        } else if (reply instanceof Reply.Html html) {
            List<Note> notes = new ArrayList<>();
            for (Flash flash : Flash.take(visit.request())) {
                notes.add(Note.of(Note.Kind.ERROR, flash.text(Site.link(flash.remedy()))));
            }
            notes.addAll(visit.visitor().takeNotes());
            site.banner(visit).ifPresent(notes::add);
            site.html().write(html, visit, notes, site.bar(visit.now()));
        }
    }
}
