package dev.gatehouse.policy;

import java.util.Objects;

/**
 * The word of a person that a policy may become looser. Immutable.
 *
 * @param by who says so, as the host names them
 * @param reason why, for the audit
 */
public record AllowLooser(String by, String reason) {
    public AllowLooser {
        requireText(by, "by");
        requireText(reason, "reason");
    }

    private static void requireText(String value, String name) {
        if (Objects.requireNonNull(value, name).isBlank()) {
            throw new IllegalArgumentException(name + ": blank");
        }
    }
}
