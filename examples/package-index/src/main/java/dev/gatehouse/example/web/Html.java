package dev.gatehouse.example.web;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes pages of templates, which are compiled with the rest and escape every value. Thread-safe. */
final class Html {
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self';"
                    + " frame-ancestors 'none'; base-uri 'none'";

    private final TemplateEngine engine = TemplateEngine.createPrecompiled(ContentType.Html);
    private final String site;
    private final String address;
    private final Csrf csrf;

    Html(String site, String address, Csrf csrf) {
        this.site = site;
        this.address = address;
        this.csrf = csrf;
    }

    void write(Reply.Html reply, Visit visit, List<Note> notes, Page.@Nullable Bar bar) throws IOException {
        HttpServletResponse response = visit.response();
        Page page = new Page(
                site,
                address,
                reply.title(),
                visit.request().getRequestURI(),
                visit.account().orElse(null),
                csrf.token(visit.request(), response, visit.visitor()),
                notes,
                bar);
        Map<String, @Nullable Object> model = new HashMap<>(reply.model());
        model.put("page", page);
        StringOutput out = new StringOutput(8 * 1024);
        engine.render(reply.template(), model, out);
        byte[] bytes = out.toString().getBytes(StandardCharsets.UTF_8);
        secure(response);
        response.setStatus(reply.status());
        response.setContentType("text/html;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Vary", "Cookie");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    /** What keeps a page from being framed, guessed at, or led to load anything. */
    static void secure(HttpServletResponse response) {
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    }
}
