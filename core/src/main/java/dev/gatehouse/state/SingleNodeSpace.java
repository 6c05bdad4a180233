package dev.gatehouse.state;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One space in memory; its user holds its lock.
 *
 * <p>Entries past their end stay for the permitted difference, so that a clock that goes back a little finds them; when as many
 * of them wait as the space has room for live ones, the oldest go early. {@code cleaned} is the latest end of any that went:
 * before it no answer is given.
 */
final class SingleNodeSpace {
    private static final Comparator<Entry> BY_END =
            Comparator.comparing((Entry e) -> e.until).thenComparingLong(e -> e.number);

    private final StateSpace space;
    private final Duration difference;
    private final Map<String, Entry> entries = new HashMap<>();
    private final TreeSet<Entry> ends = new TreeSet<>(BY_END);
    private long numbers;
    private Instant cleaned = Instant.MIN;
    /** The latest time seen, and how many entries end after it. */
    private Instant mark = Instant.MIN;

    private int live;

    SingleNodeSpace(StateSpace space, Duration difference) {
        this.space = space;
        this.difference = difference;
    }

    StateSpace space() {
        return space;
    }

    int held() {
        return entries.size();
    }

    Answer<Boolean> add(String key, String value, Instant until, Instant now) {
        advance(now);
        if (now.isBefore(cleaned)) {
            return Answer.back(cleaned);
        }
        Entry old = entries.get(key);
        if (old != null && now.isBefore(old.until)) {
            return Answer.of(false);
        }
        if (old == null || !mark.isBefore(old.until)) {
            if (live >= space.capacity()) {
                return Answer.full();
            }
        }
        drop(old);
        insert(new Entry(key, value, until, numbers++));
        return Answer.of(true);
    }

    Optional<String> take(String key, Instant now) {
        advance(now);
        Entry entry = entries.get(key);
        if (entry == null || !now.isBefore(entry.until)) {
            return Optional.empty();
        }
        drop(entry);
        return Optional.of(entry.value);
    }

    Answer<Count> count(String key, RateWindow window, Instant now) {
        advance(now);
        if (now.isBefore(cleaned)) {
            return Answer.back(cleaned);
        }
        Entry old = entries.get(key);
        Deque<Instant> hits = old == null ? new ArrayDeque<>() : old.hits;
        Instant last = hits.peekLast();
        Instant at = last == null || now.isAfter(last) ? now : last.plusNanos(1);
        while (!hits.isEmpty() && !at.isBefore(hits.getFirst().plus(window.length()))) {
            hits.removeFirst();
        }
        if (hits.size() >= window.limit()) {
            // The window has room again when the limit-th hit from the end leaves it.
            Instant leaves = hits.stream()
                    .skip(hits.size() - (long) window.limit())
                    .findFirst()
                    .orElseThrow();
            return Answer.of(new Count.Over(leaves.plus(window.length())));
        }
        if ((old == null || !mark.isBefore(old.until)) && live >= space.capacity()) {
            return Answer.full();
        }
        drop(old);
        hits.addLast(at);
        insert(counter(key, hits, window));
        return Answer.of(new Count.Within(hits.size(), at));
    }

    void withdraw(String key, RateWindow window, Instant hit) {
        Entry old = entries.get(key);
        if (old == null || !old.hits.contains(hit)) {
            return;
        }
        drop(old);
        old.hits.remove(hit);
        if (!old.hits.isEmpty()) {
            insert(counter(key, old.hits, window));
        }
    }

    /** A counter lives as long as its latest hit counts. */
    private Entry counter(String key, Deque<Instant> hits, RateWindow window) {
        Entry entry = new Entry(key, "", hits.getLast().plus(window.length()), numbers++);
        entry.hits.addAll(hits);
        return entry;
    }

    void remove(String key) {
        drop(entries.get(key));
    }

    private void insert(Entry entry) {
        entries.put(entry.key, entry);
        ends.add(entry);
        if (mark.isBefore(entry.until)) {
            live++;
        }
    }

    private void drop(@Nullable Entry entry) {
        if (entry == null) {
            return;
        }
        entries.remove(entry.key);
        ends.remove(entry);
        if (mark.isBefore(entry.until)) {
            live--;
        }
    }

    private void advance(Instant now) {
        if (now.isAfter(mark)) {
            Entry from = new Entry("", "", mark, Long.MAX_VALUE);
            Entry to = new Entry("", "", now, Long.MAX_VALUE);
            live -= ends.subSet(from, false, to, true).size();
            mark = now;
        }
        while (!ends.isEmpty()) {
            Entry oldest = ends.first();
            boolean isOver = Duration.between(oldest.until, mark).compareTo(difference) >= 0;
            boolean isTooMuch = entries.size() - live > space.capacity();
            if (mark.isBefore(oldest.until) || !(isOver || isTooMuch)) {
                return;
            }
            drop(oldest);
            cleaned = oldest.until.isAfter(cleaned) ? oldest.until : cleaned;
        }
    }

    /** What stands under one key; the hits of a counter, oldest first. */
    private static final class Entry {
        final String key;
        final String value;
        final Instant until;
        final long number;
        final Deque<Instant> hits = new ArrayDeque<>();

        Entry(String key, String value, Instant until, long number) {
            this.key = key;
            this.value = value;
            this.until = until;
            this.number = number;
        }
    }

    /**
     * A result, or why there is none: full if neither is there, else cleaned up to an instant.
     */
    record Answer<T>(@Nullable T value, @Nullable Instant cleaned) {
        static <T> Answer<T> of(T value) {
            return new Answer<>(value, null);
        }

        static <T> Answer<T> full() {
            return new Answer<>(null, null);
        }

        static <T> Answer<T> back(Instant cleaned) {
            return new Answer<>(null, cleaned);
        }

        T orThrow(StateAlarm alarm, StateSpace space, Instant now) {
            if (value != null) {
                return value;
            }
            throw cleaned == null ? alarm.full(space, now) : alarm.clockBack(space, cleaned, now);
        }
    }
}
