package dev.gatehouse.example.mail;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Mails in the database: they wait for the mail server, and stay readable where there is none. What was put there without a mail
 * server is never sent, whatever server there is later: its links are dead by then, and its addresses may be anybody's. Thread-safe.
 */
public final class MailQueue {
    /** No mail is put off for longer. */
    static final Duration LONGEST_WAIT = Duration.ofHours(4);

    private static final int LONGEST_SUBJECT = 200;
    private static final int LONGEST_BODY = 8_000;

    private final Jdbi jdbi;
    private final boolean waits;

    private MailQueue(Jdbi jdbi, boolean waits) {
        this.jdbi = jdbi;
        this.waits = waits;
    }

    /** A queue whose mails a mail server takes. */
    public static MailQueue toSend(Jdbi jdbi) {
        return new MailQueue(jdbi, true);
    }

    /** A queue whose mails stay, to be read in the outbox. */
    public static MailQueue toKeep(Jdbi jdbi) {
        return new MailQueue(jdbi, false);
    }

    /** Puts a mail into the queue. */
    public void add(String account, String address, MailText text, Instant now) {
        jdbi.useTransaction(h -> add(h, account, address, text, now));
    }

    /** Puts a mail into the queue, in the transaction of the handle. */
    public void add(Handle handle, String account, String address, MailText text, Instant now) {
        handle.createUpdate("INSERT INTO mail (kind, account, address, subject, body, made, due, attempts)"
                        + " VALUES (:kind, :account, :address, :subject, :body, :made, :due, 0)")
                .bind("kind", text.kind())
                .bind("account", account)
                .bind("address", address)
                .bind("subject", cut(line(text.subject()), LONGEST_SUBJECT))
                .bind("body", cut(text.body(), LONGEST_BODY))
                .bind("made", now.atOffset(ZoneOffset.UTC))
                .bind("due", waits ? now.atOffset(ZoneOffset.UTC) : null)
                .execute();
    }

    /** When the account was last sent a mail of this kind, if ever. */
    public boolean wasSent(String account, String kind, Duration within, Instant now) {
        return jdbi.withHandle(h ->
                h.createQuery("SELECT COUNT(*) FROM mail WHERE account = :account AND kind = :kind AND made > :since")
                                .bind("account", account)
                                .bind("kind", kind)
                                .bind("since", now.minus(within).atOffset(ZoneOffset.UTC))
                                .mapTo(Integer.class)
                                .one()
                        > 0);
    }

    /** The latest mails, newest first. */
    public List<Mail> latest(int limit) {
        return jdbi.withHandle(h -> h.createQuery("SELECT * FROM mail ORDER BY id DESC LIMIT :limit")
                .bind("limit", limit)
                .map((rs, c) -> mail(rs))
                .list());
    }

    public int count() {
        return jdbi.withHandle(h ->
                h.createQuery("SELECT COUNT(*) FROM mail").mapTo(Integer.class).one());
    }

    /** The mail that waits longest of those that are due, if any; one that is due later than any could be is due too: the clock went back. */
    Optional<Mail> next(long after, Instant now) {
        return jdbi.withHandle(h -> h.createQuery("SELECT * FROM mail WHERE (due <= :now OR due > :latest)"
                        + " AND id > :after ORDER BY id LIMIT 1")
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .bind("latest", now.plus(LONGEST_WAIT).atOffset(ZoneOffset.UTC))
                .bind("after", after)
                .map((rs, c) -> mail(rs))
                .findOne());
    }

    void sent(long id, Instant now) {
        jdbi.useHandle(h -> h.createUpdate("UPDATE mail SET sent = :now, due = NULL WHERE id = :id")
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .bind("id", id)
                .execute());
    }

    /** Was not taken, and is tried again then. */
    void putOff(long id, Instant due) {
        jdbi.useHandle(h -> h.createUpdate("UPDATE mail SET due = :due, attempts = attempts + 1 WHERE id = :id")
                .bind("due", due.atOffset(ZoneOffset.UTC))
                .bind("id", id)
                .execute());
    }

    /** Is never tried again. */
    void giveUp(long id) {
        jdbi.useHandle(h -> h.createUpdate("UPDATE mail SET due = NULL WHERE id = :id")
                .bind("id", id)
                .execute());
    }

    /** A header is one line, whatever somebody has called themselves. */
    static String line(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String cut(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit);
    }

    private static Mail mail(ResultSet rs) throws SQLException {
        return new Mail(
                rs.getLong("id"),
                rs.getString("kind"),
                rs.getString("account"),
                rs.getString("address"),
                rs.getString("subject"),
                rs.getString("body"),
                rs.getObject("made", OffsetDateTime.class).toInstant(),
                rs.getObject("sent", OffsetDateTime.class) != null,
                rs.getInt("attempts"));
    }
}
