package dev.gatehouse.oidc;

/**
 * Why an identity token is refused: the first cause, in the order of the checks, for log and audit. Whoever holds the token is
 * told less.
 *
 * <p>Everything from {@link #MISSING_CLAIM} on is told only of a token whose signature holds.
 */
public enum IdentityTokenRejection {
    /** Not a signed token in compact form: longer than 16 KiB, not three parts of canonical base64url, not strict JSON. */
    MALFORMED("not a token"),
    /** It has no {@code iss} that is a text. */
    NO_ISSUER("no issuer"),
    /** Its issuer is not on the list; nothing was fetched. */
    UNKNOWN_ISSUER("issuer is not on the list"),
    /** Publishing by its issuer is switched off. */
    NOT_ENABLED("issuer is not enabled"),
    /** Its header demands what is not supported ({@code crit}, {@code b64}), or it is a token of another kind ({@code typ}). */
    HEADER("header is not supported"),
    /** It is not signed with RS256 or ES256, or not with the algorithm of the key that it names. */
    ALGORITHM("algorithm is not allowed"),
    /** It does not name its key. */
    NO_KEY_ID("no key id"),
    /** Its issuer has no such key. */
    UNKNOWN_KEY("key is not the issuer's"),
    /** The issuer's keys could not be had, or only some that are too old. */
    KEYS_UNAVAILABLE("keys of the issuer are not available"),
    /** The signature is not the key's. */
    SIGNATURE("signature does not hold"),
    /** A claim that every token must have is not there: {@code iat}, {@code exp} or {@code aud}. */
    MISSING_CLAIM("missing claim"),
    /** A claim is not of its type: a time that is no whole number of seconds up to the year 9999, a {@code jti} that is no text. */
    CLAIM_TYPE("claim is not of its type"),
    /** It is not for this index alone. */
    AUDIENCE("audience is another"),
    /** It is over. */
    EXPIRED("expired"),
    /** It is not good yet, or was issued in the future. */
    NOT_YET_VALID("not yet valid"),
    /** Its lifetime is longer than one may be, or none. */
    LIFETIME("lifetime is too long");

    private final String text;

    IdentityTokenRejection(String text) {
        this.text = text;
    }

    /** The cause in English. */
    public String text() {
        return text;
    }
}
