package dev.gatehouse.example.web;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Counts failures in moving windows. An attempt takes its place before it is made and gives it back when it succeeds, so that
 * many at once are no more than one after another. When too many keys live, new ones are refused. Thread-safe.
 */
final class Attempts {
    private static final int MOST_KEYS = 100_000;

    /** So many in so long. */
    record Limit(int most, Duration within) {}

    private final Map<String, Deque<Instant>> hits = new HashMap<>();

    /** The places that an attempt has taken. */
    static final class Ticket {
        private final Attempts owner;
        private final List<String> keys;
        private final Instant at;

        private Ticket(Attempts owner, List<String> keys, Instant at) {
            this.owner = owner;
            this.keys = keys;
            this.at = at;
        }

        /** The attempt succeeded, or was none: it does not count. */
        void giveBack() {
            owner.giveBack(keys, at);
        }
    }

    /** Either places for the attempt, or for how long to wait. */
    record Answer(Optional<Ticket> ticket, Duration retryAfter) {}

    /** Asks for a place in every window of every key. */
    synchronized Answer tryNow(Map<String, List<Limit>> limits, Instant now) {
        Duration wait = Duration.ZERO;
        for (Map.Entry<String, List<Limit>> each : limits.entrySet()) {
            Deque<Instant> past = hits.getOrDefault(each.getKey(), new ArrayDeque<>());
            for (Limit limit : each.getValue()) {
                Duration needed = wait(past, limit, now);
                wait = needed.compareTo(wait) > 0 ? needed : wait;
            }
            if (!hits.containsKey(each.getKey()) && hits.size() >= MOST_KEYS) {
                forgetOld(now);
                if (hits.size() >= MOST_KEYS) {
                    return new Answer(Optional.empty(), Duration.ofMinutes(1));
                }
            }
        }
        if (!wait.isZero()) {
            return new Answer(Optional.empty(), wait);
        }
        limits.forEach((key, windows) -> {
            Deque<Instant> past = hits.computeIfAbsent(key, k -> new ArrayDeque<>());
            past.addLast(now);
            Instant start = now.minus(longest(windows));
            while (!past.isEmpty() && past.getFirst().isBefore(start)) {
                past.removeFirst();
            }
        });
        return new Answer(Optional.of(new Ticket(this, new ArrayList<>(limits.keySet()), now)), Duration.ZERO);
    }

    private static Duration wait(Deque<Instant> past, Limit limit, Instant now) {
        Instant start = now.minus(limit.within);
        List<Instant> inside =
                past.stream().filter(hit -> hit.isAfter(start)).sorted().toList();
        if (inside.size() < limit.most) {
            return Duration.ZERO;
        }
        Instant freeing = inside.get(inside.size() - limit.most);
        Duration needed = Duration.between(start, freeing);
        return needed.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : needed;
    }

    private static Duration longest(List<Limit> windows) {
        return windows.stream().map(Limit::within).max(Duration::compareTo).orElse(Duration.ZERO);
    }

    private void forgetOld(Instant now) {
        Instant start = now.minus(Duration.ofDays(1));
        hits.values().removeIf(past -> past.isEmpty() || past.getLast().isBefore(start));
    }

    private synchronized void giveBack(List<String> keys, Instant at) {
        for (String key : keys) {
            Deque<Instant> past = hits.get(key);
            if (past != null && past.removeLastOccurrence(at) && past.isEmpty()) {
                hits.remove(key);
            }
        }
    }
}
