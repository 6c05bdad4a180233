package dev.gatehouse.servlet;

import dev.gatehouse.disclosure.LeakReporting;
import dev.gatehouse.disclosure.LeakReports;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The endpoint that GitHub's secret scanning and deps.dev report leaked tokens to, at PyPI's two paths and with its answers.
 *
 * <p>A servlet to map to {@link #paths} behind the {@link TwoFactorFilter}; {@link PypiLayout} lists the routes as open to everybody, for what
 * proves a report is its signature. The body is read as it came, up to {@link LeakReports#MAX_BODY}. Every answer is empty: 204 where the report
 * is genuine, whatever its tokens are; 404 without the headers of an origin; 400 and 413 for what will never be accepted; 503 with
 * {@code Retry-After} where it is to be sent again, so also where anything throws. Thread-safe.
 */
public final class DisclosureEndpoints extends HttpServlet {
    private static final long serialVersionUID = 1;
    private static final long RETRY_AFTER = LeakReports.RETRY_AFTER.toSeconds();

    private final transient LeakReports reports;
    private final transient ProgramEndpoints endpoints;

    private DisclosureEndpoints(LeakReports reports) {
        this.reports = Objects.requireNonNull(reports, "reports");
        this.endpoints = new ProgramEndpoints(
                Map.of(
                        "POST " + PypiLayout.DISCLOSURE,
                        this::report,
                        "POST " + PypiLayout.OLD_DISCLOSURE,
                        this::report),
                LeakReports.MAX_BODY,
                EndpointAnswer.empty(503).retryAfter(RETRY_AFTER));
    }

    /** Endpoints that hand each report on to these. */
    public static DisclosureEndpoints of(LeakReports reports) {
        return new DisclosureEndpoints(reports);
    }

    /** Every path that is answered: what to map this servlet to. */
    public Set<String> paths() {
        return endpoints.paths();
    }

    private EndpointAnswer report(HttpServletRequest request, byte[] body) {
        LeakReporting result = reports.report(name -> values(request, name), body);
        EndpointAnswer answer = EndpointAnswer.empty(result.status());
        return result.fold(
                accepted -> answer, refused -> refused.code().isForLater() ? answer.retryAfter(RETRY_AFTER) : answer);
    }

    @SuppressWarnings("ConstantValue") // A container may keep headers to itself.
    private static List<String> values(HttpServletRequest request, String name) {
        Enumeration<String> values = request.getHeaders(name);
        return values == null ? List.of() : Collections.list(values);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        endpoints.service(request, response);
    }
}
