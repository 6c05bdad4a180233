package dev.gatehouse.servlet;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.audit.AuditTag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;

/** Records what the filter refuses on its own, and what went wrong; what the policy refuses its listener hears. Thread-safe. */
final class Events {
    /** A request was refused before the policy was asked: path, header, origin, token, or not listed. */
    static final AuditTag REQUEST_REFUSED = new AuditTag("gatehouse:request:refused");

    /** The application answered success to an open request that it never completed. */
    static final AuditTag OPEN_NOT_COMPLETED = new AuditTag("gatehouse:request:open_not_completed");

    private final AuditSink sink;
    private final IndexHost host;
    private final InstantSource clock;

    Events(AuditSink sink, IndexHost host, InstantSource clock) {
        this.sink = sink;
        this.host = host;
        this.clock = clock;
    }

    void record(AuditTag tag, String code, HttpServletRequest request) {
        sink.record(AuditEvent.of(tag, clock.instant())
                .subject(code)
                .attribute("method", request.getMethod())
                .attribute("uri", request.getRequestURI())
                .address(host.address(request).text())
                .build());
    }
}
