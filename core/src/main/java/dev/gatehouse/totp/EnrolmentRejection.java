package dev.gatehouse.totp;

import dev.gatehouse.factor.RejectionCode;

/** Why a credential was not enrolled: the first of these that applies, in this order. Unlike those of a login, all may be told. */
public enum EnrolmentRejection implements RejectionCode {
    /** What the session kept is no pending credential of this account. Begin anew. */
    PENDING_INVALID,
    /** It was begun too long ago. Begin anew. */
    PENDING_EXPIRED,
    /** After removal of white space the code is not ASCII digits of the right number. */
    MALFORMED,
    /** The code belongs to a step two to ten away: the clock of the device is wrong by about a minute to five. */
    CLOCK_SKEW,
    /** The code is not of this secret. */
    INVALID,
    /** The account has as many credentials as it may have. */
    TOO_MANY,
    /** The account has another version than the decision saw, what was to be replaced is gone, or this enrolment is done already. */
    CONFLICT;

    @Override
    public String code() {
        return name();
    }
}
