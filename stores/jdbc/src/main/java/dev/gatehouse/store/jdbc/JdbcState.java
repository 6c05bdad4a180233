package dev.gatehouse.store.jdbc;

import dev.gatehouse.state.Claim;
import dev.gatehouse.state.Count;
import dev.gatehouse.state.EntryCheck;
import dev.gatehouse.state.EphemeralState;
import dev.gatehouse.state.Put;
import dev.gatehouse.state.RateWindow;
import dev.gatehouse.state.StateAlarm;
import dev.gatehouse.state.StateSpace;
import dev.gatehouse.state.StateUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Short-lived state in one table. Every operation is a transaction of its own: a claim stays claimed when what it was for
 * fails.
 *
 * <p>The unique key decides who claims a new key, the row's lock who takes over an ended one. The mark of what was cleaned up
 * is read after the write and within its transaction: a write that succeeded because clean-up removed a row sees the mark
 * that the clean-up left.
 */
final class JdbcState implements EphemeralState {
    private static final int ATTEMPTS = 16;

    private final Transactions transactions;
    private final StateAlarm alarm;
    private final Duration difference;
    private final ConcurrentMap<String, JdbcSpace> spaces = new ConcurrentHashMap<>();

    JdbcState(Transactions transactions, StateAlarm alarm, Duration difference) {
        this.transactions = transactions;
        this.alarm = alarm;
        this.difference = difference;
    }

    @Override
    public Claim claim(StateSpace space, String key, Instant until, Instant now) {
        space.require(StateSpace.Kind.CLAIM);
        return isAdded(space, key, "", until, now) ? Claim.CLAIMED : Claim.TAKEN;
    }

    @Override
    public Put put(StateSpace space, String key, String value, Instant until, Instant now) {
        space.require(StateSpace.Kind.VALUE);
        EntryCheck.value(value);
        return isAdded(space, key, value, until, now) ? Put.STORED : Put.OCCUPIED;
    }

    @Override
    public Optional<String> take(StateSpace space, String key, Instant now) {
        space.require(StateSpace.Kind.VALUE);
        String stored = StateKey.of(key);
        JdbcSpace entries = known(space);
        Optional<String> taken = transactions.run("taking a value", connection -> {
            Optional<StateEntry> entry = StateEntry.locked(connection, space, stored);
            if (entry.isEmpty() || !now.isBefore(entry.get().endsAt())) {
                return Optional.empty();
            }
            StateEntry.delete(connection, space, stored);
            return Optional.of(entry.get().body());
        });
        entries.cleanUp(now);
        return taken;
    }

    @Override
    public Count count(StateSpace space, String key, RateWindow window, Instant now) {
        space.require(StateSpace.Kind.COUNTER);
        String stored = StateKey.of(key);
        JdbcSpace entries = known(space);
        Optional<Count> counted = Optional.empty();
        for (int i = 0; counted.isEmpty(); i++) {
            checkAttempts(i);
            counted = run(
                    "counting a hit", entries, now, connection -> counted(connection, entries, stored, window, now));
        }
        entries.cleanUp(now);
        return counted.get();
    }

    @Override
    public void withdraw(StateSpace space, String key, RateWindow window, Instant hit, Instant now) {
        space.require(StateSpace.Kind.COUNTER);
        String stored = StateKey.of(key);
        JdbcSpace entries = known(space);
        transactions.run("withdrawing a hit", connection -> {
            Optional<StateEntry> old = StateEntry.locked(connection, space, stored);
            if (old.isEmpty()) {
                return 0;
            }
            Hits hits = Hits.read(old.get().body());
            if (!hits.isTakenBack(hit)) {
                return 0;
            }
            Optional<Instant> end = hits.end(window);
            if (end.isEmpty()) {
                return StateEntry.delete(connection, space, stored);
            }
            new StateEntry(stored, end.get(), hits.text()).update(connection, space);
            return 1;
        });
        entries.cleanUp(now);
    }

    @Override
    public void forget(StateSpace space, String key, Instant now) {
        space.require(StateSpace.Kind.COUNTER);
        String stored = StateKey.of(key);
        JdbcSpace entries = known(space);
        transactions.run("forgetting a counter", connection -> StateEntry.delete(connection, space, stored));
        entries.cleanUp(now);
    }

    private boolean isAdded(StateSpace space, String key, String body, Instant until, Instant now) {
        EntryCheck.end(until, now);
        String stored = StateKey.of(key);
        JdbcSpace entries = known(space);
        Optional<Boolean> added = Optional.empty();
        for (int i = 0; added.isEmpty(); i++) {
            checkAttempts(i);
            StateEntry entry = new StateEntry(stored, until, body);
            added = run("adding an entry", entries, now, connection -> added(connection, entries, entry, now));
        }
        entries.cleanUp(now);
        return added.get();
    }

    private <T> T run(String what, JdbcSpace entries, Instant now, Transactions.Work<T> work) {
        try {
            return transactions.run(what, work);
        } catch (SpaceTrouble e) {
            throw e.raise(alarm, entries.space(), now);
        }
    }

    /** Whether the entry was added, or empty if somebody was faster and it must be looked at again. */
    private Optional<Boolean> added(Connection connection, JdbcSpace entries, StateEntry entry, Instant now)
            throws SQLException {
        Optional<Instant> end = StateEntry.end(connection, entries.space(), entry.key());
        if (end.isPresent() && now.isBefore(end.get())) {
            return Optional.of(false);
        }
        entries.checkRoom(connection, now);
        boolean isOurs = end.isPresent()
                ? entry.isTakenOver(connection, entries.space(), now)
                : entry.isInserted(connection, entries.space());
        entries.checkClock(connection, now);
        return isOurs ? Optional.of(true) : Optional.empty();
    }

    private Optional<Count> counted(
            Connection connection, JdbcSpace entries, String key, RateWindow window, Instant now) throws SQLException {
        Optional<StateEntry> old = StateEntry.locked(connection, entries.space(), key);
        Hits hits = Hits.read(old.map(StateEntry::body).orElse(""));
        Instant at = hits.next(now);
        hits.leave(window.length(), at);
        Optional<Instant> retryAt = hits.retryAt(window);
        if (retryAt.isPresent()) {
            entries.checkClock(connection, now);
            return Optional.of(new Count.Over(retryAt.get()));
        }
        if (old.isEmpty() || !now.isBefore(old.get().endsAt())) {
            entries.checkRoom(connection, now);
        }
        hits.add(at);
        StateEntry next = new StateEntry(key, at.plus(window.length()), hits.text());
        if (old.isPresent()) {
            next.update(connection, entries.space());
        } else if (!next.isInserted(connection, entries.space())) {
            return Optional.empty();
        }
        entries.checkClock(connection, now);
        return Optional.of(new Count.Within(hits.size(), at));
    }

    private JdbcSpace known(StateSpace space) {
        JdbcSpace entries =
                spaces.computeIfAbsent(space.name(), name -> new JdbcSpace(transactions, space, difference));
        if (!entries.space().equals(space)) {
            throw new IllegalArgumentException("space: " + space.name() + " is in use with another kind or capacity");
        }
        return entries;
    }

    private static void checkAttempts(int made) {
        if (made == ATTEMPTS) {
            throw new StateUnavailableException(
                    StateUnavailableException.Reason.FAILED,
                    "store: an entry changed at each of " + made + " attempts");
        }
    }
}
