package dev.gatehouse.example.web;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.policy.Decision;
import dev.gatehouse.policy.PolicyListener;
import dev.gatehouse.policy.Unmet;
import java.util.List;
import java.util.stream.Collectors;

/** Writes what the policy refuses into the audit log. */
final class DecisionLog implements PolicyListener {
    private final AuditSink audit;

    DecisionLog(AuditSink audit) {
        this.audit = audit;
    }

    @Override
    public void decided(Decided decided) {
        if (decided.decision() instanceof Decision.Refused refused) {
            record(AuditTag.DECISION_REFUSED, decided, refused.refusals());
        }
    }

    private void record(AuditTag tag, Decided decided, List<? extends Unmet> unmet) {
        AuditEvent.Builder event = AuditEvent.of(tag, decided.at())
                .attribute("action", decided.request().action().id())
                .attribute(
                        "requirements", unmet.stream().map(Unmet::requirement).collect(Collectors.joining(",")));
        decided.account().ifPresent(event::account);
        audit.record(event.build());
    }
}
