package dev.gatehouse.webauthn;

/**
 * What to do if the signature counter of a credential does not go up: a sign that its key was copied, though not a proof
 * (WebAuthn Level 3, 6.1.1).
 *
 * <p>A credential whose stored and received counters are both zero has no counter, and neither applies.
 */
public enum CounterPolicy {
    /** The assertion is refused. */
    REFUSE,
    /** The assertion is accepted, and the result tells that the counter went back. */
    REPORT
}
