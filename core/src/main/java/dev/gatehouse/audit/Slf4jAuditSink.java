package dev.gatehouse.audit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes events to a log in which nobody's text can forge a line. */
final class Slf4jAuditSink implements AuditSink {
    static final Slf4jAuditSink INSTANCE = new Slf4jAuditSink();

    private static final Logger LOG = LoggerFactory.getLogger("dev.gatehouse.audit");

    private Slf4jAuditSink() {}

    @Override
    public void record(AuditEvent event) {
        if (LOG.isInfoEnabled()) {
            LOG.info("{}", AuditLine.of(event));
        }
    }
}
