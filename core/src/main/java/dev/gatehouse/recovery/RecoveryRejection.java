package dev.gatehouse.recovery;

import dev.gatehouse.factor.RejectionCode;
import dev.gatehouse.secret.Argon2Gate;
import java.time.Duration;
import java.util.Optional;

/**
 * Why a recovery code was not accepted: the first of these that applies, in this order.
 *
 * <p>For log and audit; the owner may be told {@link #USED_BEFORE}, which only shows to whoever has the code. All but {@link #BUSY}
 * count as failed attempts.
 */
public enum RecoveryRejection implements RejectionCode {
    /** After removal of white space and hyphens it is not sixteen hexadecimal digits. Nothing was hashed. */
    MALFORMED,
    /** The account has no recovery codes. Nothing was hashed. */
    NONE,
    /** The store answered with something that cannot be: nothing, or codes of another account. */
    STORE_UNTRUSTED,
    /** As many hashes are being made as may be; nothing was looked at. */
    BUSY,
    /** It is none of the account's codes, or no longer one, because others were made meanwhile. */
    WRONG,
    /** It is one of the account's codes and was used before. */
    USED_BEFORE;

    @Override
    public String code() {
        return name();
    }

    @Override
    public Optional<Duration> retryAfter() {
        return this == BUSY ? Optional.of(Argon2Gate.RETRY_AFTER) : Optional.empty();
    }
}
