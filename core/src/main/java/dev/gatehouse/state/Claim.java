package dev.gatehouse.state;

/** The answer to a claim: for one key and one life it is {@code CLAIMED} exactly once. */
public enum Claim {
    /** The key was free and is now the caller's until the instant asked for. */
    CLAIMED,
    /** Somebody has claimed the key before and it has not expired. */
    TAKEN
}
