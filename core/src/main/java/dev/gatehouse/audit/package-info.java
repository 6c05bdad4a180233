/** What happened, for the log, the audit and the mails of the host: {@link dev.gatehouse.audit.AuditEvent} and the sinks it goes to. */
@NullMarked
package dev.gatehouse.audit;

import org.jspecify.annotations.NullMarked;
