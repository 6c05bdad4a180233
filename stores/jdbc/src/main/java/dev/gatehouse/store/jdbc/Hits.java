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

/** The hits of one counter, oldest first, and their text: seconds with nine decimals, joined by commas. */
final class Hits {
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
        try {
            return Row.instant("body", new BigDecimal(text));
        } catch (NumberFormatException e) {
            throw new SQLException("a counter holds no instants", e);
        }
    }

    /** For one counter time never goes back. */
    Instant latest(Instant now) {
        Instant last = hits.peekLast();
        return last != null && now.isBefore(last) ? last : now;
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

    int size() {
        return hits.size();
    }

    String text() {
        StringJoiner text = new StringJoiner(",");
        hits.forEach(hit -> text.add(Row.decimal(hit).toPlainString()));
        return text.toString();
    }
}
