package dev.gatehouse.store.jdbc;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditLog;
import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.store.jdbc.ChainVerdict.Fault;
import dev.gatehouse.store.jdbc.ChainVerdict.Head;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The audit log in a table, append-only, chained by hashes: each entry's SHA-256 covers the one before and all columns.
 *
 * <p>{@link #verifyChain()} finds an entry that was edited, taken out or put in. Whoever may write to all tables could compute
 * the whole chain anew: note {@link #head()} elsewhere now and then and check against it with {@link #verifyChain(Head)}. The
 * application's database user needs no right to update or delete in {@code gatehouse_audit}.
 *
 * <p>Appending locks the head until the transaction ends, so that entries of all nodes form one chain. Thread-safe.
 */
public final class JdbcAuditLog implements AuditLog {
    private static final int MAX_LIMIT = 10_000;
    private static final int PAGE = 1_000;
    private static final String COLUMNS =
            "entry_no, happened_at, tag, account, subject, actor, address, attributes, entry_hash";

    private final Transactions transactions;
    private final AuditSink also;
    private final @Nullable List<AuditEvent> deferred;

    JdbcAuditLog(Transactions transactions, AuditSink also) {
        this(transactions, also, null);
    }

    /** A log within a transaction, which keeps its events until {@link #appendDeferred}, where a list for them is given. */
    JdbcAuditLog(Transactions transactions, AuditSink also, @Nullable List<AuditEvent> deferred) {
        this.transactions = transactions;
        this.also = also;
        this.deferred = deferred;
    }

    @Override
    public void record(AuditEvent event) {
        Objects.requireNonNull(event, "event");
        transactions.run("recording an event", connection -> {
            append(connection, event);
            return true;
        });
    }

    /** Appends within the transaction of a change, and tells the other sink; what either throws ends the change. */
    void append(Connection connection, AuditEvent event) throws SQLException {
        if (deferred != null) {
            deferred.add(Objects.requireNonNull(event, "event"));
        } else {
            write(connection, event);
        }
    }

    /** Appends what was kept until now. */
    void appendDeferred(Connection connection) throws SQLException {
        for (AuditEvent event : deferred == null ? List.<AuditEvent>of() : deferred) {
            write(connection, event);
        }
    }

    private void write(Connection connection, AuditEvent event) throws SQLException {
        Head head = Sql.one(
                        connection,
                        "SELECT entry_no, entry_hash FROM gatehouse_audit_head WHERE id = 1 FOR UPDATE",
                        JdbcAuditLog::head)
                .orElseThrow(() -> new SQLException("no head of the audit log"));
        AuditRow row = AuditRow.of(head.sequence() + 1, event);
        String hash = AuditForm.hash(head.hash(), row);
        Sql.update(
                connection,
                "INSERT INTO gatehouse_audit (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                row.number(),
                row.at(),
                row.tag(),
                Sql.text(row.account()),
                Sql.text(row.subject()),
                Sql.text(row.actor()),
                Sql.text(row.address()),
                row.attributes(),
                hash);
        int moved = Sql.update(
                connection,
                "UPDATE gatehouse_audit_head SET entry_no = ?, entry_hash = ? WHERE id = 1 AND entry_no = ?",
                row.number(),
                hash,
                head.sequence());
        if (moved != 1) {
            throw new SQLException("the head of the audit log moved under its lock");
        }
        also.record(event);
    }

    @Override
    public List<Entry> read(long after, int limit) {
        if (after < 0) {
            throw new IllegalArgumentException("after: negative");
        }
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit: 1 to " + MAX_LIMIT);
        }
        return transactions.run("reading the audit log", connection -> {
            List<Entry> entries = new ArrayList<>();
            for (Hashed hashed : page(connection, after, limit)) {
                entries.add(new Entry(hashed.row.number(), hashed.row.event()));
            }
            return List.copyOf(entries);
        });
    }

    /** The end of the chain. */
    public Head head() {
        return transactions.run(
                "reading the head of the audit log",
                connection -> readHead(connection).orElseThrow(() -> new SQLException("no head of the audit log")));
    }

    /** Checks the whole chain; events may be recorded meanwhile. */
    public ChainVerdict verifyChain() {
        return verify(null);
    }

    /** Checks the whole chain, and that it is still the one that this head belongs to. */
    public ChainVerdict verifyChain(Head known) {
        return verify(Objects.requireNonNull(known, "known"));
    }

    private ChainVerdict verify(@Nullable Head known) {
        long behind = transactions.run("reading the end of the audit log", JdbcAuditLog::last);
        Head head = transactions
                .run("reading the head of the audit log", JdbcAuditLog::readHead)
                .orElse(null);
        if (head == null) {
            return new ChainVerdict.Broken(0, Fault.HEAD_EDITED);
        }
        String hash = AuditForm.GENESIS;
        long checked = 0;
        String atKnown = known != null && known.sequence() == 0 ? hash : null;
        while (checked < head.sequence()) {
            long after = checked;
            int limit = (int) Math.min(PAGE, head.sequence() - checked);
            for (Hashed hashed :
                    transactions.run("reading the audit log", connection -> page(connection, after, limit))) {
                if (hashed.row.number() != checked + 1) {
                    return new ChainVerdict.Broken(checked + 1, Fault.MISSING);
                }
                hash = AuditForm.hash(hash, hashed.row);
                checked++;
                if (!hash.equals(hashed.hash)) {
                    return new ChainVerdict.Broken(checked, Fault.EDITED);
                }
                atKnown = known != null && known.sequence() == checked ? hash : atKnown;
            }
            if (checked == after) {
                return new ChainVerdict.Broken(checked + 1, Fault.MISSING);
            }
        }
        if (!hash.equals(head.hash())) {
            return new ChainVerdict.Broken(checked, Fault.HEAD_EDITED);
        }
        if (behind > head.sequence()) {
            return new ChainVerdict.Broken(head.sequence() + 1, Fault.BEHIND_HEAD);
        }
        if (known != null && !known.hash().equals(atKnown)) {
            return new ChainVerdict.Broken(known.sequence(), Fault.REWRITTEN);
        }
        return new ChainVerdict.Intact(head);
    }

    private static List<Hashed> page(Connection connection, long after, int limit) throws SQLException {
        return Sql.query(
                connection,
                "SELECT " + COLUMNS + " FROM gatehouse_audit WHERE entry_no > ? ORDER BY entry_no LIMIT ?",
                row -> new Hashed(AuditRow.read(row), row.text("entry_hash")),
                after,
                limit);
    }

    private static long last(Connection connection) throws SQLException {
        return Sql.one(
                        connection,
                        "SELECT COALESCE(MAX(entry_no), 0) AS last_no FROM gatehouse_audit",
                        row -> row.whole("last_no"))
                .orElse(0L);
    }

    private static Optional<Head> readHead(Connection connection) throws SQLException {
        return Sql.one(
                connection, "SELECT entry_no, entry_hash FROM gatehouse_audit_head WHERE id = 1", JdbcAuditLog::head);
    }

    private static Head head(Row row) throws SQLException {
        long number = row.whole("entry_no");
        if (number < 0) {
            throw new SQLException("the head of the audit log is negative");
        }
        return new Head(number, row.text("entry_hash"));
    }

    private record Hashed(AuditRow row, String hash) {}
}
