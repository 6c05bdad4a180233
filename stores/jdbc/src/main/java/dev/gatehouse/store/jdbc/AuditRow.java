package dev.gatehouse.store.jdbc;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditTag;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One row of the audit table, without its hash. */
record AuditRow(
        long number,
        Instant at,
        String tag,
        @Nullable String account,
        @Nullable String subject,
        @Nullable String actor,
        @Nullable String address,
        String attributes) {

    static AuditRow of(long number, AuditEvent event) {
        return new AuditRow(
                number,
                event.at(),
                event.tag().text(),
                event.account().orElse(null),
                event.subject().orElse(null),
                event.actor().orElse(null),
                event.address().orElse(null),
                AuditForm.text(event.attributes()));
    }

    static AuditRow read(Row row) throws SQLException {
        return new AuditRow(
                row.whole("entry_no"),
                row.time("happened_at"),
                row.text("tag"),
                row.textOrNull("account"),
                row.textOrNull("subject"),
                row.textOrNull("actor"),
                row.textOrNull("address"),
                row.text("attributes"));
    }

    /**
     * The event again.
     *
     * @throws SQLException if the row is none that was written here
     */
    AuditEvent event() throws SQLException {
        try {
            AuditEvent.Builder event = AuditEvent.of(new AuditTag(tag), at);
            if (account != null) {
                event.account(account);
            }
            if (subject != null) {
                event.subject(subject);
            }
            if (actor != null) {
                event.actor(actor);
            }
            if (address != null) {
                event.address(address);
            }
            AuditForm.attributes(attributes).forEach(event::attribute);
            AuditEvent read = event.build();
            // An event mends what it is given (NUL, lone surrogates, length): such a row was never one of ours.
            if (!of(number, read).equals(this)) {
                throw new IllegalArgumentException("not as an event is written");
            }
            return read;
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new SQLException("audit entry " + number + " cannot be read", e);
        }
    }
}
