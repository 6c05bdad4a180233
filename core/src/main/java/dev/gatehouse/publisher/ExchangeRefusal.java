package dev.gatehouse.publisher;

/** Why an exchange was refused, as far as the client is told: PyPI's codes and descriptions. Part of the API. */
public enum ExchangeRefusal {
    /** It is no JWT, or names no issuer. */
    MALFORMED("invalid-payload", "malformed JWT"),
    /** Its issuer is not on the list. */
    UNKNOWN_ISSUER("invalid-payload", "unknown trusted publishing issuer"),
    /** Its provider is switched off; with the provider's id before the text. */
    NOT_ENABLED("not-enabled", "%s trusted publishing functionality not enabled"),
    /** Its signature or one of its own claims does not hold. */
    INVALID_TOKEN("invalid-token", "malformed or invalid token"),
    /** A pending publisher matched, but somebody has made a project of that name. */
    PROJECT_EXISTS("invalid-pending-publisher", "valid token, but project already exists"),
    /** A pending publisher matched, but whoever registered it may not have a project made now. PyPI has no such refusal. */
    REGISTRANT_NOT_READY("invalid-pending-publisher", "valid token, but the pending publisher cannot be used now"),
    /** A pending publisher matched, but the host makes no project of that name; with the host's text. */
    PROJECT_REFUSED("invalid-payload", "%s"),
    /** The token was exchanged before. */
    REUSED("invalid-reuse-token", "invalid token: already used"),
    /** No publisher matches, or none for the project asked for; with the reason. */
    NO_PUBLISHER("invalid-publisher", "valid token, but no corresponding publisher (%s)"),
    /** The host's permit was refused; with the permit's text. PyPI has no such refusal. */
    NOT_PERMITTED("not-permitted", "%s");

    private final String code;
    private final String template;

    ExchangeRefusal(String code, String template) {
        this.code = code;
        this.template = template;
    }

    /** The code in the answer. */
    public String code() {
        return code;
    }

    /** The description in the answer, with a text in its place where it has one. */
    String description(String text) {
        return template.replace("%s", text);
    }
}
