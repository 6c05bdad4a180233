package dev.gatehouse.servlet;

import dev.gatehouse.publisher.ExchangeRequest;
import dev.gatehouse.publisher.Exchanged;
import dev.gatehouse.publisher.RefusedExchange;
import dev.gatehouse.publisher.ThrottledExchange;
import dev.gatehouse.publisher.TokenExchange;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * The endpoints of trusted publishing, at PyPI's paths and with its answers: which audience an identity token is for, and the exchange of one for a
 * token that publishes.
 *
 * <p>A servlet to map to {@link #paths} behind the {@link TwoFactorFilter}; {@link PypiLayout} lists the routes. A body is one bounded JSON
 * object, whatever its content type, with {@code token} and, for a token that is good for one project alone, {@code project}; further members are
 * ignored. Cookies and {@code Authorization} are never read. Refusals are 422 with PyPI's codes, too many attempts 429 and failures 503, both with
 * {@code Retry-After}; the precise reason is in log and audit alone.
 *
 * <p>What the policy says of {@code publish.exchange} is asked by the exchange itself: give it a {@link PolicyExchangePermit}. Thread-safe.
 */
public final class PublishingEndpoints extends HttpServlet {
    private static final long serialVersionUID = 1;

    /** The largest body, in octets: four times the longest identity token. */
    private static final int MAX_BODY = 1 << 16;

    private static final long RETRY_AFTER = 30;

    private final transient TokenExchange exchange;
    private final String audience;
    private final transient BooleanSupplier enabled;
    private final transient ProgramEndpoints endpoints;

    private PublishingEndpoints(Builder b) {
        this.exchange = b.exchange;
        this.audience = b.audience;
        this.enabled = b.enabled;
        this.endpoints = new ProgramEndpoints(
                Map.of(
                        "GET " + b.oidc + "/audience",
                        (request, body) -> audience(),
                        "POST " + b.oidc + "/mint-token",
                        this::mint,
                        "POST " + b.oidc + "/github/mint-token",
                        this::mint),
                MAX_BODY,
                failed(503, "unavailable", "trusted publishing is not available now, try again later")
                        .retryAfter(RETRY_AFTER));
    }

    /**
     * A builder of the endpoints.
     *
     * @param audience what its identity tokens are verified for, such as {@code pypi}
     */
    public static Builder builder(TokenExchange exchange, String audience) {
        return new Builder(exchange, audience);
    }

    /** Every path that is answered: what to map this servlet to. */
    public Set<String> paths() {
        return endpoints.paths();
    }

    private EndpointAnswer audience() {
        return enabled.getAsBoolean()
                ? EndpointAnswer.written(200, json -> json.writeStringProperty("audience", audience))
                : EndpointAnswer.written(
                        403,
                        json -> json.writeStringProperty("message", "Trusted publishing functionality not enabled"));
    }

    private EndpointAnswer mint(HttpServletRequest request, byte[] body) {
        if (body.length > MAX_BODY) {
            return failed(413, "invalid-payload", "the request is too large");
        }
        EndpointBody given;
        try {
            given = EndpointBody.of(body);
        } catch (EndpointBody.BadBody e) {
            return failed(422, "invalid-payload", "not a JSON object that names each member once");
        }
        String token = given.text("token");
        String project = given.text("project");
        if (token == null) {
            return failed(422, "invalid-payload", "token: " + (given.has("token") ? "not a string" : "missing"));
        }
        if (project == null && given.has("project")) {
            return failed(422, "invalid-payload", "project: not a string");
        }
        if (!enabled.getAsBoolean()) {
            return failed(422, "not-enabled", "trusted publishing functionality not enabled");
        }
        OpenDecision open = OpenDecision.of(request)
                .orElseThrow(() -> new IllegalStateException("the layout does not list the exchange as open"));
        ExchangeRequest asked = ExchangeRequest.of(token, open.address().text());
        return exchange.exchange(project == null ? asked : asked.forProject(project))
                .fold(
                        exchanged -> given(open, exchanged),
                        PublishingEndpoints::refused,
                        PublishingEndpoints::throttled);
    }

    private static EndpointAnswer given(OpenDecision open, Exchanged exchanged) {
        // The permit has decided for each project, within the exchange.
        open.exchanged();
        return EndpointAnswer.written(200, json -> {
            json.writeBooleanProperty("success", true);
            json.writeStringProperty("token", exchanged.secret());
            json.writeNumberProperty("expires", exchanged.expires().getEpochSecond());
        });
    }

    private static EndpointAnswer refused(RefusedExchange refused) {
        return failed(422, refused.code(), refused.description());
    }

    private static EndpointAnswer throttled(ThrottledExchange throttled) {
        return failed(429, "too-many-requests", "there have been too many attempts, try again later")
                .retryAfter(throttled.retryAfter().toSeconds());
    }

    private static EndpointAnswer failed(int status, String code, String description) {
        return EndpointAnswer.written(status, json -> {
            json.writeStringProperty("message", "Token request failed");
            json.writeArrayPropertyStart("errors");
            json.writeStartObject();
            json.writeStringProperty("code", code);
            json.writeStringProperty("description", description);
            json.writeEndObject();
            json.writeEndArray();
        });
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        endpoints.service(request, response);
    }

    /** Builds {@link PublishingEndpoints}; not thread-safe, may be reused. */
    public static final class Builder {
        private final TokenExchange exchange;
        private final String audience;
        private BooleanSupplier enabled = () -> true;
        private String oidc = "/_/oidc";

        private Builder(TokenExchange exchange, String audience) {
            this.exchange = Objects.requireNonNull(exchange, "exchange");
            this.audience = Objects.requireNonNull(audience, "audience");
        }

        /**
         * Whether trusted publishing is switched on at all; asked at each request, on by default. One provider alone is switched off at the
         * exchange.
         */
        public Builder enabled(BooleanSupplier now) {
            this.enabled = Objects.requireNonNull(now, "now");
            return this;
        }

        /** Where the endpoints are, as the layout has it; {@code /_/oidc} by default. */
        public Builder oidc(String prefix) {
            this.oidc = Objects.requireNonNull(prefix, "prefix");
            return this;
        }

        public PublishingEndpoints build() {
            return new PublishingEndpoints(this);
        }
    }
}
