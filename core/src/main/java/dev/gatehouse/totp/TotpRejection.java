package dev.gatehouse.totp;

import dev.gatehouse.factor.RejectionCode;

/**
 * Why a code was not accepted: the first of these that applies, in this order.
 *
 * <p>For log and audit. A client should be told the same for all of them, with at most a hint to check the clock: {@link
 * #REPLAYED} and {@link #CLOCK_SKEW} tell that the code was genuine. Every one of them counts as a failed attempt.
 */
public enum TotpRejection implements RejectionCode {
    /** After removal of white space it is not just ASCII digits, or not as many as any of the account's credentials has. */
    MALFORMED,
    /** The account has no TOTP credential. */
    NOT_ENROLLED,
    /** The store answered with something that cannot be: nothing, a credential of another account, one id twice. */
    STORE_UNTRUSTED,
    /** The code is right, but it or a later one was accepted before (RFC 6238, 5.2). */
    REPLAYED,
    /**
     * The code belongs to a step two to ten away: the clock of the device, or the server's, is wrong by about a minute to
     * five. Never accepted.
     */
    CLOCK_SKEW,
    /** The code is none of these. */
    INVALID;

    @Override
    public String code() {
        return name();
    }
}
