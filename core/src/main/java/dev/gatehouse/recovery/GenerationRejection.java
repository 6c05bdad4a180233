package dev.gatehouse.recovery;

import dev.gatehouse.factor.RejectionCode;
import dev.gatehouse.secret.Argon2Gate;
import java.time.Duration;
import java.util.Optional;

/** Why no recovery codes were made. Both may be told. */
public enum GenerationRejection implements RejectionCode {
    /** As many hashes are being made as may be; come again. */
    BUSY,
    /** The account has another version than the decision saw. */
    CONFLICT;

    @Override
    public String code() {
        return name();
    }

    @Override
    public Optional<Duration> retryAfter() {
        return this == BUSY ? Optional.of(Argon2Gate.RETRY_AFTER) : Optional.empty();
    }
}
