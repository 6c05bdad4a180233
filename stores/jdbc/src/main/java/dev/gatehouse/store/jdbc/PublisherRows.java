package dev.gatehouse.store.jdbc;

import dev.gatehouse.publisher.PublisherSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Map;
import java.util.Set;

/** What the tables of publishers and of pending publishers have in common. */
final class PublisherRows {
    private PublisherRows() {}

    static PublisherSettings settings(Row row) throws SQLException {
        return PublisherSettings.of(
                row.text("provider"), row.text("issuer"), AuditForm.attributes(row.text("settings")));
    }

    static Map<String, String> pins(Row row) throws SQLException {
        return AuditForm.attributes(row.text("pins"));
    }

    /** Question marks for so many arguments. */
    static String marks(int count) {
        return String.join(", ", Collections.nCopies(count, "?"));
    }

    /** Puts other look-up keys in the place of those there are. */
    static void setKeys(Connection connection, String table, String id, Set<String> keys) throws SQLException {
        deleteKeys(connection, table, id);
        for (String key : keys) {
            Sql.update(connection, "INSERT INTO " + table + " (lookup_key, publisher_id) VALUES (?, ?)", key, id);
        }
    }

    static void deleteKeys(Connection connection, String table, String id) throws SQLException {
        Sql.update(connection, "DELETE FROM " + table + " WHERE publisher_id = ?", id);
    }
}
