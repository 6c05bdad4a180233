package dev.gatehouse.store.jdbc;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.policy.Waiver;
import dev.gatehouse.signin.GivenWaiver;
import dev.gatehouse.signin.WaiverRepository;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** Waivers in a table; a row that makes no valid waiver fails the reading. */
final class JdbcWaivers implements WaiverRepository {
    private final Transactions transactions;
    private final JdbcAuditLog audit;

    JdbcWaivers(Transactions transactions, JdbcAuditLog audit) {
        this.transactions = transactions;
        this.audit = audit;
    }

    @Override
    public Added add(GivenWaiver given, AuditEvent event) {
        Waiver waiver = given.waiver();
        return transactions.run("adding a waiver", connection -> {
            boolean isNew = Sql.isInserted(
                    connection,
                    "INSERT INTO gatehouse_waiver"
                            + " (id, requirement, subject_kind, subject_id, begins_at, ends_at, reason, given_by)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    given.id(),
                    waiver.requirement(),
                    waiver.subject().name(),
                    waiver.subjectId(),
                    waiver.from(),
                    waiver.until(),
                    waiver.reason(),
                    waiver.by());
            if (!isNew) {
                return Added.ID_IN_USE;
            }
            audit.append(connection, event);
            return Added.ADDED;
        });
    }

    @Override
    public Ended end(String id, Instant now, AuditEvent event) {
        return transactions.run("ending a waiver", connection -> {
            int changed = Sql.update(
                    connection,
                    "UPDATE gatehouse_waiver SET ended_at = ? WHERE id = ? AND ended_at IS NULL AND ends_at > ?",
                    now,
                    id,
                    now);
            if (changed == 0) {
                return Ended.NOT_LIVE;
            }
            audit.append(connection, event);
            return Ended.ENDED;
        });
    }

    @Override
    public List<GivenWaiver> live(Instant now) {
        return transactions
                .run(
                        "reading the waivers",
                        connection -> Sql.query(
                                connection,
                                "SELECT id, requirement, subject_kind, subject_id, begins_at, ends_at, reason, given_by"
                                        + " FROM gatehouse_waiver WHERE ended_at IS NULL AND ends_at > ?",
                                JdbcWaivers::read,
                                now))
                .stream()
                .sorted(Comparator.comparing(GivenWaiver::id))
                .toList();
    }

    private static GivenWaiver read(Row row) throws SQLException {
        try {
            return new GivenWaiver(
                    row.text("id"),
                    new Waiver(
                            row.text("requirement"),
                            Waiver.Subject.valueOf(row.text("subject_kind")),
                            row.text("subject_id"),
                            row.time("begins_at"),
                            row.time("ends_at"),
                            row.text("reason"),
                            row.text("given_by")));
        } catch (IllegalArgumentException e) {
            throw new SQLException("a row holds no waiver", e);
        }
    }
}
