package dev.gatehouse.signin;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.factor.FactorKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Consecutive failures in a map; an event is recorded before the change, under the same lock. */
final class InMemoryFailures implements FailureRepository {
    private static final Row NONE = new Row(0, 0, false);

    private final AuditSink events;
    private final Map<String, SortedMap<String, Row>> accounts = new HashMap<>();

    private record Row(int failures, long series, boolean isSuspended) {
        Row suspended() {
            return new Row(failures, series, true);
        }

        Row plus(int more) {
            return new Row(failures + more, series, isSuspended);
        }

        Row anew() {
            return new Row(0, series + 1, false);
        }
    }

    InMemoryFailures(AuditSink events) {
        this.events = Objects.requireNonNull(events, "events");
    }

    @Override
    public synchronized Begun begin(String account, FactorKind kind, int cap, AuditEvent suspended) {
        SortedMap<String, Row> rows = rows(account);
        Row row = rows.getOrDefault(kind.id(), NONE);
        if (row.isSuspended || row.failures >= cap) {
            suspend(rows, kind, row, suspended);
            return NoPlace.AT_CAP;
        }
        rows.put(kind.id(), row.plus(1));
        return new Place(row.failures + 1, row.series);
    }

    @Override
    public synchronized void failed(String account, FactorKind kind, Place place, int cap, AuditEvent suspended) {
        SortedMap<String, Row> rows = rows(account);
        Row old = rows.getOrDefault(kind.id(), NONE);
        boolean isSameSeries = place.series() == old.series;
        Row row = isSameSeries ? old : old.plus(1);
        // The last place has failed; others that are taken may still succeed.
        if (row.failures >= cap && (!isSameSeries || place.number() >= cap)) {
            suspend(rows, kind, row, suspended);
        } else {
            rows.put(kind.id(), row);
        }
    }

    private void suspend(SortedMap<String, Row> rows, FactorKind kind, Row row, AuditEvent suspended) {
        if (!row.isSuspended) {
            events.record(suspended);
        }
        rows.put(kind.id(), row.suspended());
    }

    @Override
    public synchronized void withdraw(String account, FactorKind kind, Place place) {
        rows(account)
                .computeIfPresent(
                        kind.id(), (id, row) -> place.series() == row.series && row.failures > 0 ? row.plus(-1) : row);
    }

    @Override
    public synchronized void clear(String account, FactorKind kind, AuditEvent reopened) {
        anew(rows(account), entry -> entry.getKey().equals(kind.id()), reopened);
    }

    @Override
    public synchronized void reopen(String account, AuditEvent reopened) {
        anew(rows(account), entry -> entry.getValue().isSuspended, reopened);
    }

    @Override
    public synchronized void clearAll(String account, AuditEvent reopened) {
        anew(rows(account), entry -> true, reopened);
    }

    private void anew(SortedMap<String, Row> rows, Predicate<Map.Entry<String, Row>> which, AuditEvent reopened) {
        List<Map.Entry<String, Row>> chosen =
                rows.entrySet().stream().filter(which).toList();
        if (chosen.stream().anyMatch(entry -> entry.getValue().isSuspended)) {
            events.record(reopened);
        }
        for (Map.Entry<String, Row> entry : chosen) {
            entry.setValue(entry.getValue().anew());
        }
    }

    @Override
    public synchronized List<Standing> ofAccount(String account) {
        return accounts.getOrDefault(account, new TreeMap<>()).entrySet().stream()
                .filter(entry -> entry.getValue().failures > 0)
                .map(entry -> new Standing(entry.getKey(), entry.getValue().failures, entry.getValue().isSuspended))
                .toList();
    }

    private SortedMap<String, Row> rows(String account) {
        return accounts.computeIfAbsent(account, id -> new TreeMap<>());
    }
}
