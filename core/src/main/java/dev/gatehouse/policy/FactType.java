package dev.gatehouse.policy;

/** What can be read; nearest at hand first. */
enum FactType {
    LABELS,
    CREDENTIAL,
    SWITCH,
    NEW_TOKEN,
    NEW_FACTOR,
    FACTORS_LEFT,
    PROVEN,
    EMAIL,
    CODES,
    ENROLLED,
    REGISTERED,
    FLAGS,
    METRIC,
    TIME,
    EVENT,
    PROVIDER,
    RUN_EVENT,
    REF,
    RUN_FLAGS,
    MAINTAINS,
    MEMBER_OF,
    HOST,
    SHARE
}
