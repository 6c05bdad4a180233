package dev.gatehouse.policy;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The step from one policy to another, for the audit. Immutable and thread-safe.
 *
 * @param at when it was asked for
 * @param before SHA-256 of the policy that was in force, in hexadecimal
 * @param after SHA-256 of the new one
 * @param looser what is not provably as strict as before, in words; empty if all is
 * @param allowed who let it be looser and why, if somebody did
 */
public record PolicyChange(
        Instant at, String before, String after, List<String> looser, Optional<AllowLooser> allowed) {
    public PolicyChange {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(before, "before");
        Objects.requireNonNull(after, "after");
        Objects.requireNonNull(allowed, "allowed");
        looser = List.copyOf(looser);
    }
}
