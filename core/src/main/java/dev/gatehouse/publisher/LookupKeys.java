package dev.gatehouse.publisher;

import java.util.Set;
import java.util.regex.Pattern;

/** The bounds of look-up keys and limits, for implementations of the repositories. */
public final class LookupKeys {
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,64}");

    private LookupKeys() {}

    /**
     * The keys, if they are within the bounds.
     *
     * @throws IllegalArgumentException if there are none, more than {@value PublisherRepository#MAX_KEYS}, or one is not 1 to 64 visible
     *     ASCII characters
     */
    public static Set<String> check(Set<String> keys) {
        if (keys.isEmpty()
                || keys.size() > PublisherRepository.MAX_KEYS
                || !keys.stream().allMatch(key -> KEY.matcher(key).matches())) {
            throw new IllegalArgumentException(
                    "keys: 1 to " + PublisherRepository.MAX_KEYS + " of 64 visible ASCII characters at most");
        }
        return Set.copyOf(keys);
    }

    /**
     * The limit, if it is at least 1.
     *
     * @throws IllegalArgumentException if not
     */
    public static int limit(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit: less than 1");
        }
        return limit;
    }
}
