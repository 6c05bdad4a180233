package dev.gatehouse.policy;

import dev.gatehouse.policy.rule.Reach;
import java.util.Objects;
import java.util.Set;

/**
 * The token that a {@code token.create} asks for. Immutable and thread-safe.
 *
 * @param labels the labels it will have, without the kind's prefix
 * @param lifetime how long it will live
 * @param reach how far it will reach
 */
public record NewToken(Set<String> labels, Lifetime lifetime, Reach reach) {
    public NewToken {
        labels = Set.copyOf(labels);
        Objects.requireNonNull(lifetime, "lifetime");
        Objects.requireNonNull(reach, "reach");
    }
}
