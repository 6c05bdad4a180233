package dev.gatehouse.servlet;

import dev.gatehouse.policy.MessageContext;
import dev.gatehouse.policy.Refusal;
import dev.gatehouse.policy.rule.Remedy;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Says an answer in the way that the client understands: status and body written here, never {@code sendError}, whose text an error
 * page would replace.
 */
final class AnswerWriter {

    private final Pages pages;
    private final MessageContext messages;
    private final ReasonPhrase reasonPhrase;
    private final String realm;
    private final Drain drain;
    private final Answers.@Nullable NotFound notFound;
    private final Answers.@Nullable NotFound unlisted;
    private final AtomicReference<@Nullable Linked> linked = new AtomicReference<>();

    AnswerWriter(Answers answers) {
        this.pages = answers.pages();
        this.messages = answers.messages();
        this.reasonPhrase = answers.reasonPhrase();
        this.realm = answers.realm();
        this.drain = new Drain(answers.drainLimit(), System::nanoTime);
        this.notFound = answers.notFoundOrNull();
        this.unlisted = answers.unlistedOrNull();
    }

    /** Answers; the request is the one that came in, before anything was hidden. */
    void write(Answer answer, Route route, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (response.isCommitted()) {
            return;
        }
        if (route.isUpload()) {
            drain.read(request);
        }
        response.resetBuffer();
        Medium medium = Medium.of(request, route.carrier());
        String page = medium == Medium.HTML && route.carrier() == RouteCarrier.COOKIE ? pageFor(answer, request) : null;
        vary(route.carrier(), response);
        response.addHeader("Vary", "Accept");
        response.setHeader("Cache-Control", "no-store");
        if (answer.status() == 404 && notFound != null) {
            notFound.answer(request, response);
            return;
        }
        if (unlisted != null && answer.code().equals(Examiner.UNMAPPED) && isLooking(request)) {
            unlisted.answer(request, response);
            return;
        }
        if (page != null) {
            answer.lines().forEach(line -> keep(line.refusal(), request));
            response.setStatus(303);
            response.setHeader("Location", page);
            response.setContentLength(0);
            return;
        }
        MessageContext context = context(request);
        response.setStatus(answer.status());
        if (answer.challenge()) {
            response.addHeader("WWW-Authenticate", "Basic realm=\"" + realm + "\", charset=\"UTF-8\"");
            response.addHeader("WWW-Authenticate", "Bearer realm=\"" + realm + "\"");
        }
        if (answer.retryAfterSeconds() >= 0) {
            response.setHeader("Retry-After", Long.toString(answer.retryAfterSeconds()));
        }
        if (medium == Medium.TEXT && reasonPhrase != ReasonPhrase.none()) {
            reasonPhrase.set(request, response, answer.reason(context));
        }
        response.setHeader("X-Content-Type-Options", "nosniff");
        byte[] body = Texts.of(medium, answer, context);
        response.setContentType(medium.contentType());
        boolean line = medium == Medium.TEXT;
        response.setContentLength(line ? body.length + 1 : body.length);
        ServletOutputStream out = response.getOutputStream();
        out.write(body);
        if (line) {
            out.write('\n');
        }
    }

    private static boolean isLooking(HttpServletRequest request) {
        return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    }

    /** Says that the response depends on what the route reads. */
    static void vary(RouteCarrier carrier, HttpServletResponse response) {
        if (carrier == RouteCarrier.COOKIE) {
            response.addHeader("Vary", "Cookie");
        } else if (carrier == RouteCarrier.AUTHORIZATION) {
            response.addHeader("Vary", "Authorization");
        }
    }

    /** The page of the first step, which a script goes to by itself. */
    @Nullable
    String page(Answer answer, HttpServletRequest request) {
        Remedy step = answer.step();
        String page = step == null ? null : pages.path(step);
        return page == null ? null : request.getContextPath() + page;
    }

    /** The text of an answer, as a client is told it. */
    String text(Answer answer, HttpServletRequest request) {
        return answer.text(context(request));
    }

    /** Links depend on where the application is, which hardly ever changes; programs hardly ever name a language. */
    private MessageContext context(HttpServletRequest request) {
        String contextPath = request.getContextPath();
        Linked known = linked.get();
        if (known == null || !known.contextPath().equals(contextPath)) {
            MessageContext context = messages;
            for (Remedy remedy : Remedy.values()) {
                String link = pages.link(remedy, contextPath);
                if (link != null) {
                    context = context.link(remedy, link);
                }
            }
            known = new Linked(contextPath, context);
            linked.set(known);
        }
        Locale locale = request.getLocale();
        if (!known.context().locale().equals(locale)) {
            known = new Linked(contextPath, known.context().locale(locale));
            linked.set(known);
        }
        return known.context();
    }

    /** The pages as links, and the language of the last request. */
    private record Linked(String contextPath, MessageContext context) {}

    private static void keep(@Nullable Refusal refusal, HttpServletRequest request) {
        if (refusal != null) {
            Flash.of(refusal).keep(request);
        }
    }

    /** The address of the page of the first step with the way back, unless the browser is there already. */
    private @Nullable String pageFor(Answer answer, HttpServletRequest request) {
        Remedy step = answer.step();
        String page = step == null ? null : pages.path(step);
        if (page == null) {
            return null;
        }
        String path = page.indexOf('?') < 0 ? page : page.substring(0, page.indexOf('?'));
        if ((request.getContextPath() + path).equals(uri(request))) {
            return null;
        }
        String target = request.getContextPath() + page;
        return way(request)
                .map(back -> target
                        + (page.indexOf('?') < 0 ? "?next=" : "&next=")
                        + URLEncoder.encode(back.text(), StandardCharsets.UTF_8))
                .orElse(target);
    }

    /** Where the person was going; for a form, which cannot be sent again, the page that they sent it from. */
    private static Optional<ReturnPath> way(HttpServletRequest request) {
        if (isLooking(request)) {
            String query = request.getQueryString();
            return ReturnPath.parse(uri(request) + (query == null ? "" : "?" + query));
        }
        String referer = request.getHeader("Referer");
        if (referer == null) {
            return Optional.empty();
        }
        try {
            URI from = new URI(referer);
            String host = request.getHeader("Host");
            if (host == null || !host.equalsIgnoreCase(from.getRawAuthority()) || from.getRawPath() == null) {
                return Optional.empty();
            }
            return ReturnPath.parse(from.getRawPath() + (from.getRawQuery() == null ? "" : "?" + from.getRawQuery()));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static String uri(HttpServletRequest request) {
        Object forwarded = request.getAttribute(RequestDispatcher.FORWARD_REQUEST_URI);
        return forwarded instanceof String uri ? uri : request.getRequestURI();
    }
}
