package dev.gatehouse.token;

/**
 * What a store keeps of an owner beside the tokens: a version for conditional minting, and whether all tokens are suspended.
 * Immutable and thread-safe.
 *
 * @param version grows with every change of the owner that must stop a minting begun before it; 0 where nothing is recorded
 * @param suspended whether none of the owner's tokens may be used or made until the owner confirms them
 */
public record OwnerState(long version, boolean suspended) {
    /** The state of an owner of whom nothing is recorded. */
    public static final OwnerState INITIAL = new OwnerState(0, false);

    /** Checks the version. */
    public OwnerState {
        if (version < 0) {
            throw new IllegalArgumentException("version: negative");
        }
    }
}
