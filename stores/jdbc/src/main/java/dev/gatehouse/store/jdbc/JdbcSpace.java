package dev.gatehouse.store.jdbc;

import dev.gatehouse.state.StateSpace;
import dev.gatehouse.state.StateUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One space of the short-lived state: its room, its clean-up, and the clock it can answer for. Thread-safe. */
final class JdbcSpace {
    private static final Duration CLEAN_UP_EVERY = Duration.ofMinutes(1);
    private static final Duration COUNT_EVERY = Duration.ofSeconds(1);
    /** Until rows are counted again, other nodes may add this many times as much as this one. */
    private static final int OTHERS = 7;

    private final Transactions transactions;
    private final StateSpace space;
    private final Duration difference;
    private final AtomicReference<@Nullable Instant> cleanedUpAt = new AtomicReference<>();
    private @Nullable Instant countedAt;
    private long mayAdd;

    JdbcSpace(Transactions transactions, StateSpace space, Duration difference) {
        this.transactions = transactions;
        this.space = space;
        this.difference = difference;
    }

    StateSpace space() {
        return space;
    }

    /**
     * Holds that one more live key fits. Rows are counted when the room known to be left, shared with other nodes, is
     * used up, and at least once a second; with more nodes, or many callers at one moment, a space may hold a few keys more.
     *
     * @throws SpaceTrouble if it is full
     */
    void checkRoom(Connection connection, Instant now) throws SQLException {
        if (isRoomKnown(now)) {
            return;
        }
        long live = Sql.one(
                        connection,
                        "SELECT COUNT(*) AS live FROM gatehouse_state WHERE space_name = ? AND ends_at > ?",
                        row -> row.whole("live"),
                        space.name(),
                        now)
                .orElse(0L);
        if (live >= space.capacity()) {
            throw SpaceTrouble.full();
        }
        counted(live, now);
    }

    private synchronized boolean isRoomKnown(Instant now) {
        Instant last = countedAt;
        if (last == null
                || mayAdd == 0
                || now.isBefore(last)
                || Duration.between(last, now).compareTo(COUNT_EVERY) >= 0) {
            return false;
        }
        mayAdd--;
        return true;
    }

    private synchronized void counted(long live, Instant now) {
        countedAt = now;
        mayAdd = (space.capacity() - live) / (OTHERS + 1);
    }

    /**
     * Holds that nothing live at {@code now} has been cleaned up.
     *
     * @throws SpaceTrouble if it may have been
     */
    void checkClock(Connection connection, Instant now) throws SQLException {
        Optional<Instant> cleaned = cleanedUntil(connection);
        if (cleaned.isPresent() && now.isBefore(cleaned.get())) {
            throw SpaceTrouble.clockBack(cleaned.get());
        }
    }

    /** Removes what has ended longer ago than the permitted difference; at most once a minute on this node. */
    void cleanUp(Instant now) {
        Instant last = cleanedUpAt.get();
        if (last != null && Duration.between(last, now).abs().compareTo(CLEAN_UP_EVERY) < 0) {
            return;
        }
        if (!cleanedUpAt.compareAndSet(last, now)) {
            return;
        }
        try {
            transactions.run("cleaning up", connection -> cleanUp(connection, now));
        } catch (StateUnavailableException e) {
            // Whoever called has an answer already; what was not removed now is removed another time.
            StoreLog.LOG.warn("store: cleaning up space {} failed", space.name(), e);
        }
    }

    private int cleanUp(Connection connection, Instant now) throws SQLException {
        Optional<Instant> latest = Sql.one(
                        connection,
                        "SELECT MAX(ends_at) AS latest FROM gatehouse_state WHERE space_name = ? AND ends_at <= ?",
                        row -> Optional.ofNullable(row.timeOrNull("latest")),
                        space.name(),
                        now.minus(difference))
                .flatMap(found -> found);
        if (latest.isEmpty()) {
            return 0;
        }
        Instant until = latest.get();
        int moved = Sql.update(
                connection,
                "UPDATE gatehouse_state_cleaned SET cleaned_until = ? WHERE space_name = ? AND cleaned_until < ?",
                until,
                space.name(),
                until);
        if (moved == 0 && cleanedUntil(connection).isEmpty()) {
            boolean isFirst = Sql.isInserted(
                    connection,
                    "INSERT INTO gatehouse_state_cleaned (space_name, cleaned_until) VALUES (?, ?)",
                    space.name(),
                    until);
            if (!isFirst) {
                return 0;
            }
        }
        return Sql.update(
                connection, "DELETE FROM gatehouse_state WHERE space_name = ? AND ends_at <= ?", space.name(), until);
    }

    private Optional<Instant> cleanedUntil(Connection connection) throws SQLException {
        return Sql.one(
                connection,
                "SELECT cleaned_until FROM gatehouse_state_cleaned WHERE space_name = ?",
                row -> row.time("cleaned_until"),
                space.name());
    }
}
