package dev.gatehouse.servlet;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.policy.AccessRequest;
import dev.gatehouse.policy.Decision;
import dev.gatehouse.policy.Fact;
import dev.gatehouse.policy.Unmet;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Records what is refused, by the policy or by the filter alone, and what went wrong. Thread-safe. */
final class Events {
    /** A request was refused before the policy was asked: path, header, origin, token, or not listed. */
    static final AuditTag REQUEST_REFUSED = new AuditTag("gatehouse:request:refused");

    /** The application answered success to an open request that it never completed. */
    static final AuditTag OPEN_NOT_COMPLETED = new AuditTag("gatehouse:request:open_not_completed");

    private final AuditSink sink;
    private final ClockWatch clock;

    Events(AuditSink sink, ClockWatch clock) {
        this.sink = sink;
        this.clock = clock;
    }

    /** Records an answer of the policy: its refusals, or what it only reported or waived. */
    void record(AccessRequest request, Decision decision) {
        if (decision instanceof Decision.Refused refused) {
            record(AuditTag.DECISION_REFUSED, request, refused.refusals());
        }
        List<Unmet> waived = new ArrayList<>();
        decision.notices().stream().filter(n -> n.waiver().isPresent()).forEach(waived::add);
        if (!waived.isEmpty()) {
            record(AuditTag.DECISION_WAIVED, request, waived);
        }
        if (!decision.observed().isEmpty()) {
            record(AuditTag.DECISION_OBSERVED, request, decision.observed());
        }
    }

    private void record(AuditTag tag, AccessRequest request, List<? extends Unmet> unmet) {
        AuditEvent.Builder event = AuditEvent.of(tag, clock.now())
                .subject(unmet.get(0).requirement())
                .attribute("action", request.action().id())
                .attribute("credential", request.credential().kind().id())
                .attribute("unmet", unmet.stream().map(Unmet::requirement).collect(Collectors.joining(",")));
        Fact<String> account = request.account().id();
        if (account.isKnown()) {
            event.account(account.value());
        }
        sink.record(event.build());
    }

    void record(AuditTag tag, String code, HttpServletRequest request) {
        AuditEvent.Builder event = AuditEvent.of(tag, clock.now())
                .subject(code)
                .attribute("method", request.getMethod())
                .attribute("uri", request.getRequestURI());
        String address = request.getRemoteAddr();
        sink.record((address == null ? event : event.address(address)).build());
    }
}
