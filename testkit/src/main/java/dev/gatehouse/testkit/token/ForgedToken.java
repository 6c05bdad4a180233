package dev.gatehouse.testkit.token;

import java.util.Objects;

/**
 * A token that was made from another. What it prints as tells how, and never the token: what any bearer can make of a live one is
 * as live. Immutable and thread-safe.
 *
 * @param text the token, as it goes into a header
 * @param how what was done
 */
public record ForgedToken(String text, String how) {
    /** Checks that nothing is missing. */
    public ForgedToken {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(how, "how");
    }

    @Override
    public String toString() {
        return "token, " + how + ", " + text.length() + " characters";
    }
}
