package dev.gatehouse.example.web;

import dev.gatehouse.example.publishing.DemoIssuer;
import dev.gatehouse.example.publishing.DemoOrigin;
import dev.gatehouse.example.publishing.Publishing;
import dev.gatehouse.publisher.PendingPublisher;
import dev.gatehouse.publisher.PublisherSettings;
import dev.gatehouse.publisher.TrustedPublisher;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The demonstration of build services and of a scanner for leaked tokens: what programs fetch of it, and a page about it. */
final class DemoPages {
    private static final String PUBLISHER = "publisher";
    private static final String AUDIENCE = "audience";
    private static final int MOST_CLAIMS = 40;

    /** What can stand between the quotes of a command. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._=-]{1,8192}");

    private final Publishing publishing;
    private final DemoIssuer issuer;
    private final DemoOrigin origin;

    DemoPages(Publishing publishing, DemoIssuer issuer, DemoOrigin origin) {
        this.publishing = publishing;
        this.issuer = issuer;
        this.origin = origin;
    }

    Reply overview(Visit visit) {
        return page();
    }

    private Reply.Html page() {
        return Reply.page("demo.jte", "Demonstration")
                .with("form", Form.empty())
                .with("keyId", issuer.keyId())
                .with("silent", issuer.isSilent())
                .with("report", null);
    }

    Reply rotate(Visit visit) {
        issuer.rotate();
        visit.note(Note.Kind.SUCCESS, "The build services sign with a new key from now on.");
        return Reply.to(Site.DEMO);
    }

    Reply silence(Visit visit) {
        boolean silent = !issuer.isSilent();
        issuer.silent(silent);
        visit.note(
                Note.Kind.SUCCESS,
                silent ? "The build services do not answer for their keys." : "The build services answer again.");
        return Reply.to(Site.DEMO);
    }

    /** Shows the report of a token, to be sent by whoever looks at it. */
    Reply leak(Visit visit) {
        String token = visit.field("token");
        if (!TOKEN.matcher(token).matches()) {
            return page().with("form", new Form().error("token", "Give the token that was found."))
                    .status(422);
        }
        return page().with("report", origin.report(token));
    }

    Reply discovery(Visit visit) throws IOException {
        return json(visit, issuer.discovery(visit.path("provider")));
    }

    Reply keys(Visit visit) throws IOException {
        return json(visit, issuer.keySet());
    }

    private static Reply json(Visit visit, Optional<String> document) throws IOException {
        return written(
                visit, document.isPresent() ? 200 : 503, "application/json", document.orElse("{\"error\":\"outage\"}"));
    }

    /** The identity token of a run: the parameters beside publisher and audience are claims with other values. */
    Reply token(Visit visit) throws IOException {
        String id = visit.field(PUBLISHER);
        Optional<TrustedPublisher> active = publishing.publisher(id);
        Optional<PendingPublisher> pending = publishing.pending(id);
        Optional<PublisherSettings> settings = active.map(TrustedPublisher::settings)
                .or(() -> pending.map(PendingPublisher::settings))
                .filter(issuer::isIssuerOf);
        if (settings.isEmpty()) {
            return written(visit, 404, "text/plain", "There is no such publisher of this demonstration.\n");
        }
        Map<String, String> chosen = new HashMap<>();
        visit.request().getParameterMap().forEach((name, values) -> chosen.put(name, values[0]));
        chosen.remove(PUBLISHER);
        chosen.remove(AUDIENCE);
        if (chosen.size() > MOST_CLAIMS || visit.field(AUDIENCE).isEmpty()) {
            return written(visit, 400, "text/plain", "Name the publisher, the audience, and 40 claims at most.\n");
        }
        Map<String, String> pins =
                active.map(TrustedPublisher::pins).map(Map::copyOf).orElse(Map.of());
        return written(
                visit,
                200,
                "text/plain",
                issuer.token(settings.get(), pins, visit.field(AUDIENCE), chosen, visit.now()));
    }

    private static Reply written(Visit visit, int status, String type, String text) throws IOException {
        HttpServletResponse response = visit.response();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType(type + ";charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
        return new Reply.Written();
    }
}
