package dev.gatehouse.signin;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.policy.AllowLooser;
import dev.gatehouse.policy.ClockRegression;
import dev.gatehouse.policy.Decision;
import dev.gatehouse.policy.Notice;
import dev.gatehouse.policy.PolicyChange;
import dev.gatehouse.policy.PolicyListener;
import dev.gatehouse.policy.Unmet;
import dev.gatehouse.policy.Waiver;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Writes to the audit log what a policy refuses, observes and waives, what policy is put in force, and a clock that goes back.
 *
 * <p>Give it to {@code TwoFactorPolicy.builder(...).listener(...)}. Each decision makes at most one event of each kind; warnings
 * that only the caller is told make none. Ids, kinds and rules are recorded, no proof, token or text for the caller. What the
 * sink throws reaches the caller of {@code decide} or {@code reload}: what cannot be recorded does not happen. Thread-safe.
 */
public final class DecisionAudit implements PolicyListener {
    private final AuditSink sink;

    private DecisionAudit(AuditSink sink) {
        this.sink = sink;
    }

    /** A listener that records in this sink. */
    public static DecisionAudit to(AuditSink sink) {
        return new DecisionAudit(Objects.requireNonNull(sink, "sink"));
    }

    @Override
    public void decided(Decided decided) {
        Decision decision = decided.decision();
        if (decision instanceof Decision.Refused refused) {
            sink.record(event(AuditTag.DECISION_REFUSED, decided, refused.refusals())
                    .attribute("ways", refused.first().ways().toString())
                    .build());
        }
        List<Notice> observed = decision.observed().stream()
                .filter(one -> one.waiver().isEmpty())
                .toList();
        if (!observed.isEmpty()) {
            sink.record(event(AuditTag.DECISION_OBSERVED, decided, observed).build());
        }
        waived(decided, decision.notices());
        waived(decided, decision.observed());
    }

    private void waived(Decided decided, List<Notice> notices) {
        for (Notice notice : notices) {
            notice.waiver().ifPresent(waiver -> sink.record(waived(decided, notice, waiver)));
        }
    }

    private static AuditEvent waived(Decided decided, Notice notice, Waiver waiver) {
        return event(AuditTag.DECISION_WAIVED, decided, List.of(notice))
                .subject(notice.requirement())
                .attribute("given-by", waiver.by())
                .attribute("reason", waiver.reason())
                .attribute("until", waiver.until().toString())
                .build();
    }

    private static AuditEvent.Builder event(AuditTag tag, Decided decided, List<? extends Unmet> unmet) {
        AuditEvent.Builder event = AuditEvent.of(tag, decided.at())
                .attribute("action", decided.request().action().id())
                .attribute("credential", decided.request().credential().toString())
                .attribute("requirements", joined(unmet.stream().map(Unmet::requirement)))
                .attribute(
                        "codes",
                        joined(unmet.stream()
                                .flatMap(one -> one.codes().stream())
                                .map(Enum::name)
                                .distinct()));
        recordable(decided.account()).ifPresent(event::account);
        decided.project().ifPresent(id -> event.attribute("project", id));
        return event;
    }

    /** An id that an event cannot hold is left out rather than let a refusal fail. */
    private static Optional<String> recordable(Optional<String> id) {
        return id.filter(one -> !one.isBlank() && one.length() <= AuditEvent.MAX_ID_LENGTH);
    }

    private static String joined(java.util.stream.Stream<String> words) {
        return words.collect(Collectors.joining(","));
    }

    @Override
    public void reloaded(PolicyChange change) {
        AuditEvent.Builder event = AuditEvent.of(
                        change.looser().isEmpty() ? AuditTag.POLICY_LOADED : AuditTag.POLICY_LOOSENED, change.at())
                .attribute("sha256-before", change.before())
                .attribute("sha256-after", change.after());
        if (!change.looser().isEmpty()) {
            event.attribute("looser", String.join("; ", change.looser()));
        }
        change.allowed().ifPresent(allowed -> allowed(event, allowed));
        sink.record(event.build());
    }

    private static void allowed(AuditEvent.Builder event, AllowLooser allowed) {
        recordable(Optional.of(allowed.by())).ifPresent(event::actor);
        event.attribute("reason", allowed.reason());
    }

    @Override
    public void clockWentBack(ClockRegression regression) {
        sink.record(AuditEvent.of(AuditTag.CLOCK_BACK, regression.now())
                .attribute("seen", regression.seen().toString())
                .build());
    }

    @Override
    public String toString() {
        return "audit of decisions";
    }
}
