package dev.gatehouse.token;

/**
 * Why a token is refused: the first cause, for log and audit. A bearer is told less.
 *
 * <p>Everything from {@link #REVOKED} on is told only of a token whose signature holds.
 */
public enum TokenRejection {
    /** Not a token of this index: prefix, base64url or macaroon is wrong, or it is over a limit. */
    MALFORMED("malformed macaroon"),
    /**
     * No token with this id and this signature. An id that does not exist, a wrong signature and a wrong location are not told
     * apart.
     */
    NOT_GENUINE("signatures do not match"),
    /** It was revoked. */
    REVOKED("token is revoked"),
    /** Its lifetime is over. */
    EXPIRED("token is expired"),
    /** It was not used for longer than its idle timeout. */
    IDLE("token was idle for too long"),
    /** Its owner's tokens are suspended until the owner confirms them. */
    OWNER_SUSPENDED("tokens of the owner are suspended"),
    /** The host says that its owner is frozen or gone. */
    OWNER_FROZEN("owner is frozen"),
    /** The request is outside of a restriction, or a restriction cannot be read. */
    CAVEATS("caveats are not met"),
    /** It was restricted to one use and has had it. */
    SINGLE_USE("single-use token has been used");

    private final String text;

    TokenRejection(String text) {
        this.text = text;
    }

    /** The cause in English, in PyPI's words where it has some. */
    public String text() {
        return text;
    }
}
