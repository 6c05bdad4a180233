package dev.gatehouse.disclosure;

import dev.gatehouse.fetch.DocumentFetch;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of one origin, and of no other, as they were when they were last fetched. Thread-safe.
 *
 * <p>They are fetched when somebody asks for a key and they are older than {@link #FRESH} or have none of that id; whatever is asked,
 * and whatever comes of it, once in {@link #COOL_DOWN}. Through an outage the last good ones stay, for {@link #BOUND} at most. A key that is
 * listed as no longer current is taken for {@link #GRACE} more from when that was first seen here: reports that were on their way
 * when the keys were changed still count, and a key that was given up does not stay good for ever.
 */
final class OriginKeys {
    static final Duration FRESH = Duration.ofMinutes(30);
    static final Duration COOL_DOWN = Duration.ofMinutes(1);
    static final Duration BOUND = Duration.ofHours(24);
    static final Duration GRACE = Duration.ofHours(24);

    private static final Logger LOG = LoggerFactory.getLogger(OriginKeys.class);

    private final DisclosureOrigin origin;
    private final DocumentFetch fetch;
    private final ReentrantLock fetching = new ReentrantLock();
    private volatile KeySet known = KeySet.NONE;

    /** When the keys were last asked for; only touched by who fetches. */
    private @Nullable Instant asked;

    OriginKeys(DisclosureOrigin origin, DocumentFetch fetch) {
        this.origin = origin;
        this.fetch = fetch;
    }

    DisclosureOrigin origin() {
        return origin;
    }

    /** What is known of a key id. */
    Found find(String id, Instant now) {
        KeySet keys = known;
        if (keys.isYounger(FRESH, now) && keys.has(id)) {
            return keys.find(id, now);
        }
        if (!fetching.tryLock()) {
            if (keys.isYounger(BOUND, now) && keys.has(id)) {
                return keys.find(id, now);
            }
            fetching.lock();
        }
        try {
            return findAnew(id, now);
        } finally {
            fetching.unlock();
        }
    }

    private Found findAnew(String id, Instant now) {
        // Somebody else may have fetched while this one waited.
        KeySet keys = known;
        boolean wanted = !keys.isYounger(FRESH, now) || !keys.has(id);
        boolean complete = false;
        if (wanted && !isWithin(asked, COOL_DOWN, now)) {
            asked = now;
            try {
                keys = keys.renewed(KeyDocument.read(fetch.get(origin.keys(), origin.headers())), now);
                known = keys;
                complete = true;
            } catch (RuntimeException e) {
                LOG.warn("The keys of {} could not be fetched; those at hand are used", origin.name(), e);
            }
        }
        if (keys.has(id) && keys.isYounger(BOUND, now)) {
            return keys.find(id, now);
        }
        // An id that is not among keys of just now is wrong; where nobody may look, it may be right.
        return complete ? Found.NOTHING : Found.LATER;
    }

    /** Whether an instant is not ahead of now and less than that ago. */
    private static boolean isWithin(@Nullable Instant then, Duration length, Instant now) {
        return then != null && !now.isBefore(then) && now.isBefore(then.plus(length));
    }

    /**
     * What was found.
     *
     * @param key the key; null if there is none that may be used
     * @param retired whether there is one, given up too long ago
     * @param later whether it may be there on another try
     */
    record Found(@Nullable OriginKey key, boolean retired, boolean later) {
        static final Found NOTHING = new Found(null, false, false);
        static final Found RETIRED = new Found(null, true, false);
        static final Found LATER = new Found(null, false, true);
    }

    /** Keys of one fetch, with when each that is not current was first seen so. */
    private static final class KeySet {
        static final KeySet NONE = new KeySet(Map.of(), Map.of(), null);

        private final Map<String, OriginKey> keys;
        private final Map<String, Instant> retired;
        private final @Nullable Instant fetched;

        private KeySet(Map<String, OriginKey> keys, Map<String, Instant> retired, @Nullable Instant fetched) {
            this.keys = keys;
            this.retired = retired;
            this.fetched = fetched;
        }

        KeySet renewed(Map<String, OriginKey> fresh, Instant now) {
            Map<String, Instant> since = new HashMap<>();
            fresh.forEach((id, key) -> {
                if (!key.isCurrent()) {
                    since.put(id, retired.getOrDefault(id, now));
                }
            });
            return new KeySet(fresh, since, now);
        }

        boolean isYounger(Duration age, Instant now) {
            return isWithin(fetched, age, now);
        }

        boolean has(String id) {
            return keys.containsKey(id);
        }

        Found find(String id, Instant now) {
            Instant since = retired.get(id);
            return since == null || now.isBefore(since.plus(GRACE))
                    ? new Found(keys.get(id), false, false)
                    : Found.RETIRED;
        }
    }
}
