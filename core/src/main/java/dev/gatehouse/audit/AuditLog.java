package dev.gatehouse.audit;

import java.util.List;

/**
 * A sink whose events can be read again, in the order in which they were recorded.
 *
 * <p>Append-only: nothing takes an event out or changes one. Sequence numbers begin at 1 and have no gaps. Thread-safe; an entry
 * that was read once is there in every later reading.
 */
public interface AuditLog extends AuditSink {

    /**
     * One recorded event and its place.
     *
     * @param sequence its number, from 1, without gaps
     * @param event what was recorded
     */
    record Entry(long sequence, AuditEvent event) {}

    /**
     * The entries after a place, oldest first.
     *
     * @param after sequence number of the last entry already read, 0 for all
     * @param limit the most entries to return, 1 to 10,000
     * @throws IllegalArgumentException if {@code after} is negative or {@code limit} out of bounds
     */
    List<Entry> read(long after, int limit);
}
