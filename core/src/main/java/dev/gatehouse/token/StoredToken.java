package dev.gatehouse.token;

import dev.gatehouse.secret.SealedSecret;
import java.util.Objects;

/**
 * A token as it lies in a store, read in one step. Immutable and thread-safe.
 *
 * @param token the record
 * @param rootKey the sealed root key, with which the signature is checked
 * @param ownerState the state of its owner at that moment
 */
public record StoredToken(ApiToken token, SealedSecret rootKey, OwnerState ownerState) {
    /** Checks that nothing is missing. */
    public StoredToken {
        Objects.requireNonNull(token, "token");
        Objects.requireNonNull(rootKey, "rootKey");
        Objects.requireNonNull(ownerState, "ownerState");
    }
}
