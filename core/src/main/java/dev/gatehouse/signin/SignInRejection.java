package dev.gatehouse.signin;

import dev.gatehouse.factor.RejectionCode;

/** Why a login or re-authentication did not take a proof that no verifier was asked for, or whose verifier is not believed; the codes are stable. */
public enum SignInRejection implements RejectionCode {
    /** This kind of factor of the account is suspended; another one goes on. See {@link Admission.Suspended}. */
    SUSPENDED,
    /** The secret is not that of the last link that was mailed for this login, or that link is too old. */
    LINK,
    /** The verifier answered with a proof of another account, kind or session. */
    VERIFIER_UNTRUSTED;

    @Override
    public String code() {
        return name();
    }
}
