package dev.gatehouse.recovery;

import java.time.Instant;
import java.util.Optional;

/**
 * What recovery codes an account has.
 *
 * @param unused how many are still good
 * @param used how many of the same set were used
 * @param generatedAt when the set was made; empty if the account has none
 */
public record RecoveryCodeStatus(int unused, int used, Optional<Instant> generatedAt) {
    static final RecoveryCodeStatus NONE = new RecoveryCodeStatus(0, 0, Optional.empty());

    /** Whether the account has codes, used or not. */
    public boolean isGenerated() {
        return generatedAt.isPresent();
    }

    /**
     * Whether the owner has shown that they hold the present codes, by using one: what a policy's {@code recovery-codes-saved}
     * reads. New codes have to be shown anew.
     */
    public boolean isSaved() {
        return used > 0;
    }
}
