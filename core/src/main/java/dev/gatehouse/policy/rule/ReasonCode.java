package dev.gatehouse.policy.rule;

/** A stable code that says what a caller lacks, by stage of the remedy it has by default; part of the API. */
public enum ReasonCode {
    NOT_AUTHENTICATED,
    CREDENTIAL_NOT_ACCEPTED,
    EMAIL_NOT_VERIFIED,
    RECOVERY_CODES_NOT_SAVED,
    FACTOR_NOT_ENROLLED,
    LAST_FACTOR,
    ACCOUNT_SETTING,
    FACTOR_NOT_PROVEN,
    TOKEN_LIMIT,
    FACTOR_KIND,
    RELEASE_LIMIT,
    RUN_NOT_ACCEPTED,
    PROJECT_SETTING,
    ORGANIZATION_SETTING,
    TOO_SOON,
    CLOSED,
    /** The action is not declared, or the path is not listed; no requirement is behind it. */
    UNMAPPED
}
