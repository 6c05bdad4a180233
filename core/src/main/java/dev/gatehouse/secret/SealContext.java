package dev.gatehouse.secret;

import java.util.Objects;

/**
 * The place that a sealed value belongs to; it opens at that place and nowhere else.
 *
 * <p>None of the three is secret. A value copied to another owner, another row or another use is refused. Immutable and
 * thread-safe.
 *
 * @param purpose what the value is for, such as {@code totp}; one word for each kind of row
 * @param ownerId the host's immutable id of the account that owns the row
 * @param rowId the row's own id
 */
public record SealContext(String purpose, String ownerId, String rowId) {
    /** Longest part, in UTF-16 units. */
    public static final int MAX_PART = 1024;

    public SealContext {
        check(purpose, "purpose");
        check(ownerId, "ownerId");
        check(rowId, "rowId");
    }

    private static void check(String part, String name) {
        int length = Objects.requireNonNull(part, name).length();
        if (length == 0 || length > MAX_PART) {
            throw new IllegalArgumentException(name + ": 1 to " + MAX_PART + " characters");
        }
        // An encoder writes every lone surrogate as '?', which would make two places one.
        if (hasSurrogates(part) && part.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
            throw new IllegalArgumentException(name + ": a lone surrogate");
        }
    }

    /** Whether there is anything to look at: most places are plain ASCII. */
    private static boolean hasSurrogates(String part) {
        for (int i = 0; i < part.length(); i++) {
            if (Character.isSurrogate(part.charAt(i))) {
                return true;
            }
        }
        return false;
    }
}
