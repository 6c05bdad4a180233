package dev.gatehouse.secret;

/**
 * What one Argon2id hash (RFC 9106, version 1.3, 32 bytes) costs; kept beside the hash, so that it can be changed for new ones.
 *
 * @param kibibytes memory, 8 for each lane to {@link #MAX_KIBIBYTES}
 * @param passes passes over it, 1 to {@link #MAX_PASSES}
 * @param lanes lanes that an attacker too may fill at the same time, 1 to {@link #MAX_LANES}; here they are filled one after another
 */
public record Argon2Cost(int kibibytes, int passes, int lanes) {
    /** Most memory: 256 MiB. A stored cost is input, and must not be able to exhaust the process. */
    public static final int MAX_KIBIBYTES = 262_144;

    /** Most passes. */
    public static final int MAX_PASSES = 64;

    /** Most lanes. */
    public static final int MAX_LANES = 16;

    private static final int KIBIBYTES_PER_LANE = 8;

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if one is out of bounds
     */
    public Argon2Cost {
        if (lanes < 1 || lanes > MAX_LANES) {
            throw new IllegalArgumentException("lanes: 1 to " + MAX_LANES + ", not " + lanes);
        }
        if (passes < 1 || passes > MAX_PASSES) {
            throw new IllegalArgumentException("passes: 1 to " + MAX_PASSES + ", not " + passes);
        }
        if (kibibytes < KIBIBYTES_PER_LANE * lanes || kibibytes > MAX_KIBIBYTES) {
            throw new IllegalArgumentException("kibibytes: 8 for each lane to " + MAX_KIBIBYTES + ", not " + kibibytes);
        }
    }
}
