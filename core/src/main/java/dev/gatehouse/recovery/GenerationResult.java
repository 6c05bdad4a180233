package dev.gatehouse.recovery;

import java.util.Objects;
import java.util.function.Function;

/** The result of making recovery codes: {@link Generated} with the codes, or {@link NotGenerated} with the reason. */
public sealed interface GenerationResult {

    /** Applies the function that fits the result. */
    default <T> T fold(
            Function<? super Generated, ? extends T> generated,
            Function<? super NotGenerated, ? extends T> notGenerated) {
        if (this instanceof Generated g) {
            return generated.apply(g);
        }
        return notGenerated.apply((NotGenerated) this);
    }

    /**
     * The codes are stored as hashes, and all older ones are void.
     *
     * @param codes to be shown now; they cannot be had again
     */
    record Generated(NewRecoveryCodes codes) implements GenerationResult {
        public Generated {
            Objects.requireNonNull(codes, "codes");
        }
    }

    /**
     * Nothing was changed.
     *
     * @param reason the first cause
     */
    record NotGenerated(GenerationRejection reason) implements GenerationResult {
        public NotGenerated {
            Objects.requireNonNull(reason, "reason");
        }
    }
}
