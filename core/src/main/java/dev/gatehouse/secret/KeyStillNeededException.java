package dev.gatehouse.secret;

import java.util.Map;
import java.util.TreeMap;

/** Thrown at start where rows are still sealed with keys that the ring no longer has; names the keys and counts the rows. */
public final class KeyStillNeededException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final TreeMap<String, Long> rows;

    KeyStillNeededException(Map<String, Long> rows) {
        super("rows are sealed with keys that are retired or unknown: " + new TreeMap<>(rows)
                + "; give these keys back as opening keys, seal the rows anew, then retire them");
        this.rows = new TreeMap<>(rows);
    }

    /** How many rows need each missing key, by key id. */
    public Map<String, Long> rows() {
        return Map.copyOf(rows);
    }
}
