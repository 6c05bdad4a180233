package dev.gatehouse.signin;

import dev.gatehouse.policy.Waiver;
import java.util.Objects;

/**
 * A waiver as a repository keeps it. Immutable and thread-safe.
 *
 * @param id its name in the repository, 1 to 64 characters
 * @param waiver what it releases, and until when
 */
public record GivenWaiver(String id, Waiver waiver) {
    private static final int MAX_ID_LENGTH = 64;

    /** Checks the id. */
    public GivenWaiver {
        if (id.isBlank() || id.length() > MAX_ID_LENGTH) {
            throw new IllegalArgumentException("id: blank or over " + MAX_ID_LENGTH + " characters");
        }
        Objects.requireNonNull(waiver, "waiver");
    }
}
