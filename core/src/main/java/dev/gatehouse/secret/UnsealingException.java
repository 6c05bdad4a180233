package dev.gatehouse.secret;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Thrown where a stored value cannot be opened: the environment is broken or the store was tampered with.
 *
 * <p>The message names the cause and the key's id, nothing of the value. The operation that needed the secret fails.
 */
public final class UnsealingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why a value cannot be opened. */
    public enum Cause {
        /** The value is not in the sealed form, as a secret in plain text is not. */
        NOT_SEALED,
        /** A later version of this library sealed it. */
        UNKNOWN_VERSION,
        /** The key ring has no key of this id. */
        UNKNOWN_KEY,
        /** The key ring says that this key is retired. */
        RETIRED_KEY,
        /** The value was altered, or belongs to another purpose, owner or row, or another key has this id. */
        ALTERED_OR_ELSEWHERE
    }

    /** The cause; an enum, so that it survives serialisation. */
    private final Cause unsealingCause;

    private final @Nullable String keyId;

    UnsealingException(Cause unsealingCause, @Nullable String keyId) {
        super("cannot open a sealed value: " + unsealingCause + (keyId == null ? "" : ", key " + keyId));
        this.unsealingCause = unsealingCause;
        this.keyId = keyId;
    }

    /** Why the value could not be opened. */
    public Cause unsealingCause() {
        return unsealingCause;
    }

    /** The id of the key that the value names, where it has the sealed form. */
    public Optional<String> keyId() {
        return Optional.ofNullable(keyId);
    }
}
