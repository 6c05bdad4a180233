package dev.gatehouse.policy;

import org.jspecify.annotations.Nullable;

/**
 * A place on the way through a program at which something has to be read, or its end. What follows depends only on what is read
 * there, so the steps in between are gone through once for each outcome, and where they lead is kept. Thread-safe.
 */
final class Waypoint {
    /** More places than one program's callers differ in; what is beyond is gone through each time. */
    private static final int MOST_KEPT = 128;

    private static final Reader[] NONE = {};

    /** What has to be read here; nothing at the end. */
    final Reader[] missing;

    /** At the end, the exits that were taken. */
    final long unmet;

    /** At the end, the decision, if it is the same for all: nobody is named, nothing is waited for. */
    final @Nullable Decision ready;

    private final Program program;
    private final int step;
    private final long read;
    private volatile Kept kept = Kept.NOTHING;

    private Waypoint(Program program, int step, Reader[] missing, long read, long unmet, @Nullable Decision ready) {
        this.program = program;
        this.step = step;
        this.missing = missing;
        this.read = read;
        this.unmet = unmet;
        this.ready = ready;
    }

    /** The place before the first step, with these facts to be read, or read already. */
    static Waypoint start(Program program, long facts) {
        return new Waypoint(program, 0, NONE, facts, 0, null);
    }

    /** The place before a step for which something is missing. */
    static Waypoint before(Program program, int step, long read, long unmet) {
        return new Waypoint(program, step, program.missing(step, read), program.readAt(step, read), unmet, null);
    }

    /** The end, with these exits taken by what has been read. */
    static Waypoint end(Program program, long unmet, long word) {
        return new Waypoint(program, -1, NONE, 0, unmet, Finish.ready(program, word, unmet));
    }

    boolean isEnd() {
        return step < 0;
    }

    /**
     * The next place.
     *
     * @param word what was read up to here, with what was missing here
     */
    Waypoint after(long word) {
        Waypoint next = kept.get(word);
        return next == null ? keep(word) : next;
    }

    private Waypoint keep(long word) {
        Waypoint next = program.advance(step, read, unmet, word);
        // The first look keeps those out who come when all is full: they wait for nobody.
        if (program.kept.get() >= MOST_KEPT) {
            return next;
        }
        synchronized (this) {
            Waypoint there = kept.get(word);
            if (there != null) {
                return there;
            }
            if (program.kept.incrementAndGet() <= MOST_KEPT) {
                kept = kept.and(word, next);
            }
        }
        return next;
    }

    /** A small open table by words, at most half full. Immutable. */
    private static final class Kept {
        static final Kept NOTHING = new Kept(2);
        private static final long MULTIPLIER = 0x9e3779b97f4a7c15L;

        private final long[] words;
        private final @Nullable Waypoint[] places;
        private final int shift;
        private int size;

        private Kept(int slots) {
            this.words = new long[slots];
            this.places = new @Nullable Waypoint[slots];
            this.shift = Long.SIZE - Integer.numberOfTrailingZeros(slots);
        }

        @Nullable
        Waypoint get(long word) {
            int slot = slot(word);
            Waypoint found = places[slot];
            while (found != null && words[slot] != word) {
                slot = (slot + 1) & (words.length - 1);
                found = places[slot];
            }
            return found;
        }

        private int slot(long word) {
            return (int) ((word * MULTIPLIER) >>> shift);
        }

        Kept and(long word, Waypoint place) {
            Kept more = new Kept(2 * (size + 1) > words.length ? 2 * words.length : words.length);
            for (int i = 0; i < words.length; i++) {
                Waypoint old = places[i];
                if (old != null) {
                    more.put(words[i], old);
                }
            }
            more.put(word, place);
            return more;
        }

        private void put(long word, Waypoint place) {
            int slot = slot(word);
            while (places[slot] != null && words[slot] != word) {
                slot = (slot + 1) & (words.length - 1);
            }
            size += places[slot] == null ? 1 : 0;
            words[slot] = word;
            places[slot] = place;
        }
    }
}
