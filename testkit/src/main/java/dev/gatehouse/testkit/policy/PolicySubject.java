package dev.gatehouse.testkit.policy;

import dev.gatehouse.policy.Decision;

/**
 * Whatever decides: the engine, or a host's own code around it.
 *
 * <p>The laws of {@link PolicyLaws} decide through it, and only through it. It must be thread-safe, decide by what is in the
 * trial alone, and throw nothing.
 */
@FunctionalInterface
public interface PolicySubject {

    /** What is decided in this trial. */
    Decision decide(PolicyTrial trial);

    /** The engine of this library. */
    static PolicySubject engine() {
        return Engines::decide;
    }
}
