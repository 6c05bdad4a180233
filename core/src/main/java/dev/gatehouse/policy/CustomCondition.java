package dev.gatehouse.policy;

/**
 * A condition that data cannot say, plugged in by its id and read by rules as {@code host.flag = "<id>"}.
 *
 * <p>Non-sealed on purpose: hosts implement it. Called at most once per decision, on the caller's thread, must be
 * thread-safe; what it throws reaches the caller of {@code decide}; a {@code null} answer is read as unknown, so it binds.
 */
public interface CustomCondition {
    /** The id, declared in the vocabulary as the flag {@code host.<id>}. */
    String id();

    /** Whether the condition holds for this request. */
    Fact<Boolean> holds(AccessRequest request);
}
