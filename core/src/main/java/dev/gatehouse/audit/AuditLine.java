package dev.gatehouse.audit;

import dev.gatehouse.internal.LogText;

/** An event as one line of a log. */
final class AuditLine {
    private AuditLine() {}

    static String of(AuditEvent event) {
        StringBuilder line =
                new StringBuilder(160).append(event.tag()).append(" at=").append(event.at());
        event.account().ifPresent(value -> append(line, "account", value));
        event.subject().ifPresent(value -> append(line, "subject", value));
        event.actor().ifPresent(value -> append(line, "actor", value));
        event.address().ifPresent(value -> append(line, "address", value));
        event.attributes().forEach((name, value) -> append(line, name, value));
        return line.toString();
    }

    private static void append(StringBuilder line, String name, String value) {
        line.append(' ').append(name).append('=').append(LogText.quoted(value));
    }
}
