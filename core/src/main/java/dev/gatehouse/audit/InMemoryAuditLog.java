package dev.gatehouse.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * An audit log in the memory of one process, for tests and demonstrations: what it holds dies with the process.
 *
 * <p>It never drops an event: when it is full, recording fails, and with it the change. Thread-safe.
 */
public final class InMemoryAuditLog implements AuditLog {
    private static final int DEFAULT_CAPACITY = 100_000;
    private static final int MAX_LIMIT = 10_000;

    private final int capacity;
    private final List<AuditEvent> events = new ArrayList<>();

    private InMemoryAuditLog(int capacity) {
        this.capacity = capacity;
    }

    /** An empty log with room for 100,000 events. */
    public static InMemoryAuditLog create() {
        return create(DEFAULT_CAPACITY);
    }

    /**
     * An empty log with room for so many events.
     *
     * @throws IllegalArgumentException if the capacity is less than 1
     */
    public static InMemoryAuditLog create(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity: less than 1");
        }
        return new InMemoryAuditLog(capacity);
    }

    @Override
    public void record(AuditEvent event) {
        Objects.requireNonNull(event, "event");
        synchronized (events) {
            if (events.size() == capacity) {
                throw new IllegalStateException("audit log: full with " + capacity + " events");
            }
            events.add(event);
        }
    }

    @Override
    public List<Entry> read(long after, int limit) {
        if (after < 0) {
            throw new IllegalArgumentException("after: negative");
        }
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit: 1 to " + MAX_LIMIT);
        }
        synchronized (events) {
            List<Entry> entries = new ArrayList<>();
            for (long i = after; i < events.size() && entries.size() < limit; i++) {
                entries.add(new Entry(i + 1, events.get((int) i)));
            }
            return List.copyOf(entries);
        }
    }

    /** All events so far, oldest first. */
    public List<AuditEvent> events() {
        synchronized (events) {
            return List.copyOf(events);
        }
    }
}
