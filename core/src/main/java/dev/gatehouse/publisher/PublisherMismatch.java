package dev.gatehouse.publisher;

/** Why the claims of a verified token are not those of a publisher: stable codes for log and audit. */
public enum PublisherMismatch {
    /** The publisher is of another provider than the table. */
    OTHER_PROVIDER,
    /** The token is of another issuer than the publisher's, or the publisher's issuer is not the provider's. */
    OTHER_ISSUER,
    /** The publisher's settings leave out what the table compares with, so nothing could be verified. */
    UNVERIFIABLE,
    /** A claim that the table needs is not there, or null. */
    MISSING_CLAIM,
    /** The claim has another type than the table compares, or is over the limit of length. */
    MALFORMED_CLAIM,
    /** The run was started in a way that lets strangers choose what it does. */
    DANGEROUS_TRIGGER,
    /** The claim says something else than the publisher's settings. */
    OTHER_VALUE,
    /** The run's workflow file, its place or its ref is another. */
    OTHER_WORKFLOW,
    /** The name is the registered one, the immutable id behind it another: deleted and made again by somebody (resurrection). */
    OTHER_ID,
    /** The immutable ids are the registered ones under another name, and the publisher or the table does not accept that. */
    RENAMED,
    /** Everything is the publisher's, but a constraint that its owner has set does not hold. */
    CONSTRAINT
}
