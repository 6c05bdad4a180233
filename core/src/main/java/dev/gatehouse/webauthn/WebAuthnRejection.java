package dev.gatehouse.webauthn;

import dev.gatehouse.factor.RejectionCode;

/**
 * Why a registration or an assertion was refused: the first cause.
 *
 * <p>For log and audit; a client should be told the same for all of them, but for those of a registration that its owner can do
 * something about: {@link #DUPLICATE}, {@link #TOO_MANY}, {@link #CONFLICT} and those of labels.
 */
public enum WebAuthnRejection implements RejectionCode {
    /**
     * The response is not what a browser sends: not JSON or CBOR, too large or too deep, something missing, of a wrong type,
     * named twice, or left over at the end.
     */
    MALFORMED,
    /** The account has no WebAuthn credential; at a login by passkey, nobody has this one. */
    NOT_ENROLLED,
    /** There is no such challenge for this ceremony: it expired, was used, or was made for another session or account. */
    CHALLENGE_EXPIRED,
    /** The credential is not one of those that the ceremony allows, or not the account's. */
    NOT_ALLOWED,
    /** The store answered with something that cannot be. */
    STORE_UNTRUSTED,
    /** The user handle is missing where the user is not known yet, or belongs to another user (7.2, step 6). */
    USER_HANDLE,
    /** The client data is of the other ceremony, or of something else, such as a payment (7.1, step 7; 7.2, step 10). */
    WRONG_TYPE,
    /** The client data names another challenge (7.1, step 8; 7.2, step 11). */
    CHALLENGE_MISMATCH,
    /** The client data names an origin that is not on the list (7.1, step 9; 7.2, step 12). */
    ORIGIN_NOT_ALLOWED,
    /** The ceremony ran in a frame of another site, which is not allowed, or not of this site (7.1, steps 10-11; 7.2, 13-14). */
    CROSS_ORIGIN,
    /** The authenticator signed for another relying party (7.1, step 14; 7.2, step 15). */
    RP_ID_MISMATCH,
    /** Nobody touched the authenticator (7.1, step 15; 7.2, step 16). */
    USER_NOT_PRESENT,
    /** The user was not verified, and must be (7.1, step 16; 7.2, step 17). */
    USER_NOT_VERIFIED,
    /** Backed up without being eligible for it, or the eligibility is not that of the registration (7.1, step 17; 7.2, 18-19). */
    BACKUP_FLAGS,
    /** The key's algorithm was not offered (7.1, step 20). */
    ALGORITHM_NOT_ALLOWED,
    /** The public key cannot be used: unknown type or curve, not a point of its curve, of a wrong size, or too weak. */
    PUBLIC_KEY,
    /** The attestation statement is wrong, or not of a trusted maker where that is demanded (7.1, steps 21-24). */
    ATTESTATION,
    /** The signature is not that of the credential's key (7.2, step 21). */
    SIGNATURE,
    /** The signature counter did not go up (7.2, step 22). */
    COUNTER_REGRESSED,
    /** A credential with this id is registered already (7.1, step 26). */
    DUPLICATE,
    /** The account has as many credentials as it may have. */
    TOO_MANY,
    /** The new credential has no label. */
    LABEL_MISSING,
    /** The label is too long, or holds control characters or lone surrogates. */
    LABEL_INVALID,
    /** Another credential of the account has this label. */
    LABEL_IN_USE,
    /** The account's factors changed, or the credential was used, between the decision and the write; nothing was changed. */
    CONFLICT;

    @Override
    public String code() {
        return name();
    }
}
