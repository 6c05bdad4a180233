package dev.gatehouse.store.jdbc;

import dev.gatehouse.state.RateWindow;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/** The hits of one counter, oldest first, and their text: seconds with nine decimals, joined by commas. */
final class Hits {
    private static final Pattern FORM = Pattern.compile("-?[0-9]{1,17}\\.[0-9]{9}");

    private final Deque<Instant> hits;

    private Hits(Deque<Instant> hits) {
        this.hits = hits;
    }

    static Hits read(String text) throws SQLException {
        Deque<Instant> hits = new ArrayDeque<>();
        if (!text.isEmpty()) {
            for (String one : text.split(",", -1)) {
                hits.addLast(instant(one));
            }
        }
        return new Hits(hits);
    }

    private static Instant instant(String text) throws SQLException {
        // Looked at before it is a number: one with an exponent has as many digits as it likes.
        if (!FORM.matcher(text).matches()) {
            throw new SQLException("a counter holds no instants");
        }
        Instant instant = Row.instant("body", new BigDecimal(text));
        if (!text(instant).equals(text)) {
            throw new SQLException("a counter holds no instants");
        }
        return instant;
    }

    /** For one counter time never goes back nor stands still. */
    Instant next(Instant now) {
        Instant last = hits.peekLast();
        return last == null || now.isAfter(last) ? now : last.plusNanos(1);
    }

    void leave(Duration length, Instant now) {
        while (!hits.isEmpty() && !now.isBefore(hits.getFirst().plus(length))) {
            hits.removeFirst();
        }
    }

    /** When there is room again, or empty if there is. */
    Optional<Instant> retryAt(RateWindow window) {
        return hits.size() < window.limit()
                ? Optional.empty()
                : hits.stream()
                        .skip(hits.size() - (long) window.limit())
                        .findFirst()
                        .map(oldest -> oldest.plus(window.length()));
    }

    void add(Instant at) {
        hits.addLast(at);
    }

    /** Whether the hit was there; it is not any more. */
    boolean isTakenBack(Instant hit) {
        return hits.remove(hit);
    }

    /** When the latest hit leaves the window, or empty if there is none. */
    Optional<Instant> end(RateWindow window) {
        return Optional.ofNullable(hits.peekLast()).map(latest -> latest.plus(window.length()));
    }

    int size() {
        return hits.size();
    }

    String text() {
        StringJoiner text = new StringJoiner(",");
        hits.forEach(hit -> text.add(text(hit)));
        return text.toString();
    }

    private static String text(Instant hit) {
        return Row.decimal(hit).toPlainString();
    }
}
